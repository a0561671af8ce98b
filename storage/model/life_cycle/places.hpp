#pragma once
#include <optional>
#include <string>
#include <vector>

#include "storage/model/life_cycle/arrival.hpp"

namespace ruhu {

/// Tenants change.
struct TenancyChange {
  std::vector<RecordId> households;  ///< Those that go; empty: all that are there.
  std::vector<Arrival> arrivals;     ///< Who comes; empty: not known yet, and the dwelling is vacant.
  RecordId new_household;            ///< The id that theirs gets.
  std::string since;                 ///< ISO date of the first day of the new ones, or of the first day without.
  std::string left_to;               ///< Of the old ones; empty: not said.
};
/// The old household ends, the new one begins; what is known of the let (owner, contact, rooms) stays, only that the
/// tenants are registered has to be asked anew.
/// place_closed; not_found: a household that is not there; the refusals of moving in.
Result<LifeCyclePlan> plan_tenancy_change(const DwellingCircle& circle, const TenancyChange& change,
                                          const Occasion& occasion);

/// Where people go whose home is gone.
struct Resettlement {
  std::string until;         ///< ISO date of the last day.
  std::string resettled_to;  ///< Empty: not known yet.
};
/// Nobody lives in a dwelling any more: `vacant`, `sealed`, or another code of `dwelling_occupancy`. Households, stays
/// and promised visits end. already_ended: the dwelling is closed; nothing_to_change; invalid_value: an occupancy
/// with people.
Result<LifeCyclePlan> plan_dwelling_emptied(const DwellingCircle& circle, const std::string& occupancy,
                                            const Resettlement& resettlement, const Occasion& occasion);

/// Every household and stay in the building ends, its dwellings close; all addresses are kept.
/// already_ended: demolished before; out_of_scope.
Result<LifeCyclePlan> plan_building_demolished(const BuildingCircle& circle, const Resettlement& resettlement,
                                               const Occasion& occasion);

}  // namespace ruhu
