#include <nlohmann/json.hpp>

#include "server/desk/case_json.hpp"
#include "server/desk/desk_list.hpp"
#include "storage/model/duplicates/likeness.hpp"
#include "tests/server/desk_world.hpp"
#include "tests/server/earlier_layout.hpp"

using namespace ruhu;
using namespace ruhu::test;
namespace p = kinds::person;
namespace r = kinds::residency;
namespace m = kinds::membership;

namespace {

constexpr const char* kNumber = "11010519491231002X";

/// One person recorded by two workers, each with a stay of their own.
struct TwoRecords : DeskWorld {
  RecordRef house = building(one);
  RecordRef here = person(one, "张三", {text_says(p::id_no, kNumber), text_says(p::phone, "13800138001")});
  RecordRef there = person(two, "章三", {text_says(p::id_no, kNumber), text_says(p::phone, "13800138002")});
  Change stay_there = stay(two, there, dwelling(two, house, "301"), "2020-01-01");

  TwoRecords() {
    take_one(stay_there);
    REQUIRE(open("duplicate").size() == 1);
  }
  std::uint64_t no() { return cases().front().no; }
};

}  // namespace

TEST_CASE("Case decision: two records of a person become one, and two again", "[desk]") {
  TwoRecords w;
  REQUIRE(w.decide(DeskWorld::say(w.no(), "merge", w.here.id)).ok());
  CHECK(w.value(w.there, p::status) == "void");
  CHECK(w.record(w.stay_there.record).uuid(r::person_id) == w.here.id);
  CHECK(w.record(w.here).get(p::alias) == Value{TextSet{{"章三"}}});
  CHECK(w.record(w.here).get(p::more_phones) == Value{TextSet{{"13800138002"}}});
  CHECK(w.open("duplicate").empty());
  CHECK(w.audit().empty());
  REQUIRE(w.undo(w.no()).ok());
  CHECK(w.value(w.there, p::status) == "active");
  CHECK(w.record(w.stay_there.record).uuid(r::person_id) == w.there.id);
  CHECK(is_empty(w.record(w.here).get(p::alias)));
  CHECK(w.open("duplicate").size() == 1);
  CHECK(w.audit().empty());
}

TEST_CASE("Case decision: what tablets hear of a merge is in the log, under the clerk's name", "[desk]") {
  TwoRecords w;
  REQUIRE(w.decide(DeskWorld::say(w.no(), "merge", w.here.id)).ok());
  const auto tx = w.store().begin().value();
  const Stamp& stamp = tx->find_record(w.there).value()->meta.stamp_of(p::merged_into);
  CHECK(stamp.op.tablet.value == 0);
  CHECK(tx->find_account(stamp.actor).value()->name == "刘专员");
}

TEST_CASE("Case decision: not the same is remembered for good, until it is taken back", "[desk]") {
  TwoRecords w;
  REQUIRE(w.decide(DeskWorld::say(w.no(), "not_same")).ok());
  w.take_one(w.one.edit(w.here, {text_says(p::phone, "13800138002", seen(1))}));
  CHECK(w.open("duplicate").empty());
  REQUIRE(w.undo(w.no()).ok());
  CHECK(w.open("duplicate").size() == 1);
}

TEST_CASE("Case decision: what cannot be decided is refused and changes nothing", "[desk]") {
  TwoRecords w;
  const auto refused = [&](server::CaseDecision decision, Errc expected) {
    const std::string before = w.export_all();
    CHECK(w.decide(std::move(decision)).error().code == expected);
    CHECK(w.export_all() == before);
  };
  refused(DeskWorld::say(w.no() + 1, "merge"), Errc::not_found);
  refused(DeskWorld::say(w.no(), "alive"), Errc::invalid_value);
  refused(DeskWorld::say(w.no(), "merge", w.house.id), Errc::invalid_value);
  auto nameless = DeskWorld::say(w.no(), "merge");
  nameless.by.clear();
  refused(nameless, Errc::required_missing);
  CHECK(w.undo(w.no()).error().code == Errc::already_ended);
  REQUIRE(w.decide(DeskWorld::say(w.no(), "keep")).ok());
  refused(DeskWorld::say(w.no(), "keep"), Errc::already_ended);
  w.clock.advance(std::chrono::hours{24 * 91});
  CHECK(w.undo(w.no()).error().code == Errc::undo_expired);
}

TEST_CASE("Case decision: the undo leaves alone what somebody has written since", "[desk]") {
  DeskWorld w;
  const RecordRef house = w.building(w.one);
  const RecordRef kept = w.dwelling(w.one, house, "502");
  const RecordRef other = w.dwelling(w.two, house, "502室");
  const Change stay = w.stay(w.two, w.person(w.two, "张三"), other, "2020-01-01");
  w.take_one(stay);
  const auto no = w.open("duplicate").front().no;
  REQUIRE(w.decide(DeskWorld::say(no, "merge", kept.id)).ok());
  const RecordRef third = w.dwelling(w.one, house, "505");
  w.take_one(w.two.edit(stay.record, {says(r::dwelling_id, third.id, seen(2))}));
  REQUIRE(w.undo(no).ok());
  CHECK(w.record(stay.record).uuid(r::dwelling_id) == third.id);
  CHECK(w.value(other, r::status) == "active");
  CHECK(w.audit().empty());
}

TEST_CASE("Desk list: the most urgent first, with both sides in words and evidence", "[desk]") {
  TwoRecords w;
  w.take_one(w.one.edit(w.here, {text_says(p::died_on, "2026-03-01", seen(1))}));
  w.take_one(w.visit(w.two, w.dwelling(w.two, w.house, "302"), w.here, w.clock.now()));
  w.take_one(w.two.edit(w.here, {text_says(p::phone, "13800138005", seen(1))}));
  w.take_one(w.one.edit(w.here, {text_says(p::phone, "13800138006", seen(2))}));
  const auto tx = w.store().begin().value();
  const auto list = server::desk_list(*tx, w.dictionary, false).value();
  REQUIRE(list.size() == 3);
  CHECK(list[0]["rule"] == "contact_after_death");
  CHECK(list[0]["risk"] == 1);
  CHECK(list[1]["rule"] == "duplicate");
  CHECK(list[1]["takes"] == nlohmann::ordered_json({"merge", "not_same", "keep"}));
  CHECK(list[1]["reasons"][0] == "duplicate.same_number");
  const auto& side = list[1]["records"][0]["fields"]["name"];
  CHECK(side["who"] == "网格员 a");
  CHECK(side["source"] == "self");
  CHECK(!side["when"].get<std::string>().empty());
  CHECK(list[2]["field"] == "phone");
  CHECK(list[2]["situation"] == 2);
}

TEST_CASE("Audit: a lost or foreign match key and a case that nobody finds are findings", "[desk][audit]") {
  const auto found = [](const std::string& sql) {
    TwoRecords w;
    REQUIRE(w.audit().empty());
    w.plant(sql);
    return !w.audit().empty();
  };
  CHECK(found("DELETE FROM sys_match_key WHERE key = (SELECT min(key) FROM sys_match_key)"));
  CHECK(found("INSERT INTO sys_match_key SELECT key + 1, kind, record FROM sys_match_key LIMIT 1"));
  CHECK(found("DELETE FROM sys_case_record"));
  CHECK(found("UPDATE sys_conflict SET state = 'decided'"));
}

TEST_CASE("Duplicates: a phone that half the town has makes no pairs", "[desk][duplicates]") {
  DeskWorld w;
  for (int n = 0; n < 30; ++n) {
    const std::string birth = "19" + std::to_string(50 + n) + "-01-01";
    w.person(w.one, n % 2 == 0 ? "王芳" : "李伟",
             {text_says(p::phone, "13800138000"), text_says(p::birth_date, birth)});
  }
  w.person(w.two, "赵六", {text_says(p::phone, "13800138000"), text_says(p::birth_date, "1950-01-01")});
  CHECK(w.open("duplicate").size() <= kSharersMax);
  CHECK(w.audit().empty());
}

TEST_CASE("Duplicates: records from before there were keys are found after the upgrade", "[desk][duplicates]") {
  DeskWorld w;
  w.person(w.one, "张三", {text_says(p::id_no, kNumber)});
  w.plant(kBackToLayoutThree);
  w.restart();
  CHECK(w.audit().empty());
  w.person(w.two, "张三", {text_says(p::id_no, kNumber)});
  CHECK(w.open("duplicate").size() == 1);
}
