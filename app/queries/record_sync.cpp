#include "app/queries/record_sync.hpp"

#include <algorithm>

namespace ruhu {
namespace {

constexpr std::size_t kResultsMax = 500;

const FieldEdit* edit_of(const Change& change, ColumnNo column) {
  const auto at = std::find_if(change.fields.begin(), change.fields.end(),
                               [&](const FieldEdit& edit) { return edit.column == column; });
  return at == change.fields.end() ? nullptr : &*at;
}

}  // namespace

Result<SyncLedger> SyncLedger::read(Store& store, RecordCache& records, const Identity& own) {
  SyncLedger ledger;
  ledger.own_ = own;
  RUHU_TRY(ledger.acknowledged_, store.changes().acknowledged_up_to());
  RUHU_TRY(auto ops, store.changes().with_results(kResultsMax));
  for (LoggedOp& op : ops) {
    const OpResult& result = *op.result;
    const bool waits = result.outcome == OpOutcome::waiting || result.outcome == OpOutcome::quarantined;
    if (waits) {
      ledger.unsettled_.emplace(op.change.id.counter, result.outcome);
      RecordSync& mark = ledger.marked_[op.change.record];
      mark = std::max(mark, result.outcome == OpOutcome::waiting ? RecordSync::waiting : RecordSync::quarantined);
    }
    for (const FieldResult& field : result.fields) {
      const FieldEdit* mine = edit_of(op.change, field.column);
      if (field.outcome != FieldOutcome::conflict || mine == nullptr) continue;
      // The clerk's decision arrives like any other news: a version newer than the one that stood then.
      const Record* record = records.find(op.change.record.kind, op.change.record.id);
      if (record != nullptr && record->meta.stamp_of(field.column).version > field.stamp.version) continue;
      RecordSync& mark = ledger.marked_[op.change.record];
      mark = std::max(mark, RecordSync::conflict);
      ledger.conflicts_.push_back({op.change, *mine, field});
    }
    if (waits) ledger.quarantined_.push_back(std::move(op));
  }
  return ledger;
}

RecordSync SyncLedger::of_stamp(const Stamp& stamp) const {
  if (stamp.version.value != 0 || stamp.op.counter == 0 || !own_.is_own(stamp.op)) return RecordSync::synced;
  if (stamp.op.counter > acknowledged_) return RecordSync::pending;
  const auto at = unsettled_.find(stamp.op.counter);
  if (at == unsettled_.end()) return RecordSync::sent;
  return at->second == OpOutcome::waiting ? RecordSync::waiting : RecordSync::quarantined;
}

bool SyncLedger::is_open_conflict(const OpId& op, ColumnNo column) const {
  return std::any_of(conflicts_.begin(), conflicts_.end(), [&](const OpenConflict& conflict) {
    return conflict.change.id == op && conflict.mine.column == column;
  });
}

RecordSync SyncLedger::of(const Record& record) const {
  RecordSync worst = of_stamp(record.meta.created);
  for (const auto& [column, stamp] : record.meta.later) worst = std::max(worst, of_stamp(stamp));
  const auto at = marked_.find(record.ref);
  return at == marked_.end() ? worst : std::max(worst, at->second);
}

RecordSync SyncLedger::worst(std::initializer_list<const Record*> records) const {
  RecordSync worst = RecordSync::synced;
  for (const Record* record : records)
    if (record != nullptr) worst = std::max(worst, of(*record));
  return worst;
}

}  // namespace ruhu
