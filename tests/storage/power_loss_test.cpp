#include "tests/storage/crash_check.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

constexpr std::size_t kPoints = 1'000;
// A log of few pages: it is moved into the file and begun anew many times in one run.
const char* const kShortLog = "PRAGMA wal_autocheckpoint = 64";

void check_nothing_lost(const Recording& recording) {
  const CrashReport report = crash_everywhere(recording, kPoints);
  WARN(recording.scenario.name << ": " << recording.journal.ops.size() << " operations, " << report.summary());
  CHECK(recording.journal.ops.size() >= kPoints);
  CHECK(report.points >= static_cast<int>(kPoints));
  CHECK(report.promises_lost == 0);
  CHECK(report.clean());
}

}  // namespace

TEST_CASE("Power loss: no new household is lost or half there, wherever the power goes", "[store][power]") {
  check_nothing_lost(record_run(new_households(), {.steps = 36, .pragma = kShortLog}));
}

TEST_CASE("Power loss: no edit is lost or half there, wherever the power goes", "[store][power]") {
  check_nothing_lost(record_run(edits(), {.steps = 150, .pragma = kShortLog}));
}

TEST_CASE("Power loss: no visit is lost or without its need, wherever the power goes", "[store][power]") {
  check_nothing_lost(record_run(visits(), {.steps = 78, .pragma = kShortLog}));
}

TEST_CASE("Power loss: news are taken in wholly or not at all, wherever the power goes", "[store][power]") {
  check_nothing_lost(record_run(news(), {.steps = 50, .pragma = kShortLog}));
}

TEST_CASE("Power loss: a migration is done or not begun, wherever the power goes", "[store][power]") {
  check_nothing_lost(record_run(migration(230), {.cache_kib = 64}));
}

TEST_CASE("Power loss: what a disk is not told to keep is found missing", "[store][power][negative]") {
  for (const char* careless : {"PRAGMA synchronous = NORMAL", "PRAGMA synchronous = OFF"}) {
    const CrashReport report = crash_everywhere(record_run(new_households(), {.steps = 12, .pragma = careless}), 100);
    WARN(careless << ": " << report.summary());
    CHECK(report.promises_lost > 0);
  }
}

TEST_CASE("Power loss: a disk that lies about its syncs is found out", "[store][power][negative]") {
  const Recording recording =
      record_run(new_households(), {.steps = 12, .pragma = kShortLog, .syncs_do_nothing = true});
  const CrashReport report = crash_everywhere(recording, 100);
  WARN(report.summary());
  CHECK(report.promises_lost > 0);
  CHECK(report.unsound + report.not_opened > 0);
}

TEST_CASE("Power loss: a group saved in two halves is found out", "[store][power][negative]") {
  Scenario halves = visits();
  halves.step = [](StoreWorld&, Store& store, int n) -> Status {
    RUHU_TRY_DONE(store.save(new_person(n % 2 == 0 ? "张三" : "张四")));
    RUHU_TRY_DONE(store.save(new_person("李四")));
    return {};
  };
  const CrashReport report = crash_everywhere(record_run(halves, {.steps = 4}), 100);
  WARN(report.summary());
  CHECK(report.half_done > 0);
  CHECK(report.promises_lost == 0);
}
