#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "storage/attachments/attachment_table.hpp"

namespace ruhu {

/// Photos of one tablet (how they lie there: attachment_table.hpp). Store::attachments() lends it. Every public
/// function that writes is one transaction, durable when it returns, but for `put`.
class Attachments {
 public:
  Attachments(Database& db, Clock& clock) : db_(db), clock_(clock), table_(db) {}

  // --- drafts: content that no saved record refers to yet ---
  /// Keeps content for the draft of that name until a save refers to it or the draft is dropped (Store::set_text with
  /// an empty value, `release`, a save with SaveRequest::draft). Content that is here already is not written again.
  /// attachment_too_large, attachment_quota; invalid_value for no bytes.
  Result<AttachmentId> add(const NewAttachment& attachment, std::string_view draft);
  Result<std::vector<AttachmentId>> of_draft(std::string_view draft);
  /// The draft keeps these, too; ids that are unknown here are passed over. A draft that is written while a photo is
  /// still being added does not know it, so this takes nothing away.
  Status keep(std::string_view draft, const std::vector<AttachmentId>& ids);
  /// The draft does without that one.
  Status release(std::string_view draft, const AttachmentId& id);

  // --- reading; not_found for an id that is unknown here or whose content is ---
  Result<std::optional<AttachmentInfo>> find(const AttachmentId& id) { return table_.find(id); }
  /// The whole content. database_damaged when it is not what its id says.
  Result<std::string> content(const AttachmentId& id) { return table_.content(id); }
  /// Part `no` of the content from 0, kAttachmentPartBytes each but for the last.
  Result<std::string> part(const AttachmentId& id, std::size_t no) { return table_.part(id, no); }
  Result<std::string> thumbnail(const AttachmentId& id) { return table_.thumbnail(id); }  ///< "": none is here.
  Result<AttachmentUsage> usage();
  /// Bytes that all attachments together may take; what is here already stays, whatever the number.
  Status set_quota(std::int64_t bytes);

  // --- exchange with the server ---
  /// Content that records refer to and that is not here; longest wanted first.
  Result<std::vector<AttachmentId>> missing() { return table_.in_state(AttachmentState::wanted); }
  /// Content of own saves that the server has not got; oldest first.
  Result<std::vector<AttachmentId>> unsent() { return table_.in_state(AttachmentState::owed); }
  /// The same with what is known of each.
  Result<std::vector<AttachmentInfo>> wanted() { return table_.list(AttachmentState::wanted); }
  Result<std::vector<AttachmentInfo>> owed() { return table_.list(AttachmentState::owed); }
  Status confirm_thumbnail(const AttachmentId& id) { return table_.set_thumbnail_sent(id); }
  /// Parts of wanted content that have come, from the first on.
  Result<std::size_t> parts_here(const AttachmentId& id) { return table_.parts_here(id); }
  struct Fetched {
    Media media = Media::jpeg;
    std::int64_t bytes = 0;  ///< Of the whole content.
  };
  /// Takes in the next part of wanted content; the last one makes it whole. Nothing happens when nobody wants it or
  /// another part is next. malformed_message: a part of the wrong length, or the whole is not what the id says; then
  /// its parts are dropped. attachment_quota.
  Status take_part(const AttachmentId& id, const Fetched& whole, std::size_t no, std::string_view bytes);
  /// The server has the whole content: from now on it may go when nobody refers to it.
  Status confirm_sent(const AttachmentId& id);
  /// Takes in fetched content. malformed_message when it is not what the id says; nothing happens when nobody wants it.
  Status take_content(const AttachmentId& id, const NewAttachment& fetched);
  /// Takes in a thumbnail that came before its content.
  Status take_thumbnail(const AttachmentId& id, std::string_view thumbnail);

  /// Takes in content saved from a damaged database, whatever the quota; nothing happens when nobody wants it.
  Status take_back(const NewAttachment& rescued);

  /// Deletes what neither a record nor a draft refers to and the server is not owed; how many went. Whatever takes a
  /// reference away does this by itself.
  Result<std::int64_t> sweep();

  // --- part of the caller's transaction ---
  /// Content for a save of that same transaction, which must refer to it before it is swept.
  Result<AttachmentId> put(const NewAttachment& attachment);
  Status want(const AttachmentId& id);  ///< Marked to be fetched, unless it is known here.
  Status forget_draft(std::string_view draft);
  AttachmentTable& table() { return table_; }

 private:
  Result<std::int64_t> quota();
  Status check_room(const NewAttachment& attachment);
  Status check_room(std::int64_t more);

  Database& db_;
  Clock& clock_;
  AttachmentTable table_;
};

}  // namespace ruhu
