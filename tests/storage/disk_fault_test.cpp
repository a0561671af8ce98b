#include <set>

#include "tests/storage/crash_check.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

using What = DiskFault::What;

Errc expected_code(What what) { return what == What::full ? Errc::disk_full : Errc::io_failed; }

struct FaultReport {
  int faults = 0;        ///< Runs in which the fault struck.
  int told_error = 0;    ///< The worker was told that nothing was saved, or that the store does not open.
  int told_saved = 0;    ///< It struck where it does not matter: the save is there.
  std::set<Errc> codes;  ///< What the worker was told.
  CrashReport after;     ///< Every disk left behind, by kill or by power cut, before and after the store was closed.
};

/// One run of a scenario into one fault. The recording is that of the same run without it.
class FaultRun {
 public:
  FaultRun(const Recording& recording, const DiskFault& fault, FaultReport& report)
      : recording_(recording), fault_(fault), report_(report), disk_("broken", recording.journal.before) {
    disk_.record();
    disk_.break_at(fault);
  }

  /// False: the fault did not strike any more, so the run has no access of that number.
  bool run() {
    StoreWorld world = step_world();
    auto store = world.open(options_on(disk_, scenario()), *scenario().dictionary);
    Status told = store.ok() ? Status{} : Status{store.error()};
    if (store.ok() && !scenario().migrates()) told = scenario().step(world, **store, 0);
    note(told);
    look_at_disks(told.ok() ? 1 : 0, "after the step");
    const bool struck = disk_.struck();
    if (store.ok() && struck && !fault_.for_good) use_again(world, **store);
    if (store.ok()) store->reset();  // the fault may strike here
    if (!struck && disk_.struck()) look_at_disks(told.ok() ? 1 : 0, "after closing");
    if (struck || disk_.struck()) ++report_.faults;
    return struck || disk_.struck();
  }

 private:
  const Scenario& scenario() const { return recording_.scenario; }

  void note(const Status& told) {
    if (!disk_.struck()) return;
    ++(told.ok() ? report_.told_saved : report_.told_error);
    if (!told.ok()) report_.codes.insert(told.error().code);
  }

  std::string where(const char* when) const {
    return std::string(when) + ", fault " + std::to_string(static_cast<int>(fault_.what)) + " at " +
           std::to_string(fault_.at) + (fault_.for_good ? " for good" : "");
  }

  /// Nothing told is missing, whichever way the tablet stops now.
  void look_at_disks(std::size_t due, const char* when) {
    SeededRandom random(static_cast<std::uint64_t>(fault_.at) + 1);
    CrashWalk walk(disk_.journal());
    walk.go_to(disk_.journal().ops.size());
    for (const Crash crash : kCrashes)
      check_crashed(recording_, walk.after(crash, random), due, where(when), report_.after);
  }

  /// The disk is well again: the same store saves, and what it saved is there after a power cut.
  void use_again(StoreWorld& world, Store& store) {
    disk_.repair();
    INFO(where("afterwards"));
    CHECK(audit_of(store).empty());
    if (scenario().migrates()) return;
    const Status again = scenario().step(world, store, 1);
    if (!again.ok()) FAIL_CHECK(to_log_line(again.error()));
    const Recording now{scenario(), {}, {content_of(store.database()).value()}};
    SeededRandom random(1);
    CrashWalk walk(disk_.journal());
    walk.go_to(disk_.journal().ops.size());
    check_crashed(now, walk.after(Crash::forgotten, random), 0, where("used again"), report_.after);
  }

  const Recording& recording_;
  DiskFault fault_;
  FaultReport& report_;
  FaultDisk disk_;
};

void check_all_faults(const Scenario& scenario, What what, Ended before = Ended::closed) {
  const Recording recording = record_run(scenario, {.steps = scenario.migrates() ? 0 : 1, .before = before});
  for (const bool for_good : {false, true}) {
    FaultReport report;
    std::int64_t at = 0;
    while (FaultRun(recording, {what, at, for_good}, report).run()) ++at;
    WARN(scenario.name << (for_good ? ", for good: " : ", once: ") << report.faults << " faults, told error "
                       << report.told_error << ", told saved " << report.told_saved << "; " << report.after.summary());
    CHECK(report.faults > 0);
    CHECK(report.after.clean());
    for (const Errc code : report.codes) CHECK(traits_of(code).key == traits_of(expected_code(what)).key);
  }
}

}  // namespace

TEST_CASE("Disk fault: a full disk loses nothing told and leaves nothing half, at every write", "[store][fault]") {
  for (const Scenario& scenario : {new_households(), edits(), visits(), later(visits()), news(), migration(20)})
    check_all_faults(scenario, What::full);
}

TEST_CASE("Disk fault: a failing write loses nothing told and leaves nothing half, at every write", "[store][fault]") {
  for (const Scenario& scenario : {new_households(), edits(), visits(), later(visits()), news(), migration(20)})
    check_all_faults(scenario, What::write_error);
}

TEST_CASE("Disk fault: a failing sync loses nothing told and leaves nothing half, at every sync", "[store][fault]") {
  for (const Scenario& scenario : {new_households(), edits(), visits(), later(visits()), news(), migration(20)})
    check_all_faults(scenario, What::sync_error);
}

TEST_CASE("Disk fault: a failing read loses nothing told and leaves nothing half, at every read", "[store][fault]") {
  for (const Scenario& scenario : {new_households(), edits(), visits(), later(visits()), news(), migration(20)})
    check_all_faults(scenario, What::read_error);
}

TEST_CASE("Disk fault: what stands in the log alone is not dropped, whichever read of it fails", "[store][fault]") {
  Scenario work = new_households();
  work.prepare = [](StoreWorld&, Store& store) {
    for (const char* name : {"张建国", "欧阳明"}) REQUIRE(store.save(new_person(name)).ok());
  };
  for (const char* cipher : {"", "aegis", "chacha20"}) {
    work.cipher = cipher;
    check_all_faults(work, What::read_error, Ended::killed);
  }
}
