// A tablet that is new in a grid, or was away for long, gets the grid's rows instead of its log.
#include "server/feed/snapshots.hpp"

#include <algorithm>

#include "server/auth/scopes.hpp"
#include "tests/server/device.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;
namespace person = kinds::person;

namespace {

/// "住户甲乙": names have no digits.
std::string name_of_number(int number) {
  static constexpr std::string_view kDigits[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
  std::string name = "住户";
  for (const char digit : std::to_string(number)) name += kDigits[digit - '0'];
  return name;
}

struct Grid : PlatformWorld {
  /// Snapshots are made when a tablet needs them: the first is the old one, which has nothing of the grid either.
  explicit Grid(std::size_t rows_per_chunk = 2'000) { old.policy.rows_per_chunk = rows_per_chunk; }
  Device old{*this, add_tablet('a', {kGrid, kCommunity})};

  /// Persons that the platform has, and one tablet knows.
  std::vector<RecordRef> people(int count) {
    std::vector<RecordRef> refs;
    for (int i = 0; i < count; ++i) refs.push_back(old.meet(name_of_number(i)));
    REQUIRE(old.sync() == std::nullopt);
    return refs;
  }
  void check_same(Device& one, Device& other) {
    const auto left = one.store().list(person::kKind).value();
    const auto right = other.store().list(person::kKind).value();
    REQUIRE(left.size() == right.size());
    for (std::size_t i = 0; i < left.size(); ++i) {
      CHECK(left[i].ref == right[i].ref);
      CHECK(left[i].cells == right[i].cells);
    }
    CHECK(one.store().audit()->empty());
    CHECK(other.store().audit()->empty());
    CHECK(audit().empty());
  }
};

}  // namespace

TEST_CASE("Snapshot: a new tablet gets rows, with who wrote what and when, not the log", "[snapshot]") {
  Grid w(7);
  const auto refs = w.people(30);
  for (int i = 0; i < 10; ++i) w.old.rename(refs[3], name_of_number(100 + i));
  REQUIRE(w.old.sync() == std::nullopt);
  Device fresh(w, w.add_tablet('b', {kGrid, kCommunity}));
  fresh.policy.rows_per_chunk = 7;
  fresh.policy.tail = 0;
  REQUIRE(fresh.sync() == std::nullopt);
  CHECK(fresh.rows_from_chunks == 30);
  CHECK(fresh.told.empty());
  w.check_same(w.old, fresh);
  const auto here = fresh.store().find(refs[3]).value().value();
  const auto there = w.record(refs[3]);
  CHECK(here.meta == there.meta);
  CHECK(fresh.store().snapshots()->empty());
}

TEST_CASE("Snapshot: search finds the rows once their keys are made, and nothing is asked twice", "[snapshot]") {
  Grid w(4);
  w.people(10);
  Device fresh(w, w.add_tablet('b', {kGrid, kCommunity}));
  fresh.policy.rows_per_chunk = 4;
  REQUIRE(fresh.sync() == std::nullopt);
  CHECK(fresh.store().search("住户辛", 10)->empty());
  int slices = 0;
  while (fresh.store().make_more_search_keys().value()) ++slices;
  CHECK(slices == 3);
  CHECK(fresh.store().search("住户辛", 10)->size() == 1);
}

TEST_CASE("Snapshot: a sync that is cut goes on at the next chunk", "[snapshot]") {
  Grid w(2);
  w.people(600);
  Device fresh(w, w.add_tablet('b', {kGrid, kCommunity}));
  fresh.policy.rows_per_chunk = 2;  // more chunks than fit into one answer
  CHECK(fresh.sync(1) == Errc::timed_out);
  REQUIRE(fresh.store().snapshots()->size() == 1);
  CHECK(fresh.store().snapshots()->front().next == 256);
  CHECK(fresh.persons() == 512);
  CHECK(fresh.store().cursors()->front().lsn.value == 0);
  REQUIRE(fresh.sync() == std::nullopt);
  CHECK(fresh.rows_from_chunks == 600);
  w.check_same(w.old, fresh);
}

TEST_CASE("Snapshot: what is written while it is on its way comes from the log", "[snapshot]") {
  Grid w(2);
  const auto refs = w.people(600);
  Device fresh(w, w.add_tablet('b', {kGrid, kCommunity}));
  fresh.policy.rows_per_chunk = 2;
  CHECK(fresh.sync(1) == Errc::timed_out);
  w.old.rename(refs[0], "先改的");
  w.old.rename(refs[599], "后改的");
  const RecordRef late = w.old.meet("陈新来");
  REQUIRE(w.old.sync() == std::nullopt);
  REQUIRE(fresh.sync() == std::nullopt);
  CHECK(fresh.rows_from_chunks == 600);
  CHECK(fresh.told.size() == 3);
  CHECK(fresh.name_of(late) == "陈新来");
  w.check_same(w.old, fresh);
}

TEST_CASE("Snapshot: one is made for many, and anew when much was written since", "[snapshot]") {
  Grid w;
  w.people(20);
  Device first(w, w.add_tablet('b', {kGrid, kCommunity}));
  first.policy.tail = 3;
  REQUIRE(first.sync() == std::nullopt);
  const auto made = w.store().begin().value()->latest_snapshot(kGrid).value().value();
  w.people(4);
  Device second(w, w.add_tablet('c', {kGrid, kCommunity}));
  second.policy.tail = 3;
  REQUIRE(second.sync() == std::nullopt);
  CHECK(w.store().begin().value()->latest_snapshot(kGrid).value()->lsn == made.lsn);
  CHECK(second.told.size() == 4);
  w.people(2);
  Device third(w, w.add_tablet('d', {kGrid, kCommunity}));
  third.policy.tail = 3;
  REQUIRE(third.sync() == std::nullopt);
  CHECK(w.store().begin().value()->latest_snapshot(kGrid).value()->lsn.value == 26);
  CHECK(third.told.empty());
}

TEST_CASE("Snapshot: beyond the horizon a tablet gets rows, keeps what it has not sent, and then sends it",
          "[snapshot]") {
  Grid w;
  const auto refs = w.people(10);
  Device away(w, w.add_tablet('b', {kGrid, kCommunity}));
  REQUIRE(away.sync() == std::nullopt);
  const RecordRef own = away.meet("路上遇到的");
  away.rename(refs[2], "门口问到的");
  w.people(40);
  w.old.rename(refs[5], "办公室改的");
  REQUIRE(w.old.sync() == std::nullopt);
  away.policy.known_behind = 30;
  away.rows_from_chunks = 0;
  REQUIRE(away.sync() == std::nullopt);
  CHECK(away.rows_from_chunks >= 50);
  CHECK(away.name_of(own) == "路上遇到的");
  CHECK(away.name_of(refs[2]) == "门口问到的");
  CHECK(away.name_of(refs[5]) == "办公室改的");
  CHECK(away.store().changes().queued_count().value() == 0);
  REQUIRE(w.old.sync() == std::nullopt);
  w.check_same(w.old, away);
}

TEST_CASE("Snapshot: chunks out of order, of another snapshot or of a strange grid change nothing", "[snapshot]") {
  Grid w;
  const auto refs = w.people(3);
  Device fresh(w, w.add_tablet('b', {kGrid, kCommunity}));
  const auto chunk = [&](ScopeCode scope, std::uint64_t lsn, std::uint32_t no) {
    return SnapshotChunk{scope, {lsn}, no, 3, {w.record(refs[no])}};
  };
  CHECK(fresh.store().take_in(chunk(kGrid, 3, 1)).error().code == Errc::malformed_message);
  REQUIRE(fresh.store().take_in(chunk(kGrid, 3, 0)).ok());
  CHECK(fresh.store().take_in(chunk(kGrid, 3, 2)).error().code == Errc::malformed_message);
  CHECK(fresh.store().take_in(chunk(kGrid, 2, 1)).error().code == Errc::malformed_message);
  CHECK(fresh.store().take_in(chunk(kElsewhere, 3, 0)).ok());
  CHECK(fresh.persons() == 1);
  REQUIRE(fresh.store().take_in(chunk(kGrid, 3, 1)).ok());
  CHECK(fresh.store().cursors()->front().lsn.value == 0);
  REQUIRE(fresh.store().take_in(chunk(kGrid, 3, 2)).ok());
  CHECK(fresh.store().cursors()->front().lsn.value == 3);
}

TEST_CASE("Snapshot: of records of a kind that the server has in circles, targets come first where there are none",
          "[snapshot]") {
  Grid w(1);
  const auto building = w.old.store().save(
      {{{kinds::building::kKind, {}, {{kinds::building::std_address, std::string("灵源街道1号")}}, {}}}, {}, {}});
  REQUIRE(building.ok());
  REQUIRE(w.old.store()
              .save({{{kinds::dwelling::kKind,
                       {},
                       {{kinds::dwelling::building_id, building->front().ref.id},
                        {kinds::dwelling::room_no, std::string("101")}},
                       {}}},
                     {},
                     {}})
              .ok());
  REQUIRE(w.old.sync() == std::nullopt);
  Device fresh(w, w.add_tablet('b', {kGrid, kCommunity}));
  fresh.policy.rows_per_chunk = 1;
  REQUIRE(fresh.sync() == std::nullopt);
  const auto tx = w.store().begin().value();
  const auto info = tx->latest_snapshot(kGrid).value().value();
  REQUIRE(info.count == 2);
  CHECK(fresh.store().count(kinds::building::kKind).value() == 1);
  CHECK(fresh.store().count(kinds::dwelling::kKind).value() == 1);
}
