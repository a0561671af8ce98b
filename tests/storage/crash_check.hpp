#pragma once
#include <string>
#include <vector>

#include "tests/storage/fault_scenarios.hpp"

namespace ruhu::test {

/// One run of a scenario: everything done to the disk, and what the store held after each promise.
struct Recording {
  Scenario scenario;
  DiskJournal journal;
  std::vector<std::uint64_t> contents;  ///< contents[n]: after promise n, which was made at mark n - 1. 0: before any.
};

struct RecordOptions {
  int steps = 0;
  std::string pragma;    ///< Run on the open database before the steps.
  int cache_kib = 4096;  ///< A small one spills pages into the log before the transaction ends.
  bool syncs_do_nothing = false;
  Ended before = Ended::closed;  ///< How what was prepared came to its end.
};

/// Opens the store, does the steps, closes it. Each step that says done is a promise.
Recording record_run(const Scenario& scenario, const RecordOptions& options);

/// What was found after crashes. All but the first three must be 0.
struct CrashReport {
  int points = 0;             ///< Places of the run where it crashed.
  int states = 0;             ///< Disks looked at: four for each place.
  std::int64_t promises = 0;  ///< Promises looked for.
  int promises_lost = 0;
  int half_done = 0;  ///< The database holds what it held after no step.
  int unsound = 0;    ///< The integrity check found something.
  int audit_findings = 0;
  int not_opened = 0;
  int not_usable = 0;  ///< A save afterwards failed, or was not there.
  std::string first;   ///< Where the first of them was.

  bool clean() const { return promises_lost + half_done + unsound + audit_findings + not_opened + not_usable == 0; }
  std::string summary() const;
};

/// Lets the run crash at that many places, evenly over it, in four ways each, and looks at every disk left behind.
CrashReport crash_everywhere(const Recording& recording, std::size_t points);

/// What the database in the files holds, by the number of promises: exactly those, checked and usable. Adds to the
/// report what is wrong; `due` promises were made.
void check_crashed(const Recording& recording, DiskFiles files, std::size_t due, const std::string& where,
                   CrashReport& report);

}  // namespace ruhu::test
