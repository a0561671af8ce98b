#include "storage/change_log/change_log.hpp"

#include "storage/model/stored_form.hpp"

namespace ruhu {
namespace {

constexpr std::uint64_t kFormOne = 1;

}  // namespace

std::string encode_result(const OpResult& result) {
  ByteWriter out;
  out.number(kFormOne);
  out.number(result.op.tablet.value);
  out.number(result.op.counter);
  out.byte(static_cast<std::uint8_t>(result.outcome));
  out.number(result.version.value);
  out.text(result.reason);
  out.number(result.fields.size());
  for (const FieldResult& field : result.fields) {
    out.number(field.column.value);
    out.byte(static_cast<std::uint8_t>(field.outcome));
    out.number(field.conflict);
    put_value(out, field.current);
    put_stamp(out, field.stamp);
  }
  return out.take();
}

Result<OpResult> decode_result(std::string_view bytes) {
  ByteReader in(bytes);
  const bool known_form = in.number() == kFormOne;
  OpResult result;
  result.op.tablet = {static_cast<std::uint32_t>(in.number())};
  result.op.counter = in.number();
  result.outcome = static_cast<OpOutcome>(in.byte());
  result.version = {in.number()};
  result.reason = in.text();
  const std::uint64_t count = in.number();
  if (!known_form || count > in.left()) return make_error(Errc::database_damaged, "op result");
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    FieldResult field;
    field.column = {static_cast<std::uint16_t>(in.number())};
    field.outcome = static_cast<FieldOutcome>(in.byte());
    field.conflict = in.number();
    field.current = get_value(in);
    field.stamp = get_stamp(in);
    result.fields.push_back(std::move(field));
  }
  if (!in.ok() || !in.at_end()) return make_error(Errc::database_damaged, "op result");
  return result;
}

std::string ChangeLog::create_sql() {
  return "CREATE TABLE IF NOT EXISTS sys_change(counter INTEGER PRIMARY KEY, body BLOB NOT NULL,"
         " state INTEGER NOT NULL, acknowledged_at INTEGER);"
         "CREATE TABLE IF NOT EXISTS sys_result(counter INTEGER PRIMARY KEY, outcome INTEGER NOT NULL,"
         " body BLOB NOT NULL);";
}

Result<std::uint64_t> ChangeLog::next_counter() {
  RUHU_TRY(const auto last, db_.integer("SELECT max(counter) FROM sys_change"));
  return static_cast<std::uint64_t>(last) + 1;
}

Result<HybridTime> ChangeLog::last_made_at() {
  RUHU_TRY(auto query, db_.prepare("SELECT body FROM sys_change ORDER BY counter DESC LIMIT 1"));
  RUHU_TRY(const bool row, query.step());
  if (!row) return HybridTime{};
  RUHU_TRY(const Change change, decode_change(query.blob(0)));
  return change.made_at;
}

Status ChangeLog::append(const Change& change) {
  RUHU_TRY(auto statement, db_.prepare("INSERT INTO sys_change(counter, body, state) VALUES (?1, ?2, 0)"));
  statement.bind(1, static_cast<std::int64_t>(change.id.counter)).bind_blob(2, encode_change(change));
  return statement.run();
}

Result<std::vector<Change>> ChangeLog::queued(std::size_t bytes_max) {
  RUHU_TRY(const auto from, acknowledged_up_to());
  RUHU_TRY(auto query, db_.prepare("SELECT body FROM sys_change WHERE counter > ?1 ORDER BY counter"));
  query.bind(1, static_cast<std::int64_t>(from));
  std::vector<Change> changes;
  std::size_t bytes = 0;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return changes;
    bytes += query.blob(0).size();
    RUHU_TRY(Change change, decode_change(query.blob(0)));
    const bool starts_group = change.group_first == change.id.counter;
    if (starts_group && !changes.empty() && bytes > bytes_max) return changes;
    changes.push_back(std::move(change));
  }
}

Result<std::uint64_t> ChangeLog::acknowledged_up_to() {
  RUHU_TRY(const auto last, db_.integer("SELECT value FROM sys_number WHERE name = 'acknowledged'"));
  return static_cast<std::uint64_t>(last);
}

Result<std::int64_t> ChangeLog::queued_count() {
  return db_.integer(
      "SELECT count(*) FROM sys_change WHERE counter >"
      " coalesce((SELECT value FROM sys_number WHERE name = 'acknowledged'), 0)");
}

Result<std::optional<LoggedOp>> ChangeLog::find(std::uint64_t counter) {
  RUHU_TRY(auto query, db_.prepare("SELECT c.body, c.state, r.body FROM sys_change c"
                                   " LEFT JOIN sys_result r ON r.counter = c.counter WHERE c.counter = ?1"));
  query.bind(1, static_cast<std::int64_t>(counter));
  RUHU_TRY(const bool row, query.step());
  if (!row) return std::optional<LoggedOp>{};
  LoggedOp op;
  RUHU_TRY(op.change, decode_change(query.blob(0)));
  op.state = static_cast<OpState>(query.integer(1));
  if (!query.is_null(2)) {
    RUHU_TRY(op.result, decode_result(query.blob(2)));
  }
  return std::optional<LoggedOp>{std::move(op)};
}

Result<std::vector<LoggedOp>> ChangeLog::with_results(std::size_t limit) {
  RUHU_TRY(auto query, db_.prepare("SELECT c.body, r.body FROM sys_result r JOIN sys_change c"
                                   " ON c.counter = r.counter ORDER BY r.counter DESC LIMIT ?1"));
  query.bind(1, static_cast<std::int64_t>(limit));
  std::vector<LoggedOp> ops;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return ops;
    LoggedOp op{.change = {}, .state = OpState::acknowledged, .result = {}};
    RUHU_TRY(op.change, decode_change(query.blob(0)));
    RUHU_TRY(op.result, decode_result(query.blob(1)));
    ops.push_back(std::move(op));
  }
}

Result<std::vector<Change>> ChangeLog::queued_of(const RecordRef& record) {
  RUHU_TRY(const auto all, queued(SIZE_MAX));
  std::vector<Change> own;
  for (const Change& change : all)
    if (change.record == record) own.push_back(change);
  return own;
}

Status ChangeLog::acknowledge(const OpResult& result, Instant at) {
  const auto counter = static_cast<std::int64_t>(result.op.counter);
  RUHU_TRY(auto update, db_.prepare("UPDATE sys_change SET state = 1, acknowledged_at = ?2 WHERE counter = ?1"));
  update.bind(1, counter).bind(2, to_ms(at));
  RUHU_TRY_DONE(update.run());
  if (db_.changes() != 1) return make_error(Errc::malformed_message, "acknowledged an op that was never made");
  RUHU_TRY(auto mark, db_.prepare("INSERT INTO sys_number(name, value) VALUES ('acknowledged', ?1)"
                                  " ON CONFLICT(name) DO UPDATE SET value = max(value, excluded.value)"));
  RUHU_TRY_DONE(mark.bind(1, counter).run());
  if (result.is_clean()) return {};
  RUHU_TRY(auto insert, db_.prepare("REPLACE INTO sys_result(counter, outcome, body) VALUES (?1, ?2, ?3)"));
  insert.bind(1, counter).bind(2, static_cast<std::int64_t>(result.outcome)).bind_blob(3, encode_result(result));
  return insert.run();
}

}  // namespace ruhu
