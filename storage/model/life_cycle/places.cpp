#include "storage/model/life_cycle/places.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/model/life_cycle/days.hpp"
#include "storage/model/life_cycle/departure.hpp"
#include "storage/model/life_cycle/move_in.hpp"

namespace ruhu {
namespace {

namespace d = kinds::dwelling;
constexpr const char* kDemolition = "04";  // of `leaving_reason`

std::vector<RecordId> members_of(const HouseholdCircle& circle) {
  std::vector<RecordId> people;
  for (const Record& membership : circle.memberships) people.push_back(membership.uuid(kinds::membership::person_id));
  return people;
}

/// Also stays of people in no household.
void end_stays(PlanDraft& draft, const DwellingCircle& circle, const Leaving& leaving) {
  for (const Record& residency : circle.residencies)
    if (residency.uuid(kinds::residency::dwelling_id) == circle.dwelling.ref.id)
      end_residency(draft, residency, leaving, circle.residencies);
}

/// All households, stays and promises behind one door end.
Status empty_dwelling(PlanDraft& draft, const DwellingCircle& circle, const Leaving& leaving) {
  for (const HouseholdCircle& household : circle.households) {
    Leaving all = leaving;
    all.people = members_of(household);
    if (all.people.empty()) {
      close_empty_household(draft, household);
      continue;
    }
    RUHU_TRY_DONE(leave_household(draft, household, all));
    draft.remind("life.resettled", Audience::worker, household.household.ref);
  }
  end_stays(draft, circle, leaving);
  for (const Record& visit : circle.planned_visits) cancel_visit(draft, visit);
  return {};
}

bool leaves(const TenancyChange& change, const HouseholdCircle& household) {
  return change.households.empty() || std::find(change.households.begin(), change.households.end(),
                                                household.household.ref.id) != change.households.end();
}

/// Where the whole dwelling changes hands, nobody's stay goes on.
Status old_tenants_leave(PlanDraft& draft, const DwellingCircle& circle, const TenancyChange& change) {
  Leaving leaving{{}, day_before(change.since), change.left_to, {}, {}};
  for (const HouseholdCircle& household : circle.households) {
    if (!leaves(change, household)) continue;
    leaving.people = members_of(household);
    if (leaving.people.empty()) {
      close_empty_household(draft, household);
    } else {
      RUHU_TRY_DONE(leave_household(draft, household, leaving, {.let_again = !change.arrivals.empty()}));
    }
  }
  if (change.households.empty()) end_stays(draft, circle, leaving);
  return {};
}

Status check_tenancy(const DwellingCircle& circle, const TenancyChange& change) {
  if (!takes_people(&circle.dwelling, circle.building ? &*circle.building : nullptr))
    return make_error(Errc::place_closed);
  for (const RecordId& id : change.households) {
    const bool here = std::any_of(circle.households.begin(), circle.households.end(),
                                  [&](const HouseholdCircle& h) { return h.household.ref.id == id; });
    if (!here) return make_error(Errc::not_found, "household in this dwelling");
  }
  const bool nothing = change.arrivals.empty() && circle.households.empty() && circle.residencies.empty();
  return nothing ? make_error(Errc::nothing_to_change) : Status{};
}

}  // namespace

Result<LifeCyclePlan> plan_tenancy_change(const DwellingCircle& circle, const TenancyChange& change,
                                          const Occasion& occasion) {
  RUHU_TRY_DONE(check_tenancy(circle, change));
  PlanDraft draft(occasion);
  RUHU_TRY_DONE(old_tenants_leave(draft, circle, change));
  if (change.arrivals.empty()) {
    if (change.households.empty()) draft.put(circle.dwelling, d::occupancy, "vacant");
    return std::move(draft).finish();
  }
  const Destination to = new_home_at(circle, change.new_household);
  RUHU_TRY_DONE(move_in(draft, to, change.arrivals));
  draft.put(circle.dwelling, d::rental_registered, Value{});
  draft.remind("life.register_tenants", Audience::resident, circle.dwelling.ref);
  return std::move(draft).finish();
}

Result<LifeCyclePlan> plan_dwelling_emptied(const DwellingCircle& circle, const std::string& occupancy,
                                            const Resettlement& resettlement, const Occasion& occasion) {
  if (!is_open_record(circle.dwelling)) return make_error(Errc::already_ended, "dwelling");
  if (occupancy == "occupied") return make_error(Errc::invalid_value, "occupancy");
  const bool empty = circle.households.empty() && circle.residencies.empty();
  if (empty && circle.dwelling.text(d::occupancy) == occupancy) return make_error(Errc::nothing_to_change);
  PlanDraft draft(occasion);
  const Leaving leaving{{}, resettlement.until, resettlement.resettled_to, {}, {}};
  RUHU_TRY_DONE(empty_dwelling(draft, circle, leaving));
  draft.put(circle.dwelling, d::occupancy, occupancy);
  return std::move(draft).finish();
}

Result<LifeCyclePlan> plan_building_demolished(const BuildingCircle& circle, const Resettlement& resettlement,
                                               const Occasion& occasion) {
  namespace b = kinds::building;
  if (circle.building.text(b::use_state) == "demolished") return make_error(Errc::already_ended, "building");
  PlanDraft draft(occasion);
  if (!draft.reaches(circle.building)) return make_error(Errc::out_of_scope, "building");
  draft.put(circle.building, b::use_state, "demolished");
  const Leaving leaving{{}, resettlement.until, resettlement.resettled_to, kDemolition, {}};
  for (const DwellingCircle& dwelling : circle.dwellings) {
    RUHU_TRY_DONE(empty_dwelling(draft, dwelling, leaving));
    if (!is_open_record(dwelling.dwelling)) continue;
    draft.put(dwelling.dwelling, d::occupancy, "vacant");
    draft.end(dwelling.dwelling, resettlement.until);
  }
  return std::move(draft).finish();
}

}  // namespace ruhu
