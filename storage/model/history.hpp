#pragma once
#include <optional>
#include <vector>

#include "storage/model/outcome.hpp"
#include "storage/model/record.hpp"

// What a record was before. Every write to a field keeps what it wrote over, filed under the op that did so. The stamp
// of a field's present value names the op that wrote it, what that op wrote over carries a stamp again, and so on: a
// chain from today back to the day the record was made, with no index of its own to keep.
namespace ruhu {

/// A value that an op wrote over, with the stamp that it had.
struct ReplacedCell {
  ColumnNo column;
  Value value;  ///< Empty: the field had been cleared on purpose.
  Stamp stamp;
  auto operator<=>(const ReplacedCell&) const = default;
};

/// What a write to that field of the row writes over; nothing when nobody has ever filled it in.
std::optional<ReplacedCell> replaced_cell(const Record& before, ColumnNo column);

/// One value that a field has or had.
struct FieldVersion {
  Value value;
  Stamp stamp;                          ///< Who wrote it, when, on what evidence.
  std::optional<RecordId> visit;        ///< Own ops: the visit at which it was recorded.
  std::optional<FieldOutcome> outcome;  ///< Own ops that did not simply stand as sent: what the platform made of it.
  std::optional<Stamp> replaced_by;     ///< Nothing: it stands today.
  auto operator<=>(const FieldVersion&) const = default;
};

/// Everything this tablet knows of one field, newest first. Fields that never held anything have no history.
struct FieldHistory {
  ColumnNo column;
  std::vector<FieldVersion> versions;
};

struct RecordHistory {
  Record now;
  std::vector<FieldHistory> fields;  ///< By column.
};

/// The record as it stood at that moment, by the clocks of those who wrote; nothing when it was not made yet.
/// Its meta tells who had written what by then.
std::optional<Record> as_it_was(const RecordHistory& history, Instant at);

}  // namespace ruhu
