// A platform that was put back to a backup, and tablets of which there are two: nothing is lost, nothing that nobody
// has seen counts as seen.
#include "storage/records/new_terms.hpp"

#include "server/ingest/lineage.hpp"
#include "tests/server/device.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;
namespace person = kinds::person;

namespace {

struct Street : PlatformWorld {
  Device one{*this, add_tablet('a', {kGrid, kCommunity})};
  Device two{*this, add_tablet('b', {kGrid, kCommunity})};
  Device three{*this, add_tablet('c', {kGrid, kCommunity})};
  TemporaryFolder shelf;

  void back_up() { REQUIRE(store().copy_to(shelf.file("backup.db")).ok()); }
  void put_back() {
    put_back_file(shelf.file("backup.db"));
    REQUIRE(store().begin_epoch(random).ok());
  }
  void check_sound() {
    CHECK(audit().empty());
    for (Device* device : {&one, &two, &three}) CHECK(device->store().audit().value().empty());
  }
  std::size_t ops() {
    std::size_t count = 0;
    REQUIRE(store().begin().value()->each_op([&](const server::StoredOp&) { return ++count, Status{}; }).ok());
    return count;
  }
};

}  // namespace

TEST_CASE("Restored platform: what came after the backup comes back from the tablets", "[epoch]") {
  Street s;
  const RecordRef early = s.one.meet("张三");
  REQUIRE_FALSE(s.one.sync());
  REQUIRE_FALSE(s.two.sync());
  s.back_up();
  s.two.rename(early, "张三丰");
  const RecordRef later = s.two.meet("李四");
  REQUIRE_FALSE(s.two.sync());
  REQUIRE_FALSE(s.one.sync());
  s.one.rename(later, "李思");
  REQUIRE_FALSE(s.one.sync());
  const std::size_t before = s.ops();
  s.put_back();
  CHECK(s.ops() < before);
  // The first comes with an edit of somebody whom nobody has told the platform of: it waits for the second.
  for (Device* device : {&s.one, &s.two, &s.one, &s.two, &s.three}) REQUIRE_FALSE(device->sync());
  CHECK(s.ops() == before);
  for (Device* device : {&s.one, &s.two, &s.three}) {
    CHECK(device->name_of(early) == "张三丰");
    CHECK(device->name_of(later) == "李四");
    CHECK(device->store().figures().value().queued == 0);
    CHECK(device->store().figures().value().quarantined == 0);
    CHECK(device->identity().epoch == s.store().epoch());
  }
  // That the first had seen what it wrote over, the platform can no longer know: a person decides.
  REQUIRE(s.conflicts().size() == 1);
  CHECK(text_of(s.conflicts().front().mine) == "李思");
  s.check_sound();
}

TEST_CASE("Restored platform: an edit made before a tablet hears of it is kept, whatever stands there", "[epoch]") {
  Street s;
  const RecordRef ref = s.one.meet("张三");
  REQUIRE_FALSE(s.one.sync());
  s.back_up();
  s.put_back();
  s.one.rename(ref, "张散");  // not sent yet
  REQUIRE_FALSE(s.one.sync());
  REQUIRE_FALSE(s.two.sync());
  CHECK(s.two.name_of(ref) == "张散");
  CHECK(s.conflicts().empty());
  s.check_sound();
}

TEST_CASE("Restored platform: a version given again is not the one that somebody had seen", "[epoch]") {
  Street s;
  const RecordRef ref = s.one.meet("张三");
  for (Device* device : {&s.one, &s.two, &s.three}) REQUIRE_FALSE(device->sync());
  s.back_up();
  s.one.rename(ref, "张散");  // version 2
  REQUIRE_FALSE(s.one.sync());
  REQUIRE_FALSE(s.two.sync());
  s.two.rename(ref, "张伞");  // has seen version 2
  s.put_back();
  s.three.rename(ref, "张山");
  REQUIRE_FALSE(s.three.sync());  // version 2 again: another one
  REQUIRE_FALSE(s.two.sync());
  REQUIRE_FALSE(s.one.sync());
  const auto conflicts = s.conflicts();  // a name is for a person to decide
  REQUIRE(conflicts.size() == 2);
  CHECK(text_of(conflicts[0].mine) == "张伞");
  CHECK(text_of(conflicts[1].mine) == "张散");
  CHECK(text_of(s.record(ref).get(person::name)) == "张山");
  s.check_sound();
}

TEST_CASE("Restored platform: of a database that it never was, nothing counts as seen", "[epoch]") {
  Street s;
  const RecordRef ref = s.one.meet("张三");
  for (Device* device : {&s.one, &s.two, &s.three}) REQUIRE_FALSE(device->sync());
  s.back_up();
  s.put_back();
  s.two.rename(ref, "张散");
  REQUIRE_FALSE(s.two.sync());
  REQUIRE_FALSE(s.one.sync());  // one is in the second epoch now
  s.one.rename(ref, "张伞");    // has seen what two wrote there
  s.put_back();                 // to the first, which knows of no second
  s.three.rename(ref, "张山");
  REQUIRE_FALSE(s.three.sync());
  REQUIRE_FALSE(s.one.sync());
  REQUIRE_FALSE(s.two.sync());
  CHECK(s.conflicts().size() == 2);
  CHECK(text_of(s.record(ref).get(person::name)) == "张山");
  s.check_sound();
}

TEST_CASE("Restored platform: numbers given since the backup are not given again", "[epoch]") {
  Street s;
  s.back_up();
  const server::Tablet late = s.add_tablet('d', {kGrid, kCommunity});
  s.put_back();
  const server::Tablet later = s.add_tablet('e', {kGrid, kCommunity});
  CHECK(later.no > late.no);
  CHECK(later.actor > late.actor);
}

TEST_CASE("Copied tablet: both go on, each under a number of its own, and what they shared is there once", "[copy]") {
  Street s;
  const RecordRef shared = s.one.meet("张三");
  REQUIRE_FALSE(s.one.sync());
  Device copy(s.one);
  const RecordRef by_one = s.one.meet("李四");
  s.one.rename(by_one, "李思");
  const RecordRef by_copy = copy.meet("王五");
  copy.rename(by_copy, "王武");
  REQUIRE_FALSE(s.one.sync());
  REQUIRE_FALSE(copy.sync());
  REQUIRE_FALSE(s.one.sync());
  REQUIRE_FALSE(s.two.sync());
  CHECK(s.ops() == 5);
  const Identity now = copy.identity();
  CHECK(now.tablet != s.one.identity().tablet);
  CHECK(now.incarnation == 2);
  CHECK(now.own_op(1) == OpId{s.one.identity().tablet, 1});
  CHECK(now.own_op(2) == OpId{now.tablet, 2});
  for (Device* device : {&s.one, &s.two, &copy}) {
    CHECK(device->name_of(shared) == "张三");
    CHECK(device->name_of(by_one) == "李思");
    CHECK(device->name_of(by_copy) == "王武");
  }
  CHECK(copy.store().audit().value().empty());
  const auto history = copy.store().history(by_copy).value();
  for (const FieldHistory& field : history.fields)
    for (const FieldVersion& version : field.versions) CHECK(version.stamp.op.tablet == now.tablet);
  s.check_sound();
}

TEST_CASE("Copied tablet: an old state that has made nothing since learns what it had done", "[copy]") {
  Street s;
  const RecordRef ref = s.one.meet("张三");
  Device old(s.one);  // before anything was sent
  REQUIRE_FALSE(s.one.sync());
  s.one.rename(ref, "张散");
  REQUIRE_FALSE(s.one.sync());
  REQUIRE_FALSE(old.sync());
  CHECK(old.name_of(ref) == "张散");
  CHECK(old.store().figures().value().queued == 0);
  CHECK(s.ops() == 2);
  old.rename(ref, "张伞");
  REQUIRE_FALSE(old.sync());
  REQUIRE_FALSE(s.one.sync());
  CHECK(s.one.name_of(ref) == "张伞");
  CHECK(old.store().audit().value().empty());
  s.check_sound();
}

TEST_CASE("Copied tablet: what had been set aside is told to both, and later edits wait behind it", "[copy]") {
  Street s;
  const RecordRef ref = s.two.meet("张三");
  REQUIRE_FALSE(s.two.sync());
  REQUIRE_FALSE(s.one.sync());
  s.back_up();
  s.one.rename(ref, "张散");
  s.plant("DELETE FROM person");  // the platform has lost it: the edit cannot be placed
  REQUIRE_FALSE(s.one.sync());
  CHECK(s.one.store().figures().value().quarantined == 1);
  Device copy(s.one);
  s.one.meet("李四");
  REQUIRE_FALSE(s.one.sync());
  copy.rename(ref, "张伞");
  REQUIRE_FALSE(copy.sync());
  CHECK(copy.store().figures().value().quarantined == 2);
}

TEST_CASE("Copied tablet: a number that was given and not used is given again", "[copy]") {
  Street s;
  const auto tx = s.store().begin().value();
  server::Tablet row = tx->find_tablet(s.one.identity().tablet).value().value();
  const server::Tablet first = server::successor_of(*tx, row, 3).value();
  CHECK(server::successor_of(*tx, row, 3).value() == first);
  CHECK(server::successor_of(*tx, row, 2).value().no != first.no);
  server::Tablet used = first;
  used.last_counter = 4;
  REQUIRE(tx->update_tablet(used).ok());
  CHECK(server::successor_of(*tx, row, 3).value().no != first.no);
  CHECK(server::own_op(*tx, used, 3).value() == OpId{row.no, 3});
  CHECK(server::own_op(*tx, used, 4).value() == OpId{first.no, 4});
  CHECK(server::is_earlier_of_same(*tx, {row.no, 3}, {first.no, 4}).value());
  CHECK_FALSE(server::is_earlier_of_same(*tx, {row.no, 4}, {first.no, 5}).value());
}
