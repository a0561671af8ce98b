#pragma once
#include "storage/dictionary/dictionary.hpp"
#include "storage/model/evidence.hpp"
#include "storage/model/outcome.hpp"

namespace ruhu {

/// A field as the server has it.
struct FieldState {
  Value value;
  Stamp stamp;
};

/// An edit of that field as it arrives, its base already said as a version of the record.
struct ArrivingEdit {
  Value value;         ///< May be a SetDelta.
  ServerVersion base;  ///< The worker had seen the field up to this version.
  Stamp stamp;         ///< Of the op; its version is not given yet.
};

struct FieldVerdict {
  FieldOutcome outcome = FieldOutcome::applied;
  Value value;          ///< What the field holds afterwards; never a SetDelta.
  bool writes = false;  ///< True: `value` is new and carries the op's stamp.
};

/// The three-way merge of one field. A pure function of its arguments (MERGE.md has the laws).
FieldVerdict merge_field(const FieldDef& field, const FieldState& current, const ArrivingEdit& edit);

/// True when `a` was made after `b`; two edits of the same instant are ordered by their op ids.
bool is_later(const Stamp& a, const Stamp& b);

}  // namespace ruhu
