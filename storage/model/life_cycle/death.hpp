#pragma once
#include <optional>
#include <string>
#include <vector>

#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/plan.hpp"

namespace ruhu {

struct DeathReport {
  std::string died_on;                ///< ISO date.
  std::string source;                 ///< Code of `death_source`.
  std::string informer;               ///< Who said so, in words; empty: not noted.
  std::optional<RecordId> successor;  ///< Head of the household where the dead was head.
};

/// Ends stays, memberships, labels, promised visits, needs and tasks of the person, and pauses the volunteer. What a
/// neighbour or landlord says stays declared until family or committee confirm it. A report on better evidence about
/// somebody already reported dead changes the evidence alone.
/// head_needed; required_missing: no day; deceased: reported before, on evidence as good; already_ended: the record
/// of the person was merged or is void.
Result<LifeCyclePlan> plan_death(const PersonCircle& circle, const DeathReport& report, const Occasion& occasion);

/// What a death ended, as it is now. Closed records, unlike elsewhere.
struct DeathTrace {
  Record person;
  std::vector<Record> memberships;          ///< Ended on the day of the death.
  std::vector<Record> residencies;          ///< Ended by death.
  std::vector<HouseholdCircle> households;  ///< Those of the memberships; closed ones too.
  std::vector<Record> main_homes;           ///< Open residencies of the person that are the main one.
  std::vector<Record> labels;               ///< Removed on the day of the death.
  std::vector<Record> needs;                ///< Closed in the middle of being answered.
  std::vector<Record> volunteers;           ///< Paused; whether they come back is the lead's to say.
};

/// When and how somebody reported dead was met.
struct AliveContact {
  std::string seen_on;  ///< ISO date of the visit or call.
};

/// Somebody reported dead was met alive: the contact wins, the report is void, who gave it stays noted. Stays and
/// memberships come back, but none behind a door that is gone; whoever became head since stays it until the family
/// says otherwise. Labels come back as proposals; visits have to be promised anew.
/// not_deceased.
Result<LifeCyclePlan> plan_death_undone(const DeathTrace& trace, const AliveContact& contact, const Occasion& occasion);

/// Evidence that a code of `death_source` stands for.
Provenance evidence_of_death(std::string_view source, std::string_view day);

inline constexpr std::string_view kLeftByDeath = "90";  ///< Code of `leaving_reason`.

}  // namespace ruhu
