#include "storage/attachments/attachment_table.hpp"

#include "platform/keys/crypto.hpp"
#include "storage/schema/record_table.hpp"

namespace ruhu {
namespace {

constexpr std::int64_t kPartsPerSerial = 256;
constexpr std::size_t kThumbnailPart = 0;
static_assert(kAttachmentBytesMax / kAttachmentPartBytes + 1 < kPartsPerSerial);

Statement& bind_use(Statement& statement, const AttachmentId& id, const AttachmentUse& use) {
  statement.bind_blob(1, id_bytes(id)).bind(2, std::int64_t{use.record.kind.value});
  return statement.bind_blob(3, id_bytes(use.record.id)).bind(4, std::int64_t{use.column.value});
}

constexpr std::string_view kSelectInfo =
    "SELECT id, state, media, bytes, added_at, thumbnail_bytes, thumbnail_sent, fetched FROM sys_attachment";

AttachmentInfo read_info(const Statement& row) {
  return {.id = read_attachment_id(row.blob(0)),
          .state = static_cast<AttachmentState>(row.integer(1)),
          .media = static_cast<Media>(row.integer(2)),
          .bytes = row.integer(3),
          .added_at = from_ms(row.integer(4)),
          .thumbnail_bytes = row.integer(5),
          .thumbnail_sent = row.integer(6) != 0,
          .fetched = row.integer(7) != 0};
}

Result<std::vector<AttachmentId>> read_ids(Statement& query) {
  std::vector<AttachmentId> ids;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return ids;
    ids.push_back(read_attachment_id(query.blob(0)));
  }
}

}  // namespace

AttachmentId attachment_id_of(std::string_view content) { return read_attachment_id(sha256(content)); }

Result<std::optional<AttachmentInfo>> AttachmentTable::find(const AttachmentId& id) {
  RUHU_TRY(auto query, db_.prepare(std::string(kSelectInfo) + " WHERE id = ?1"));
  query.bind_blob(1, id_bytes(id));
  RUHU_TRY(const bool row, query.step());
  return row ? std::optional<AttachmentInfo>{read_info(query)} : std::optional<AttachmentInfo>{};
}

Result<std::vector<AttachmentInfo>> AttachmentTable::list(AttachmentState state) {
  RUHU_TRY(auto query, db_.prepare(std::string(kSelectInfo) + " WHERE state = ?1 ORDER BY serial"));
  query.bind(1, static_cast<std::int64_t>(state));
  std::vector<AttachmentInfo> infos;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return infos;
    infos.push_back(read_info(query));
  }
}

Result<std::int64_t> AttachmentTable::serial_of(const AttachmentId& id) {
  RUHU_TRY(auto query, db_.prepare("SELECT serial FROM sys_attachment WHERE id = ?1"));
  query.bind_blob(1, id_bytes(id));
  RUHU_TRY(const bool row, query.step());
  if (!row) return make_error(Errc::not_found, "attachment");
  return query.integer(0);
}

Status AttachmentTable::insert_wanted(const AttachmentId& id, Instant at) {
  RUHU_TRY(auto statement,
           db_.prepare("INSERT OR IGNORE INTO sys_attachment(id, state, media, bytes, thumbnail_bytes, added_at)"
                       " VALUES (?1, 0, 0, 0, 0, ?2)"));
  return statement.bind_blob(1, id_bytes(id)).bind(2, to_ms(at)).run();
}

Status AttachmentTable::insert_content(const AttachmentInfo& info, const NewAttachment& attachment) {
  RUHU_TRY_DONE(insert_wanted(info.id, info.added_at));
  RUHU_TRY(const auto serial, serial_of(info.id));
  RUHU_TRY(auto update, db_.prepare("UPDATE sys_attachment SET state = ?2, media = ?3, bytes = ?4 WHERE serial = ?1"));
  update.bind(1, serial).bind(2, static_cast<std::int64_t>(info.state));
  update.bind(3, static_cast<std::int64_t>(attachment.media));
  RUHU_TRY_DONE(update.bind(4, static_cast<std::int64_t>(attachment.content.size())).run());
  const std::string_view content = attachment.content;
  for (std::size_t at = 0; at < content.size(); at += kAttachmentPartBytes)
    RUHU_TRY_DONE(write_part(serial, 1 + at / kAttachmentPartBytes, content.substr(at, kAttachmentPartBytes)));
  return attachment.thumbnail.empty() ? Status{} : set_thumbnail(info.id, attachment.thumbnail);
}

Status AttachmentTable::set_thumbnail(const AttachmentId& id, std::string_view thumbnail) {
  RUHU_TRY(const auto serial, serial_of(id));
  RUHU_TRY(auto update, db_.prepare("UPDATE sys_attachment SET thumbnail_bytes = ?2 WHERE serial = ?1"));
  RUHU_TRY_DONE(update.bind(1, serial).bind(2, static_cast<std::int64_t>(thumbnail.size())).run());
  return write_part(serial, kThumbnailPart, thumbnail);
}

Status AttachmentTable::set_state(const AttachmentId& id, AttachmentState state) {
  RUHU_TRY(auto statement, db_.prepare("UPDATE sys_attachment SET state = ?2 WHERE id = ?1"));
  return statement.bind_blob(1, id_bytes(id)).bind(2, static_cast<std::int64_t>(state)).run();
}

Result<std::string> AttachmentTable::part(const AttachmentId& id, std::size_t no) {
  if (no >= kAttachmentBytesMax / kAttachmentPartBytes) return make_error(Errc::not_found, "part of an attachment");
  RUHU_TRY(const auto serial, serial_of(id));
  RUHU_TRY(std::string bytes, read_part(serial, no + 1));
  if (bytes.empty()) return make_error(Errc::not_found, "part of an attachment");
  return bytes;
}

Result<std::string> AttachmentTable::content(const AttachmentId& id) {
  RUHU_TRY(const auto info, find(id));
  if (!info || info->state == AttachmentState::wanted) return make_error(Errc::not_found, "attachment");
  RUHU_TRY(std::string content, assembled(id));
  if (content.size() != static_cast<std::size_t>(info->bytes) || attachment_id_of(content) != id)
    return make_error(Errc::database_damaged, "attachment");
  return content;
}

Result<std::size_t> AttachmentTable::parts_here(const AttachmentId& id) {
  RUHU_TRY(const auto serial, serial_of(id));
  RUHU_TRY(auto query, db_.prepare("SELECT count(*) FROM sys_attachment_part WHERE key BETWEEN ?1 AND ?2"));
  query.bind(1, serial * kPartsPerSerial + 1).bind(2, (serial + 1) * kPartsPerSerial - 1);
  RUHU_TRY(const bool row, query.step());
  return static_cast<std::size_t>(row ? query.integer(0) : 0);
}

Status AttachmentTable::write_content_part(const AttachmentId& id, std::size_t no, std::string_view bytes) {
  RUHU_TRY(const auto serial, serial_of(id));
  return write_part(serial, no + 1, bytes);
}

Status AttachmentTable::drop_parts(const AttachmentId& id) {
  RUHU_TRY(const auto serial, serial_of(id));
  RUHU_TRY(auto statement, db_.prepare("DELETE FROM sys_attachment_part WHERE key BETWEEN ?1 AND ?2"));
  return statement.bind(1, serial * kPartsPerSerial + 1).bind(2, (serial + 1) * kPartsPerSerial - 1).run();
}

Result<std::string> AttachmentTable::assembled(const AttachmentId& id) {
  RUHU_TRY(const auto serial, serial_of(id));
  RUHU_TRY(auto query, db_.prepare("SELECT content FROM sys_attachment_part WHERE key BETWEEN ?1 AND ?2 ORDER BY key"));
  query.bind(1, serial * kPartsPerSerial + 1).bind(2, (serial + 1) * kPartsPerSerial - 1);
  std::string content;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return content;
    content += query.blob(0);
  }
}

Status AttachmentTable::set_fetched(const AttachmentId& id, Media media, std::int64_t bytes) {
  RUHU_TRY(auto statement, db_.prepare("UPDATE sys_attachment SET state = ?2, media = ?3, bytes = ?4, fetched = 1,"
                                       " thumbnail_sent = 1 WHERE id = ?1"));
  statement.bind_blob(1, id_bytes(id)).bind(2, static_cast<std::int64_t>(AttachmentState::shared));
  return statement.bind(3, static_cast<std::int64_t>(media)).bind(4, bytes).run();
}

Status AttachmentTable::set_thumbnail_sent(const AttachmentId& id) {
  RUHU_TRY(auto statement, db_.prepare("UPDATE sys_attachment SET thumbnail_sent = 1 WHERE id = ?1"));
  return statement.bind_blob(1, id_bytes(id)).run();
}

Status AttachmentTable::forget_confirmations() {
  return db_.exec("UPDATE sys_attachment SET state = 2 WHERE state = 3;UPDATE sys_attachment SET thumbnail_sent = 0");
}

Result<std::string> AttachmentTable::thumbnail(const AttachmentId& id) {
  RUHU_TRY(const auto serial, serial_of(id));
  return read_part(serial, kThumbnailPart);
}

Result<std::vector<AttachmentId>> AttachmentTable::in_state(AttachmentState state) {
  RUHU_TRY(auto query, db_.prepare("SELECT id FROM sys_attachment WHERE state = ?1 ORDER BY serial"));
  query.bind(1, static_cast<std::int64_t>(state));
  return read_ids(query);
}

Result<AttachmentUsage> AttachmentTable::usage() {
  RUHU_TRY(auto query,
           db_.prepare("SELECT count(*) FILTER (WHERE state <> 0), coalesce(sum(bytes + thumbnail_bytes), 0),"
                       " count(*) FILTER (WHERE state = 2), count(*) FILTER (WHERE state = 1),"
                       " count(*) FILTER (WHERE state = 0)"
                       " FROM sys_attachment"));
  RUHU_TRY(const bool row, query.step());
  if (!row) return AttachmentUsage{};
  return AttachmentUsage{query.integer(0), query.integer(1), 0, query.integer(2), query.integer(3), query.integer(4)};
}

Status AttachmentTable::insert_use(const AttachmentId& id, const AttachmentUse& use) {
  RUHU_TRY(auto statement,
           db_.prepare("INSERT OR IGNORE INTO sys_attachment_use(id, kind, record, col) VALUES (?1, ?2, ?3, ?4)"));
  return bind_use(statement, id, use).run();
}

Status AttachmentTable::remove_use(const AttachmentId& id, const AttachmentUse& use) {
  RUHU_TRY(auto statement, db_.prepare("DELETE FROM sys_attachment_use"
                                       " WHERE id = ?1 AND kind = ?2 AND record = ?3 AND col = ?4"));
  return bind_use(statement, id, use).run();
}

Status AttachmentTable::remove_all_uses() { return db_.exec("DELETE FROM sys_attachment_use"); }

Result<std::vector<AttachmentId>> AttachmentTable::of_draft(std::string_view draft) {
  RUHU_TRY(auto query, db_.prepare("SELECT d.id FROM sys_attachment_draft d LEFT JOIN sys_attachment a ON a.id = d.id"
                                   " WHERE d.name = ?1 ORDER BY a.serial"));
  query.bind_text(1, draft);
  return read_ids(query);
}

Status AttachmentTable::insert_draft(std::string_view draft, const AttachmentId& id) {
  RUHU_TRY(auto statement, db_.prepare("INSERT OR IGNORE INTO sys_attachment_draft(name, id) VALUES (?1, ?2)"));
  return statement.bind_text(1, draft).bind_blob(2, id_bytes(id)).run();
}

Status AttachmentTable::remove_draft(std::string_view draft, const AttachmentId& id) {
  RUHU_TRY(auto statement, db_.prepare("DELETE FROM sys_attachment_draft WHERE name = ?1 AND id = ?2"));
  return statement.bind_text(1, draft).bind_blob(2, id_bytes(id)).run();
}

Result<std::int64_t> AttachmentTable::sweep() {
  std::vector<std::int64_t> serials;
  {
    RUHU_TRY(auto query, db_.prepare("SELECT serial FROM sys_attachment a WHERE state <> 2"
                                     " AND NOT EXISTS (SELECT 1 FROM sys_attachment_use u WHERE u.id = a.id)"
                                     " AND NOT EXISTS (SELECT 1 FROM sys_attachment_draft d WHERE d.id = a.id)"));
    for (;;) {
      RUHU_TRY(const bool row, query.step());
      if (!row) break;
      serials.push_back(query.integer(0));
    }
  }
  for (const std::int64_t serial : serials) RUHU_TRY_DONE(remove_content(serial));
  return static_cast<std::int64_t>(serials.size());
}

Status AttachmentTable::remove_content(std::int64_t serial) {
  RUHU_TRY(auto parts, db_.prepare("DELETE FROM sys_attachment_part WHERE key BETWEEN ?1 AND ?2"));
  parts.bind(1, serial * kPartsPerSerial).bind(2, (serial + 1) * kPartsPerSerial - 1);
  RUHU_TRY_DONE(parts.run());
  RUHU_TRY(auto row, db_.prepare("DELETE FROM sys_attachment WHERE serial = ?1"));
  return row.bind(1, serial).run();
}

Status AttachmentTable::write_part(std::int64_t serial, std::size_t part, std::string_view bytes) {
  RUHU_TRY(auto statement, db_.prepare("REPLACE INTO sys_attachment_part(key, content) VALUES (?1, ?2)"));
  const std::int64_t key = serial * kPartsPerSerial + static_cast<std::int64_t>(part);
  return statement.bind(1, key).bind_blob(2, bytes).run();
}

Result<std::string> AttachmentTable::read_part(std::int64_t serial, std::size_t part) {
  RUHU_TRY(auto query, db_.prepare("SELECT content FROM sys_attachment_part WHERE key = ?1"));
  query.bind(1, serial * kPartsPerSerial + static_cast<std::int64_t>(part));
  RUHU_TRY(const bool row, query.step());
  return row ? std::string(query.blob(0)) : std::string{};
}

}  // namespace ruhu
