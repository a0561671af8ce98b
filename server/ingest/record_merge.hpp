#pragma once
#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// Merges one op into its record, field by field, and writes row, log entry and conflicts.
class RecordMerge {
 public:
  /// `tablet`: whose op it is.
  RecordMerge(PlatformTx& tx, const Dictionary& dictionary, Instant now, const Tablet& tablet)
      : tx_(tx), dictionary_(dictionary), now_(now), tablet_(tablet) {}

  /// `before`: the record as it stands, nullptr for a new one.
  Result<OpResult> merge(const Change& change, const Record* before);

 private:
  struct Work;
  Status merge_field_of(Work& work, const FieldEdit& edit);
  struct ResolvedBase {
    ServerVersion version;
    bool as_sent = true;  ///< The tablet's value at that base was the platform's; false after a merge it had not seen.
  };
  Result<ResolvedBase> resolve(const Change& change, const FieldEdit& edit);
  /// What a version that an op of that counter names means in the present epoch.
  Result<ServerVersion> as_known_now(const RecordRef& ref, std::uint64_t counter, ServerVersion named);
  Result<std::uint64_t> open_conflict(const Work& work, const FieldEdit& edit, ServerVersion base, const Stamp& mine);
  Result<Value> value_at(const RecordRef& ref, ColumnNo column, ServerVersion version);
  Status write(Work& work);
  Status append(const LogEntry& entry);
  Status move(const Work& work, ScopeCode home);

  PlatformTx& tx_;
  const Dictionary& dictionary_;
  Instant now_;
  const Tablet& tablet_;
};

/// The least settled field names the op.
OpOutcome outcome_of(const std::vector<FieldResult>& fields);

/// The one form of a value in row and log: numbers as such; citizen numbers of 15 digits, void since 2013, with their
/// 18. The op keeps what was sent.
Value as_stored(const FieldDef& field, const Value& value);

/// The scope that a record's `grid_id` names; 0 when it names none.
ScopeCode home_of(const Record& record);

}  // namespace ruhu::server
