#pragma once
#include <optional>
#include <string>
#include <vector>

#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/plan.hpp"

namespace ruhu {

/// Where somebody comes to live.
struct Destination {
  std::optional<HouseholdCircle> household;  ///< Nothing: those who come found one.
  RecordId new_household;                    ///< The id that it gets then.
  RecordId dwelling_id;
  std::optional<Record> dwelling;  ///< Nothing: not on the tablet.
  std::optional<Record> building;
  std::string grid;  ///< Home grid of what is made; empty: the tablet's own.
};
/// The household's own door.
Destination home_of(HouseholdCircle circle);
/// A new household at a door.
Destination new_home_at(const DwellingCircle& circle, const RecordId& new_household);

/// Somebody who comes. A known person gives up the main home that they had.
struct Arrival {
  RecordId person;
  std::optional<PersonCircle> known;  ///< Nothing: a person who is not known yet.
  std::vector<Cell> cells;            ///< Fields of the person, new or changed.
  std::string relation;               ///< Code of `relation` to the head; who founds a household is 02.
  std::string since;                  ///< ISO date, may be partial.
  std::string residency_kind;         ///< Code of `residency_kind`.
  bool registered_here = false;
  bool main_home = true;              ///< False: weekends, care, a second home. Then the other home stays.
  std::vector<Cell> stay;             ///< More about the residency: reason, lodging, how long.
  std::string left_reason;            ///< Why the old home is given up; empty: not said.
  std::optional<RecordId> successor;  ///< Head of the household that is left, where the head leaves.
};

/// People come to live at a door, in a household that is there or in one that they found.
/// place_closed; already_ended: the household is closed; deceased; head_needed: somebody left behind has to become
/// head; required_missing: nobody comes; nothing_to_change: all live here already; not_a_member: known by another id.
Result<LifeCyclePlan> plan_move_in(const Destination& to, const std::vector<Arrival>& arrivals,
                                   const Occasion& occasion);

/// A new household. Its head is the arrival with relation 02, else the first. already_ended: there is one at the
/// destination.
Result<LifeCyclePlan> plan_household_formed(const Destination& to, std::vector<Arrival> arrivals,
                                            const Occasion& occasion);

/// A child born lately.
struct Newborn {
  RecordId child;
  std::vector<Cell> cells;         ///< Fields of the person; the birth date among them, else born today.
  std::string relation;            ///< To the head; empty: told by what the mother is.
  std::optional<RecordId> mother;  ///< A member.
};
/// Person, membership and residency from birth on. The registration with the police is still to come.
/// already_ended; place_closed; not_a_member: the mother; required_missing: neither relation nor mother.
Result<LifeCyclePlan> plan_birth(const HouseholdCircle& circle, const Newborn& newborn, const Occasion& occasion);

}  // namespace ruhu
