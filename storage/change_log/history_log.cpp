#include "storage/change_log/history_log.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "storage/model/stored_form.hpp"

namespace ruhu {
namespace {

/// Replaced cells by the op that wrote over them. What was filed last was there last, so it is taken first; every
/// cell is taken once, which ends the walk even where an op came to stand twice.
class Chains {
 public:
  void add(const OpId& by, const ReplacedCell& cell) { filed_[{by, cell.column}].push_back(cell); }

  std::optional<ReplacedCell> take(const OpId& by, ColumnNo column) {
    const auto at = filed_.find({by, column});
    if (at == filed_.end() || at->second.empty()) return std::nullopt;
    ReplacedCell cell = std::move(at->second.back());
    at->second.pop_back();
    return cell;
  }

  std::set<ColumnNo> columns() const {
    std::set<ColumnNo> all;
    for (const auto& [key, cells] : filed_) all.insert(key.second);
    return all;
  }

 private:
  std::map<std::pair<OpId, ColumnNo>, std::vector<ReplacedCell>> filed_;
};

/// Newest first: the present value, then what its op wrote over, and so on.
std::vector<FieldVersion> walk_back(const Record& record, ColumnNo column, Chains& chains) {
  std::vector<FieldVersion> versions{{record.get(column), record.meta.stamp_of(column), {}, {}, {}}};
  while (auto older = chains.take(versions.back().stamp.op, column)) {
    const Stamp by = versions.back().stamp;
    versions.push_back({std::move(older->value), older->stamp, {}, {}, by});
  }
  return versions;
}

/// Own ops know at which visit they were made and what became of them.
Status tell_own(FieldVersion& version, ColumnNo column, ChangeLog& changes) {
  RUHU_TRY(const auto op, changes.find(version.stamp.op.counter));
  if (!op) return {};
  version.visit = op->change.visit;
  if (!op->result) return {};
  for (const FieldResult& field : op->result->fields)
    if (field.column == column) version.outcome = field.outcome;
  return {};
}

}  // namespace

Status HistoryLog::keep(const OpId& by, const Identity& own, const std::vector<ReplacedCell>& cells) {
  if (cells.empty()) return {};
  RUHU_TRY(auto filed, replaced_by(by, own));
  filed.insert(filed.end(), cells.begin(), cells.end());
  const std::string bytes = encode_replaced(filed);
  if (own.is_own(by)) {
    RUHU_TRY(auto update, db_.prepare("UPDATE sys_change SET replaced = ?2 WHERE counter = ?1"));
    return update.bind(1, static_cast<std::int64_t>(by.counter)).bind_blob(2, bytes).run();
  }
  RUHU_TRY(auto insert, db_.prepare("REPLACE INTO sys_replaced(tablet, counter, cells) VALUES (?1, ?2, ?3)"));
  insert.bind(1, std::int64_t{by.tablet.value}).bind(2, static_cast<std::int64_t>(by.counter));
  return insert.bind_blob(3, bytes).run();
}

Result<std::vector<ReplacedCell>> HistoryLog::replaced_by(const OpId& op, const Identity& own) {
  const bool is_own = own.is_own(op);
  RUHU_TRY(auto query, db_.prepare(is_own ? "SELECT replaced FROM sys_change WHERE counter = ?1"
                                          : "SELECT cells FROM sys_replaced WHERE counter = ?1 AND tablet = ?2"));
  query.bind(1, static_cast<std::int64_t>(op.counter));
  if (!is_own) query.bind(2, std::int64_t{op.tablet.value});
  RUHU_TRY(const bool row, query.step());
  if (!row || query.is_null(0)) return std::vector<ReplacedCell>{};
  return decode_replaced(query.blob(0));
}

Status HistoryLog::walk(const Record& record, const Identity& own, const Visit& visit) {
  std::set<OpId> seen;
  std::deque<OpId> open{record.meta.created.op};
  for (const auto& [column, stamp] : record.meta.later) open.push_back(stamp.op);
  for (; !open.empty(); open.pop_front()) {
    if (!seen.insert(open.front()).second) continue;
    RUHU_TRY(const auto cells, replaced_by(open.front(), own));
    for (const ReplacedCell& cell : cells) open.push_back(cell.stamp.op);
    RUHU_TRY_DONE(visit(open.front(), cells));
  }
  return {};
}

Status HistoryLog::forget(const Record& record, const Identity& own) {
  return walk(record, own, [&](const OpId& by, const std::vector<ReplacedCell>& cells) -> Status {
    if (cells.empty()) return {};
    const bool is_own = own.is_own(by);
    RUHU_TRY(auto statement, db_.prepare(is_own ? "UPDATE sys_change SET replaced = NULL WHERE counter = ?1"
                                                : "DELETE FROM sys_replaced WHERE counter = ?1 AND tablet = ?2"));
    statement.bind(1, static_cast<std::int64_t>(by.counter));
    if (!is_own) statement.bind(2, std::int64_t{by.tablet.value});
    return statement.run();
  });
}

Result<RecordHistory> HistoryLog::of(Record record, const Identity& own, ChangeLog& changes) {
  Chains chains;
  RUHU_TRY_DONE(walk(record, own, [&](const OpId& by, const std::vector<ReplacedCell>& cells) -> Status {
    for (const ReplacedCell& cell : cells) chains.add(by, cell);
    return {};
  }));
  std::set<ColumnNo> columns = chains.columns();
  for (const Cell& cell : record.cells) columns.insert(cell.column);
  RecordHistory history{.now = std::move(record), .fields = {}};
  for (const ColumnNo column : columns) {
    FieldHistory field{column, walk_back(history.now, column, chains)};
    for (FieldVersion& version : field.versions)
      if (own.is_own(version.stamp.op)) RUHU_TRY_DONE(tell_own(version, column, changes));
    history.fields.push_back(std::move(field));
  }
  return history;
}

}  // namespace ruhu
