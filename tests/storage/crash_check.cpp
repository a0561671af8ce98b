#include "tests/storage/crash_check.hpp"

#include <algorithm>
#include <set>

#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

constexpr int kPlayedOnEvery = 9;  // No multiple of the number of crashes, so that each has its turn.

class CrashedDisk {
 public:
  CrashedDisk(const Recording& recording, DiskFiles files, std::size_t due, const std::string& where,
              CrashReport& report)
      : recording_(recording), disk_("crashed", std::move(files)), due_(due), where_(where), report_(report) {}

  void check() {
    if (recording_.scenario.migrates()) {
      if (!check_unmigrated()) return;
      // Where nothing took hold it begins with the same rows again, which takes long: only some of these are played on.
      if (found_ == 0 && report_.states % kPlayedOnEvery != 0) return;
      due_ = recording_.contents.size() - 1;  // opening the store will complete it
    }
    StoreWorld world;
    world.random = SeededRandom(78);  // other ids than those of the run
    auto store = world.open(options(), *recording_.scenario.dictionary);
    if (!store.ok()) return note(report_.not_opened, "not opened: " + to_log_line(store.error()));
    if (!check_database((*store)->database())) return;
    for (const std::string& finding : audit_of(**store)) note(report_.audit_findings, "audit: " + finding);
    check_usable(**store);
  }

 private:
  DatabaseOptions options() const { return options_on(disk_, recording_.scenario); }

  void note(int& count, const std::string& what) {
    ++count;
    if (report_.first.empty()) report_.first = where_ + ": " + what;
  }

  /// What lies there before a newer program touches it: the old or the new, not something between.
  bool check_unmigrated() {
    const auto db = Database::open(options());
    if (!db.ok()) {
      note(report_.not_opened, "not opened: " + to_log_line(db.error()));
      return false;
    }
    return check_database(**db);
  }

  bool check_database(Database& db) {
    if (const auto sound = db.check_integrity(); !sound.ok()) {
      note(report_.unsound, to_log_line(sound.error()));
      return false;
    }
    const auto content = content_of(db);
    if (!content.ok()) {
      note(report_.unsound, to_log_line(content.error()));
      return false;
    }
    const auto& known = recording_.contents;
    const auto at = std::find(known.rbegin(), known.rend(), *content);
    found_ = static_cast<std::size_t>(known.rend() - at) - 1;
    if (at == known.rend() || found_ > due_ + 1) {
      note(report_.half_done, "holds what it never held");
    } else if (found_ < due_) {
      report_.promises_lost += static_cast<int>(due_ - found_) - 1;
      note(report_.promises_lost, "holds " + std::to_string(found_) + " of " + std::to_string(due_) + " promises");
    }
    return true;
  }

  void check_usable(Store& store) {
    const auto saved = store.save(new_person("后来的人"));
    if (!saved.ok()) return note(report_.not_usable, to_log_line(saved.error()));
    const auto found = store.find(saved->front().ref);
    if (!found.ok() || !*found) note(report_.not_usable, "saved and not there");
  }

  const Recording& recording_;
  FaultDisk disk_;
  std::size_t due_;
  std::size_t found_ = 0;  ///< Which of the known contents lies there.
  std::string where_;
  CrashReport& report_;
};

const char* name_of(Crash crash) {
  switch (crash) {
    case Crash::forgotten: return "forgotten";
    case Crash::torn: return "torn";
    case Crash::scattered: return "scattered";
    case Crash::killed: return "killed";
  }
  return "";
}

/// Evenly over the run, its begin and end, and around every promise.
std::set<std::size_t> crash_points(const DiskJournal& journal, std::size_t points) {
  std::set<std::size_t> chosen{0, journal.ops.size()};
  for (const std::size_t mark : journal.marks) {
    chosen.insert(mark);
    if (mark > 0) chosen.insert(mark - 1);
  }
  for (std::size_t i = 0; i < points; ++i) chosen.insert(i * journal.ops.size() / points);
  return chosen;
}

}  // namespace

std::string CrashReport::summary() const {
  std::string text = std::to_string(points) + " crash points, " + std::to_string(states) + " states, " +
                     std::to_string(promises) + " promises looked for: " + std::to_string(promises_lost) + " lost, " +
                     std::to_string(half_done) + " half done, " + std::to_string(unsound) + " unsound, " +
                     std::to_string(audit_findings) + " audit findings, " + std::to_string(not_opened) +
                     " not opened, " + std::to_string(not_usable) + " not usable";
  return first.empty() ? text : text + "; first: " + first;
}

Recording record_run(const Scenario& scenario, const RecordOptions& options) {
  const DiskFiles before = prepared(scenario, options.before);
  Recording recording{scenario, {}, {content_of(before, scenario)}};
  FaultDisk disk("recorded", before);
  disk.record();
  disk.lie_about_syncs(options.syncs_do_nothing);
  StoreWorld world = step_world();
  DatabaseOptions database = options_on(disk, scenario);
  database.cache_kib = options.cache_kib;
  auto store = world.open(database, *scenario.dictionary).value();
  const auto promise = [&] {
    disk.mark();
    recording.contents.push_back(content_of(store->database()).value());
  };
  if (scenario.migrates()) promise();
  REQUIRE(store->database().exec(options.pragma).ok());
  for (int n = 0; n < options.steps; ++n) {
    const Status told = scenario.step(world, *store, n);
    if (!told.ok()) FAIL(to_log_line(told.error()));
    promise();
    world.clock.advance(Millis{1'000});
  }
  store.reset();
  recording.journal = disk.journal();
  return recording;
}

void check_crashed(const Recording& recording, DiskFiles files, std::size_t due, const std::string& where,
                   CrashReport& report) {
  ++report.states;
  report.promises += static_cast<std::int64_t>(due);
  CrashedDisk(recording, std::move(files), due, where, report).check();
}

CrashReport crash_everywhere(const Recording& recording, std::size_t points) {
  CrashReport report;
  SeededRandom random(20260401);
  CrashWalk walk(recording.journal);
  const auto& marks = recording.journal.marks;
  for (const std::size_t point : crash_points(recording.journal, points)) {
    walk.go_to(point);
    ++report.points;
    const auto due = static_cast<std::size_t>(std::upper_bound(marks.begin(), marks.end(), point) - marks.begin());
    for (const Crash crash : kCrashes)
      check_crashed(recording, walk.after(crash, random), due,
                    std::string(name_of(crash)) + " after operation " + std::to_string(point), report);
  }
  return report;
}

}  // namespace ruhu::test
