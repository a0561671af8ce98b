#pragma once
#include <optional>
#include <string>
#include <vector>

#include "storage/model/record.hpp"

// What happens to people and households, each as one atomic group of edits (domain.md §3.14). Pure: ids and days
// come from the caller, records are what the tablet has.
namespace ruhu {

/// Where somebody comes to live.
struct Home {
  RecordId household;  ///< The id of a new one when `founds_household`.
  RecordId dwelling;
  std::string grid;               ///< Home grid of what is made; empty: the tablet's own.
  bool founds_household = false;  ///< The person is the first here and becomes the head.
};

/// A person who is not known yet, and the ids that the new records get.
struct Newcomer {
  RecordId person;
  RecordId membership;
  RecordId residency;
  std::vector<Cell> cells;  ///< Fields of the person.
  std::string relation;     ///< Code of `relation` to the head.
  std::string since;        ///< ISO date, may be partial.
  bool registered_here = false;
  std::string residency_kind;  ///< Code of `residency_kind`.
};

/// Person, membership and residency together; with the household before them where it is founded.
SaveRequest add_member(const Home& home, const Newcomer& newcomer, const Provenance& provenance);

/// The same for a child born today or lately: lives here from birth on, registration at the police still to come.
SaveRequest register_birth(const Home& home, Newcomer child, const Provenance& provenance);

/// People leaving one household. Lists hold open records only.
struct Departure {
  Record household;
  std::optional<Record> dwelling;   ///< Given only where nobody else lives: it becomes vacant with the last member.
  std::vector<Record> memberships;  ///< All open ones of the household.
  std::vector<Record> residencies;  ///< All open ones of those who leave, in this dwelling.
  std::vector<RecordId> leaving;    ///< Persons.
  std::string until;                ///< ISO date of the last day here.
  std::string left_to;              ///< Empty: not said.
  std::string left_reason;          ///< Code of `leaving_reason`; empty: not said.
};

/// Ends memberships and residencies. The household closes with its last member; a head who leaves is replaced where
/// one member is left, else the place of the head becomes empty, to be settled at the door.
std::vector<RecordEdit> move_out(const Departure& departure);

/// Relation of a newborn whose gender has become known: 子 20 or 女 30, 孙子 41 or 孙女 42. Others stay.
std::string relation_for_gender(const std::string& relation, std::string_view gender);

}  // namespace ruhu
