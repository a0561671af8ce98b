#pragma once
#include <string>
#include <vector>

#include "storage/model/attachment.hpp"
#include "storage/model/record.hpp"
#include "storage/sqlite/database.hpp"

// Photos lie in the same encrypted file as the records, so that a record and its photos commit in one transaction,
// a power cut takes both or neither, and one copy of one file is a backup of everything.
//
//  sys_attachment        one row per content that is here or wanted: state, size. Small rows: adding them up is cheap.
//  sys_attachment_part   the bytes, by serial * 256 + part. Part 0 is the thumbnail, 1, 2, 3 … are 64 KiB of content
//                        each: a transfer that was cut goes on at a part. An integer key, because 300 photos of 300 KB
//                        in parts of 64 KiB were read three times as fast and written a sixth faster than under
//                        (id, part) WITHOUT ROWID, measured with SQLite 3.40.
//  sys_attachment_use    which field of which record refers to which id. Written in the transaction that writes the
//  row. sys_attachment_draft  which draft keeps which id until it is saved or dropped.
//
// Content is named by its SHA-256, so the same bytes lie here once. It stays while a use or a draft names it; what
// nobody names is swept by the transaction that took the last name away, so nothing is left over after a crash. The
// one exception is `owed`: an own save named it and the server has not got it. This tablet may be its only holder, so
// it stays, even if the record has dropped it since, until the server has confirmed it.
//
// References from the server come without content: their row says `wanted` until the content is fetched.
namespace ruhu {

/// What all attachments of a tablet may take unless Attachments::set_quota says otherwise.
inline constexpr std::int64_t kAttachmentQuotaDefault = std::int64_t{2} << 30U;

/// The field of a record that refers to an attachment.
struct AttachmentUse {
  RecordRef record;
  ColumnNo column;
};

/// The four tables (storage/schema/layout.cpp), statement by statement; what may be written and when is decided by
/// Attachments and AttachmentUses. Part of the caller's transaction.
class AttachmentTable {
 public:
  explicit AttachmentTable(Database& db) : db_(db) {}

  Result<std::optional<AttachmentInfo>> find(const AttachmentId& id);
  /// A row without content; nothing happens where there is one.
  Status insert_wanted(const AttachmentId& id, Instant at);
  /// Known ones in that state, in the order in which they became known.
  Result<std::vector<AttachmentInfo>> list(AttachmentState state);
  /// Content with its row, new or wanted before. It must not be here yet.
  Status insert_content(const AttachmentInfo& info, const NewAttachment& attachment);
  Status set_thumbnail(const AttachmentId& id, std::string_view thumbnail);
  Status set_state(const AttachmentId& id, AttachmentState state);
  /// Part `no` of the content, from 0. not_found beyond the last one and where there is no content.
  Result<std::string> part(const AttachmentId& id, std::size_t no);
  /// All of it. not_found; database_damaged when it is not what its id says.
  Result<std::string> content(const AttachmentId& id);
  Result<std::string> thumbnail(const AttachmentId& id);  ///< "" when there is none.
  Result<std::vector<AttachmentId>> in_state(AttachmentState state);

  // Content that comes part by part lies beside its row, which says `wanted` until it is whole.
  Result<std::size_t> parts_here(
      const AttachmentId& id);  ///< From the first on, without gaps. not_found without a row.
  Status write_content_part(const AttachmentId& id, std::size_t no, std::string_view bytes);
  Status drop_parts(const AttachmentId& id);  ///< All but the thumbnail.
  /// The parts together, whatever the row says.
  Result<std::string> assembled(const AttachmentId& id);
  Status set_fetched(const AttachmentId& id, Media media, std::int64_t bytes);
  Status set_thumbnail_sent(const AttachmentId& id);
  /// Whatever the server had confirmed is to be confirmed again.
  Status forget_confirmations();
  Result<AttachmentUsage> usage();

  Status insert_use(const AttachmentId& id, const AttachmentUse& use);
  Status remove_use(const AttachmentId& id, const AttachmentUse& use);
  Status remove_all_uses();

  Result<std::vector<AttachmentId>> of_draft(std::string_view draft);
  Status insert_draft(std::string_view draft, const AttachmentId& id);
  Status remove_draft(std::string_view draft, const AttachmentId& id);

  /// Deletes what nobody names and nobody is owed; how many went.
  Result<std::int64_t> sweep();

 private:
  Result<std::int64_t> serial_of(const AttachmentId& id);  ///< not_found without a row.
  Status write_part(std::int64_t serial, std::size_t part, std::string_view bytes);
  Result<std::string> read_part(std::int64_t serial, std::size_t part);
  Status remove_content(std::int64_t serial);

  Database& db_;
};

AttachmentId attachment_id_of(std::string_view content);

}  // namespace ruhu
