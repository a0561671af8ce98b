#include <algorithm>

#include "app/commands/place.hpp"
#include "app/queries/kept_texts.hpp"
#include "tests/app/session_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using test::SessionWorld;

namespace {

const std::vector<SessionWorld::Member> kZhang = {
    {"张建国", "02", "1", "1968-05-01"}, {"王秀英", "12", "2", "1970-08-12"}, {"张伟", "22", "1", "1996-02-03"}};

std::vector<std::string> toast_keys(const AppState& state) {
  std::vector<std::string> keys;
  for (const Toast& toast : state.toasts) keys.push_back(toast.key);
  return keys;
}

bool has_toast(const AppState& state, const std::string& key) {
  const auto keys = toast_keys(state);
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

TEST_CASE("Today: a household never visited is due, with head, address and reason", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.restart();
  const TodayState& today = world.state().today;
  REQUIRE(today.rows.size() == 1);
  CHECK(today.rows[0].household == family.household);
  CHECK(today.rows[0].title == "张建国 户");
  CHECK(today.rows[0].address == "阳光花园 3栋 2单元 501室");
  CHECK(today.rows[0].people == "3人");
  CHECK(today.rows[0].reason == "还没有走访过");
  CHECK(today.rows[0].sync == RecordSync::pending);
  CHECK(today.title == "第3网格");
  CHECK(today.date == "3月5日 星期四");
  CHECK(today.week_goal == 1);
}

TEST_CASE("Today: doors stand in walking order, whatever order they were made in", "[app]") {
  SessionWorld world;
  for (const char* room : {"1001", "201", "1002", "301"}) world.family(room, {kZhang.front()});
  world.restart();
  std::vector<std::string> rooms;
  for (const TodayRow& row : world.state().today.rows) rooms.push_back(row.address.substr(row.address.rfind(' ') + 1));
  CHECK(rooms == std::vector<std::string>{"201室", "301室", "1001室", "1002室"});
}

TEST_CASE("Today: an elder alone is a computed hint, never a stored label", "[app]") {
  SessionWorld world;
  world.family("101", {{"陈阿婆", "02", "2", "1941-03-02"}});
  world.restart();
  REQUIRE(world.state().today.rows.size() == 1);
  REQUIRE_FALSE(world.state().today.rows[0].tags.empty());
  CHECK(world.state().today.rows[0].tags[0].text == "独自居住 · 85岁");
}

TEST_CASE("Visit: saving makes the household done today and queues one group", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.restart();
  const auto queued_before = world.state().sync.queued;
  world.handle(OpenHousehold{family.household});
  world.handle(StartVisit{family.household});
  REQUIRE(world.state().visit.load.phase == Load::Phase::ready);
  REQUIRE(world.state().visit.roster.size() == 3);
  world.clock().advance(std::chrono::minutes{4});
  VisitInput input = world.visit_input();
  input.needs = {{"01", "疏通下水"}, {"02", ""}};
  input.note = "门铃坏了";
  world.handle(SaveVisit{input});

  CHECK(has_toast(world.state(), "saved"));
  CHECK(world.state().pages == std::vector<Page>{Page::household});
  REQUIRE(world.state().today.rows.size() == 1);
  CHECK(world.state().today.rows[0].state == DueState::done);
  CHECK(world.state().today.rows[0].reason == "今日已完成 10:00");
  CHECK(world.state().today.week_verified == 1);
  CHECK(world.state().sync.queued == queued_before + 3);

  const auto visits = world.all(kinds::visit::kKind);
  REQUIRE(visits.size() == 1);
  namespace f = kinds::visit;
  CHECK(int_of(visits[0].get(f::ended_at)) - int_of(visits[0].get(f::started_at)) == 4 * 60 * 1000);
  CHECK(visits[0].uuid(f::respondent_id) == family.people[0]);
  CHECK(visits[0].uuid(f::dwelling_id) == family.dwelling);
  CHECK(std::get<TextSet>(visits[0].get(f::verified_fields)).items.size() == 4);
  const auto needs = world.all(kinds::need::kKind);
  REQUIRE(needs.size() == 2);
  for (const Record& need : needs) CHECK(need.uuid(kinds::need::visit_id) == visits[0].ref.id);
  CHECK(world.state().household.needs.size() == 2);
  CHECK(world.state().household.visits.size() == 1);
}

TEST_CASE("Visit: who was confirmed is not asked again within 90 days", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(StartVisit{family.household});
  world.handle(SaveVisit{world.visit_input()});
  world.clock().advance(std::chrono::hours{72});
  world.handle(StartVisit{family.household});
  REQUIRE(world.state().visit.roster.size() == 3);
  CHECK(world.state().visit.roster[0].recent);
  CHECK(world.state().visit.roster[0].confirmed == "3 天前由李晓核实");
  CHECK_FALSE(world.state().visit.recent_visit.empty());
}

TEST_CASE("Visit: a member who left loses membership and residency in the visit's group", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(StartVisit{family.household});
  VisitInput input = world.visit_input();
  input.roster[2].answer = RosterAnswer::left;
  world.handle(SaveVisit{input});
  CHECK(has_toast(world.state(), "saved"));

  for (const Record& member : world.all(kinds::membership::kKind)) {
    const bool son = member.uuid(kinds::membership::person_id) == family.people[2];
    CHECK(member.text(kinds::membership::until) == (son ? "2026-03-05" : ""));
  }
  for (const Record& residency : world.all(kinds::residency::kKind)) {
    const bool son = residency.uuid(kinds::residency::person_id) == family.people[2];
    CHECK(residency.text(kinds::residency::status) == (son ? "closed" : "active"));
    CHECK(bool_of(residency.get(kinds::residency::lives_here)) == !son);
  }
  const auto changes = world.store().changes().queued(SIZE_MAX).value();
  REQUIRE(changes.size() > 3);
  const Change& last = changes.back();
  CHECK(last.group_size == 3);
  CHECK(changes[changes.size() - 3].record.kind == kinds::visit::kKind);
  CHECK(last.visit == changes[changes.size() - 3].record.id);
}

TEST_CASE("Visit: with the last member the household closes and the dwelling is vacant", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", {kZhang.front()});
  world.handle(StartVisit{family.household});
  VisitInput input = world.visit_input("10");
  input.respondent = {};
  input.roster[0].answer = RosterAnswer::left;
  world.handle(SaveVisit{input});
  CHECK(world.get(kinds::household::kKind, family.household).text(kinds::household::status) == "closed");
  CHECK(world.get(kinds::dwelling::kKind, family.dwelling).text(kinds::dwelling::occupancy) == "vacant");
}

TEST_CASE("Visit: a household that leaves whole is promised no other visit", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", {kZhang.front()});
  world.handle(StartVisit{family.household});
  VisitInput input = world.visit_input("10");
  input.respondent = {};
  input.roster[0].answer = RosterAnswer::left;
  input.next_action = "revisit";
  input.next_on = "2026-03-12";
  world.handle(SaveVisit{input});
  REQUIRE(has_toast(world.state(), "saved"));
  CHECK(world.all(kinds::visit::kKind).back().text(kinds::visit::next_on).empty());
}

TEST_CASE("Visit: a head who leaves several adults behind is not let go without a new head", "[app]") {
  SessionWorld world;
  const auto family = world.family(
      "501",
      {{"张建国", "02", "1", "1961-05-01"}, {"王秀英", "12", "2", "1963-08-12"}, {"张伟", "20", "1", "1990-01-01"}});
  world.handle(StartVisit{family.household});
  VisitInput input = world.visit_input("10");
  input.respondent = {};
  input.roster[0].answer = RosterAnswer::left;
  world.handle(SaveVisit{input});
  CHECK(has_toast(world.state(), "error"));
  CHECK(world.state().pages.back() == Page::visit);
  CHECK(world.all(kinds::visit::kKind).empty());

  world.handle(SaveRecord{kinds::household::kKind,
                          family.household,
                          {{kinds::household::head_person_id, family.people[2]}},
                          {Source::self, Verified::declared, 0}});
  world.handle(SaveVisit{input});
  CHECK(has_toast(world.state(), "saved"));
  CHECK(world.get(kinds::household::kKind, family.household).uuid(kinds::household::head_person_id) ==
        family.people[2]);
}

TEST_CASE("Visit: an empty dwelling is written down as vacant", "[app]") {
  SessionWorld world;
  const RecordId dwelling = world.dwelling("601");
  world.handle(OpenDwelling{dwelling});
  REQUIRE(world.state().household.load.phase == Load::Phase::ready);
  world.handle(StartVisit{world.state().household.household});
  world.handle(SaveVisit{world.visit_input("06")});
  CHECK(has_toast(world.state(), "saved"));
  CHECK(world.get(kinds::dwelling::kKind, dwelling).text(kinds::dwelling::occupancy) == "vacant");
}

TEST_CASE("Visit: a draft survives a killed app and comes back on screen", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(StartVisit{family.household});
  VisitInput input = world.visit_input("02");
  input.note = "老人耳背,说话要大声";
  input.needs = {{"05", "量血压"}};
  world.handle(KeepVisitDraft{input});
  world.restart();
  CHECK(world.state().pages == std::vector<Page>{Page::household, Page::visit});
  CHECK(world.state().visit.draft_restored);
  VisitInput back = world.state().visit.initial;
  back.revision = input.revision;
  CHECK(back == input);
  CHECK(world.state().household.visit_open);
  REQUIRE(world.state().today.rows.size() == 1);
  CHECK(world.state().today.rows[0].state == DueState::draft);

  world.handle(SaveVisit{world.state().visit.initial});
  world.restart();
  CHECK(world.state().pages.empty());
  CHECK(world.all(kinds::visit::kKind).size() == 1);
  CHECK(kept::lines(world.store(), kept::kDrafts).value().empty());
}

TEST_CASE("Visit: one that nothing was typed into is open again, under the same id, after a kill", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(StartVisit{family.household});
  const auto before = decode_place(world.store().text(kept::kPlace).value());
  REQUIRE(before.has_value());
  world.clock().advance(std::chrono::minutes{5});
  world.restart();
  CHECK(world.state().pages == std::vector<Page>{Page::household, Page::visit});
  CHECK(world.state().visit.started == "10:00 开始");
  const auto after = decode_place(world.store().text(kept::kPlace).value());
  REQUIRE(after.has_value());
  CHECK(after->visit->visit == before->visit->visit);
  world.handle(Back{});
  world.restart();
  CHECK(world.state().pages.empty());
}

TEST_CASE("Visit: one that was saved before the app was killed is not opened again", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(StartVisit{family.household});
  const std::string place = world.store().text(kept::kPlace).value();
  world.handle(SaveVisit{world.visit_input()});
  REQUIRE(world.store().set_text(kept::kPlace, place).ok());  // as if the page's end had been cut off
  world.restart();
  CHECK(world.state().pages.empty());
}

TEST_CASE("Visit: a draft that was saved before the app was killed is not saved twice", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(StartVisit{family.household});
  world.handle(KeepVisitDraft{world.visit_input()});
  const std::string name = kept::visit_draft(family.household);
  const std::string bytes = world.store().text(name).value();
  world.handle(SaveVisit{world.visit_input()});
  REQUIRE(kept::keep_draft(world.store(), name, bytes).ok());  // as if the clean-up had been cut off
  world.handle(StartVisit{family.household});
  CHECK_FALSE(world.state().visit.draft_restored);
}

TEST_CASE("Visit: a refused save keeps the page, says why and keeps the draft", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(StartVisit{family.household});
  VisitInput input = world.visit_input();
  input.next_action = "revisit";
  input.next_on = "2026-02-31";
  world.handle(SaveVisit{input});
  CHECK(has_error(world.state().visit.findings));
  CHECK_FALSE(world.state().visit.saving);
  CHECK_FALSE(has_toast(world.state(), "saved"));
  CHECK(world.state().pages.back() == Page::visit);

  world.break_store("DROP TABLE sys_change");
  input.next_on = "2026-03-12";
  world.handle(SaveVisit{input});
  CHECK(has_toast(world.state(), "error"));
  CHECK(world.state().toasts.back().sticky);
  CHECK(world.state().pages.back() == Page::visit);
  CHECK_FALSE(world.store().text(kept::visit_draft(family.household)).value().empty());
}

TEST_CASE("Visit: agreed for another day without a date is asked about once", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(StartVisit{family.household});
  const VisitInput input = world.visit_input("04");
  world.handle(SaveVisit{input});
  REQUIRE(world.state().dialog);
  CHECK(world.state().dialog->lines == std::vector<std::string>{"已约改期,请填下次日期"});
  world.handle(AnswerDialog{world.state().dialog->key, true});
  CHECK(has_toast(world.state(), "saved"));
  REQUIRE_FALSE(world.state().today.rows.empty());
  CHECK(world.state().today.rows[0].state == DueState::attempted);
}
