#include <algorithm>

#include "tests/app/session_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using test::SessionWorld;

namespace {

namespace h = kinds::household;

const std::vector<SessionWorld::Member> kZhang = {{"张建国", "02", "1", "1991-05-01"},
                                                  {"王秀英", "12", "2", "1993-08-12"}};
constexpr Millis kDay = std::chrono::hours{24};

std::int64_t accesses(SessionWorld& world) {
  return world.store().database().integer("SELECT count(*) FROM sys_access").value();
}

/// A household whose phone was changed a day after it was recorded: 13800138000, then 13900139000.
RecordRef household_with_two_phones(SessionWorld& world) {
  const auto family = world.family("501", kZhang);
  world.clock().advance(kDay);
  SaveRequest request;
  request.edits = {{h::kKind, family.household, {{h::contact_phone, "13900139000"}}, {}}};
  request.provenance = {Source::family, Verified::declared, 20'517};
  REQUIRE(world.store().save(request).ok());
  return {h::kKind, family.household};
}

const HistoryState& sheet(const SessionWorld& world) {
  REQUIRE(world.state().history.has_value());
  return *world.state().history;
}

const Fact* find_fact(const std::vector<FactSection>& sections, ColumnNo column) {
  for (const FactSection& section : sections)
    for (const Fact& fact : section.facts)
      if (fact.column == column) return &fact;
  return nullptr;
}

/// The platform's answer to the tablet's queued ops: all applied but the last, which comes to this.
ServerNews answer(SessionWorld& world, OpOutcome outcome, FieldOutcome of_field) {
  const auto changes = world.store().changes().queued(SIZE_MAX).value();
  ServerNews news;
  for (const Change& change : changes)
    news.results.push_back(
        {.op = change.id, .outcome = OpOutcome::applied, .version = {1}, .reason = {}, .fields = {}});
  OpResult& last = news.results.back();
  last.outcome = outcome;
  last.fields = {{h::contact_phone,
                  of_field,
                  of_field == FieldOutcome::conflict ? 17U : 0U,
                  std::string("13700137000"),
                  {{2}, {{9}, 5}, HybridTime::from(world.clock().now()), {43}, {Source::idcard, Verified::seen, 0}}}};
  news.acknowledged = changes.back().id.counter;
  news.actors = {{{43}, "王芳"}};
  return news;
}

}  // namespace

TEST_CASE("History: the present value stands with who said it, when, how sure, and that only this tablet has it",
          "[app]") {
  SessionWorld world;
  const RecordRef ref = household_with_two_phones(world);
  world.handle(OpenHistory{ref, h::contact_phone});
  CHECK(sheet(world).load.phase == Load::Phase::ready);
  CHECK(sheet(world).title == "联系电话");
  CHECK(sheet(world).subtitle == "张建国 户");
  REQUIRE(sheet(world).now.has_value());
  const HistoryVersion& now = *sheet(world).now;
  CHECK(now.source == "家人");
  CHECK(now.verified == "申报");
  CHECK(now.as_of == "2026-03-05");
  CHECK(now.who == "李晓");
  CHECK(now.recorded == "2026-03-06 10:00");
  CHECK(now.sync == RecordSync::pending);
  CHECK(now.platform == "只在这台平板上，还没有上传");
  CHECK(now.visit.empty());
}

TEST_CASE("History: a past value tells until when it stood and why it does no more", "[app]") {
  SessionWorld world;
  const RecordRef ref = household_with_two_phones(world);
  world.handle(OpenHistory{ref, h::contact_phone});
  REQUIRE(sheet(world).past.size() == 1);
  const HistoryVersion& past = sheet(world).past.front();
  CHECK(past.source == "户口簿");
  CHECK(past.verified == "见证件");
  CHECK(past.recorded == "2026-03-05 10:00");
  CHECK(past.until == "2026-03-06 10:00");
  CHECK(past.why == "李晓改为新值，只在本机，还没有上传");
}

TEST_CASE("History: the same value recorded again is a confirmation, and a cleared one says so", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  const RecordRef ref{h::kKind, family.household};
  for (const char* time : {"晚上", "晚上", ""}) {
    world.clock().advance(kDay);
    world.save({{h::kKind, ref.id, {{h::best_time, *time == 0 ? Value{} : Value{std::string(time)}}}, {}}});
  }
  world.handle(OpenHistory{ref, h::best_time});
  CHECK(sheet(world).now->text == "没有内容（已清空）");
  REQUIRE(sheet(world).past.size() >= 2);
  CHECK(sheet(world).past[0].why == "李晓清空了这一项");
  CHECK(sheet(world).past[1].why == "李晓再次登记，值没有变");
}

TEST_CASE("History: a value that lost at the platform says by what, and what still waits for the clerk", "[app]") {
  const bool waits = GENERATE(false, true);
  SessionWorld world;
  const RecordRef ref = household_with_two_phones(world);
  REQUIRE(world.store()
              .take_in(waits ? answer(world, OpOutcome::conflict, FieldOutcome::conflict)
                             : answer(world, OpOutcome::superseded, FieldOutcome::superseded))
              .ok());
  world.handle(OpenHistory{ref, h::contact_phone});
  CHECK(sheet(world).now->text == "137****7000");
  CHECK(sheet(world).now->who == "王芳");
  CHECK(sheet(world).now->platform == "平台已有");
  REQUIRE_FALSE(sheet(world).past.empty());
  CHECK(sheet(world).past[0].text == "139****9000");
  CHECK(sheet(world).past[0].why == (waits ? "两份记录不一样，等数据专员处理" : "平台按规则采用了另一个值（王芳）"));
}

TEST_CASE("History: a field that was never filled in has none, and a record that is not here is an error", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHistory{{h::kKind, family.household}, h::best_time});
  CHECK(sheet(world).load.phase == Load::Phase::ready);
  CHECK_FALSE(sheet(world).now.has_value());
  CHECK(sheet(world).past.empty());
  world.handle(OpenHistory{{h::kKind, family.dwelling}, h::best_time});
  CHECK(sheet(world).load.phase == Load::Phase::failed);
  CHECK(sheet(world).load.error == Errc::not_found);
  world.handle(CloseHistory{});
  CHECK_FALSE(world.state().history.has_value());
}

TEST_CASE("History: an edit made at a visit names its day and purpose", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(StartVisit{family.household});
  world.handle(SaveVisit{world.visit_input()});
  const auto visits = world.all(kinds::visit::kKind);
  REQUIRE(visits.size() == 1);
  SaveRequest request;
  request.edits = {{h::kKind, family.household, {{h::best_time, "晚上"}}, {}}};
  request.visit = visits[0].ref.id;
  REQUIRE(world.store().save(request).ok());
  world.handle(OpenHistory{{h::kKind, family.household}, h::best_time});
  CHECK(sheet(world).now->visit.starts_with("2026-03-05 10:00 · "));
  CHECK(sheet(world).now->source.empty());
}

TEST_CASE("History: a sheet over a value that names another record says that record's name", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHistory{{h::kKind, family.household}, h::head_person_id});
  CHECK(sheet(world).now->text == "张建国");
  world.handle(OpenHistory{{h::kKind, family.household}, h::dwelling_id});
  CHECK(sheet(world).now->text == "阳光花园 3栋 2单元 501室");
}

TEST_CASE("Reveal: the values of a history are masked until one access is logged, and again when it is opened anew",
          "[app]") {
  SessionWorld world;
  const RecordRef ref = household_with_two_phones(world);
  world.handle(OpenHousehold{ref.id});
  world.handle(OpenHistory{ref, h::contact_phone});
  CHECK(sheet(world).masked);
  CHECK(sheet(world).now->text == "139****9000");
  CHECK(sheet(world).past[0].text == "138****8000");
  CHECK(accesses(world) == 0);
  world.handle(RevealField{ref, h::contact_phone});
  CHECK(accesses(world) == 1);
  CHECK_FALSE(sheet(world).masked);
  CHECK(sheet(world).now->text == "13900139000");
  CHECK(sheet(world).past[0].text == "13800138000");
  CHECK(world.state().household.household_facts.front().masked);
  world.handle(CloseHistory{});
  world.handle(OpenHistory{ref, h::contact_phone});
  CHECK(sheet(world).masked);
}

TEST_CASE("Reveal: a history stays masked when the access cannot be logged", "[app]") {
  SessionWorld world;
  const RecordRef ref = household_with_two_phones(world);
  world.handle(OpenHistory{ref, h::contact_phone});
  world.break_store("DROP TABLE sys_access");
  world.handle(RevealField{ref, h::contact_phone});
  CHECK(sheet(world).masked);
  CHECK(sheet(world).now->text == "139****9000");
  CHECK(world.state().toasts.back().key == "error");
}

TEST_CASE("As it was: the facts of a day stand as they stood, masked, with what stands today", "[app]") {
  SessionWorld world;
  const RecordRef ref = household_with_two_phones(world);
  world.handle(OpenHistory{ref, h::contact_phone});
  CHECK(sheet(world).days == std::vector<std::string>{"2026-03-06", "2026-03-05"});
  world.handle(ShowDay{"2026-03-05"});
  const Fact* phone = find_fact(sheet(world).then, h::contact_phone);
  REQUIRE(phone != nullptr);
  CHECK(phone->masked);
  CHECK(phone->text == "138****8000");
  CHECK(phone->note == "现在：139****9000");
  CHECK(phone->provenance.text == "2026-03-05 · 李晓 · 户口簿 · 见证件");
  CHECK(find_fact(sheet(world).then, h::head_person_id)->text == "张建国");
  CHECK(find_fact(sheet(world).then, h::head_person_id)->note.empty());
  world.handle(RevealField{ref, h::contact_phone});
  CHECK(accesses(world) == 1);
  CHECK(find_fact(sheet(world).then, h::contact_phone)->text == "13800138000");
  CHECK(find_fact(sheet(world).then, h::contact_phone)->note == "现在：13900139000");
  world.handle(ShowDay{"2026-03-06"});
  CHECK(find_fact(sheet(world).then, h::contact_phone)->text == "13900139000");
}

TEST_CASE("As it was: a day before the record, one to come and one that does not exist are answered in words",
          "[app]") {
  SessionWorld world;
  const RecordRef ref = household_with_two_phones(world);
  world.handle(OpenHistory{ref, h::contact_phone});
  const auto problem_of = [&](const char* day) {
    world.handle(ShowDay{day});
    CHECK(sheet(world).then.empty());
    return sheet(world).day_problem;
  };
  CHECK(problem_of("2026-03-04") == "到那一天为止，还没有登记这条记录。");
  CHECK(problem_of("2026-03-07") == "这一天还没有到。");
  CHECK(problem_of("2026-02-30") == "没有这个日期，请按 2026-03-12 的样子填写。");
  CHECK(problem_of("").empty());
}

TEST_CASE("History: a switch of language tells the open sheet in the other language", "[app]") {
  SessionWorld world;
  const RecordRef ref = household_with_two_phones(world);
  world.handle(OpenHistory{ref, h::contact_phone});
  const std::uint64_t revision = sheet(world).revision;
  world.handle(SwitchLanguage{Lang::en});
  CHECK(sheet(world).now->platform == "only on this tablet, not sent yet");
  CHECK(sheet(world).revision == revision);
}
