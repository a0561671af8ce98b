#include "storage/change_log/change_log.hpp"

#include <algorithm>

#include "tests/storage/store_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

/// True when every group in the list is there from its first op to its last.
bool has_whole_groups(const std::vector<Change>& changes) {
  for (std::size_t i = 0; i < changes.size();) {
    const Change& first = changes[i];
    if (first.group_first != first.id.counter || i + first.group_size > changes.size()) return false;
    for (std::size_t j = 0; j < first.group_size; ++j)
      if (changes[i + j].group_first != first.group_first || changes[i + j].id.counter != first.id.counter + j)
        return false;
    i += first.group_size;
  }
  return true;
}

OpResult clean(std::uint64_t counter) { return {{{7}, counter}, OpOutcome::applied, {1}, "", {}}; }

}  // namespace

TEST_CASE("Change log: whatever the limit, what is queued comes in whole groups and at least one", "[change_log]") {
  StoreWorld world;
  const auto store = world.enrolled();
  for (int i = 0; i < 6; ++i) {
    REQUIRE(store->save(new_home(world, "张三")).ok());
    REQUIRE(store->save(new_person("李四")).ok());
  }
  std::size_t most = 0;
  for (std::size_t limit = 0; limit < 4'000; limit += 7) {
    const auto queued = store->changes().queued(limit).value();
    INFO("limit " << limit);
    REQUIRE(has_whole_groups(queued));
    REQUIRE(queued.size() >= 3);
    REQUIRE(queued.front().id.counter == 1);
    most = std::max(most, queued.size());
  }
  CHECK(most == 24);
  CHECK(store->changes().queued(0).value().size() == 3);
}

TEST_CASE("Change log: acknowledged ops are kept and no longer queued", "[change_log]") {
  StoreWorld world;
  const auto store = world.enrolled();
  REQUIRE(store->save(new_home(world, "张三")).ok());
  REQUIRE(store->save(new_person("李四")).ok());
  ChangeLog& log = store->changes();
  for (std::uint64_t counter = 1; counter <= 3; ++counter)
    REQUIRE(log.acknowledge(clean(counter), world.clock.now()).ok());
  CHECK(log.acknowledged_up_to().value() == 3);
  CHECK(log.queued_count().value() == 1);
  CHECK(log.queued(1U << 20U).value().front().id.counter == 4);
  CHECK(log.find(2).value()->state == OpState::acknowledged);
  CHECK(log.next_counter().value() == 5);
  CHECK(log.with_results(10).value().empty());
}

TEST_CASE("Change log: an op that was never made cannot be acknowledged", "[change_log]") {
  StoreWorld world;
  const auto store = world.enrolled();
  CHECK(store->changes().acknowledge(clean(1), world.clock.now()).error().code == Errc::malformed_message);
  CHECK_FALSE(store->changes().find(1).value().has_value());
}

TEST_CASE("Change log: results that a person may want to see come newest first", "[change_log]") {
  StoreWorld world;
  const auto store = world.enrolled();
  for (int i = 0; i < 3; ++i) REQUIRE(store->save(new_person("张三")).ok());
  ChangeLog& log = store->changes();
  OpResult conflict = clean(1);
  conflict.outcome = OpOutcome::conflict;
  conflict.fields.push_back({{3}, FieldOutcome::conflict, 5, std::string("李四"), {}});
  OpResult waiting = clean(3);
  waiting.outcome = OpOutcome::waiting;
  waiting.reason = "not_found";
  REQUIRE(log.acknowledge(conflict, world.clock.now()).ok());
  REQUIRE(log.acknowledge(clean(2), world.clock.now()).ok());
  REQUIRE(log.acknowledge(waiting, world.clock.now()).ok());
  const auto seen = log.with_results(10).value();
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].result == waiting);
  CHECK(seen[1].result == conflict);
  CHECK(log.with_results(1).value().size() == 1);
  const StoreFigures figures = store->figures().value();
  CHECK(figures.conflicts == 1);
  CHECK(figures.quarantined == 1);
  CHECK(figures.acknowledged == 3);
  CHECK(figures.queued == 0);
}

TEST_CASE("Change log: what the server had set aside and placed later loses its mark and gets its version",
          "[change_log]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref = made_by(store->save(new_person("张三")));
  ServerNews aside;
  aside.acknowledged = 1;
  aside.results = {clean(1)};
  aside.results.front().outcome = OpOutcome::quarantined;
  aside.results.front().reason = "unknown_kind";
  aside.results.front().version = {};
  REQUIRE(store->take_in(aside).ok());
  CHECK(store->figures().value().quarantined == 1);
  CHECK(store->find(ref).value()->meta.created.version == ServerVersion{0});
  CHECK(store->marks().value().late_seen == 0);
  ServerNews placed;
  placed.acknowledged = 1;
  placed.late = {clean(1)};
  placed.late.front().version = {4};
  placed.late_upto = 9;
  for (int twice = 0; twice < 2; ++twice) {
    REQUIRE(store->take_in(placed).ok());
    CHECK(store->figures().value().quarantined == 0);
    CHECK(store->find(ref).value()->meta.created.version == ServerVersion{4});
    CHECK(store->marks().value().late_seen == 9);
  }
  CHECK(audit_of(*store).empty());
}
