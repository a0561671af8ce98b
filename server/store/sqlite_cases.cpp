// Cases of the desk lie beside conflicts, in one table: one sequence of numbers, one way of being decided. A case has a
// rule, a conflict has none. Keys of records that may be recorded twice lie in a table of their own.
#include "server/store/sqlite_tx.hpp"
#include "storage/model/stored_form.hpp"

namespace ruhu::server {

const char* const kCaseTables =
    "ALTER TABLE sys_conflict ADD COLUMN rule TEXT;"
    "ALTER TABLE sys_conflict ADD COLUMN subject TEXT;"
    "ALTER TABLE sys_conflict ADD COLUMN note TEXT;"
    "CREATE INDEX sys_case_subject ON sys_conflict(rule, subject) WHERE rule IS NOT NULL;"
    "CREATE TABLE sys_case_record(record BLOB NOT NULL, no INTEGER NOT NULL, PRIMARY KEY(record, no)) WITHOUT ROWID;"
    "CREATE TABLE sys_match_key(key INTEGER NOT NULL, kind INTEGER NOT NULL, record BLOB NOT NULL,"
    " PRIMARY KEY(key, record)) WITHOUT ROWID;";

namespace {

std::int64_t as_int(std::uint64_t n) { return static_cast<std::int64_t>(n); }

constexpr std::string_view kSelectCase =
    "SELECT no, rule, subject, state, opened_at, body, take, decided_by, reason, decided_at, note FROM sys_conflict";

Result<DeskCase> read_case(const Statement& row) {
  DeskCase one;
  one.no = static_cast<std::uint64_t>(row.integer(0));
  one.rule = row.text(1);
  one.subject = row.text(2);
  one.state = row.text(3);
  one.opened_at = from_ms(row.integer(4));
  RUHU_TRY_DONE(decode_case_body(row.blob(5), one));
  if (!row.is_null(6))
    one.decided = Conflict::Decided{std::string(row.text(6)),
                                    {static_cast<std::uint32_t>(row.integer(7))},
                                    std::string(row.text(8)),
                                    from_ms(row.integer(9))};
  one.note = row.text(10);
  return one;
}

Result<std::vector<DeskCase>> read_cases(Statement& rows) {
  std::vector<DeskCase> all;
  for (;;) {
    RUHU_TRY(const bool row, rows.step());
    if (!row) return all;
    RUHU_TRY(DeskCase one, read_case(rows));
    all.push_back(std::move(one));
  }
}

Result<std::optional<DeskCase>> first_of(Statement& rows) {
  RUHU_TRY(const bool row, rows.step());
  if (!row) return std::optional<DeskCase>{};
  RUHU_TRY(DeskCase one, read_case(rows));
  return std::optional<DeskCase>{std::move(one)};
}

}  // namespace

/// Only open cases are looked for by their records.
Status SqliteTx::name_records(const DeskCase& one) {
  if (one.state != kOpen) return {};
  RUHU_TRY(auto insert, db_.prepare("INSERT OR IGNORE INTO sys_case_record(record, no) VALUES (?1, ?2)"));
  for (const CaseSide& side : one.sides)
    RUHU_TRY_DONE(insert.bind_blob(1, id_bytes(side.record.id)).bind(2, as_int(one.no)).run());
  return {};
}

Result<std::uint64_t> SqliteTx::add_case(DeskCase one) {
  RUHU_ASSERT(!one.sides.empty());
  const RecordRef& about = one.sides.front().record;
  RUHU_TRY(auto insert, db_.prepare("INSERT INTO sys_conflict(kind, record, col, state, opened_at, body, rule, subject)"
                                    " VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7)"));
  insert.bind(1, std::int64_t{about.kind.value}).bind_blob(2, id_bytes(about.id)).bind_text(3, one.state);
  insert.bind(4, to_ms(one.opened_at)).bind_blob(5, encode_case_body(one)).bind_text(6, one.rule);
  RUHU_TRY_DONE(insert.bind_text(7, one.subject).run());
  one.no = static_cast<std::uint64_t>(db_.last_insert_id());
  RUHU_TRY_DONE(name_records(one));
  return one.no;
}

Status SqliteTx::update_case(const DeskCase& one) {
  RUHU_TRY(const auto before, find_case(one.no));
  if (!before) return make_error(Errc::not_found, "case");
  {
    RUHU_TRY(auto forget, db_.prepare("DELETE FROM sys_case_record WHERE record = ?1 AND no = ?2"));
    for (const CaseSide& side : before->sides)
      RUHU_TRY_DONE(forget.bind_blob(1, id_bytes(side.record.id)).bind(2, as_int(one.no)).run());
  }
  RUHU_TRY(auto update, db_.prepare("UPDATE sys_conflict SET state = ?2, body = ?3, take = ?4, decided_by = ?5,"
                                    " reason = ?6, decided_at = ?7, note = ?8 WHERE no = ?1"));
  update.bind(1, as_int(one.no)).bind_text(2, one.state).bind_blob(3, encode_case_body(one)).bind_text(8, one.note);
  if (one.decided) {
    update.bind_text(4, one.decided->take).bind(5, std::int64_t{one.decided->by.value});
    update.bind_text(6, one.decided->reason).bind(7, to_ms(one.decided->at));
  }
  RUHU_TRY_DONE(update.run());
  return name_records(one);
}

Result<std::vector<DeskCase>> SqliteTx::cases() {
  RUHU_TRY(auto rows, db_.prepare(std::string(kSelectCase) + " WHERE rule IS NOT NULL ORDER BY no"));
  return read_cases(rows);
}

Result<std::optional<DeskCase>> SqliteTx::find_case(std::uint64_t no) {
  RUHU_TRY(auto rows, db_.prepare(std::string(kSelectCase) + " WHERE no = ?1 AND rule IS NOT NULL"));
  rows.bind(1, as_int(no));
  return first_of(rows);
}

Result<std::optional<DeskCase>> SqliteTx::last_case(std::string_view rule, std::string_view subject) {
  RUHU_TRY(auto rows,
           db_.prepare(std::string(kSelectCase) + " WHERE rule = ?1 AND subject = ?2 ORDER BY no DESC LIMIT 1"));
  rows.bind_text(1, rule).bind_text(2, subject);
  return first_of(rows);
}

Result<std::vector<DeskCase>> SqliteTx::open_cases_naming(const RecordRef& ref) {
  RUHU_TRY(auto rows, db_.prepare(std::string(kSelectCase) +
                                  " WHERE no IN (SELECT no FROM sys_case_record WHERE record = ?1) ORDER BY no"));
  rows.bind_blob(1, id_bytes(ref.id));
  return read_cases(rows);
}

Status SqliteTx::add_match_key(std::uint64_t key, const RecordRef& ref) {
  RUHU_TRY(auto insert, db_.prepare("INSERT OR IGNORE INTO sys_match_key(key, kind, record) VALUES (?1, ?2, ?3)"));
  insert.bind(1, as_int(key)).bind(2, std::int64_t{ref.kind.value});
  return insert.bind_blob(3, id_bytes(ref.id)).run();
}

Status SqliteTx::remove_match_key(std::uint64_t key, const RecordRef& ref) {
  RUHU_TRY(auto remove, db_.prepare("DELETE FROM sys_match_key WHERE key = ?1 AND record = ?2"));
  return remove.bind(1, as_int(key)).bind_blob(2, id_bytes(ref.id)).run();
}

Result<std::vector<RecordRef>> SqliteTx::records_with_key(std::uint64_t key, std::size_t limit) {
  RUHU_TRY(auto rows, db_.prepare("SELECT kind, record FROM sys_match_key WHERE key = ?1 ORDER BY record LIMIT ?2"));
  rows.bind(1, as_int(key)).bind(2, as_int(limit));
  std::vector<RecordRef> refs;
  for (;;) {
    RUHU_TRY(const bool row, rows.step());
    if (!row) return refs;
    refs.push_back({{static_cast<std::uint16_t>(rows.integer(0))}, read_id(rows.blob(1))});
  }
}

Status SqliteTx::each_match_key(const std::function<Status(std::uint64_t, const RecordRef&)>& visit) {
  RUHU_TRY(auto rows, db_.prepare("SELECT key, kind, record FROM sys_match_key ORDER BY key, record"));
  for (;;) {
    RUHU_TRY(const bool row, rows.step());
    if (!row) return {};
    const RecordRef ref{{static_cast<std::uint16_t>(rows.integer(1))}, read_id(rows.blob(2))};
    RUHU_TRY_DONE(visit(static_cast<std::uint64_t>(rows.integer(0)), ref));
  }
}

}  // namespace ruhu::server
