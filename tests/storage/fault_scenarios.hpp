#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "tests/storage/store_world.hpp"
#include "tests/support/fault_disk.hpp"

namespace ruhu::test {

/// The built-in dictionary with those kinds only that the scenarios touch: opening a store reads the form of every
/// table, and here it is opened some ten thousand times. The next one knows `nickname` of a person too.
const Dictionary& work_dictionary();
const Dictionary& next_work_dictionary();

/// Work of a tablet that faults interrupt: what is there before, and steps of one transaction each. Run twice from the
/// same start, a scenario does the same.
struct Scenario {
  std::string name;
  std::string cipher;  ///< Empty: a plain file.
  std::function<void(StoreWorld&, Store&)> prepare;
  /// Step n; its status is what the worker is told. Empty: opening the store is the one step.
  std::function<Status(StoreWorld&, Store&, int n)> step;
  const Dictionary* dictionary = &work_dictionary();  ///< That of the steps; `prepare` always has the first one.

  bool migrates() const { return !step; }
};

/// A person founds a household: person, household, membership, residency in one group.
Scenario new_households();
/// Another name and phone for a person known for long.
Scenario edits();
/// By turns: a photo is kept for a draft; a visit with a need and a case that has the photo, in one group.
Scenario visits();
/// Answers of the platform: own ops acknowledged, conflicts, new and changed records of others, cursors.
Scenario news();
/// A newer dictionary and an older layout: tables and columns are added, raw cells move into their column.
Scenario migration(int rows);

/// The same with its first step done before.
Scenario later(Scenario scenario);

DatabaseOptions options_on(const FaultDisk& disk, const Scenario& scenario);
enum class Ended : std::uint8_t {
  closed,  ///< Properly: everything is in the one file.
  killed,  ///< The log beside the file holds everything.
};
/// What `prepare` leaves on the disk.
DiskFiles prepared(const Scenario& scenario, Ended ended = Ended::closed);
/// The world of the steps: later than that of `prepare`, with other ids.
StoreWorld step_world();

/// One number for everything that the database holds: every table, row and column, and the schema.
Result<std::uint64_t> content_of(Database& db);
/// The same of the files, without a store that would migrate them.
std::uint64_t content_of(const DiskFiles& files, const Scenario& scenario);

}  // namespace ruhu::test
