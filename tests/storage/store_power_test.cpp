#include <algorithm>

#include "tests/storage/store_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sim_disk.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

DatabaseOptions on(const SimDisk& disk) {
  DatabaseOptions options;
  options.path = "tablet.db";
  options.vfs = disk.vfs();
  options.exclusive = true;
  return options;
}

/// How much of one home is in the store: rows, ops and search keys, each counted by itself.
struct Traces {
  std::int64_t persons = 0;
  std::int64_t households = 0;
  std::int64_t memberships = 0;
  std::int64_t ops = 0;
  std::size_t hits = 0;
  auto operator<=>(const Traces&) const = default;
};

Traces traces_of(Store& store, std::string_view name) {
  return {store.count(kinds::person::kKind).value(), store.count(kinds::household::kKind).value(),
          store.count(kinds::membership::kKind).value(), store.changes().queued_count().value(),
          store.search(name, 9).value().size()};
}

constexpr int kStepsMax = 2'000;

}  // namespace

TEST_CASE("Power cut: a save is wholly there or wholly absent, at whichever write the power goes", "[store][power]") {
  bool went_through = false;
  int survived = 0;
  for (int step = 0; !went_through && step < kStepsMax; ++step) {
    SimDisk disk("cut-save");
    StoreWorld world;
    auto store = world.enrolled(on(disk));
    REQUIRE(store->save(new_person("王五")).ok());
    disk.cut_power_after(step);
    const bool told_saved = store->save(new_home(world, "张建国")).ok();
    went_through = !disk.is_off();
    store.reset();
    disk.power_on();
    store = world.open(on(disk)).value();
    const Traces found = traces_of(*store, "张建国");
    INFO("power cut after write " << step << ", told " << told_saved);
    const bool whole = found == Traces{2, 1, 1, 4, 1};
    CHECK((whole || found == Traces{1, 0, 0, 1, 0}));
    CHECK((whole || !told_saved));
    CHECK(audit_of(*store).empty());
    CHECK(store->save(new_person("赵六")).ok());
    survived += whole ? 1 : 0;
  }
  CHECK(went_through);
  CHECK(survived >= 1);
}

TEST_CASE("Power cut: news are taken in wholly or not at all", "[store][power]") {
  bool went_through = false;
  for (int step = 0; !went_through && step < kStepsMax; ++step) {
    SimDisk disk("cut-news");
    StoreWorld world;
    auto store = world.enrolled(on(disk));
    const RecordRef ref = made_by(store->save(new_person("王五")));
    ServerNews news;
    news.acknowledged = 1;
    news.results.push_back({{{7}, 1}, OpOutcome::applied, {1}, "", {}});
    LogEntry entry{kGrid, {2}, {ref.kind, make_uuid_v7(world.clock, world.random)}, {1}, {{2}, 1}, {5}, {9}, {}};
    entry.fields.push_back({kinds::person::name, std::string("张建国"), {}});
    news.entries.push_back(entry);
    news.cursors = {{kGrid, {2}}};
    disk.cut_power_after(step);
    const bool told_taken = store->take_in(news).ok();
    went_through = !disk.is_off();
    store.reset();
    disk.power_on();
    store = world.open(on(disk)).value();
    const bool acknowledged = store->changes().acknowledged_up_to().value() == 1;
    INFO("power cut after write " << step << ", told " << told_taken);
    CHECK(store->search("张建国", 9).value().size() == (acknowledged ? 1U : 0U));
    CHECK(store->cursors().value().front().lsn.value == (acknowledged ? 2U : 0U));
    CHECK((acknowledged || !told_taken));
    CHECK(audit_of(*store).empty());
  }
  CHECK(went_through);
}

TEST_CASE("Power cut: nothing saved is lost while the log is moved into the file", "[store][power]") {
  bool went_through = false;
  for (int step = 0; !went_through && step < kStepsMax; ++step) {
    SimDisk disk("cut-checkpoint");
    StoreWorld world;
    auto store = world.enrolled(on(disk));
    for (int i = 0; i < 5; ++i) REQUIRE(store->save(new_home(world, "张建国")).ok());
    disk.cut_power_after(step);
    (void)store->database().checkpoint();
    went_through = !disk.is_off();
    store.reset();
    disk.power_on();
    store = world.open(on(disk)).value();
    INFO("power cut after write " << step);
    CHECK(traces_of(*store, "张建国") == Traces{5, 5, 5, 15, 5});
    CHECK(audit_of(*store).empty());
  }
  CHECK(went_through);
}

TEST_CASE("Power cut: a file half made is completed at the next start", "[store][power]") {
  bool went_through = false;
  for (int step = 0; !went_through && step < kStepsMax; step += step < 40 ? 1 : 23) {
    SimDisk disk("cut-first-start");
    StoreWorld world;
    disk.cut_power_after(step);
    { const auto store = world.open(on(disk)); }
    went_through = !disk.is_off();
    disk.power_on();
    auto store = world.open(on(disk));
    INFO("power cut after write " << step);
    REQUIRE(store.ok());
    REQUIRE((*store)->set_identity(StoreWorld::worker()).ok());
    CHECK((*store)->save(new_person("王五")).ok());
  }
  CHECK(went_through);
}

TEST_CASE("Power cut: a saved record is there although nothing was closed, an unfinished one is not",
          "[store][power]") {
  SimDisk disk("cut-idle");
  StoreWorld world;
  auto store = world.enrolled(on(disk));
  const RecordRef ref = made_by(store->save(new_person("王五")));
  REQUIRE(store->database().exec("BEGIN; DELETE FROM person").ok());
  disk.cut_power_after(0);
  store.reset();
  disk.power_on();
  store = world.open(on(disk)).value();
  CHECK(store->find(ref).value().has_value());
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Full disk: a save says so, keeps what was saved before, and works again once there is room",
          "[store][power]") {
  SimDisk disk("full");
  StoreWorld world;
  auto store = world.enrolled(on(disk));
  REQUIRE(store->save(new_home(world, "张建国")).ok());
  disk.set_full(true);
  std::int64_t homes = 1;
  Errc code = Errc::internal;
  for (int i = 0; i < 2'000 && code == Errc::internal; ++i) {
    const auto saved = store->save(new_home(world, "张建国"));
    saved.ok() ? ++homes : 0;
    if (!saved.ok()) code = saved.error().code;
  }
  CHECK(code == Errc::disk_full);
  CHECK(traces_of(*store, "张建国").persons == homes);
  CHECK(audit_of(*store).empty());
  disk.set_full(false);
  CHECK(store->save(new_home(world, "张建国")).ok());
  store.reset();
  store = world.open(on(disk)).value();
  CHECK(traces_of(*store, "张建国").ops == 3 * (homes + 1));
  CHECK(audit_of(*store).empty());
}
