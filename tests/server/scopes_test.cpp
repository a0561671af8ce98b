// Records that move to another grid, workers who are given other grids or none: who is told what, and what stays.
#include "server/auth/scopes.hpp"

#include <algorithm>

#include "server/ingest/record_merge.hpp"
#include "tests/server/device.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;
namespace person = kinds::person;

namespace {

/// Two grids with a tablet each, and one tablet that has both.
struct Border : PlatformWorld {
  Device here{*this, add_tablet('a', {kGrid, kCommunity})};
  Device there{*this, add_tablet('b', {kOtherGrid, kCommunity})};
  Device both{*this, add_tablet('c', {kGrid, kOtherGrid, kCommunity})};

  void everybody_syncs() {
    for (Device* device : {&here, &there, &both}) REQUIRE(device->sync() == std::nullopt);
  }
  void move(const RecordRef& ref, ScopeCode to) {
    const auto saved = both.store().save({{{ref.kind, ref.id, {{person::grid_id, to_string(to)}}, {}}}, {}, {}});
    REQUIRE(saved.ok());
    REQUIRE(both.sync() == std::nullopt);
  }
  void assign(Device& device, const std::vector<ScopeCode>& grids) {
    const auto tx = store().begin().value();
    REQUIRE(server::assign_scopes(*tx, device.identity().tablet, grids, clock.now()).ok());
    REQUIRE(tx->commit().ok());
  }
  void check_sound() {
    for (Device* device : {&here, &there, &both}) CHECK(device->store().audit()->empty());
    CHECK(audit().empty());
  }
  static bool was_told(const Device& device, const RecordRef& ref) {
    return std::find(device.told.begin(), device.told.end(), ref) != device.told.end();
  }
};

}  // namespace

TEST_CASE("Scopes: a record that moves leaves the one grid's tablets and enters the other's, whole", "[scopes]") {
  Border w;
  const RecordRef ref = w.here.meet("张三", {{person::phone, std::string("13800138000")}});
  w.everybody_syncs();
  w.both.rename(ref, "张三丰");
  w.both.sync();
  CHECK(w.there.name_of(ref).empty());
  w.move(ref, kOtherGrid);
  w.everybody_syncs();
  CHECK(w.here.name_of(ref).empty());
  CHECK(w.there.name_of(ref) == "张三丰");
  CHECK(w.there.store().find(ref).value()->text(person::phone) == "13800138000");
  CHECK(w.both.name_of(ref) == "张三丰");
  CHECK(w.here.store().search("13800138000", 5)->empty());
  w.check_sound();
}

TEST_CASE("Scopes: a tablet of both grids keeps the record, and what its fields once held", "[scopes]") {
  Border w;
  const RecordRef ref = w.here.meet("张三");
  w.everybody_syncs();
  w.here.rename(ref, "李四");
  w.everybody_syncs();
  w.move(ref, kOtherGrid);
  w.there.rename(ref, "王五");
  Device second(w, w.add_tablet('d', {kGrid, kOtherGrid, kCommunity}));
  REQUIRE(second.sync() == std::nullopt);
  w.move(ref, kGrid);
  REQUIRE(second.sync() == std::nullopt);
  CHECK(second.name_of(ref) == "李四");
  CHECK(w.both.store().history(ref).ok());
  w.check_sound();
}

TEST_CASE("Scopes: who never had a record that left is not told that there was one", "[scopes]") {
  Border w;
  const RecordRef ref = w.both.meet("张三");
  REQUIRE(w.both.sync() == std::nullopt);
  w.move(ref, kOtherGrid);
  REQUIRE(w.here.sync() == std::nullopt);
  CHECK_FALSE(Border::was_told(w.here, ref));
  Device fresh(w, w.add_tablet('d', {kGrid, kCommunity}));
  REQUIRE(fresh.sync() == std::nullopt);
  CHECK_FALSE(Border::was_told(fresh, ref));
  CHECK(fresh.persons() == 0);
}

TEST_CASE("Scopes: work done on a record before its tablet heard that it had left is taken, and not told back",
          "[scopes]") {
  Border w;
  const RecordRef ref = w.here.meet("张三");
  w.everybody_syncs();
  w.move(ref, kOtherGrid);
  w.here.rename(ref, "张三丰");
  REQUIRE(w.here.sync() == std::nullopt);
  CHECK(w.record(ref).text(person::name) == "张三丰");
  CHECK(server::home_of(w.record(ref)) == kOtherGrid);
  CHECK(w.here.name_of(ref).empty());
  CHECK(w.here.store().figures()->quarantined == 0);
  w.everybody_syncs();
  CHECK(w.there.name_of(ref) == "张三丰");
  w.check_sound();
}

TEST_CASE("Scopes: a record that comes back is here again, with work that was done meanwhile", "[scopes]") {
  Border w;
  const RecordRef ref = w.here.meet("张三");
  w.everybody_syncs();
  w.move(ref, kOtherGrid);
  w.everybody_syncs();
  w.there.rename(ref, "那边改的");
  w.everybody_syncs();
  w.move(ref, kGrid);
  w.everybody_syncs();
  CHECK(w.here.name_of(ref) == "那边改的");
  CHECK(w.there.name_of(ref).empty());
  w.here.rename(ref, "这边改的");
  w.everybody_syncs();
  CHECK(w.both.name_of(ref) == "这边改的");
  w.check_sound();
}

TEST_CASE("Scopes: a grid that is given is fetched, one that is taken is sent first and then erased", "[scopes]") {
  Border w;
  const RecordRef mine = w.here.meet("张三");
  const RecordRef theirs = w.there.meet("李四");
  w.everybody_syncs();
  w.here.rename(mine, "收回前改的");
  w.clock.advance(std::chrono::minutes{1});
  w.assign(w.here, {kOtherGrid});
  REQUIRE(w.here.sync() == std::nullopt);
  CHECK(w.record(mine).text(person::name) == "收回前改的");
  CHECK(w.here.name_of(mine).empty());
  CHECK(w.here.name_of(theirs) == "李四");
  CHECK(w.here.identity().scopes == std::vector{kOtherGrid, kCommunity});
  const auto withdrawn = w.tablet(w.here.identity().tablet).withdrawn;
  REQUIRE(withdrawn.size() == 1);
  CHECK(withdrawn[0].scope == kGrid);
  CHECK(withdrawn[0].erased);
  w.check_sound();
}

TEST_CASE("Scopes: what is done after the grid was taken waits in quarantine, and erasing does not wait for it",
          "[scopes]") {
  Border w;
  const RecordRef mine = w.here.meet("张三");
  w.everybody_syncs();
  w.assign(w.here, {kOtherGrid});
  w.clock.advance(std::chrono::minutes{1});
  w.here.rename(mine, "收回后改的");
  REQUIRE(w.here.sync() == std::nullopt);
  CHECK(w.record(mine).text(person::name) == "张三");
  CHECK(w.here.name_of(mine).empty());
  CHECK(w.here.store().figures()->quarantined == 1);
  w.check_sound();

  SECTION("given back, it is placed, and the tablet has it again") {
    w.assign(w.here, {kGrid});
    const auto tx = w.store().begin().value();
    REQUIRE(server::Ingest(*tx, w.dictionary, w.clock.now()).retry_all().ok());
    REQUIRE(tx->commit().ok());
  }
  SECTION("given back before it is tried again") {
    w.assign(w.here, {kGrid});
    REQUIRE(w.here.sync() == std::nullopt);
    const auto tx = w.store().begin().value();
    REQUIRE(server::Ingest(*tx, w.dictionary, w.clock.now()).retry_all().ok());
    REQUIRE(tx->commit().ok());
  }
  REQUIRE(w.here.sync() == std::nullopt);
  CHECK(w.record(mine).text(person::name) == "收回后改的");
  CHECK(w.here.name_of(mine) == "收回后改的");
  CHECK(w.here.store().figures()->quarantined == 0);
  w.check_sound();
}

TEST_CASE("Scopes: a tablet that loses every grid keeps no record, and what it had saved is at the platform",
          "[scopes]") {
  Border w;
  w.here.meet("张三");
  w.everybody_syncs();
  const RecordRef unsent = w.here.meet("李四");
  w.clock.advance(std::chrono::minutes{1});
  w.assign(w.here, {});
  REQUIRE(w.here.sync() == std::nullopt);
  CHECK(w.here.persons() == 0);
  CHECK(w.record(unsent).text(person::name) == "李四");
  CHECK(w.here.store().cursors()->empty());
  REQUIRE(w.here.sync() == std::nullopt);
  const auto withdrawn = w.tablet(w.here.identity().tablet).withdrawn;
  CHECK(std::all_of(withdrawn.begin(), withdrawn.end(), [](const auto& one) { return one.erased; }));
  const auto refused = w.here.store().save({{{person::kKind, {}, {{person::name, std::string("王五")}}, {}}}, {}, {}});
  CHECK(refused.error().code == Errc::out_of_scope);
  w.check_sound();
}

TEST_CASE("Scopes: only grids that there are can be assigned, to tablets that there are", "[scopes]") {
  Border w;
  const auto tx = w.store().begin().value();
  CHECK(server::assign_scopes(*tx, {99}, {kGrid}, w.clock.now()).error().code == Errc::tablet_unknown);
  CHECK(server::assign_scopes(*tx, {0}, {kGrid}, w.clock.now()).error().code == Errc::tablet_unknown);
  CHECK(server::assign_scopes(*tx, w.here.identity().tablet, {kCommunity}, w.clock.now()).error().code ==
        Errc::not_found);
}
