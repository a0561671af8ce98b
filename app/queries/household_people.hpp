#pragma once
#include <string>
#include <vector>

#include "app/queries/household.hpp"
#include "storage/dictionary/household_checks.hpp"

// The people behind a door as the checks across records see them.
namespace ruhu {

struct HouseholdPeople {
  std::vector<HouseholdMember> members;
  std::size_t living_in_dwelling = 0;  ///< In all households of the dwelling.
};
HouseholdPeople household_people(const QueryContext& ctx, RecordCache& records, const OpenDoor& open);

/// Findings about the people of a household in words, one line each; a pair's finding stands once.
std::vector<std::string> household_doubts(const QueryContext& ctx, const HouseholdPeople& people);

/// A document number, and who else on this tablet has it.
struct NumberOwners {
  std::string number;               ///< In the form for matching; empty: nothing was asked.
  std::vector<std::string> owners;  ///< Names as they may be shown.
};
/// Looks among all persons of this tablet except that one. Finds old and new forms of a citizen number alike.
Result<NumberOwners> query_number_owners(Store& store, const QueryContext& ctx, std::string_view number,
                                         const std::optional<RecordId>& except);

/// True when the person, or the guardian, agreed to health information and has not withdrawn it.
bool has_health_consent(RecordCache& records, const RecordId& person);

/// What a form knows of the records around its own.
struct FormSurroundings {
  HouseholdPeople people;
  NumberOwners number;
  bool health_consent = false;
};

/// A person as typed, among the others of the household. `person` nothing: not known yet.
struct TypedPerson {
  std::optional<RecordId> person;
  std::string relation;
  const std::vector<Cell>& values;
};
/// Warnings of the checks across records that concern this person, or a household that they would overcrowd.
std::vector<Finding> check_among_people(const FormSurroundings& around, const TypedPerson& typed,
                                        const CivilDate& today);
/// Those that concern the household itself, for its own form.
std::vector<Finding> check_people(const FormSurroundings& around, const CivilDate& today);

}  // namespace ruhu
