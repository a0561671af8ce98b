#pragma once
#include <optional>
#include <string>
#include <vector>

#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/plan.hpp"

namespace ruhu {

/// 分户: members leave to a household of their own.
struct Split {
  std::vector<RecordId> people;
  RecordId new_head;                        ///< One of them.
  RecordId new_household;                   ///< The id that it gets.
  std::string since;                        ///< ISO date; empty: today.
  std::optional<RecordId> successor;        ///< Head of those who stay, where the head leaves.
  std::optional<DwellingCircle> elsewhere;  ///< Where the new household lives; nothing: behind the same door.
};
/// Relations are told towards the new head; needs follow their person. Phone, times and notes stay with the old
/// household, and so do promised visits.
/// not_a_member; required_missing: nobody leaves; nothing_to_change: all leave, which is a move; head_needed;
/// place_closed; already_ended.
Result<LifeCyclePlan> plan_split(const HouseholdCircle& circle, const Split& split, const Occasion& occasion);

/// 并户: two households become one, by marriage or because parents move in.
struct HouseholdMerge {
  RecordId shared_dwelling;      ///< Where they live together; the household that is there stays.
  std::optional<RecordId> kept;  ///< Which stays where both are behind the same door; else the first.
  std::string relation;          ///< What the head of the household that ends is to the head of the one that stays.
  std::string since;             ///< ISO date; empty: today.
};
/// Members of the one that ends join the other, with relations to its head. Needs move along; promised visits are
/// cancelled there and kept in mind here.
/// place_closed: neither lives in the shared dwelling, or it takes nobody; already_ended; nothing_to_change: the two
/// are one.
Result<LifeCyclePlan> plan_households_merged(const HouseholdCircle& one, const HouseholdCircle& other,
                                             const HouseholdMerge& merge, const Occasion& occasion);

}  // namespace ruhu
