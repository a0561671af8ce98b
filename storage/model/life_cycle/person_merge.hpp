#pragma once
#include <optional>
#include <string>
#include <vector>

#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/plan.hpp"

namespace ruhu {

/// Two records of one person.
struct PersonPair {
  PersonCircle survivor;
  PersonCircle loser;
  std::vector<Reference> to_loser;   ///< Every field of every record, open or not, that names the loser.
  std::optional<Record> merge_case;  ///< The doubt that is decided; nothing: a new one is made.
};

/// The clerk's decision.
struct MergeDecision {
  RecordId decided_by;
  std::string reason;
};

/// How long a merge can be undone.
inline constexpr int kMergeUndoDays = 90;

/// One record stays and takes, field by field, what has the better evidence; a name or number that gives way is kept
/// beside it. The other becomes void and says into which it went. Whatever named it names the survivor; what is there
/// twice (a member of the same household, a stay behind the same door, the same label) counts once. The merge case
/// remembers every field written.
/// people_differ: both have valid numbers, not the same; deceased: one is, the other not; nothing_to_change: one
/// record; already_ended: one is void or merged; out_of_scope: something lies in a grid that cannot be written.
Result<LifeCyclePlan> plan_persons_merged(const PersonPair& pair, const MergeDecision& decision,
                                          const Occasion& occasion);

/// A merge and the records that it wrote, as they are now.
struct MergeTrace {
  Record merge_case;
  std::vector<Record> records;
  std::vector<Record> around;  ///< Households of the memberships, doors of the stays, other stays of both people.
};
/// Every field that still holds what the merge wrote gets back what it held; what was changed since stays and is
/// asked about: a membership does not come back into a household that has closed, nor a stay behind a door that is
/// gone, and both people keep one main home. already_ended: no merge, or undone before; undo_expired; not_found: a
/// record is missing.
Result<LifeCyclePlan> plan_merge_undone(const MergeTrace& trace, const MergeDecision& decision,
                                        const Occasion& occasion);

}  // namespace ruhu
