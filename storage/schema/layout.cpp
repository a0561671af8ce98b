#include "storage/schema/layout.hpp"

#include <string>

namespace ruhu {
namespace {

/// What a file of the layout before needs to become one of this layout. Steps once released are never changed.
struct LayoutStep {
  std::int64_t to;
  const char* sql;
};

constexpr LayoutStep kSteps[] = {
    {1,
     "CREATE TABLE sys_number(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
     "CREATE TABLE sys_identity(one INTEGER PRIMARY KEY CHECK(one = 1), body BLOB NOT NULL);"
     "CREATE TABLE sys_cursor(scope INTEGER PRIMARY KEY, lsn INTEGER NOT NULL);"
     "CREATE TABLE sys_text(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
     "CREATE TABLE sys_access(at INTEGER NOT NULL, actor INTEGER NOT NULL, kind INTEGER NOT NULL,"
     " record BLOB NOT NULL, col INTEGER NOT NULL);"
     "CREATE TABLE sys_actor(no INTEGER PRIMARY KEY, name TEXT NOT NULL);"
     "CREATE TABLE sys_change(counter INTEGER PRIMARY KEY, body BLOB NOT NULL,"
     " state INTEGER NOT NULL, acknowledged_at INTEGER);"
     "CREATE TABLE sys_result(counter INTEGER PRIMARY KEY, outcome INTEGER NOT NULL, body BLOB NOT NULL);"
     "CREATE TABLE sys_search(key TEXT NOT NULL, kind INTEGER NOT NULL, record BLOB NOT NULL,"
     " PRIMARY KEY(key, kind, record)) WITHOUT ROWID;"},
    // History: what ops wrote over. Search: numbers instead of ids; keys are made anew afterwards.
    {2,
     "ALTER TABLE sys_change ADD COLUMN replaced BLOB;"
     "CREATE TABLE sys_replaced(tablet INTEGER NOT NULL, counter INTEGER NOT NULL, cells BLOB NOT NULL,"
     " PRIMARY KEY(tablet, counter)) WITHOUT ROWID;"
     "DROP TABLE sys_search;"
     "CREATE TABLE sys_search(key TEXT NOT NULL, no INTEGER NOT NULL, PRIMARY KEY(key, no)) WITHOUT ROWID;"
     "CREATE TABLE sys_searchable(no INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id BLOB NOT NULL UNIQUE,"
     " place INTEGER);"
     "CREATE INDEX sys_searchable_place ON sys_searchable(place) WHERE place IS NOT NULL;"},
    // Photos (storage/attachments).
    {3,
     "CREATE TABLE sys_attachment(serial INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, state INTEGER NOT NULL,"
     " media INTEGER NOT NULL, bytes INTEGER NOT NULL, thumbnail_bytes INTEGER NOT NULL, added_at INTEGER NOT NULL);"
     "CREATE TABLE sys_attachment_part(key INTEGER PRIMARY KEY, content BLOB NOT NULL);"
     "CREATE TABLE sys_attachment_use(id BLOB NOT NULL, kind INTEGER NOT NULL, record BLOB NOT NULL,"
     " col INTEGER NOT NULL, PRIMARY KEY(id, kind, record, col)) WITHOUT ROWID;"
     "CREATE TABLE sys_attachment_draft(name TEXT NOT NULL, id BLOB NOT NULL, PRIMARY KEY(name, id)) WITHOUT ROWID;"
     "CREATE INDEX sys_attachment_draft_id ON sys_attachment_draft(id);"},
    // Snapshots that are on their way, rows whose search keys are still to be made, records that left this tablet.
    {4,
     "CREATE TABLE sys_snapshot(scope INTEGER PRIMARY KEY, lsn INTEGER NOT NULL, next INTEGER NOT NULL);"
     "CREATE TABLE sys_unsearched(no INTEGER PRIMARY KEY, records BLOB NOT NULL);"
     "CREATE TABLE sys_left(id BLOB PRIMARY KEY, kind INTEGER NOT NULL) WITHOUT ROWID;"},
    // Photos travel; changes are handed over without a network (storage/parcels).
    {5,
     "ALTER TABLE sys_attachment ADD COLUMN thumbnail_sent INTEGER NOT NULL DEFAULT 0;"
     "ALTER TABLE sys_attachment ADD COLUMN fetched INTEGER NOT NULL DEFAULT 0;"
     "CREATE TABLE sys_parcel_own(nonce INTEGER PRIMARY KEY, tablet INTEGER NOT NULL, epoch INTEGER NOT NULL,"
     " upto INTEGER NOT NULL, cursors INTEGER NOT NULL, made_at INTEGER NOT NULL);"
     "CREATE TABLE sys_parcel(seq INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, state INTEGER NOT NULL,"
     " tablet INTEGER NOT NULL, taken_at INTEGER NOT NULL, box BLOB NOT NULL);"},
};

}  // namespace

Result<std::int64_t> read_layout(Database& db) {
  RUHU_TRY(const auto layout, db.integer("PRAGMA user_version"));
  if (layout > kLayout) return make_error(Errc::database_newer, "layout " + std::to_string(layout));
  return layout;
}

Status bring_layout_up(Database& db, std::int64_t from) {
  for (const LayoutStep& step : kSteps)
    if (step.to > from) RUHU_TRY_DONE(db.exec(step.sql));
  return db.exec("PRAGMA user_version = " + std::to_string(kLayout));
}

}  // namespace ruhu
