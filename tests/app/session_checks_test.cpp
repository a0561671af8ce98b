#include <algorithm>

#include "app/queries/household_people.hpp"
#include "tests/app/session_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using test::SessionWorld;

namespace {

namespace p = kinds::person;

const std::vector<SessionWorld::Member> kCouple = {{"张建国", "02", "1", "1961-05-01"},
                                                   {"王秀英", "12", "2", "1963-08-12"}};

const Finding* find(const FormState& form, const std::string& key) {
  const auto at = std::find_if(form.findings.begin(), form.findings.end(),
                               [&](const Finding& finding) { return finding.text_key == "check." + key; });
  return at == form.findings.end() ? nullptr : &*at;
}

/// A form opened for somebody new in the household, and what is typed into it.
FormState typed_newcomer(SessionWorld& world, const RecordId& household, const std::string& relation,
                         std::vector<Cell> values) {
  world.handle(AddPerson{household});
  world.handle(CheckForm{p::kKind, std::nullopt, std::move(values), relation});
  return world.state().person;
}

}  // namespace

TEST_CASE("Household checks on a form: a newcomer is looked at among the others while being typed", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kCouple);
  world.handle(OpenHousehold{family.household});
  const std::vector<Cell> boy = {{p::name, "张小明"}, {p::gender, "1"}, {p::birth_date, "1970-01-01"}};
  FormState form = typed_newcomer(world, family.household, "22", boy);
  const Finding* age = find(form, "household.parent_age");
  REQUIRE(age != nullptr);
  CHECK(age->field == "birth_date");
  CHECK(age->strength == Strength::warning);
  CHECK(finding_text(Lang::zh_cn, *age, "").find("张建国") != std::string::npos);
  form = typed_newcomer(world, family.household, "32", boy);
  CHECK(find(form, "household.relation_gender") != nullptr);
  form = typed_newcomer(world, family.household, "02", boy);
  CHECK(find(form, "household.two_heads") != nullptr);
  form = typed_newcomer(world, family.household, "12", boy);
  CHECK(find(form, "household.two_spouses") != nullptr);
  form = typed_newcomer(world, family.household, "99", boy);
  for (const Finding& finding : form.findings) CHECK_FALSE(is_about_household(finding));
}

TEST_CASE("Household checks on a form: they ask before the save and never forbid it", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kCouple);
  world.handle(OpenHousehold{family.household});
  world.handle(AddPerson{family.household});
  const std::vector<Cell> cells = {{p::name, "张小明"},           {p::gender, "1"},
                                   {p::birth_date, "1970-01-01"}, {p::category, "02"},
                                   {p::hukou_division, "411721"}, {p::id_no_reason, "refused"}};
  world.handle(SavePerson{std::nullopt, family.household, "22", cells, {}});
  REQUIRE(world.state().dialog);
  REQUIRE(world.state().dialog->lines.size() == 1);
  CHECK(world.state().dialog->lines.front().find("张建国") != std::string::npos);
  world.handle(AnswerDialog{"confirm_warnings", true});
  CHECK(world.state().household.members.size() == 3);
}

TEST_CASE("Household checks on a form: a changed relation asks, an untouched doubt stays quiet", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kCouple);
  world.handle(OpenHousehold{family.household});
  world.handle(EditPerson{family.people[1], family.household});
  world.handle(SavePerson{family.people[1], family.household, "11", {}, {}});
  REQUIRE(world.state().dialog);
  world.handle(AnswerDialog{"confirm_warnings", true});
  CHECK(world.state().household.members[1].relation == "夫");
  world.handle(EditPerson{family.people[1], family.household});
  world.handle(SavePerson{family.people[1], family.household, "", {{p::alias, TextSet::of({"阿英"})}}, {}});
  CHECK_FALSE(world.state().dialog);
}

TEST_CASE("Household checks on a form: a number that somebody else has is found in both its forms", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kCouple);
  const auto others = world.family("502", {{"林小明", "02", "1", "1949-12-31"}});
  world.save({{p::kKind, others.people[0], {{p::id_no, "11010519491231002X"}}, {}}});
  world.handle(OpenHousehold{family.household});
  FormState form = typed_newcomer(world, family.household, "99", {{p::id_no, "11010519491231002x"}});
  const Finding* same = find(form, "household.same_number");
  REQUIRE(same != nullptr);
  CHECK(same->field == "id_no");
  CHECK(finding_text(Lang::zh_cn, *same, "").find("林小明") != std::string::npos);
  form = typed_newcomer(world, family.household, "99", {{p::id_no, "110105491231002"}});
  CHECK(find(form, "household.same_number") != nullptr);
  form = typed_newcomer(world, family.household, "99", {{p::id_no, "350599199001010017"}});
  CHECK(find(form, "household.same_number") == nullptr);
  world.handle(EditPerson{others.people[0], others.household});
  world.handle(CheckForm{p::kKind, others.people[0], {{p::name, "林小明"}}, "02"});
  CHECK(find(world.state().person, "household.same_number") == nullptr);
}

TEST_CASE("Household checks on a form: the ninth person in a dwelling is asked about", "[app]") {
  SessionWorld world;
  std::vector<SessionWorld::Member> eight;
  for (int i = 0; i < 8; ++i) eight.push_back({"租客" + std::string(1, static_cast<char>('A' + i)), "99", "1", "1990"});
  eight.front().relation = "02";
  const auto let = world.family("501", eight);
  world.handle(OpenHousehold{let.household});
  CHECK(world.state().household.doubts.empty());
  const FormState form = typed_newcomer(world, let.household, "99", {{p::name, "租客丙"}});
  const Finding* crowd = find(form, "household.crowd");
  REQUIRE(crowd != nullptr);
  CHECK(crowd->field == "relation");
  CHECK(finding_text(Lang::en, *crowd, "").find("9 people") != std::string::npos);
}

TEST_CASE("Household checks on the page: doubts name who they concern, once for a pair", "[app]") {
  SessionWorld world;
  const auto family = world.family(
      "501",
      {{"张建国", "02", "1", "1991-05-01"}, {"王秀英", "12", "1", "1993-08-12"}, {"张小明", "22", "1", "2000-01-01"}});
  world.handle(OpenHousehold{family.household});
  const auto& doubts = world.state().household.doubts;
  REQUIRE(doubts.size() == 2);
  CHECK(doubts[0].find("王秀英") == 0);
  CHECK(doubts[1].find("13") != std::string::npos);
}

TEST_CASE("Household checks on the household's form: two heads are told there", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", {{"张建国", "02", "1", "1961-05-01"}, {"王秀英", "02", "2", "1963-08-12"}});
  world.handle(EditRecord{{kinds::household::kKind, family.household}});
  world.handle(CheckForm{kinds::household::kKind, family.household, {}, {}});
  const Finding* heads = find(world.state().record, "household.two_heads");
  REQUIRE(heads != nullptr);
  CHECK(heads->field == "head_person_id");
}

TEST_CASE("Health information: without a consent of that scope the form warns", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kCouple);
  const CheckForm check{p::kKind, family.people[0], {{p::self_care, "2"}}, "02"};
  world.handle(EditPerson{family.people[0], family.household});
  world.handle(check);
  const Finding* wanted = find(world.state().person, "health_consent_wanted");
  REQUIRE(wanted != nullptr);
  CHECK(wanted->field == "self_care");
  namespace c = kinds::consent;
  const RecordId consent = world.add(c::kKind, {{c::person_id, family.people[0]},
                                                {c::scope, "health"},
                                                {c::given, "yes"},
                                                {c::given_at, test::kThursdayTen},
                                                {c::how, "oral"}});
  world.handle(EditPerson{family.people[0], family.household});
  world.handle(check);
  CHECK(find(world.state().person, "health_consent_wanted") == nullptr);
  world.save({{c::kKind, consent, {{c::given, "withdrawn"}, {c::withdrawn_at, test::kThursdayTen}}, {}}});
  world.handle(EditPerson{family.people[0], family.household});
  world.handle(check);
  CHECK(find(world.state().person, "health_consent_wanted") != nullptr);
}

TEST_CASE("Masks: the hint about a lunar birthday keeps a masked number to itself", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", {{"张建国", "02", "1", "1947-08-15"}});
  world.save({{p::kKind, family.people[0], {{p::id_no, "350599194709290015"}}, {}}});
  world.handle(EditPerson{family.people[0], family.household});
  REQUIRE_FALSE(world.state().person.masked.empty());
  world.handle(CheckForm{p::kKind, family.people[0], {{p::birth_date, "1947-08-15"}}, "02"});
  const Finding* hint = find(world.state().person, "birth_looks_lunar");
  REQUIRE(hint != nullptr);
  CHECK(finding_text(Lang::zh_cn, *hint, "").find("1947-09-29") == std::string::npos);
  world.handle(RevealField{{p::kKind, family.people[0]}, p::id_no});
  world.handle(
      CheckForm{p::kKind, family.people[0], {{p::birth_date, "1947-08-15"}, {p::id_no, "350599194709290015"}}, "02"});
  hint = find(world.state().person, "birth_looks_lunar");
  REQUIRE(hint != nullptr);
  CHECK(finding_text(Lang::zh_cn, *hint, "").find("1947-09-29") != std::string::npos);
}

TEST_CASE("Emptiness: a page tells refused, unknown and not applicable in words, and not asked by nothing", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kCouple);
  namespace h = kinds::household;
  const auto shown = [&](const Value& value) {
    world.save({{h::kKind, family.household, {{h::contact_phone, value}}, {}}});
    world.handle(OpenHousehold{family.household});
    for (const Fact& fact : world.state().household.household_facts)
      if (fact.column == h::contact_phone) return fact.text + (fact.masked ? " (masked)" : "");
    return std::string("no fact");
  };
  CHECK(shown(Gap::refused) == "拒答");
  CHECK(shown(Gap::unknown) == "不清楚");
  CHECK(shown(Gap::not_applicable) == "不适用");
  CHECK(shown(Value{}).empty());
  CHECK(shown("13800138000") == "138****8000 (masked)");
}
