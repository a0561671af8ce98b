#include "tests/server/platform_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;
namespace person = kinds::person;

namespace {

Value text(const char* s) { return std::string(s); }

/// Two tablets that both know one person at version 1.
struct Meeting : PlatformWorld {
  server::Tablet first = add_tablet('a', {kGrid, kCommunity});
  server::Tablet second = add_tablet('b', {kGrid, kCommunity});
  OpMaker one{*this, first.no};
  OpMaker two{*this, second.no};
  Change made = one.person("张三", {says(person::phone, text("13800138000")), says(person::alias, TextSet{{"老张"}})});
  RecordRef ref = made.record;
  Meeting() { REQUIRE(take_one(made).is_clean()); }
};

}  // namespace

TEST_CASE("Ingest merge: edits of different fields by two workers both stand", "[ingest]") {
  Meeting w;
  CHECK(w.take_one(w.one.edit(w.ref, {says(person::phone, text("13900139000"), own(1))})).is_clean());
  CHECK(w.take_one(w.two.edit(w.ref, {says(person::education, text("20"), seen(1))})).is_clean());
  CHECK(w.record(w.ref).text(person::phone) == "13900139000");
  CHECK(w.record(w.ref).text(person::education) == "20");
  CHECK(w.conflicts().empty());
}

TEST_CASE("Ingest merge: a conflict holds base, mine, theirs and who said so, when and on what evidence", "[ingest]") {
  Meeting w;
  const Provenance seen_in_booklet{Source::booklet, Verified::seen, 20'500};
  const Provenance heard{Source::neighbour, Verified::declared, 20'510};
  const Change theirs = w.two.edit(w.ref, {says(person::phone, text("13900139000"), seen(1), seen_in_booklet)});
  const Change mine = w.one.edit(w.ref, {says(person::phone, text("13700137000"), own(1), heard)});
  REQUIRE(w.take_one(theirs).is_clean());
  const OpResult result = w.take_one(mine);
  CHECK(result.outcome == OpOutcome::conflict);
  CHECK(result.version == ServerVersion{0});
  REQUIRE(w.conflicts().size() == 1);
  const server::Conflict conflict = w.conflicts().front();
  CHECK(conflict.record == w.ref);
  CHECK(conflict.column == person::phone);
  CHECK(conflict.base == text("13800138000"));
  CHECK(conflict.mine == text("13700137000"));
  CHECK(conflict.theirs == text("13900139000"));
  CHECK(conflict.mine_stamp == Stamp{{}, mine.id, mine.made_at, mine.actor, heard});
  CHECK(conflict.theirs_stamp == Stamp{{2}, theirs.id, theirs.made_at, theirs.actor, seen_in_booklet});
  CHECK(conflict.opened_at == w.clock.now());
  CHECK(conflict.state == "open");
  REQUIRE(field_of(result, person::phone) != nullptr);
  CHECK(field_of(result, person::phone)->conflict == conflict.no);
  CHECK(field_of(result, person::phone)->current == text("13900139000"));
  CHECK(w.record(w.ref).text(person::phone) == "13900139000");
  CHECK(w.audit().empty());
}

TEST_CASE("Ingest merge: the base of a conflict is what both had seen, however many edits came since", "[ingest]") {
  Meeting w;
  REQUIRE(w.take_one(w.two.edit(w.ref, {says(person::phone, text("13100131000"), seen(1))})).is_clean());
  REQUIRE(w.take_one(w.two.edit(w.ref, {says(person::education, text("20"), seen(1))})).is_clean());
  REQUIRE(w.take_one(w.two.edit(w.ref, {says(person::phone, text("13200132000"), seen(2))})).is_clean());
  REQUIRE(w.take_one(w.two.edit(w.ref, {says(person::phone, text("13300133000"), seen(4))})).is_clean());
  const OpResult result = w.take_one(w.one.edit(w.ref, {says(person::phone, text("13700137000"), seen(3))}));
  REQUIRE(result.outcome == OpOutcome::conflict);
  CHECK(w.conflicts().front().base == text("13100131000"));
  CHECK(w.conflicts().front().theirs == text("13300133000"));
}

TEST_CASE("Ingest merge: an own later edit on top of one in conflict is in conflict with the same base", "[ingest]") {
  Meeting w;
  REQUIRE(w.take_one(w.two.edit(w.ref, {says(person::phone, text("13900139000"), seen(1))})).is_clean());
  const auto results = w.take(w.first.no, {w.one.edit(w.ref, {says(person::phone, text("13600136000"), own(1))}),
                                           w.one.edit(w.ref, {says(person::phone, text("13700137000"), own(2))}),
                                           w.one.edit(w.ref, {says(person::phone, text("13500135000"), own(3))})});
  REQUIRE(results.ok());
  for (const OpResult& result : *results) CHECK(result.outcome == OpOutcome::conflict);
  REQUIRE(w.conflicts().size() == 3);
  for (const server::Conflict& conflict : w.conflicts()) {
    CHECK(conflict.base == text("13800138000"));
    CHECK(conflict.theirs == text("13900139000"));
  }
  CHECK(w.record(w.ref).text(person::phone) == "13900139000");
}

TEST_CASE("Ingest merge: an own later edit on top of a superseded one does not pass for having seen the winner",
          "[ingest]") {
  Meeting w;
  const Provenance weak{Source::neighbour, Verified::declared, 0};
  const Provenance strong{Source::booklet, Verified::seen, 0};
  REQUIRE(w.take_one(w.two.edit(w.ref, {says(person::name, text("章三"), seen(1), strong)})).is_clean());
  const OpResult first = w.take_one(w.one.edit(w.ref, {says(person::name, text("张山"), own(1), weak)}));
  CHECK(first.outcome == OpOutcome::superseded);
  const OpResult second = w.take_one(w.one.edit(w.ref, {says(person::name, text("张珊"), own(2), weak)}));
  CHECK(second.outcome == OpOutcome::superseded);
  CHECK(w.record(w.ref).text(person::name) == "章三");
}

TEST_CASE("Ingest merge: an own chain that nobody else touched is applied edit by edit", "[ingest]") {
  Meeting w;
  const auto results = w.take(w.first.no, {w.one.edit(w.ref, {says(person::phone, text("13600136000"), own(1))}),
                                           w.one.edit(w.ref, {says(person::phone, text("13700137000"), own(2))})});
  REQUIRE(results.ok());
  for (const OpResult& result : *results) CHECK(result.is_clean());
  CHECK(w.record(w.ref).text(person::phone) == "13700137000");
  CHECK(w.record(w.ref).meta.seen == ServerVersion{3});
}

TEST_CASE("Ingest merge: a base that is no earlier op of the record is set aside", "[ingest]") {
  Meeting w;
  const Change other = w.one.person("李四");
  const auto base_of_other = w.one.edit(w.ref, {says(person::phone, text("13600136000"), own(other.id.counter))});
  const auto results = w.take(w.first.no, {other, base_of_other});
  REQUIRE(results.ok());
  CHECK((*results)[1].outcome == OpOutcome::quarantined);
  const auto future = w.one.edit(other.record, {says(person::phone, text("13600136000"), own(50))});
  CHECK(w.take_one(future).outcome == OpOutcome::quarantined);
  CHECK(w.audit().empty());
}

TEST_CASE("Ingest merge: additions of two workers to a set both stay and both are told", "[ingest]") {
  Meeting w;
  const auto adds = [](const char* name) { return Value{SetDelta{{{name}}, {}}}; };
  CHECK(w.take_one(w.two.edit(w.ref, {says(person::alias, adds("阿三"), seen(1))})).is_clean());
  const OpResult mine = w.take_one(w.one.edit(w.ref, {says(person::alias, adds("小张"), own(1))}));
  CHECK(mine.outcome == OpOutcome::merged);
  const Value all = TextSet::of({"老张", "阿三", "小张"});
  CHECK(w.record(w.ref).get(person::alias) == all);
  REQUIRE(field_of(mine, person::alias) != nullptr);
  CHECK(field_of(mine, person::alias)->current == all);
  CHECK(w.audit().empty());
}

TEST_CASE("Ingest merge: the same value from two workers clashes with nobody", "[ingest]") {
  Meeting w;
  REQUIRE(w.take_one(w.two.edit(w.ref, {says(person::phone, text("13900139000"), seen(1))})).is_clean());
  const OpResult same = w.take_one(w.one.edit(w.ref, {says(person::phone, text("13900139000"), own(1))}));
  CHECK(same.outcome == OpOutcome::applied);
  CHECK(w.conflicts().empty());
}

TEST_CASE("Ingest merge: a mixed op writes what may be written and asks about the rest", "[ingest]") {
  Meeting w;
  REQUIRE(w.take_one(w.two.edit(w.ref, {says(person::phone, text("13900139000"), seen(1))})).is_clean());
  const OpResult result = w.take_one(w.one.edit(
      w.ref, {says(person::phone, text("13700137000"), own(1)), says(person::education, text("20"), own(1))}));
  CHECK(result.outcome == OpOutcome::conflict);
  CHECK(result.version == ServerVersion{3});
  CHECK(w.record(w.ref).text(person::education) == "20");
  CHECK(w.record(w.ref).text(person::phone) == "13900139000");
}
