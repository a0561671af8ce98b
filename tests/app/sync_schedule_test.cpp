#include "app/commands/sync_schedule.hpp"

#include "tests/app/session_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace std::chrono_literals;
using Time = SyncSchedule::Time;

namespace {

/// How long after `now` the next run is, to the second; nothing: never within a day.
std::optional<std::chrono::seconds> pause_after(const SyncSchedule& schedule, Time now) {
  for (std::chrono::seconds wait{0}; wait < 24h; ++wait)
    if (schedule.is_due(now + wait)) return wait;
  return std::nullopt;
}

}  // namespace

TEST_CASE("Sync by itself: soon after the start, soon after work, and now and then", "[app]") {
  SyncSchedule schedule(100s, 1);
  CHECK(pause_after(schedule, 100s) == 5s);
  schedule.run_ended(std::nullopt, 200s);
  CHECK(pause_after(schedule, 200s) == 15min);
  schedule.work_came(300s);
  CHECK(pause_after(schedule, 300s) == 30s);
  schedule.work_came(310s);  // the next page of the same visit
  CHECK(pause_after(schedule, 310s) == 20s);
}

TEST_CASE("Sync by itself: without a network the pauses grow, differ from tablet to tablet, and end somewhere",
          "[app]") {
  SyncSchedule one(0s, 1);
  SyncSchedule two(0s, 2);
  Time at = 0s;
  bool differ = false;
  for (int failures = 0; failures < 12; ++failures) {
    one.run_ended(Errc::offline, at);
    two.run_ended(Errc::offline, at);
    one.work_came(at);  // changes nothing
    const auto full = std::min<Time>(30min, 1min * (1 << std::min(failures, 5)));
    const auto pause = pause_after(one, at);
    REQUIRE(pause.has_value());
    CHECK(*pause >= full / 2);
    CHECK(*pause <= full + full / 2 + 1s);
    differ = differ || pause_after(two, at) != pause;
    at += 2h;
  }
  CHECK(differ);
  one.run_ended(std::nullopt, at);
  one.run_ended(Errc::timed_out, at);
  CHECK(*pause_after(one, at) <= 91s);
}

TEST_CASE("Sync by itself: what only a person can mend is not tried again and again", "[app]") {
  SyncSchedule schedule(0s, 1);
  schedule.run_ended(Errc::not_authorised, 10s);
  schedule.work_came(20s);
  CHECK_FALSE(pause_after(schedule, 20s).has_value());
  schedule.run_ended(std::nullopt, 30s);  // the worker asked, and it went well
  CHECK(pause_after(schedule, 30s) == 15min);
}

TEST_CASE("Sync by itself: a save is followed by a run that nobody asked for and that says nothing", "[app]") {
  test::SessionWorld world;
  world.sync_by_itself();
  const auto family = world.family("501", {{"张建国", "02", "1", "1991-05-01"}});
  world.restart();
  CHECK(world.state().sync.phase == SyncPhase::idle);
  CHECK(world.runs() == 0);
  world.clock().advance(6s);
  world.poll();
  CHECK(world.runs() == 1);
  CHECK(world.state().sync.phase == SyncPhase::offline);
  CHECK(world.state().toasts.empty());
  world.clock().advance(10s);
  world.poll();
  CHECK(world.runs() == 1);  // it waits
  world.clock().advance(100s);
  world.poll();
  CHECK(world.runs() == 2);
  world.handle(StartVisit{family.household});
  world.clock().advance(1h);
  world.poll();
  CHECK(world.runs() == 2);  // no news between what the worker sees and what it writes
  world.handle(Back{});
  world.poll();
  CHECK(world.runs() == 3);
  world.handle(SyncNow{});
  CHECK(world.runs() == 4);
  CHECK(world.state().toasts.back().key == "sync_offline");  // who asks is answered
}
