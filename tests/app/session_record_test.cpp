#include <algorithm>
#include <map>

#include "app/queries/kept_texts.hpp"
#include "tests/app/session_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using test::SessionWorld;

namespace {

const std::vector<SessionWorld::Member> kZhang = {{"张建国", "02", "1", "1991-05-01"},
                                                  {"王秀英", "12", "2", "1993-08-12"}};

std::vector<Cell> touched(const FormState& form) {
  std::vector<Cell> cells;
  for (const Cell& cell : form.values)
    if (std::find(form.touched.begin(), form.touched.end(), cell.column) != form.touched.end()) cells.push_back(cell);
  return cells;
}

const Fact* find_fact(const std::vector<Fact>& facts, ColumnNo column) {
  const auto at = std::find_if(facts.begin(), facts.end(), [&](const Fact& fact) { return fact.column == column; });
  return at == facts.end() ? nullptr : &*at;
}

std::int64_t accesses(SessionWorld& world) {
  return world.store().database().integer("SELECT count(*) FROM sys_access").value();
}

}  // namespace

TEST_CASE("Newborn: one group adds person, membership and residency with everything preset but the gender", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(AddNewborn{family.household});
  const FormState& form = world.state().person;
  REQUIRE(form.load.phase == Load::Phase::ready);
  CHECK(form.newborn);
  CHECK(form.relation == "20");
  std::vector<Cell> cells = touched(form);
  cells.push_back({kinds::person::gender, "2"});
  world.handle(
      SavePerson{std::nullopt, family.household, form.relation, cells, {Source::family, Verified::declared, 0}});
  INFO((world.state().dialog ? world.state().dialog->lines.front() : std::string()));
  REQUIRE_FALSE(world.state().dialog);
  CHECK(world.state().pages == std::vector<Page>{Page::household});

  const auto changes = world.store().changes().queued(SIZE_MAX).value();
  REQUIRE(changes.size() >= 3);
  const auto* group = &changes[changes.size() - 3];
  CHECK(group[0].group_size == 3);
  CHECK(group[0].record.kind == kinds::person::kKind);
  CHECK(group[1].record.kind == kinds::membership::kKind);
  CHECK(group[2].record.kind == kinds::residency::kKind);
  const Record child = world.get(kinds::person::kKind, group[0].record.id);
  CHECK(child.text(kinds::person::name) == "王秀英之子(未命名)");
  CHECK(child.text(kinds::person::id_type) == "000");
  CHECK(child.text(kinds::person::birth_date) == "2026-03-05");
  CHECK(child.uuid(kinds::person::guardian_id) == family.people[1]);
  const Record membership = world.get(kinds::membership::kKind, group[1].record.id);
  CHECK(membership.text(kinds::membership::relation) == "30");
  CHECK(world.state().household.members.size() == 3);
}

TEST_CASE("New person: without name or relation nothing is saved, and the form says what is missing", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(AddPerson{family.household});
  const auto queued = world.state().sync.queued;
  world.handle(SavePerson{std::nullopt, family.household, "", {{kinds::person::gender, "1"}}, {}});
  std::vector<std::string> missing;
  for (const Finding& finding : world.state().person.findings)
    if (finding.strength == Strength::error) missing.push_back(finding.field);
  std::sort(missing.begin(), missing.end());
  CHECK(missing == std::vector<std::string>{"name", "relation"});
  CHECK(world.state().sync.queued == queued);
  CHECK(world.state().pages.back() == Page::person);
}

TEST_CASE("New person: half a record is saved once the worker says so", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(AddPerson{family.household});
  const SavePerson half{std::nullopt, family.household, "99", {{kinds::person::name, "林小明"}}, {}};
  world.handle(half);
  REQUIRE(world.state().dialog);
  CHECK_FALSE(world.state().dialog->lines.empty());
  world.handle(AnswerDialog{"confirm_warnings", false});
  CHECK(world.state().pages.back() == Page::person);
  world.handle(half);
  world.handle(AnswerDialog{"confirm_warnings", true});
  CHECK(world.state().pages.back() == Page::household);
  CHECK(world.state().household.members.size() == 3);
}

TEST_CASE("New person: the first in an empty dwelling founds the household and heads it", "[app]") {
  SessionWorld world;
  const RecordId dwelling = world.dwelling("601");
  world.handle(OpenDwelling{dwelling});
  world.handle(AddPerson{world.state().household.household});
  namespace p = kinds::person;
  const std::vector<Cell> cells = {{p::name, "林小明"},           {p::gender, "1"},
                                   {p::birth_date, "1990"},       {p::category, "02"},
                                   {p::hukou_division, "411721"}, {p::id_no_reason, "refused"}};
  world.handle(SavePerson{std::nullopt, RecordId{}, "02", cells, {}});
  REQUIRE_FALSE(world.state().dialog);
  const auto households = world.all(kinds::household::kKind);
  REQUIRE(households.size() == 1);
  CHECK(households[0].uuid(kinds::household::dwelling_id) == dwelling);
  const auto people = world.all(p::kKind);
  REQUIRE(people.size() == 1);
  CHECK(households[0].uuid(kinds::household::head_person_id) == people[0].ref.id);
  CHECK(world.all(kinds::residency::kKind)[0].text(kinds::residency::kind) == "4");
}

TEST_CASE("Person: a change of relation alone edits the membership", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(EditPerson{family.people[1], family.household});
  CHECK(world.state().person.relation == "12");
  world.handle(SavePerson{family.people[1], family.household, "10", {}, {}});
  CHECK(world.state().household.members[1].relation == "配偶");
}

TEST_CASE("Household: another head on the form tells everybody's relation anew", "[app]") {
  namespace m = kinds::membership;
  SessionWorld world;
  const auto family = world.family(
      "501",
      {{"张建国", "02", "1", "1961-05-01"}, {"张伟", "20", "1", "1990-01-01"}, {"李娜", "38", "2", "1991-01-01"}});
  world.handle(OpenHousehold{family.household});
  world.handle(EditRecord{{kinds::household::kKind, family.household}});
  world.handle(SaveRecord{
      kinds::household::kKind, family.household, {{kinds::household::head_person_id, family.people[1]}}, {}});
  std::map<RecordId, std::string> relations;
  for (const Record& member : world.all(m::kKind)) relations[member.uuid(m::person_id)] = member.text(m::relation);
  CHECK(relations[family.people[0]] == "51");
  CHECK(relations[family.people[1]] == "02");
  CHECK(relations[family.people[2]] == "12");
}

TEST_CASE("Person: a day of death on the form ends membership and stay, taken back it brings them back", "[app]") {
  namespace p = kinds::person;
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  const auto open_memberships = [&] {
    int open = 0;
    for (const Record& member : world.all(kinds::membership::kKind))
      if (member.text(kinds::membership::status) == "active") ++open;
    return open;
  };
  const auto save = [&](std::vector<Cell> cells) {
    world.handle(EditPerson{family.people[1], family.household});
    world.handle(SavePerson{family.people[1], family.household, "", std::move(cells), {}});
    if (world.state().dialog) world.handle(AnswerDialog{"confirm_warnings", true});
  };
  save({{p::died_on, "2026-03-01"}, {p::death_source, "neighbour"}, {p::education, "70"}});
  const Record dead = world.get(p::kKind, family.people[1]);
  CHECK(dead.text(p::died_on) == "2026-03-01");
  CHECK(dead.text(p::education) == "70");
  CHECK(dead.meta.stamp_of(p::died_on).provenance.verified == Verified::declared);
  CHECK(open_memberships() == 1);
  CHECK(world.state().household.members.size() == 1);
  save({{p::died_on, Value{}}, {p::death_source, Value{}}});
  CHECK(world.get(p::kKind, family.people[1]).text(p::died_on).empty());
  CHECK(open_memberships() == 2);
}

TEST_CASE("Reveal: a number is shown in full only after the access is logged", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  const ColumnNo phone = kinds::household::contact_phone;
  const Fact* fact = find_fact(world.state().household.household_facts, phone);
  REQUIRE(fact != nullptr);
  CHECK(fact->masked);
  CHECK(fact->text == "138****8000");
  CHECK(fact->provenance.text == "2026-03-05 · 李晓 · 户口簿 · 见证件");
  CHECK(accesses(world) == 0);
  world.handle(RevealField{fact->record, phone});
  CHECK(accesses(world) == 1);
  fact = find_fact(world.state().household.household_facts, phone);
  CHECK_FALSE(fact->masked);
  CHECK(fact->text == "13800138000");
}

TEST_CASE("Reveal: a form keeps what was typed when a number is shown", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(EditRecord{{kinds::household::kKind, family.household}});
  namespace h = kinds::household;
  REQUIRE(world.state().record.masked.size() == 1);
  const KeepFormDraft draft{h::kKind, family.household, std::nullopt, {}, {{h::best_time, "晚上7点后"}}};
  world.session().handle({RevealField{{h::kKind, family.household}, h::contact_phone}, draft});
  const FormState& form = world.state().record;
  CHECK(form.masked.empty());
  CHECK(form.touched == std::vector<ColumnNo>{h::best_time});
  const auto phone = std::find_if(form.values.begin(), form.values.end(),
                                  [](const Cell& cell) { return cell.column == h::contact_phone; });
  REQUIRE(phone != form.values.end());
  CHECK(text_of(phone->value) == "13800138000");
}

TEST_CASE("Reveal: nothing is shown when the access cannot be logged", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.break_store("DROP TABLE sys_access");
  world.handle(RevealField{{kinds::household::kKind, family.household}, kinds::household::contact_phone});
  CHECK(find_fact(world.state().household.household_facts, kinds::household::contact_phone)->masked);
  CHECK(world.state().toasts.back().key == "error");
}

TEST_CASE("Search: initials, name, tail and address find the door and its people", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(SearchText{"zjg"});
  REQUIRE(world.state().search.rows.size() == 1);
  CHECK(world.state().search.rows[0].title == "张建国");
  CHECK(world.state().search.rows[0].matched == "拼音首字母");
  CHECK(world.state().search.rows[0].subtitle == "阳光花园 3栋 2单元 501室");
  world.handle(SearchText{"建国"});
  CHECK(world.state().search.total == 1);
  world.handle(SearchText{"8000"});
  REQUIRE_FALSE(world.state().search.rows.empty());
  CHECK(world.state().search.rows[0].record.id == family.household);
  for (const char* address : {"阳光3栋2单元501", "3-2-501", "阳光 501"}) {
    world.handle(SearchText{address});
    INFO(address);
    REQUIRE(world.state().search.rows.size() == 1);
    CHECK(world.state().search.rows[0].title == "张建国 户");
  }
  world.handle(SearchText{"阳光3栋2单元502"});
  CHECK(world.state().search.rows.empty());
}

TEST_CASE("Search: opening a person opens the household, which is remembered as opened lately", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenRecord{{kinds::person::kKind, family.people[1]}});
  CHECK(world.state().pages == std::vector<Page>{Page::household});
  CHECK(world.state().household.household == family.household);
  world.restart();
  REQUIRE(world.state().search.recent.size() == 1);
  CHECK(world.state().search.recent[0].record.id == family.household);
}

TEST_CASE("Draft: a new person half typed survives a killed app", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(AddPerson{family.household});
  world.handle(
      KeepFormDraft{kinds::person::kKind, std::nullopt, family.household, "21", {{kinds::person::name, "张小"}}});
  world.restart();
  world.handle(OpenHousehold{family.household});
  world.handle(AddPerson{family.household});
  CHECK(world.state().person.draft_restored);
  CHECK(world.state().person.relation == "21");
  CHECK(world.state().person.touched == std::vector<ColumnNo>{kinds::person::name});
}
