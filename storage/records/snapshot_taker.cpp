#include "storage/records/snapshot_taker.hpp"

#include "storage/model/bytes.hpp"

namespace ruhu {
namespace {

std::string encode_refs(const std::vector<RecordRef>& refs) {
  ByteWriter out;
  for (const RecordRef& ref : refs) {
    out.number(ref.kind.value);
    out.raw(id_bytes(ref.id));
  }
  return out.take();
}

Result<std::vector<RecordRef>> decode_refs(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<RecordRef> refs;
  while (in.ok() && !in.at_end()) {
    const KindNo kind{static_cast<std::uint16_t>(in.number())};
    refs.push_back({kind, read_id(in.raw(sizeof(Uuid::bytes)))});
  }
  if (!in.ok()) return make_error(Errc::database_damaged, "rows without search keys");
  return refs;
}

}  // namespace

Result<bool> SnapshotTaker::is_wanted(ScopeCode scope) {
  RUHU_TRY(auto query, parts_.db.prepare("SELECT 1 FROM sys_cursor WHERE scope = ?1"));
  return query.bind(1, static_cast<std::int64_t>(scope.value)).step();
}

Status SnapshotTaker::check_place(const SnapshotChunk& chunk) {
  if (chunk.no == 0) return {};
  RUHU_TRY(auto query, parts_.db.prepare("SELECT lsn, next FROM sys_snapshot WHERE scope = ?1"));
  RUHU_TRY(const bool row, query.bind(1, static_cast<std::int64_t>(chunk.scope.value)).step());
  const bool follows = row && query.integer(0) == static_cast<std::int64_t>(chunk.lsn.value) &&
                       query.integer(1) == std::int64_t{chunk.no};
  return follows ? Status{} : Status{make_error(Errc::malformed_message, "order of chunks")};
}

Status SnapshotTaker::note_progress(const SnapshotChunk& chunk) {
  const auto scope = static_cast<std::int64_t>(chunk.scope.value);
  const auto lsn = static_cast<std::int64_t>(chunk.lsn.value);
  if (chunk.no + 1 < chunk.count) {
    RUHU_TRY(auto note, parts_.db.prepare("REPLACE INTO sys_snapshot(scope, lsn, next) VALUES (?1, ?2, ?3)"));
    return note.bind(1, scope).bind(2, lsn).bind(3, std::int64_t{chunk.no} + 1).run();
  }
  RUHU_TRY(auto done, parts_.db.prepare("DELETE FROM sys_snapshot WHERE scope = ?1"));
  RUHU_TRY_DONE(done.bind(1, scope).run());
  RUHU_TRY(auto cursor, parts_.db.prepare("UPDATE sys_cursor SET lsn = ?2 WHERE scope = ?1 AND lsn <= ?2"));
  return cursor.bind(1, scope).bind(2, lsn).run();
}

Status SnapshotTaker::take_row(const Record& row) {
  RUHU_TRY(const bool fresh, parts_.records.insert_unless_there(row));
  if (!fresh) return parts_.news.take_row(row);
  fresh_.push_back(row.ref);
  RUHU_TRY_DONE(parts_.departures.came_back(row.ref));
  return parts_.uses.refresh(nullptr, row);
}

Result<bool> SnapshotTaker::take(const SnapshotChunk& chunk) {
  RUHU_TRY(const bool wanted, is_wanted(chunk.scope));
  if (!wanted) return false;
  RUHU_TRY_DONE(check_place(chunk));
  bool unknown = false;
  for (const Record& row : chunk.rows) {
    const bool known = parts_.dictionary.find_kind(row.ref.kind) != nullptr;
    if (known) RUHU_TRY_DONE(take_row(row));
    unknown = unknown || !known;
  }
  if (!fresh_.empty()) {
    RUHU_TRY(auto note, parts_.db.prepare("INSERT INTO sys_unsearched(records) VALUES (?1)"));
    RUHU_TRY_DONE(note.bind_blob(1, encode_refs(fresh_)).run());
    fresh_.clear();
  }
  RUHU_TRY_DONE(note_progress(chunk));
  return unknown;
}

Result<std::vector<SnapshotAt>> snapshots_under_way(Database& db) {
  RUHU_TRY(auto query, db.prepare("SELECT scope, lsn, next FROM sys_snapshot ORDER BY scope"));
  std::vector<SnapshotAt> all;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return all;
    all.push_back({{static_cast<std::uint64_t>(query.integer(0))},
                   {static_cast<std::uint64_t>(query.integer(1))},
                   static_cast<std::uint32_t>(query.integer(2))});
  }
}

Result<bool> make_search_keys(Database& db, RecordTable& records, SearchTable& search) {
  std::int64_t no = 0;
  std::vector<RecordRef> refs;
  {
    RUHU_TRY(auto query, db.prepare("SELECT no, records FROM sys_unsearched ORDER BY no LIMIT 1"));
    RUHU_TRY(const bool row, query.step());
    if (!row) return false;
    no = query.integer(0);
    RUHU_TRY(refs, decode_refs(query.blob(1)));
  }
  for (const RecordRef& ref : refs) {
    RUHU_TRY(const auto record, records.find(ref));
    if (record) RUHU_TRY_DONE(search.refresh(nullptr, *record));
  }
  RUHU_TRY(auto done, db.prepare("DELETE FROM sys_unsearched WHERE no = ?1"));
  RUHU_TRY_DONE(done.bind(1, no).run());
  return true;
}

}  // namespace ruhu
