#pragma once
#include <map>

#include "app/queries/record_cache.hpp"
#include "app/state/common.hpp"

namespace ruhu {

/// A field of an own op that a person has to settle.
struct OpenConflict {
  Change change;
  FieldEdit mine;
  FieldResult theirs;
};

/// Where records stand between this tablet and the platform. Read once per query.
class SyncLedger {
 public:
  static Result<SyncLedger> read(Store& store, RecordCache& records, const Identity& own);

  RecordSync of(const Record& record) const;
  RecordSync worst(std::initializer_list<const Record*> records) const;  ///< nullptr counts as synced.
  RecordSync of_stamp(const Stamp& stamp) const;                         ///< Of one value.
  /// True while a person has to settle what that own op says of the field.
  bool is_open_conflict(const OpId& op, ColumnNo column) const;

  /// Newest first; those that later news settled are not among them.
  const std::vector<OpenConflict>& conflicts() const { return conflicts_; }
  /// Ops that the platform keeps but could not apply, newest first.
  const std::vector<LoggedOp>& quarantined() const { return quarantined_; }

 private:
  Identity own_;
  std::uint64_t acknowledged_ = 0;
  std::map<std::uint64_t, OpOutcome> unsettled_;  ///< Waiting and quarantined, by counter.
  std::map<RecordRef, RecordSync> marked_;
  std::vector<OpenConflict> conflicts_;
  std::vector<LoggedOp> quarantined_;
};

}  // namespace ruhu
