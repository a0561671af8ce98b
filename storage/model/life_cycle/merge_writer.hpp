#pragma once
#include <map>
#include <optional>
#include <vector>

#include "storage/model/life_cycle/merge_moves.hpp"
#include "storage/model/life_cycle/plan_draft.hpp"

namespace ruhu {

/// Edits of one merge or its undoing, with the evidence of each field and the way back.
class MergeWriter {
 public:
  explicit MergeWriter(const Occasion& occasion) : draft_(occasion) {}

  PlanDraft& draft() { return draft_; }  ///< For reach and reminders.
  /// The value of a field with what was written so far.
  const Value& now(const Record& record, ColumnNo column) const;
  /// `evidence` nothing: the decision's own.
  void write(const Record& record, ColumnNo column, Value value, std::optional<Provenance> evidence = {});

  /// Something was to be written in a grid that is not this tablet's.
  bool beyond_reach() const { return beyond_reach_; }
  const std::vector<MergeMove>& moves() const { return moves_; }
  /// One for each record and evidence.
  std::vector<RecordEdit> edits() const;

 private:
  struct Key {
    RecordRef record;
    Provenance evidence;
    bool own;
    auto operator<=>(const Key&) const = default;
  };
  PlanDraft draft_;
  std::vector<MergeMove> moves_;
  std::map<Key, std::vector<Cell>> cells_;
  bool beyond_reach_ = false;
};

}  // namespace ruhu
