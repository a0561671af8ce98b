#include "storage/attachments/attachment_uses.hpp"

#include <algorithm>

#include "storage/schema/record_table.hpp"

namespace ruhu {
namespace {

bool contains(const std::vector<AttachmentId>& ids, const AttachmentId& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

Status AttachmentUses::bring(const std::vector<NewAttachment>& attachments) {
  for (const NewAttachment& attachment : attachments) {
    RUHU_TRY_DONE(attachments_.put(attachment));
    loose_ = true;
  }
  return {};
}

Status AttachmentUses::refresh(const Record* before, const Record& after) {
  for (const FieldDef& field : dictionary_.get_kind(after.ref.kind).fields) {
    if (!holds_attachments(field)) continue;
    const auto old = before == nullptr ? std::vector<AttachmentId>{} : attachments_in(before->get(field.no));
    const auto now = attachments_in(after.get(field.no));
    const AttachmentUse use{after.ref, field.no};
    for (const AttachmentId& id : now)
      if (!contains(old, id)) RUHU_TRY_DONE(add(id, use));
    for (const AttachmentId& id : old) {
      if (contains(now, id)) continue;
      RUHU_TRY_DONE(table_.remove_use(id, use));
      loose_ = true;
    }
  }
  return {};
}

Status AttachmentUses::add(const AttachmentId& id, const AttachmentUse& use) {
  RUHU_TRY(const auto info, table_.find(id));
  const bool here = info && info->state != AttachmentState::wanted;
  if (!here && author_ == Author::worker) {
    const KindDef& kind = dictionary_.get_kind(use.record.kind);
    return make_error(Errc::attachment_missing, kind.name + "." + kind.find(use.column)->name);
  }
  if (!here) RUHU_TRY_DONE(attachments_.want(id));
  const bool own = author_ != Author::server;
  if (own && here && info->state == AttachmentState::drafted)
    RUHU_TRY_DONE(table_.set_state(id, AttachmentState::owed));
  if (own) added_.push_back(id);
  return table_.insert_use(id, use);
}

Status AttachmentUses::finish(std::string_view draft) {
  if (!draft.empty())
    for (const AttachmentId& id : added_) RUHU_TRY_DONE(table_.remove_draft(draft, id));
  if (!loose_) return {};
  RUHU_TRY_DONE(table_.sweep());
  return {};
}

Status walk_attachment_uses(Database& db, const Dictionary& dictionary,
                            const std::function<Status(const AttachmentId&, const AttachmentUse&)>& visit) {
  for (const KindDef& kind : dictionary.kinds()) {
    for (const FieldDef& field : kind.fields) {
      if (!holds_attachments(field)) continue;
      const std::string column = quoted(field.name);
      RUHU_TRY(auto query, db.prepare("SELECT id, " + column + " FROM " + quoted(kind.name) + " WHERE " + column +
                                      " IS NOT NULL ORDER BY id"));
      for (;;) {
        RUHU_TRY(const bool row, query.step());
        if (!row) break;
        RUHU_TRY(const Value value, read_value(field, query, 1));
        const AttachmentUse use{{kind.no, read_id(query.blob(0))}, field.no};
        for (const AttachmentId& id : attachments_in(value)) RUHU_TRY_DONE(visit(id, use));
      }
    }
  }
  return {};
}

Status rebuild_attachment_uses(Database& db, const Dictionary& dictionary, Instant now) {
  AttachmentTable table(db);
  RUHU_TRY_DONE(table.remove_all_uses());
  const auto list = [&](const AttachmentId& id, const AttachmentUse& use) -> Status {
    RUHU_TRY_DONE(table.insert_wanted(id, now));
    return table.insert_use(id, use);
  };
  RUHU_TRY_DONE(walk_attachment_uses(db, dictionary, list));
  RUHU_TRY_DONE(table.sweep());
  return {};
}

}  // namespace ruhu
