#include "storage/attachments/attachments.hpp"

namespace ruhu {
namespace {

bool is_here(const std::optional<AttachmentInfo>& info) { return info && info->state != AttachmentState::wanted; }

}  // namespace

Result<AttachmentId> Attachments::add(const NewAttachment& attachment, std::string_view draft) {
  if (draft.empty()) return make_error(Errc::usage, "draft without a name");
  RUHU_TRY(auto tx, Transaction::begin(db_));
  RUHU_TRY(const AttachmentId id, put(attachment));
  RUHU_TRY_DONE(table_.insert_draft(draft, id));
  RUHU_TRY_DONE(tx.commit());
  return id;
}

Result<AttachmentId> Attachments::put(const NewAttachment& attachment) {
  if (attachment.content.empty()) return make_error(Errc::invalid_value, "attachment without bytes");
  if (attachment.content.size() > kAttachmentBytesMax || attachment.thumbnail.size() > kAttachmentPartBytes)
    return make_error(Errc::attachment_too_large, std::to_string(attachment.content.size()) + " bytes");
  const AttachmentId id = attachment_id_of(attachment.content);
  RUHU_TRY(const auto known, table_.find(id));
  if (is_here(known)) return id;
  RUHU_TRY_DONE(check_room(attachment));
  // What a record refers to already and nobody had here may be nowhere else.
  const AttachmentState state = known ? AttachmentState::owed : AttachmentState::drafted;
  RUHU_TRY_DONE(table_.insert_content({.id = id, .state = state, .added_at = clock_.now()}, attachment));
  return id;
}

Status Attachments::want(const AttachmentId& id) { return table_.insert_wanted(id, clock_.now()); }

Status Attachments::check_room(const NewAttachment& attachment) {
  return check_room(static_cast<std::int64_t>(attachment.content.size() + attachment.thumbnail.size()));
}

Status Attachments::check_room(std::int64_t more) {
  RUHU_TRY(const AttachmentUsage used, usage());
  if (used.bytes + more <= used.quota) return {};
  return make_error(Errc::attachment_quota, std::to_string(used.bytes) + " of " + std::to_string(used.quota) +
                                                " bytes taken, " + std::to_string(more) + " more wanted");
}

Result<std::vector<AttachmentId>> Attachments::of_draft(std::string_view draft) { return table_.of_draft(draft); }

Status Attachments::keep(std::string_view draft, const std::vector<AttachmentId>& ids) {
  if (ids.empty()) return {};
  RUHU_TRY(auto tx, Transaction::begin(db_));
  for (const AttachmentId& id : ids) {
    RUHU_TRY(const auto known, table_.find(id));
    if (known) RUHU_TRY_DONE(table_.insert_draft(draft, id));
  }
  return tx.commit();
}

Status Attachments::release(std::string_view draft, const AttachmentId& id) {
  RUHU_TRY(auto tx, Transaction::begin(db_));
  RUHU_TRY_DONE(table_.remove_draft(draft, id));
  RUHU_TRY_DONE(table_.sweep());
  return tx.commit();
}

Status Attachments::forget_draft(std::string_view draft) {
  RUHU_TRY(const auto kept, table_.of_draft(draft));
  if (kept.empty()) return {};
  for (const AttachmentId& id : kept) RUHU_TRY_DONE(table_.remove_draft(draft, id));
  RUHU_TRY_DONE(table_.sweep());
  return {};
}

Result<std::int64_t> Attachments::quota() {
  RUHU_TRY(auto query, db_.prepare("SELECT value FROM sys_number WHERE name = 'attachment_quota'"));
  RUHU_TRY(const bool row, query.step());
  return row ? query.integer(0) : kAttachmentQuotaDefault;
}

Result<AttachmentUsage> Attachments::usage() {
  RUHU_TRY(AttachmentUsage usage, table_.usage());
  RUHU_TRY(usage.quota, quota());
  return usage;
}

Status Attachments::set_quota(std::int64_t bytes) {
  if (bytes < 0) return make_error(Errc::invalid_value, "attachment quota");
  RUHU_TRY(auto statement, db_.prepare("REPLACE INTO sys_number(name, value) VALUES ('attachment_quota', ?1)"));
  return statement.bind(1, bytes).run();
}

Status Attachments::confirm_sent(const AttachmentId& id) {
  RUHU_TRY(auto tx, Transaction::begin(db_));
  RUHU_TRY(const auto info, table_.find(id));
  if (!info || info->state != AttachmentState::owed) return {};
  RUHU_TRY_DONE(table_.set_state(id, AttachmentState::shared));
  RUHU_TRY_DONE(table_.sweep());
  return tx.commit();
}

Status Attachments::take_content(const AttachmentId& id, const NewAttachment& fetched) {
  if (fetched.content.empty() || fetched.content.size() > kAttachmentBytesMax ||
      attachment_id_of(fetched.content) != id)
    return make_error(Errc::malformed_message, "attachment is not what its id says");
  RUHU_TRY(auto tx, Transaction::begin(db_));
  RUHU_TRY(const auto info, table_.find(id));
  if (!info || is_here(info)) return {};
  RUHU_TRY_DONE(check_room(fetched));
  AttachmentInfo taken = *info;
  taken.state = AttachmentState::shared;
  RUHU_TRY_DONE(table_.insert_content(taken, fetched));
  return tx.commit();
}

Status Attachments::take_part(const AttachmentId& id, const Fetched& whole, std::size_t no, std::string_view bytes) {
  const auto size = static_cast<std::size_t>(whole.bytes);
  if (bytes.empty() || size > kAttachmentBytesMax || bytes.size() != attachment_part_size(size, no))
    return make_error(Errc::malformed_message, "part of an attachment");
  RUHU_TRY(auto tx, Transaction::begin(db_));
  RUHU_TRY(const auto info, table_.find(id));
  if (!info || is_here(info)) return {};
  RUHU_TRY(const std::size_t here, table_.parts_here(id));
  if (no != here) return {};
  if (no == 0) RUHU_TRY_DONE(check_room(whole.bytes));
  RUHU_TRY_DONE(table_.write_content_part(id, no, bytes));
  if (no + 1 < attachment_parts(size)) return tx.commit();
  RUHU_TRY(const std::string content, table_.assembled(id));
  if (attachment_id_of(content) == id) {
    RUHU_TRY_DONE(table_.set_fetched(id, whole.media, whole.bytes));
    return tx.commit();
  }
  RUHU_TRY_DONE(table_.drop_parts(id));
  RUHU_TRY_DONE(tx.commit());
  return make_error(Errc::malformed_message, "attachment is not what its id says");
}

Status Attachments::take_back(const NewAttachment& rescued) {
  const AttachmentId id = attachment_id_of(rescued.content);
  RUHU_TRY(auto tx, Transaction::begin(db_));
  RUHU_TRY(const auto info, table_.find(id));
  if (!info || is_here(info)) return {};
  AttachmentInfo taken = *info;
  taken.state = AttachmentState::owed;
  RUHU_TRY_DONE(table_.insert_content(taken, rescued));
  return tx.commit();
}

Status Attachments::take_thumbnail(const AttachmentId& id, std::string_view thumbnail) {
  if (thumbnail.empty() || thumbnail.size() > kAttachmentPartBytes)
    return make_error(Errc::malformed_message, "thumbnail");
  RUHU_TRY(auto tx, Transaction::begin(db_));
  RUHU_TRY(const auto info, table_.find(id));
  if (!info) return {};
  RUHU_TRY_DONE(check_room(static_cast<std::int64_t>(thumbnail.size())));
  RUHU_TRY_DONE(table_.set_thumbnail(id, thumbnail));
  return tx.commit();
}

Result<std::int64_t> Attachments::sweep() {
  RUHU_TRY(auto tx, Transaction::begin(db_));
  RUHU_TRY(const auto swept, table_.sweep());
  RUHU_TRY_DONE(tx.commit());
  return swept;
}

}  // namespace ruhu
