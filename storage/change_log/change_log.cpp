#include "storage/change_log/change_log.hpp"

#include "storage/model/stored_form.hpp"

namespace ruhu {
Result<std::uint64_t> ChangeLog::next_counter() {
  RUHU_TRY(const auto last, db_.integer("SELECT max(counter) FROM sys_change"));
  return static_cast<std::uint64_t>(last) + 1;
}

Result<ChangeLog::Newest> ChangeLog::newest() {
  RUHU_TRY(auto query, db_.prepare("SELECT counter, body FROM sys_change ORDER BY counter DESC LIMIT 1"));
  RUHU_TRY(const bool row, query.step());
  if (!row) return Newest{};
  RUHU_TRY(const Change change, decode_change(query.blob(1)));
  return Newest{static_cast<std::uint64_t>(query.integer(0)), change.made_at};
}

Result<std::size_t> ChangeLog::append(const Change& change, const std::vector<ReplacedCell>& replaced) {
  RUHU_TRY(auto statement,
           db_.prepare("INSERT INTO sys_change(counter, body, state, replaced) VALUES (?1, ?2, 0, ?3)"));
  const std::string body = encode_change(change);
  statement.bind(1, static_cast<std::int64_t>(change.id.counter)).bind_blob(2, body);
  if (!replaced.empty()) statement.bind_blob(3, encode_replaced(replaced));
  RUHU_TRY_DONE(statement.run());
  return body.size();
}

Result<std::vector<Change>> ChangeLog::queued(std::size_t bytes_max) {
  RUHU_TRY(const auto from, acknowledged_up_to());
  return after(from, bytes_max);
}

Result<std::vector<Change>> ChangeLog::after(std::uint64_t counter, std::size_t bytes_max) {
  RUHU_TRY(auto query, db_.prepare("SELECT body FROM sys_change WHERE counter > ?1 ORDER BY counter"));
  query.bind(1, static_cast<std::int64_t>(counter));
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

Status ChangeLog::acknowledge(const OpResult& result, Instant at) {
  const auto counter = static_cast<std::int64_t>(result.op.counter);
  RUHU_TRY(auto update, db_.prepare("UPDATE sys_change SET state = 1, acknowledged_at = ?2 WHERE counter = ?1"));
  update.bind(1, counter).bind(2, to_ms(at));
  RUHU_TRY_DONE(update.run());
  if (db_.changes() != 1) return make_error(Errc::malformed_message, "acknowledged an op that was never made");
  RUHU_TRY(auto mark, db_.prepare("INSERT INTO sys_number(name, value) VALUES ('acknowledged', ?1)"
                                  " ON CONFLICT(name) DO UPDATE SET value = max(value, excluded.value)"));
  RUHU_TRY_DONE(mark.bind(1, counter).run());
  return result.is_clean() ? Status{} : note_result(result);
}

Status ChangeLog::note_result(const OpResult& result) {
  const auto counter = static_cast<std::int64_t>(result.op.counter);
  if (result.is_clean()) {
    RUHU_TRY(auto remove, db_.prepare("DELETE FROM sys_result WHERE counter = ?1"));
    return remove.bind(1, counter).run();
  }
  RUHU_TRY(auto insert, db_.prepare("REPLACE INTO sys_result(counter, outcome, body) VALUES (?1, ?2, ?3)"));
  insert.bind(1, counter).bind(2, static_cast<std::int64_t>(result.outcome)).bind_blob(3, encode_result(result));
  return insert.run();
}

Status ChangeLog::requeue_all() {
  RUHU_TRY_DONE(db_.exec("UPDATE sys_change SET state = 0, acknowledged_at = NULL"));
  RUHU_TRY_DONE(db_.exec("DELETE FROM sys_result"));
  return db_.exec("DELETE FROM sys_number WHERE name = 'acknowledged'");
}

Result<std::vector<Change>> ChangeLog::renumber_queued(TabletNo fresh) {
  RUHU_TRY(std::vector<Change> changes, queued(SIZE_MAX));
  for (Change& change : changes) {
    change.id.tablet = fresh;
    RUHU_TRY(auto update, db_.prepare("UPDATE sys_change SET body = ?2 WHERE counter = ?1"));
    update.bind(1, static_cast<std::int64_t>(change.id.counter)).bind_blob(2, encode_change(change));
    RUHU_TRY_DONE(update.run());
  }
  return changes;
}

}  // namespace ruhu
