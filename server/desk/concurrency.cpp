#include "server/desk/concurrency.hpp"

#include <algorithm>

#include "server/ingest/lineage.hpp"

namespace ruhu::server {
namespace {

const FieldEdit* edit_of(const Change& change, ColumnNo column) {
  const auto at = std::find_if(change.fields.begin(), change.fields.end(),
                               [&](const FieldEdit& edit) { return edit.column == column; });
  return at == change.fields.end() ? nullptr : &*at;
}

bool is_superseded(const OpResult& result, ColumnNo column) {
  return std::any_of(result.fields.begin(), result.fields.end(), [&](const FieldResult& field) {
    return field.column == column && field.outcome == FieldOutcome::superseded;
  });
}

/// What stood between the version that the op had seen and the one that it made.
Status add_replaced(PlatformTx& tx, const StoredOp& op, ColumnNo column, std::vector<Value>& values) {
  RUHU_TRY(const ServerVersion seen, version_seen(tx, op, column));
  RUHU_TRY(const auto entries, tx.record_log(op.change.record, {op.result.version.value - 1}));
  for (const LogEntry& entry : entries) {
    if (entry.version <= seen) return {};
    if (entry.op.tablet.value == 0) continue;
    for (const FieldWrite& field : entry.fields)
      if (field.column == column) values.push_back(field.value);
  }
  return {};
}

}  // namespace

Result<ServerVersion> version_seen(PlatformTx& tx, const StoredOp& op, ColumnNo column) {
  RUHU_TRY(const auto tablet, tx.find_tablet(op.change.id.tablet));
  if (!tablet) return make_error(Errc::internal, "tablet of an op is missing");
  Change change = op.change;
  for (;;) {
    const FieldEdit* edit = edit_of(change, column);
    if (edit == nullptr) return ServerVersion{};
    if (edit->base.of == Base::Of::server) return ServerVersion{edit->base.value};
    if (edit->base.value >= change.id.counter) return ServerVersion{};
    RUHU_TRY(const OpId earlier, own_op(tx, *tablet, edit->base.value));
    RUHU_TRY(auto before, tx.find_op(earlier));
    if (!before || before->change.record != op.change.record) return ServerVersion{};
    // The op that made the record had nothing before it, and nothing of it was unknown to its author.
    if (before->result.version.value == 1) return ServerVersion{1};
    change = std::move(before->change);
  }
}

Result<std::vector<Value>> values_not_seen(PlatformTx& tx, const Record& record, ColumnNo column,
                                           const std::vector<OpId>& ops) {
  std::vector<Value> values;
  for (const OpId& id : ops) {
    RUHU_TRY(const auto op, tx.find_op(id));
    if (!op) continue;
    const FieldEdit* edit = edit_of(op->change, column);
    if (edit == nullptr) continue;
    if (is_superseded(op->result, column) && id.tablet.value != 0) values.push_back(edit->value);
    const bool wrote = record.meta.stamp_of(column).op == id && op->result.version.value > 1;
    if (wrote) RUHU_TRY_DONE(add_replaced(tx, *op, column, values));
  }
  return values;
}

}  // namespace ruhu::server
