#include "server/store/sqlite_tx.hpp"

#include "server/store/log_form.hpp"
#include "storage/model/stored_form.hpp"

namespace ruhu::server {
namespace {

std::int64_t as_int(std::uint64_t n) { return static_cast<std::int64_t>(n); }
std::uint64_t as_unsigned(std::int64_t n) { return static_cast<std::uint64_t>(n); }

Result<Tablet> read_tablet(const Statement& row) {
  Tablet tablet;
  tablet.no = {static_cast<std::uint32_t>(row.integer(0))};
  tablet.public_key = row.blob(1);
  tablet.actor = {static_cast<std::uint32_t>(row.integer(2))};
  tablet.role = row.text(3);
  tablet.scopes = decode_scopes(row.text(4));
  tablet.incarnation = static_cast<std::uint32_t>(row.integer(5));
  tablet.last_counter = as_unsigned(row.integer(6));
  tablet.revoked = row.integer(7) != 0;
  tablet.predecessor = {static_cast<std::uint32_t>(row.integer(8))};
  tablet.predecessor_upto = as_unsigned(row.integer(9));
  tablet.old_bases_upto = as_unsigned(row.integer(10));
  tablet.lost_bases_upto = as_unsigned(row.integer(11));
  tablet.from_lost_epoch = row.integer(12) != 0;
  RUHU_TRY(tablet.withdrawn, decode_withdrawn(row.blob(13)));
  return tablet;
}

constexpr std::string_view kSelectTablet =
    "SELECT no, public_key, actor, role, scopes, incarnation, last_counter, revoked, predecessor, predecessor_upto,"
    " old_bases_upto, lost_bases_upto, from_lost_epoch, withdrawn FROM sys_tablet";

/// Binds what may change from the second place on, in that order.
void bind_tablet(Statement& statement, const Tablet& tablet) {
  statement.bind(2, std::int64_t{tablet.actor.value}).bind_text(3, tablet.role);
  statement.bind_text(4, encode_scopes(tablet.scopes)).bind(5, std::int64_t{tablet.incarnation});
  statement.bind(6, as_int(tablet.last_counter)).bind(7, std::int64_t{tablet.revoked});
  statement.bind(8, std::int64_t{tablet.predecessor.value}).bind(9, as_int(tablet.predecessor_upto));
  statement.bind(10, as_int(tablet.old_bases_upto)).bind(11, as_int(tablet.lost_bases_upto));
  statement.bind(12, std::int64_t{tablet.from_lost_epoch}).bind_blob(13, encode_withdrawn(tablet.withdrawn));
}

Result<StoredOp> read_op(const Statement& row) {
  StoredOp op;
  RUHU_TRY(op.change, decode_change(row.blob(0)));
  RUHU_TRY(op.result, decode_result(row.blob(1)));
  op.received_at = from_ms(row.integer(2));
  return op;
}

constexpr std::string_view kSelectAside = "SELECT seq, tablet, counter, kind, record, tries, next_at FROM sys_aside";

Result<std::vector<Aside>> read_asides(Statement& rows) {
  std::vector<Aside> asides;
  for (;;) {
    RUHU_TRY(const bool row, rows.step());
    if (!row) return asides;
    asides.push_back({as_unsigned(rows.integer(0)),
                      {{static_cast<std::uint32_t>(rows.integer(1))}, as_unsigned(rows.integer(2))},
                      {{static_cast<std::uint16_t>(rows.integer(3))}, read_id(rows.blob(4))},
                      static_cast<int>(rows.integer(5)),
                      from_ms(rows.integer(6))});
  }
}

constexpr std::string_view kSelectConflict =
    "SELECT no, kind, record, col, state, opened_at, body, take, decided_by, reason, decided_at FROM sys_conflict";

Result<Conflict> read_conflict(const Statement& row) {
  Conflict conflict;
  conflict.no = as_unsigned(row.integer(0));
  conflict.record = {{static_cast<std::uint16_t>(row.integer(1))}, read_id(row.blob(2))};
  conflict.column = {static_cast<std::uint16_t>(row.integer(3))};
  conflict.state = row.text(4);
  conflict.opened_at = from_ms(row.integer(5));
  ByteReader body(row.blob(6));
  conflict.base = get_value(body);
  conflict.mine = get_value(body);
  conflict.mine_stamp = get_stamp(body);
  conflict.theirs = get_value(body);
  conflict.theirs_stamp = get_stamp(body);
  if (!body.ok() || !body.at_end()) return make_error(Errc::database_damaged, "conflict");
  if (!row.is_null(7))
    conflict.decided = Conflict::Decided{std::string(row.text(7)),
                                         {static_cast<std::uint32_t>(row.integer(8))},
                                         std::string(row.text(9)),
                                         from_ms(row.integer(10))};
  return conflict;
}

constexpr std::string_view kSelectEntry =
    "SELECT scope, lsn, kind, record, version, tablet, counter, body FROM sys_log";

Result<LogEntry> read_entry(const Statement& row) {
  LogEntry entry;
  entry.scope = {as_unsigned(row.integer(0))};
  entry.lsn = {as_unsigned(row.integer(1))};
  entry.record = {{static_cast<std::uint16_t>(row.integer(2))}, read_id(row.blob(3))};
  entry.version = {as_unsigned(row.integer(4))};
  entry.op = {{static_cast<std::uint32_t>(row.integer(5))}, as_unsigned(row.integer(6))};
  RUHU_TRY_DONE(decode_entry_body(row.blob(7), entry));
  return entry;
}

}  // namespace

const char* const kPlatformTables =
    "CREATE TABLE sys_number(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE sys_account(no INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL);"
    "INSERT INTO sys_account(no, name, role) VALUES (0, '导入', 'import');"
    "CREATE TABLE sys_tablet(no INTEGER PRIMARY KEY, public_key BLOB NOT NULL, actor INTEGER NOT NULL,"
    " role TEXT NOT NULL, scopes TEXT NOT NULL, incarnation INTEGER NOT NULL, last_counter INTEGER NOT NULL,"
    " revoked INTEGER NOT NULL DEFAULT 0);"
    "INSERT INTO sys_tablet VALUES (0, x'', 0, 'import', '', 1, 0, 0);"
    "CREATE TABLE sys_code(hash BLOB PRIMARY KEY, actor INTEGER NOT NULL, role TEXT NOT NULL, scopes TEXT NOT NULL,"
    " expires_at INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE sys_op(tablet INTEGER NOT NULL, counter INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " record BLOB NOT NULL, outcome INTEGER NOT NULL, body BLOB NOT NULL, result BLOB NOT NULL,"
    " received_at INTEGER NOT NULL, PRIMARY KEY(tablet, counter)) WITHOUT ROWID;"
    "CREATE INDEX sys_op_unplaced ON sys_op(record) WHERE outcome >= 4;"
    "CREATE TABLE sys_scope(scope INTEGER PRIMARY KEY, head INTEGER NOT NULL);"
    "CREATE TABLE sys_log(scope INTEGER NOT NULL, lsn INTEGER NOT NULL, kind INTEGER NOT NULL, record BLOB NOT NULL,"
    " version INTEGER NOT NULL, tablet INTEGER NOT NULL, counter INTEGER NOT NULL, body BLOB NOT NULL,"
    " PRIMARY KEY(scope, lsn)) WITHOUT ROWID;"
    "CREATE INDEX sys_log_record ON sys_log(record, version);"
    "CREATE TABLE sys_conflict(no INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, record BLOB NOT NULL,"
    " col INTEGER NOT NULL, state TEXT NOT NULL, opened_at INTEGER NOT NULL, body BLOB NOT NULL);";

const char* const kEpochAndDecisionTables =
    "ALTER TABLE sys_tablet ADD COLUMN predecessor INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE sys_tablet ADD COLUMN predecessor_upto INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE sys_tablet ADD COLUMN old_bases_upto INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE sys_tablet ADD COLUMN lost_bases_upto INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE sys_tablet ADD COLUMN from_lost_epoch INTEGER NOT NULL DEFAULT 0;"
    "CREATE TABLE sys_epoch(no INTEGER PRIMARY KEY, epoch INTEGER NOT NULL UNIQUE);"
    "CREATE TABLE sys_epoch_head(no INTEGER NOT NULL, scope INTEGER NOT NULL, head INTEGER NOT NULL,"
    " PRIMARY KEY(no, scope)) WITHOUT ROWID;"
    "INSERT INTO sys_epoch(epoch) SELECT value FROM sys_number WHERE name = 'epoch';"
    "DELETE FROM sys_number WHERE name = 'epoch';"
    "INSERT INTO sys_number(name, value) VALUES ('numbers_given', 0);"
    "ALTER TABLE sys_conflict ADD COLUMN take TEXT;"
    "ALTER TABLE sys_conflict ADD COLUMN decided_by INTEGER;"
    "ALTER TABLE sys_conflict ADD COLUMN reason TEXT;"
    "ALTER TABLE sys_conflict ADD COLUMN decided_at INTEGER;";

const char* const kAsideTables =
    "CREATE TABLE sys_aside(seq INTEGER PRIMARY KEY AUTOINCREMENT, tablet INTEGER NOT NULL, counter INTEGER NOT NULL,"
    " kind INTEGER NOT NULL, record BLOB NOT NULL, tries INTEGER NOT NULL, next_at INTEGER NOT NULL,"
    " UNIQUE(tablet, counter));"
    "CREATE INDEX sys_aside_record ON sys_aside(record);"
    "CREATE INDEX sys_aside_due ON sys_aside(next_at);"
    "INSERT INTO sys_aside(tablet, counter, kind, record, tries, next_at)"
    " SELECT tablet, counter, kind, record, 0, 0 FROM sys_op WHERE outcome >= 4 ORDER BY received_at, tablet, counter;"
    "DROP INDEX sys_op_unplaced;"
    "CREATE TABLE sys_late(seq INTEGER PRIMARY KEY AUTOINCREMENT, tablet INTEGER NOT NULL, counter INTEGER NOT NULL);"
    "CREATE INDEX sys_late_tablet ON sys_late(tablet, seq);";

static_assert(static_cast<int>(OpOutcome::waiting) == 4 && static_cast<int>(OpOutcome::quarantined) == 5,
              "the step to layout 2 counts on these");

Status SqliteTx::attempt(const std::function<Status()>& part) {
  RUHU_TRY(auto savepoint, Savepoint::begin(db_));
  RUHU_TRY_DONE(part());
  return savepoint.release();
}

Result<Account> SqliteTx::add_account(const std::string& name, const std::string& role) {
  RUHU_TRY(auto statement, db_.prepare("INSERT INTO sys_account(no, name, role) VALUES ((SELECT max(max(no),"
                                       " (SELECT value FROM sys_number WHERE name = 'numbers_given')) + 1"
                                       " FROM sys_account), ?1, ?2)"));
  RUHU_TRY_DONE(statement.bind_text(1, name).bind_text(2, role).run());
  return Account{{static_cast<std::uint32_t>(db_.last_insert_id())}, name, role};
}

Result<std::optional<Account>> SqliteTx::find_account(ActorNo no) {
  RUHU_TRY(auto query, db_.prepare("SELECT name, role FROM sys_account WHERE no = ?1"));
  query.bind(1, std::int64_t{no.value});
  RUHU_TRY(const bool row, query.step());
  if (!row) return std::optional<Account>{};
  return std::optional<Account>{Account{no, std::string(query.text(0)), std::string(query.text(1))}};
}

Result<Account> SqliteTx::account_named(const std::string& name, const std::string& role) {
  {
    RUHU_TRY(auto query, db_.prepare("SELECT no FROM sys_account WHERE name = ?1 AND role = ?2 ORDER BY no LIMIT 1"));
    RUHU_TRY(const bool row, query.bind_text(1, name).bind_text(2, role).step());
    if (row) return Account{{static_cast<std::uint32_t>(query.integer(0))}, name, role};
  }
  return add_account(name, role);
}

Result<Tablet> SqliteTx::add_tablet(Tablet tablet) {
  RUHU_TRY(auto statement,
           db_.prepare("INSERT INTO sys_tablet(no, public_key, actor, role, scopes, incarnation, last_counter, revoked,"
                       " predecessor, predecessor_upto, old_bases_upto, lost_bases_upto, from_lost_epoch, withdrawn)"
                       " VALUES ((SELECT max(max(no), (SELECT value FROM sys_number WHERE name = 'numbers_given')) + 1"
                       " FROM sys_tablet), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"));
  bind_tablet(statement, tablet);
  RUHU_TRY_DONE(statement.bind_blob(1, tablet.public_key).run());
  tablet.no = {static_cast<std::uint32_t>(db_.last_insert_id())};
  return tablet;
}

Result<std::optional<Tablet>> SqliteTx::find_tablet(TabletNo no) {
  RUHU_TRY(auto query, db_.prepare(std::string(kSelectTablet) + " WHERE no = ?1"));
  query.bind(1, std::int64_t{no.value});
  RUHU_TRY(const bool row, query.step());
  if (!row) return std::optional<Tablet>{};
  RUHU_TRY(Tablet tablet, read_tablet(query));
  return std::optional<Tablet>{std::move(tablet)};
}

Result<std::vector<Tablet>> SqliteTx::tablets() {
  RUHU_TRY(auto query, db_.prepare(std::string(kSelectTablet) + " ORDER BY no"));
  std::vector<Tablet> all;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return all;
    RUHU_TRY(Tablet tablet, read_tablet(query));
    all.push_back(std::move(tablet));
  }
}

Status SqliteTx::update_tablet(const Tablet& tablet) {
  RUHU_TRY(auto statement,
           db_.prepare("UPDATE sys_tablet SET actor = ?2, role = ?3, scopes = ?4, incarnation = ?5, last_counter = ?6,"
                       " revoked = ?7, predecessor = ?8, predecessor_upto = ?9, old_bases_upto = ?10,"
                       " lost_bases_upto = ?11, from_lost_epoch = ?12, withdrawn = ?13 WHERE no = ?1"));
  bind_tablet(statement, tablet);
  return statement.bind(1, std::int64_t{tablet.no.value}).run();
}

Result<std::optional<Tablet>> SqliteTx::find_unused_successor(TabletNo predecessor, std::uint64_t upto) {
  RUHU_TRY(auto query, db_.prepare(std::string(kSelectTablet) + " WHERE predecessor = ?1 AND predecessor_upto = ?2"
                                                                " AND last_counter = ?2 AND revoked = 0"));
  query.bind(1, std::int64_t{predecessor.value}).bind(2, as_int(upto));
  RUHU_TRY(const bool row, query.step());
  if (!row) return std::optional<Tablet>{};
  RUHU_TRY(Tablet tablet, read_tablet(query));
  return std::optional<Tablet>{std::move(tablet)};
}

Status SqliteTx::add_code(const EnrolCode& code) {
  RUHU_TRY(auto statement,
           db_.prepare("INSERT INTO sys_code(hash, actor, role, scopes, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)"));
  statement.bind_blob(1, code.code_hash).bind(2, std::int64_t{code.actor.value}).bind_text(3, code.role);
  return statement.bind_text(4, encode_scopes(code.scopes)).bind(5, to_ms(code.expires_at)).run();
}

Result<std::optional<EnrolCode>> SqliteTx::take_code(const std::string& code_hash) {
  RUHU_TRY(auto query, db_.prepare("DELETE FROM sys_code WHERE hash = ?1 RETURNING actor, role, scopes, expires_at"));
  query.bind_blob(1, code_hash);
  RUHU_TRY(const bool row, query.step());
  if (!row) return std::optional<EnrolCode>{};
  EnrolCode code{code_hash,
                 {static_cast<std::uint32_t>(query.integer(0))},
                 std::string(query.text(1)),
                 decode_scopes(query.text(2)),
                 from_ms(query.integer(3))};
  RUHU_TRY_DONE(query.run());
  return std::optional<EnrolCode>{std::move(code)};
}

Status SqliteTx::add_op(const StoredOp& op) {
  RUHU_TRY(auto statement, db_.prepare("INSERT INTO sys_op(tablet, counter, kind, record, outcome, body, result,"
                                       " received_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
  const Change& change = op.change;
  statement.bind(1, std::int64_t{change.id.tablet.value}).bind(2, as_int(change.id.counter));
  statement.bind(3, std::int64_t{change.record.kind.value}).bind_blob(4, id_bytes(change.record.id));
  statement.bind(5, static_cast<std::int64_t>(op.result.outcome)).bind_blob(6, encode_change(change));
  RUHU_TRY_DONE(statement.bind_blob(7, encode_result(op.result)).bind(8, to_ms(op.received_at)).run());
  if (op.result.is_placed()) return {};
  RUHU_TRY(auto aside, db_.prepare("INSERT INTO sys_aside(tablet, counter, kind, record, tries, next_at)"
                                   " VALUES (?1, ?2, ?3, ?4, 0, ?5)"));
  aside.bind(1, std::int64_t{change.id.tablet.value}).bind(2, as_int(change.id.counter));
  aside.bind(3, std::int64_t{change.record.kind.value}).bind_blob(4, id_bytes(change.record.id));
  return aside.bind(5, to_ms(op.received_at)).run();
}

Result<std::optional<StoredOp>> SqliteTx::find_op(OpId id) {
  RUHU_TRY(auto query, db_.prepare("SELECT body, result, received_at FROM sys_op WHERE tablet = ?1 AND counter = ?2"));
  query.bind(1, std::int64_t{id.tablet.value}).bind(2, as_int(id.counter));
  RUHU_TRY(const bool row, query.step());
  if (!row) return std::optional<StoredOp>{};
  RUHU_TRY(StoredOp op, read_op(query));
  return std::optional<StoredOp>{std::move(op)};
}

Status SqliteTx::each_op(const std::function<Status(const StoredOp&)>& visit) {
  RUHU_TRY(auto query, db_.prepare("SELECT body, result, received_at FROM sys_op ORDER BY tablet, counter"));
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return {};
    RUHU_TRY(const StoredOp op, read_op(query));
    RUHU_TRY_DONE(visit(op));
  }
}

Status SqliteTx::settle_op(const StoredOp& op) {
  const OpId id = op.change.id;
  RUHU_TRY(auto update, db_.prepare("UPDATE sys_op SET outcome = ?3, result = ?4 WHERE tablet = ?1 AND counter = ?2"));
  update.bind(1, std::int64_t{id.tablet.value}).bind(2, as_int(id.counter));
  update.bind(3, static_cast<std::int64_t>(op.result.outcome)).bind_blob(4, encode_result(op.result));
  RUHU_TRY_DONE(update.run());
  if (!op.result.is_placed()) return {};
  RUHU_TRY(auto remove, db_.prepare("DELETE FROM sys_aside WHERE tablet = ?1 AND counter = ?2"));
  return remove.bind(1, std::int64_t{id.tablet.value}).bind(2, as_int(id.counter)).run();
}

Status SqliteTx::postpone(OpId op, int tries, Instant next_at) {
  RUHU_TRY(auto update,
           db_.prepare("UPDATE sys_aside SET tries = ?3, next_at = ?4 WHERE tablet = ?1 AND counter = ?2"));
  update.bind(1, std::int64_t{op.tablet.value}).bind(2, as_int(op.counter));
  return update.bind(3, std::int64_t{tries}).bind(4, to_ms(next_at)).run();
}

Result<std::vector<Aside>> SqliteTx::asides_due(Instant now, std::size_t limit) {
  RUHU_TRY(auto rows, db_.prepare(std::string(kSelectAside) + " WHERE next_at <= ?1 ORDER BY seq LIMIT ?2"));
  rows.bind(1, to_ms(now)).bind(2, as_int(limit));
  return read_asides(rows);
}

Result<std::vector<Aside>> SqliteTx::asides_of(const RecordRef& ref) {
  RUHU_TRY(auto rows, db_.prepare(std::string(kSelectAside) + " WHERE record = ?1 AND kind = ?2 ORDER BY seq"));
  rows.bind_blob(1, id_bytes(ref.id)).bind(2, std::int64_t{ref.kind.value});
  return read_asides(rows);
}

Status SqliteTx::tell_later(OpId op) {
  RUHU_TRY(auto insert, db_.prepare("INSERT INTO sys_late(tablet, counter) VALUES (?1, ?2)"));
  return insert.bind(1, std::int64_t{op.tablet.value}).bind(2, as_int(op.counter)).run();
}

Result<std::vector<PlatformTx::LateOp>> SqliteTx::late_ops(TabletNo tablet, std::uint64_t after, std::size_t limit) {
  RUHU_TRY(auto rows, db_.prepare("SELECT seq, counter FROM sys_late WHERE tablet = ?1 AND seq > ?2 ORDER BY seq"
                                  " LIMIT ?3"));
  rows.bind(1, std::int64_t{tablet.value}).bind(2, as_int(after)).bind(3, as_int(limit));
  std::vector<LateOp> late;
  for (;;) {
    RUHU_TRY(const bool row, rows.step());
    if (!row) return late;
    late.push_back({as_unsigned(rows.integer(0)), {tablet, as_unsigned(rows.integer(1))}});
  }
}

Result<Lsn> SqliteTx::append_log(LogEntry entry) {
  RUHU_TRY(auto head, db_.prepare("INSERT INTO sys_scope(scope, head) VALUES (?1, 1)"
                                  " ON CONFLICT(scope) DO UPDATE SET head = head + 1 RETURNING head"));
  head.bind(1, as_int(entry.scope.value));
  RUHU_TRY(const bool row, head.step());
  if (!row) return make_error(Errc::internal, "log head");
  entry.lsn = {as_unsigned(head.integer(0))};
  RUHU_TRY_DONE(head.run());
  RUHU_TRY(auto statement, db_.prepare("INSERT INTO sys_log(scope, lsn, kind, record, version, tablet, counter, body)"
                                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
  statement.bind(1, as_int(entry.scope.value)).bind(2, as_int(entry.lsn.value));
  statement.bind(3, std::int64_t{entry.record.kind.value}).bind_blob(4, id_bytes(entry.record.id));
  statement.bind(5, as_int(entry.version.value)).bind(6, std::int64_t{entry.op.tablet.value});
  statement.bind(7, as_int(entry.op.counter)).bind_blob(8, encode_entry_body(entry));
  RUHU_TRY_DONE(statement.run());
  return entry.lsn;
}

Result<PlatformTx::LogPage> SqliteTx::read_log(const LogQuery& query) {
  LogPage page;
  page.upto = query.after;
  RUHU_TRY(auto rows, db_.prepare(std::string(kSelectEntry) +
                                  " WHERE scope = ?1 AND lsn > ?2 AND (tablet <> ?3 OR ?3 = 0"
                                  " OR record IN (SELECT record FROM sys_leave)"
                                  " OR counter IN (SELECT counter FROM sys_late WHERE tablet = ?3)) ORDER BY lsn"));
  rows.bind(1, as_int(query.scope.value)).bind(2, as_int(query.after.value));
  rows.bind(3, std::int64_t{query.without.value});
  for (;;) {
    RUHU_TRY(const bool row, rows.step());
    if (!row) break;
    if (page.entries.size() >= query.limit || page.bytes >= query.bytes_max) {
      page.more = true;
      return page;
    }
    page.bytes += rows.blob(7).size() + 32;
    RUHU_TRY(LogEntry entry, read_entry(rows));
    page.upto = entry.lsn;
    page.entries.push_back(std::move(entry));
  }
  RUHU_TRY(page.upto, log_head(query.scope));
  return page;
}

Result<Lsn> SqliteTx::log_head(ScopeCode scope) {
  RUHU_TRY(auto query, db_.prepare("SELECT head FROM sys_scope WHERE scope = ?1"));
  query.bind(1, as_int(scope.value));
  RUHU_TRY(const bool row, query.step());
  return Lsn{row ? as_unsigned(query.integer(0)) : 0};
}

Result<std::vector<ScopeCode>> SqliteTx::log_scopes() {
  RUHU_TRY(auto query, db_.prepare("SELECT scope FROM sys_scope ORDER BY scope"));
  std::vector<ScopeCode> scopes;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return scopes;
    scopes.push_back({as_unsigned(query.integer(0))});
  }
}

Result<std::vector<LogEntry>> SqliteTx::record_log(const RecordRef& ref, ServerVersion upto) {
  RUHU_TRY(auto rows, db_.prepare(std::string(kSelectEntry) +
                                  " WHERE record = ?1 AND kind = ?2 AND version <= ?3 ORDER BY version DESC"));
  rows.bind_blob(1, id_bytes(ref.id)).bind(2, std::int64_t{ref.kind.value}).bind(3, as_int(upto.value));
  std::vector<LogEntry> entries;
  for (;;) {
    RUHU_TRY(const bool row, rows.step());
    if (!row) return entries;
    RUHU_TRY(LogEntry entry, read_entry(rows));
    entries.push_back(std::move(entry));
  }
}

Result<bool> SqliteTx::knows_epoch(Epoch epoch) {
  RUHU_TRY(auto query, db_.prepare("SELECT 1 FROM sys_epoch WHERE epoch = ?1"));
  return query.bind(1, as_int(epoch.value)).step();
}

Result<ServerVersion> SqliteTx::common_version(const RecordRef& ref) {
  RUHU_TRY(auto query, db_.prepare("SELECT min(kept) FROM (SELECT coalesce((SELECT max(l.version) FROM sys_log l"
                                   " JOIN sys_epoch_head h ON h.scope = l.scope AND h.no = e.no"
                                   " WHERE l.record = ?1 AND l.kind = ?2 AND l.lsn <= h.head), 0) AS kept"
                                   " FROM sys_epoch e WHERE e.no > 1)"));
  query.bind_blob(1, id_bytes(ref.id)).bind(2, std::int64_t{ref.kind.value});
  RUHU_TRY(const bool row, query.step());
  return ServerVersion{row ? as_unsigned(query.integer(0)) : 0};
}

namespace {

std::string body_of(const Conflict& conflict) {
  ByteWriter body;
  put_value(body, conflict.base);
  put_value(body, conflict.mine);
  put_stamp(body, conflict.mine_stamp);
  put_value(body, conflict.theirs);
  put_stamp(body, conflict.theirs_stamp);
  return body.take();
}

}  // namespace

Result<std::uint64_t> SqliteTx::add_conflict(const Conflict& conflict) {
  RUHU_TRY(auto statement, db_.prepare("INSERT INTO sys_conflict(kind, record, col, state, opened_at, body)"
                                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
  statement.bind(1, std::int64_t{conflict.record.kind.value}).bind_blob(2, id_bytes(conflict.record.id));
  statement.bind(3, std::int64_t{conflict.column.value}).bind_text(4, conflict.state);
  RUHU_TRY_DONE(statement.bind(5, to_ms(conflict.opened_at)).bind_blob(6, body_of(conflict)).run());
  return as_unsigned(db_.last_insert_id());
}

Result<std::vector<Conflict>> SqliteTx::conflicts() {
  RUHU_TRY(auto query, db_.prepare(std::string(kSelectConflict) + " WHERE rule IS NULL ORDER BY no"));
  std::vector<Conflict> all;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return all;
    RUHU_TRY(Conflict conflict, read_conflict(query));
    all.push_back(std::move(conflict));
  }
}

Result<std::optional<Conflict>> SqliteTx::find_conflict(std::uint64_t no) {
  RUHU_TRY(auto query, db_.prepare(std::string(kSelectConflict) + " WHERE no = ?1 AND rule IS NULL"));
  RUHU_TRY(const bool row, query.bind(1, as_int(no)).step());
  if (!row) return std::optional<Conflict>{};
  RUHU_TRY(Conflict conflict, read_conflict(query));
  return std::optional<Conflict>{std::move(conflict)};
}

Status SqliteTx::settle_conflict(const Conflict& conflict) {
  RUHU_TRY(auto update, db_.prepare("UPDATE sys_conflict SET state = ?2, take = ?3, decided_by = ?4, reason = ?5,"
                                    " decided_at = ?6, body = ?7 WHERE no = ?1"));
  update.bind(1, as_int(conflict.no)).bind_text(2, conflict.state).bind_blob(7, body_of(conflict));
  if (conflict.decided) {
    update.bind_text(3, conflict.decided->take).bind(4, std::int64_t{conflict.decided->by.value});
    update.bind_text(5, conflict.decided->reason).bind(6, to_ms(conflict.decided->at));
  }
  return update.run();
}

}  // namespace ruhu::server
