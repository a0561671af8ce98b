#pragma once
#include <optional>
#include <vector>

#include "storage/model/record.hpp"

// What operations look at, read by LifeCycleReader (storage/records) or put together by a test. Lists hold open
// records only, unless they say otherwise. What is not on the tablet is missing.
namespace ruhu {

/// A household with what hangs on it.
struct HouseholdCircle {
  Record household;
  std::optional<Record> dwelling;
  std::optional<Record> building;
  std::vector<Record> memberships;
  std::vector<Record> people;          ///< Those of the memberships.
  std::vector<Record> residencies;     ///< Everybody's in this dwelling, and the members' elsewhere.
  std::vector<Record> planned_visits;  ///< Visits of the household whose promised next one is still to come.
  std::vector<Record> needs;
  std::vector<Record> tasks;     ///< About the household.
  std::vector<Record> labels;    ///< The members'.
  bool shares_dwelling = false;  ///< Another open household lives in the dwelling.
};

/// A dwelling with all who live in it.
struct Home {
  Record dwelling;
  std::vector<Record> households;
  std::vector<Record> residencies;
};

/// A person with what hangs on them.
struct PersonCircle {
  Record person;
  std::vector<HouseholdCircle> households;  ///< Where they are a member.
  std::vector<Record> residencies;
  std::vector<Home> homes;             ///< Where the person stays.
  std::vector<Record> planned_visits;  ///< Promised by a visit at which the person answered.
  std::vector<Record> needs;           ///< For this person.
  std::vector<Record> labels;          ///< Proposed and confirmed ones.
  std::vector<Record> consents;        ///< Also those that are withdrawn.
  std::vector<Record> tasks;           ///< About this person.
  std::vector<Record> volunteers;
  std::vector<Record> wards;  ///< People whose guardian this one is.
};

/// A dwelling with the households and people in it.
struct DwellingCircle {
  Record dwelling;
  std::optional<Record> building;
  std::vector<HouseholdCircle> households;
  std::vector<Record> residencies;     ///< Everybody's here, also of people in no household; and theirs elsewhere.
  std::vector<Record> planned_visits;  ///< All that were promised at this door.
};

struct BuildingCircle {
  Record building;
  std::vector<DwellingCircle> dwellings;
};

/// One field of one record that names a record.
struct Reference {
  Record from;
  ColumnNo column;
};

const Record* head_membership(const HouseholdCircle& circle);  ///< nullptr: the head is no open member, or not named.
const Record* membership_of(const HouseholdCircle& circle, const RecordId& person);
/// True where people may come to live: neither closed nor sealed, the building not gone.
bool takes_people(const Record* dwelling, const Record* building);
/// A visit promises another one.
bool promises_visit(const Record& visit);

}  // namespace ruhu
