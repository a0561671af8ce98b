#pragma once
#include <optional>
#include <vector>

#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/kinship.hpp"
#include "storage/model/life_cycle/plan_draft.hpp"

namespace ruhu {

/// Another member becomes the head; what everybody is to the head is told anew.
/// not_a_member: the new head does not belong to the household; deceased; already_ended: the household is closed;
/// nothing_to_change: the head is the same.
Result<LifeCyclePlan> plan_head_change(const HouseholdCircle& circle, const RecordId& new_head,
                                       const Occasion& occasion);

// --- for the other operations ---

/// The members as a family seen from the present head.
std::vector<KinMember> family_of(const HouseholdCircle& circle);

/// Who becomes the head when `staying` are left: the one named, or the only adult, or the only one at all.
/// head_needed: it has to be said.
Result<RecordId> choose_head(const HouseholdCircle& circle, const std::vector<RecordId>& staying,
                             const std::optional<RecordId>& named, std::string_view day);

/// Writes head and relations. Who stops being a member in the same plan is told anew too, so that everybody's
/// relation is one to the head that the household has now.
void make_head(PlanDraft& draft, const HouseholdCircle& circle, const RecordId& new_head);

/// Notes a relation that was worked out, and that the door has to be asked where it is not certain.
std::string take_relation(PlanDraft& draft, const RelationFound& found, const RecordId& person);

}  // namespace ruhu
