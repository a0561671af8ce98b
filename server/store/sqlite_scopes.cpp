// Scopes in the embedded store: who leaves them, and their rows made ready for tablets that are new there.
#include "server/store/sqlite_tx.hpp"
#include "storage/model/bytes.hpp"

namespace ruhu::server {
namespace {

constexpr std::string_view kSelectSnapshot = "SELECT lsn, count, rows, actors FROM sys_snapshot WHERE scope = ?1";

std::int64_t as_int(std::uint64_t n) { return static_cast<std::int64_t>(n); }

Result<std::optional<SnapshotInfo>> read_info(Statement& query) {
  RUHU_TRY(const bool row, query.step());
  if (!row) return std::optional<SnapshotInfo>{};
  SnapshotInfo info;
  info.lsn = {static_cast<std::uint64_t>(query.integer(0))};
  info.count = static_cast<std::uint32_t>(query.integer(1));
  info.rows = static_cast<std::uint64_t>(query.integer(2));
  ByteReader actors(query.blob(3));
  while (actors.ok() && !actors.at_end()) info.actors.push_back({static_cast<std::uint32_t>(actors.number())});
  if (!actors.ok()) return make_error(Errc::database_damaged, "snapshot");
  return std::optional<SnapshotInfo>{std::move(info)};
}

}  // namespace

const char* const kScopeTables =
    "ALTER TABLE sys_tablet ADD COLUMN withdrawn BLOB NOT NULL DEFAULT x'';"
    "CREATE TABLE sys_leave(scope INTEGER NOT NULL, lsn INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " record BLOB NOT NULL, PRIMARY KEY(scope, lsn)) WITHOUT ROWID;"
    "CREATE TABLE sys_snapshot(scope INTEGER NOT NULL, lsn INTEGER NOT NULL, count INTEGER NOT NULL,"
    " rows INTEGER NOT NULL, actors BLOB NOT NULL, PRIMARY KEY(scope, lsn)) WITHOUT ROWID;"
    "CREATE TABLE sys_snapshot_chunk(scope INTEGER NOT NULL, lsn INTEGER NOT NULL, no INTEGER NOT NULL,"
    " content BLOB NOT NULL, PRIMARY KEY(scope, lsn, no));";

Status SqliteTx::add_leave(ScopeCode scope, Lsn lsn, const RecordRef& ref) {
  RUHU_TRY(auto insert, db_.prepare("INSERT INTO sys_leave(scope, lsn, kind, record) VALUES (?1, ?2, ?3, ?4)"));
  insert.bind(1, as_int(scope.value)).bind(2, as_int(lsn.value)).bind(3, std::int64_t{ref.kind.value});
  return insert.bind_blob(4, id_bytes(ref.id)).run();
}

Result<std::vector<Leave>> SqliteTx::leaves(ScopeCode scope, Lsn after) {
  RUHU_TRY(auto query,
           db_.prepare("SELECT lsn, kind, record FROM sys_leave WHERE scope = ?1 AND lsn > ?2 ORDER BY lsn"));
  query.bind(1, as_int(scope.value)).bind(2, as_int(after.value));
  std::vector<Leave> all;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return all;
    all.push_back({{static_cast<std::uint64_t>(query.integer(0))},
                   {{static_cast<std::uint16_t>(query.integer(1))}, read_id(query.blob(2))}});
  }
}

Result<bool> SqliteTx::was_told(const RecordRef& ref, ScopeCode scope, Lsn upto, TabletNo tablet) {
  RUHU_TRY(auto query, db_.prepare("SELECT max(lsn) FROM sys_log WHERE record = ?1 AND kind = ?2 AND scope = ?3"
                                   " AND (lsn <= ?4 OR tablet = ?5)"));
  query.bind_blob(1, id_bytes(ref.id)).bind(2, std::int64_t{ref.kind.value}).bind(3, as_int(scope.value));
  RUHU_TRY(const bool row, query.bind(4, as_int(upto.value)).bind(5, std::int64_t{tablet.value}).step());
  if (!row || query.is_null(0)) return false;
  RUHU_TRY(auto leave, db_.prepare("SELECT 1 FROM sys_leave WHERE scope = ?1 AND lsn = ?2"));
  RUHU_TRY(const bool left, leave.bind(1, as_int(scope.value)).bind(2, query.integer(0)).step());
  return !left;  // it had left then, and the tablet knows it no more
}

Result<std::optional<SnapshotInfo>> SqliteTx::latest_snapshot(ScopeCode scope) {
  RUHU_TRY(auto query, db_.prepare(std::string(kSelectSnapshot) + " ORDER BY lsn DESC LIMIT 1"));
  query.bind(1, as_int(scope.value));
  return read_info(query);
}

Result<std::optional<SnapshotInfo>> SqliteTx::find_snapshot(ScopeCode scope, Lsn lsn) {
  RUHU_TRY(auto query, db_.prepare(std::string(kSelectSnapshot) + " AND lsn = ?2"));
  query.bind(1, as_int(scope.value)).bind(2, as_int(lsn.value));
  return read_info(query);
}

Status SqliteTx::add_snapshot(ScopeCode scope, const SnapshotInfo& info, const std::vector<std::string>& chunks) {
  for (const char* table : {"sys_snapshot_chunk", "sys_snapshot"}) {
    RUHU_TRY(auto drop, db_.prepare("DELETE FROM " + std::string(table) +
                                    " WHERE scope = ?1 AND lsn <"
                                    " (SELECT max(lsn) FROM sys_snapshot WHERE scope = ?1)"));
    RUHU_TRY_DONE(drop.bind(1, as_int(scope.value)).run());
  }
  ByteWriter actors;
  for (const ActorNo actor : info.actors) actors.number(actor.value);
  RUHU_TRY(auto insert,
           db_.prepare("INSERT INTO sys_snapshot(scope, lsn, count, rows, actors) VALUES (?1, ?2, ?3, ?4, ?5)"));
  insert.bind(1, as_int(scope.value)).bind(2, as_int(info.lsn.value)).bind(3, std::int64_t{info.count});
  RUHU_TRY_DONE(insert.bind(4, as_int(info.rows)).bind_blob(5, actors.take()).run());
  for (std::size_t no = 0; no < chunks.size(); ++no) {
    RUHU_TRY(auto chunk,
             db_.prepare("INSERT INTO sys_snapshot_chunk(scope, lsn, no, content) VALUES (?1, ?2, ?3, ?4)"));
    chunk.bind(1, as_int(scope.value)).bind(2, as_int(info.lsn.value)).bind(3, as_int(no));
    RUHU_TRY_DONE(chunk.bind_blob(4, chunks[no]).run());
  }
  return {};
}

Result<std::string> SqliteTx::snapshot_chunk(ScopeCode scope, Lsn lsn, std::uint32_t no) {
  RUHU_TRY(auto query, db_.prepare("SELECT content FROM sys_snapshot_chunk WHERE scope = ?1 AND lsn = ?2 AND no = ?3"));
  query.bind(1, as_int(scope.value)).bind(2, as_int(lsn.value)).bind(3, std::int64_t{no});
  RUHU_TRY(const bool row, query.step());
  if (!row) return make_error(Errc::not_found, "chunk of a snapshot");
  return std::string(query.blob(0));
}

}  // namespace ruhu::server
