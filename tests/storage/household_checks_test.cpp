#include "storage/dictionary/household_checks.hpp"

#include <algorithm>

#include "tests/storage/record_draft.hpp"

using namespace ruhu;

namespace {

constexpr CivilDate kToday{2026, 4, 1};

HouseholdMember member(const char* relation, const char* gender, const char* born) {
  static std::uint8_t next = 0;
  HouseholdMember member;
  member.person.bytes[0] = 1;
  member.person.bytes[15] = ++next;
  member.name = "张" + std::to_string(next);
  member.relation = relation;
  member.gender = gender;
  member.birth = parse_partial_date(born);
  return member;
}

std::vector<HouseholdFinding> check(const std::vector<HouseholdMember>& members) {
  return check_household_members(members, members.size(), kToday);
}

/// How many findings have the key.
std::size_t count(const std::vector<HouseholdMember>& members, const std::string& key) {
  const auto found = check(members);
  return static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [&](const HouseholdFinding& each) {
    return each.finding.text_key == "check.household." + key;
  }));
}

HouseholdMember head() { return member("02", "1", "1960-05-01"); }
HouseholdMember wife() { return member("12", "2", "1962-08-12"); }

}  // namespace

TEST_CASE("Household checks: an ordinary family of four generations is left in peace", "[household_checks]") {
  CHECK(check({head(), wife(), member("22", "1", "1985-01-01"), member("38", "2", "1986-01-01"),
               member("41", "1", "2012-01-01"), member("52", "2", "1938"), member("10", "2", "")})
            .size() == 2);  // two spouses, on purpose; without the second one nothing is found
  CHECK(check({head(), wife(), member("22", "1", "1985-01-01"), member("38", "2", "1986-01-01"),
               member("41", "1", "2012-01-01"), member("52", "2", "1938")})
            .empty());
}

TEST_CASE("Household checks: an empty household is left in peace", "[household_checks]") { CHECK(check({}).empty()); }

TEST_CASE("Household checks: every finding is a warning", "[household_checks]") {
  HouseholdMember one = head();
  one.id_no = "350599199001010017";
  HouseholdMember other = member("02", "2", "2024-01-01");
  other.id_no = one.id_no;
  for (const auto& found : check_household_members(std::vector{one, other, member("12", "1", "2015-01-01")}, 9, kToday))
    CHECK(found.finding.strength == Strength::warning);
}

TEST_CASE("Household checks: there is exactly one head", "[household_checks]") {
  CHECK(count({wife()}, "no_head") == 1);
  CHECK(check({wife()}).front().person.is_nil());
  CHECK(count({head(), head()}, "two_heads") == 2);
  CHECK(count({head()}, "two_heads") == 0);
}

TEST_CASE("Household checks: who died or left does not count", "[household_checks]") {
  HouseholdMember dead = head();
  dead.died = parse_partial_date("2020-01-01");
  CHECK(count({dead, head()}, "two_heads") == 0);
  HouseholdMember gone = head();
  gone.until = parse_partial_date("2026-03-31");
  CHECK(count({gone, head()}, "two_heads") == 0);
  gone.until = parse_partial_date("2026-04-01");
  CHECK(count({gone, head()}, "two_heads") == 2);
  HouseholdMember coming = head();
  coming.since = parse_partial_date("2026-05-01");
  CHECK(count({coming, head()}, "two_heads") == 0);
}

TEST_CASE("Household checks: the head has one spouse", "[household_checks]") {
  CHECK(count({head(), wife(), wife()}, "two_spouses") == 2);
  CHECK(count({head(), wife()}, "two_spouses") == 0);
}

TEST_CASE("Household checks: the married are of age, men at 22 and women at 20", "[household_checks]") {
  const HouseholdMember groom = member("02", "1", "2004-04-01");
  const HouseholdMember young_groom = member("02", "1", "2004-04-02");
  const HouseholdMember bride = member("12", "2", "2006-04-01");
  const HouseholdMember young_bride = member("12", "2", "2006-04-02");
  CHECK(count({groom, bride}, "spouse_young") == 0);
  CHECK(count({young_groom, bride}, "spouse_young") == 1);
  CHECK(count({groom, young_bride}, "spouse_young") == 1);
  CHECK(count({young_groom}, "spouse_young") == 0);
  CHECK(count({head(), member("38", "2", "2010-01-01")}, "spouse_young") == 1);
  CHECK(count({groom, member("12", "2", "2006")}, "spouse_young") == 0);
}

TEST_CASE("Household checks: parents are 13 years older than their children", "[household_checks]") {
  const HouseholdMember man = member("02", "1", "1990-06-01");
  CHECK(count({man, member("22", "1", "2003-06-01")}, "parent_age") == 0);
  CHECK(count({man, member("22", "1", "2003-05-31")}, "parent_age") == 2);
  CHECK(count({man, member("22", "1", "1980-01-01")}, "parent_age") == 2);
  CHECK(count({man, member("52", "2", "1977-06-01")}, "parent_age") == 0);
  CHECK(count({man, member("52", "2", "1977-06-02")}, "parent_age") == 2);
  CHECK(count({man, member("27", "1", "2000-01-01")}, "parent_age") == 0);  // adopted or step
  CHECK(count({man, member("57", "1", "1985-01-01")}, "parent_age") == 0);
  CHECK(count({man, wife(), member("56", "2", "1955-01-01")}, "parent_age") == 2);
}

TEST_CASE("Household checks: a pair's finding stands once for each and names the other", "[household_checks]") {
  const HouseholdMember man = member("02", "1", "1990-06-01");
  const HouseholdMember son = member("22", "1", "1995-01-01");
  const auto found = check({man, son});
  REQUIRE(found.size() == 2);
  CHECK(found[0].person == man.person);
  CHECK(found[1].person == son.person);
  CHECK(finding_text(Lang::zh_cn, found[0].finding, "").find(son.name) != std::string::npos);
  CHECK(finding_text(Lang::en, found[1].finding, "").find(man.name) != std::string::npos);
}

TEST_CASE("Household checks: grandparents are 30 years older", "[household_checks]") {
  const HouseholdMember old_man = member("02", "1", "1960-06-01");
  CHECK(count({old_man, member("41", "1", "1990-06-01")}, "grandparent_age") == 0);
  CHECK(count({old_man, member("41", "1", "1990-05-31")}, "grandparent_age") == 2);
  CHECK(count({old_man, member("62", "2", "1935")}, "grandparent_age") == 2);
  CHECK(count({old_man, member("62", "2", "1930")}, "grandparent_age") == 0);
}

TEST_CASE("Household checks: ages that a year leaves open do not warn", "[household_checks]") {
  const HouseholdMember man = member("02", "1", "1990");
  CHECK(count({man, member("22", "1", "2003")}, "parent_age") == 0);
  CHECK(count({man, member("22", "1", "2002")}, "parent_age") == 2);
  CHECK(count({man, member("22", "1", "")}, "parent_age") == 0);
}

TEST_CASE("Household checks: a birth by the lunar calendar counts by its solar day", "[household_checks]") {
  HouseholdMember man = member("02", "1", "1990-05-11");  // lunar: 1990-06-03
  const HouseholdMember son = member("22", "1", "2003-06-01");
  CHECK(count({man, son}, "parent_age") == 0);
  man.lunar_birth = true;
  CHECK(count({man, son}, "parent_age") == 2);
}

TEST_CASE("Household checks: every gendered relation of the list agrees with the gender", "[household_checks]") {
  const CodeList* relations = test::validation_dictionary().find_list("relation");
  REQUIRE(relations != nullptr);
  std::size_t gendered = 0;
  for (const CodeDef& code : relations->codes) {
    const std::string_view expected = gender_of_relation(code.code);
    if (expected.empty()) continue;
    ++gendered;
    INFO(code.code << " " << code.label.zh);
    const char* wrong = expected == "1" ? "2" : "1";
    CHECK(count({head(), member(code.code.c_str(), wrong, "")}, "relation_gender") == 1);
    CHECK(count({head(), member(code.code.c_str(), std::string(expected).c_str(), "")}, "relation_gender") == 0);
    CHECK(count({head(), member(code.code.c_str(), "9", "")}, "relation_gender") == 0);
  }
  CHECK(gendered == 66);
}

TEST_CASE("Household checks: words for women are read as women's, words for men as men's", "[household_checks]") {
  for (const char* code : {"12", "30", "38", "42", "45", "52", "54", "62", "72", "74", "75", "82", "90", "94"})
    CHECK(gender_of_relation(code) == "2");
  for (const char* code : {"11", "22", "28", "41", "46", "51", "55", "61", "71", "76", "78", "81", "89", "95"})
    CHECK(gender_of_relation(code) == "1");
  for (const char* code : {"02", "10", "40", "50", "60", "65", "70", "91", "97", "99", ""})
    CHECK(gender_of_relation(code).empty());
}

TEST_CASE("Household checks: a spouse without further word is of the other gender", "[household_checks]") {
  CHECK(count({head(), member("10", "2", "")}, "relation_gender") == 0);
  CHECK(count({head(), member("10", "1", "")}, "relation_gender") == 1);
}

TEST_CASE("Household checks: one number on two people is found in both its forms", "[household_checks]") {
  HouseholdMember one = head();
  HouseholdMember other = wife();
  one.id_no = "11010519491231002X";
  other.id_no = "110105491231002";
  CHECK(count({one, other}, "same_number") == 2);
  other.id_no = "350599199001010017";
  CHECK(count({one, other}, "same_number") == 0);
  one.id_no = other.id_no = "";
  CHECK(count({one, other}, "same_number") == 0);
}

TEST_CASE("Household checks: more than eight people in one dwelling are looked at", "[household_checks]") {
  const std::vector<HouseholdMember> family{head(), wife()};
  const auto crowded = [&](std::size_t living) { return !check_household_members(family, living, kToday).empty(); };
  CHECK_FALSE(crowded(8));
  CHECK(crowded(9));
}

TEST_CASE("Household checks: an infant without guardian or any adult is looked at", "[household_checks]") {
  HouseholdMember infant = member("02", "2", "2024-01-01");
  CHECK(count({infant}, "infant_alone") == 1);
  CHECK(count({infant, member("77", "2", "2010-01-01")}, "infant_alone") == 1);
  CHECK(count({infant, member("52", "2", "1995-01-01")}, "infant_alone") == 0);
  CHECK(count({infant, member("99", "2", "")}, "infant_alone") == 0);
  infant.has_guardian = true;
  CHECK(count({infant}, "infant_alone") == 0);
}
