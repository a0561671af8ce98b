#include "server/store/sqlite_contents.hpp"

#include "storage/schema/record_table.hpp"

namespace ruhu::server {
namespace {

constexpr std::int64_t kPartsPerSerial = 256;
static_assert(attachment_parts(kAttachmentBytesMax) < kPartsPerSerial);

constexpr std::string_view kSelectContent =
    "SELECT id, media, bytes, whole, parts, thumbnail, sender, begun_at FROM sys_content";

StoredContent read_content(const Statement& row) {
  StoredContent content;
  content.id = read_attachment_id(row.blob(0));
  content.media = static_cast<Media>(row.integer(1));
  content.bytes = row.integer(2);
  content.whole = row.integer(3) != 0;
  content.parts = static_cast<std::uint32_t>(row.integer(4));
  content.thumbnail = row.integer(5) != 0;
  content.sender = {static_cast<std::uint32_t>(row.integer(6))};
  content.begun_at = from_ms(row.integer(7));
  return content;
}

Statement& bind_use(Statement& statement, const AttachmentId& id, const ContentUse& use) {
  statement.bind_blob(1, ruhu::id_bytes(id)).bind(2, std::int64_t{use.record.kind.value});
  return statement.bind_blob(3, ruhu::id_bytes(use.record.id)).bind(4, std::int64_t{use.column.value});
}

}  // namespace

const char* const kContentTables =
    "CREATE TABLE sys_content(serial INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, media INTEGER NOT NULL,"
    " bytes INTEGER NOT NULL, whole INTEGER NOT NULL, parts INTEGER NOT NULL, thumbnail INTEGER NOT NULL,"
    " sender INTEGER NOT NULL, begun_at INTEGER NOT NULL);"
    "CREATE INDEX sys_content_sender ON sys_content(sender, begun_at);"
    "CREATE TABLE sys_content_part(key INTEGER PRIMARY KEY, content BLOB NOT NULL);"
    "CREATE TABLE sys_content_use(id BLOB NOT NULL, kind INTEGER NOT NULL, record BLOB NOT NULL, col INTEGER NOT NULL,"
    " PRIMARY KEY(id, kind, record, col)) WITHOUT ROWID;"
    "CREATE TABLE sys_content_namer(id BLOB NOT NULL, tablet INTEGER NOT NULL, PRIMARY KEY(id, tablet)) WITHOUT ROWID;";

Result<std::optional<StoredContent>> SqliteContents::find(const AttachmentId& id) {
  RUHU_TRY(auto query, db_.prepare(std::string(kSelectContent) + " WHERE id = ?1"));
  query.bind_blob(1, id_bytes(id));
  RUHU_TRY(const bool row, query.step());
  return row ? std::optional<StoredContent>{read_content(query)} : std::optional<StoredContent>{};
}

Result<std::int64_t> SqliteContents::serial_of(const AttachmentId& id) {
  RUHU_TRY(auto query, db_.prepare("SELECT serial FROM sys_content WHERE id = ?1"));
  query.bind_blob(1, id_bytes(id));
  RUHU_TRY(const bool row, query.step());
  if (!row) return make_error(Errc::not_found, "attachment");
  return query.integer(0);
}

Status SqliteContents::begin(const StoredContent& content) {
  RUHU_TRY(auto insert,
           db_.prepare("INSERT INTO sys_content(id, media, bytes, whole, parts, thumbnail, sender, begun_at)"
                       " VALUES (?1, ?2, ?3, 0, 0, 0, ?4, ?5)"));
  insert.bind_blob(1, id_bytes(content.id)).bind(2, static_cast<std::int64_t>(content.media));
  insert.bind(3, content.bytes).bind(4, std::int64_t{content.sender.value});
  return insert.bind(5, to_ms(content.begun_at)).run();
}

Status SqliteContents::put_part(const AttachmentId& id, std::uint32_t no, std::string_view bytes) {
  RUHU_TRY(const auto serial, serial_of(id));
  RUHU_TRY_DONE(write(serial * kPartsPerSerial + 1 + no, bytes));
  RUHU_TRY(auto update, db_.prepare("UPDATE sys_content SET parts = ?2 WHERE serial = ?1"));
  return update.bind(1, serial).bind(2, std::int64_t{no} + 1).run();
}

Status SqliteContents::put_thumbnail(const AttachmentId& id, std::string_view bytes) {
  RUHU_TRY(const auto serial, serial_of(id));
  RUHU_TRY_DONE(write(serial * kPartsPerSerial, bytes));
  RUHU_TRY(auto update, db_.prepare("UPDATE sys_content SET thumbnail = 1 WHERE serial = ?1"));
  return update.bind(1, serial).run();
}

Status SqliteContents::set_whole(const AttachmentId& id) {
  RUHU_TRY(auto update, db_.prepare("UPDATE sys_content SET whole = 1 WHERE id = ?1"));
  return update.bind_blob(1, id_bytes(id)).run();
}

Status SqliteContents::discard(const AttachmentId& id) {
  RUHU_TRY(const auto serial, serial_of(id));
  RUHU_TRY(auto parts, db_.prepare("DELETE FROM sys_content_part WHERE key BETWEEN ?1 AND ?2"));
  parts.bind(1, serial * kPartsPerSerial).bind(2, (serial + 1) * kPartsPerSerial - 1);
  RUHU_TRY_DONE(parts.run());
  RUHU_TRY(auto row, db_.prepare("DELETE FROM sys_content WHERE serial = ?1"));
  return row.bind(1, serial).run();
}

Result<std::string> SqliteContents::part(const AttachmentId& id, std::uint32_t no) {
  RUHU_TRY(const auto serial, serial_of(id));
  return read(serial * kPartsPerSerial + 1 + no);
}

Result<std::string> SqliteContents::thumbnail(const AttachmentId& id) {
  RUHU_TRY(const auto serial, serial_of(id));
  return read(serial * kPartsPerSerial);
}

Status SqliteContents::write(std::int64_t key, std::string_view bytes) {
  RUHU_TRY(auto statement, db_.prepare("REPLACE INTO sys_content_part(key, content) VALUES (?1, ?2)"));
  return statement.bind(1, key).bind_blob(2, bytes).run();
}

Result<std::string> SqliteContents::read(std::int64_t key) {
  RUHU_TRY(auto query, db_.prepare("SELECT content FROM sys_content_part WHERE key = ?1"));
  query.bind(1, key);
  RUHU_TRY(const bool row, query.step());
  return row ? std::string(query.blob(0)) : std::string{};
}

Result<std::vector<StoredContent>> SqliteContents::list(const AttachmentId& after, std::size_t limit) {
  RUHU_TRY(auto query, db_.prepare(std::string(kSelectContent) + " WHERE id > ?1 ORDER BY id LIMIT ?2"));
  query.bind_blob(1, id_bytes(after)).bind(2, static_cast<std::int64_t>(limit));
  std::vector<StoredContent> contents;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return contents;
    contents.push_back(read_content(query));
  }
}

Result<std::int64_t> SqliteContents::bytes_begun(TabletNo sender, Instant since) {
  RUHU_TRY(auto query,
           db_.prepare("SELECT coalesce(sum(bytes), 0) FROM sys_content WHERE sender = ?1 AND begun_at >= ?2"));
  query.bind(1, std::int64_t{sender.value}).bind(2, to_ms(since));
  RUHU_TRY(const bool row, query.step());
  return row ? query.integer(0) : 0;
}

Status SqliteContents::add_use(const AttachmentId& id, const ContentUse& use) {
  RUHU_TRY(auto insert,
           db_.prepare("INSERT OR IGNORE INTO sys_content_use(id, kind, record, col) VALUES (?1, ?2, ?3, ?4)"));
  return bind_use(insert, id, use).run();
}

Status SqliteContents::remove_use(const AttachmentId& id, const ContentUse& use) {
  RUHU_TRY(auto remove,
           db_.prepare("DELETE FROM sys_content_use WHERE id = ?1 AND kind = ?2 AND record = ?3 AND col = ?4"));
  return bind_use(remove, id, use).run();
}

Result<std::vector<ContentUse>> SqliteContents::uses_of(const AttachmentId& id) {
  RUHU_TRY(auto query,
           db_.prepare("SELECT kind, record, col FROM sys_content_use WHERE id = ?1 ORDER BY kind, record, col"));
  query.bind_blob(1, id_bytes(id));
  std::vector<ContentUse> uses;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return uses;
    uses.push_back({{{static_cast<std::uint16_t>(query.integer(0))}, read_id(query.blob(1))},
                    {static_cast<std::uint16_t>(query.integer(2))}});
  }
}

Result<std::vector<AttachmentId>> SqliteContents::used_ids() {
  RUHU_TRY(auto query, db_.prepare("SELECT DISTINCT id FROM sys_content_use ORDER BY id"));
  std::vector<AttachmentId> ids;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return ids;
    ids.push_back(read_attachment_id(query.blob(0)));
  }
}

Status SqliteContents::remove_all_uses() { return db_.exec("DELETE FROM sys_content_use"); }

Status SqliteContents::add_namer(const AttachmentId& id, TabletNo tablet) {
  RUHU_TRY(auto insert, db_.prepare("INSERT OR IGNORE INTO sys_content_namer(id, tablet) VALUES (?1, ?2)"));
  return insert.bind_blob(1, id_bytes(id)).bind(2, std::int64_t{tablet.value}).run();
}

Result<bool> SqliteContents::is_named_by(const AttachmentId& id, TabletNo tablet) {
  RUHU_TRY(auto query, db_.prepare("SELECT 1 FROM sys_content_namer WHERE id = ?1 AND tablet = ?2"));
  return query.bind_blob(1, id_bytes(id)).bind(2, std::int64_t{tablet.value}).step();
}

Result<std::uint32_t> SqliteContents::listed_by() {
  RUHU_TRY(const auto version, db_.integer("SELECT value FROM sys_number WHERE name = 'contents_listed_by'"));
  return static_cast<std::uint32_t>(version);
}

Status SqliteContents::set_listed_by(std::uint32_t dictionary_version) {
  RUHU_TRY(auto statement, db_.prepare("REPLACE INTO sys_number(name, value) VALUES ('contents_listed_by', ?1)"));
  return statement.bind(1, std::int64_t{dictionary_version}).run();
}

}  // namespace ruhu::server
