#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/base/ids.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/dictionary/validation.hpp"

namespace ruhu {

/// What the checks of a household need to know of one member.
struct HouseholdMember {
  Uuid person;
  std::string name;      ///< As it may be shown to who reads the findings.
  std::string relation;  ///< Code of `relation` (GB/T 4761), "02" the head; empty: not told.
  std::string gender;    ///< Code of `gender`: 1 male, 2 female, anything else unknown.
  std::optional<PartialDate> birth;
  bool lunar_birth = false;  ///< `birth` was told by the traditional calendar.
  std::string id_no;         ///< As stored; empty: none.
  std::optional<PartialDate> died;
  std::optional<PartialDate> since;
  std::optional<PartialDate> until;
  bool has_guardian = false;  ///< A guardian or an emergency contact is named.
};

struct HouseholdFinding {
  Uuid person;      ///< Whom it concerns; nil: the household as a whole.
  Finding finding;  ///< Its field belongs to the person, "relation" to the membership, the rest to the household.
  Uuid other = {};  ///< The other one of a pair; nil: it is about one alone.
};

/// What is unlikely or cannot be among people who live together (domain.md §3.3, "cross checks"). Always warnings: the
/// worker sees the people, the program does not. Those who died or have left do not count. A finding about two people
/// stands once for each. Ages speak up only when they are certain, so a year alone warns rarely.
/// `living_in_dwelling`: everybody who lives behind the door, other households included.
std::vector<HouseholdFinding> check_household_members(std::span<const HouseholdMember> members,
                                                      std::size_t living_in_dwelling, const CivilDate& today);

/// The gender that a relation to the head implies ("12" wife: "2"); empty when it implies none.
std::string_view gender_of_relation(std::string_view relation);

}  // namespace ruhu
