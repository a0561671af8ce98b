#include "storage/model/life_cycle/kinship.hpp"

#include <array>
#include <set>

#include "storage/dictionary/dictionary.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

RecordId id_of(int number) {
  RecordId id;
  id.bytes[15] = static_cast<std::uint8_t>(number);
  return id;
}

struct Somebody {
  std::string relation;
  std::string gender;
  std::string born;
};

/// A family of a head, the head to be, the one asked about, and others who make it ambiguous.
RelationFound towards(const std::string& head_gender, const Somebody& next, const Somebody& member,
                      const std::vector<Somebody>& others = {}) {
  std::vector<KinMember> family = {{id_of(1), "02", head_gender, "1950-01-01"},
                                   {id_of(2), next.relation, next.gender, next.born},
                                   {id_of(3), member.relation, member.gender, member.born}};
  int number = 4;
  for (const Somebody& other : others) family.push_back({id_of(number++), other.relation, other.gender, other.born});
  return relation_towards(family, id_of(2), id_of(3));
}

/// What the old head is to the new one.
std::string old_head(const std::string& head_gender, const std::string& relation, const std::string& gender) {
  const std::vector<KinMember> family = {{id_of(1), "02", head_gender, ""}, {id_of(2), relation, gender, ""}};
  return relation_towards(family, id_of(2), id_of(1)).code;
}

const std::vector<std::string>& all_codes() {
  static const std::vector<std::string> kCodes = [] {
    static const Dictionary kDictionary = Dictionary::built_in().value();
    std::vector<std::string> codes;
    for (const CodeDef& code : kDictionary.find_list("relation")->codes)
      if (code.code != "01" && code.code != "02") codes.push_back(code.code);
    return codes;
  }();
  return kCodes;
}

struct Row {
  const char* head;  ///< Gender of the old head.
  const char* next;
  const char* next_gender;
  const char* member;
  const char* member_gender;
  const char* becomes;
};

constexpr auto kRows = std::to_array<Row>({
    // the wife becomes head
    {"1", "12", "2", "20", "1", "20"},
    {"1", "12", "2", "22", "1", "22"},
    {"1", "12", "2", "38", "2", "38"},
    {"1", "12", "2", "42", "2", "42"},
    {"1", "12", "2", "51", "1", "53"},
    {"1", "12", "2", "52", "2", "54"},
    {"1", "12", "2", "55", "1", "51"},
    {"1", "12", "2", "61", "1", "65"},
    {"1", "12", "2", "73", "1", "97"},
    // the husband
    {"2", "11", "1", "52", "2", "56"},
    {"2", "11", "1", "53", "1", "51"},
    {"2", "11", "1", "43", "1", "43"},
    // the only son
    {"1", "21", "1", "12", "2", "52"},
    {"1", "20", "1", "38", "2", "12"},
    {"1", "20", "1", "41", "1", "20"},
    {"1", "20", "1", "42", "2", "30"},
    {"1", "20", "1", "51", "1", "61"},
    {"2", "20", "1", "51", "1", "63"},
    {"1", "20", "1", "30", "2", "77"},
    {"1", "20", "1", "71", "1", "81"},
    {"1", "20", "1", "73", "1", "83"},
    {"1", "20", "1", "74", "2", "84"},
    {"2", "20", "1", "71", "1", "85"},
    {"1", "20", "1", "75", "2", "90"},
    {"1", "20", "1", "93", "1", "91"},
    {"1", "20", "1", "95", "1", "92"},
    {"1", "20", "1", "47", "1", "40"},
    // the only daughter
    {"1", "30", "2", "28", "1", "11"},
    {"1", "30", "2", "43", "1", "20"},
    {"1", "30", "2", "20", "1", "73"},
    // her husband
    {"1", "28", "1", "30", "2", "12"},
    {"1", "28", "1", "12", "2", "56"},
    {"1", "28", "1", "43", "1", "20"},
    // the son's wife
    {"1", "38", "2", "20", "1", "11"},
    {"1", "38", "2", "12", "2", "54"},
    {"1", "38", "2", "41", "1", "20"},
    // a grandson
    {"1", "41", "1", "20", "1", "51"},
    {"1", "41", "1", "38", "2", "52"},
    {"1", "41", "1", "12", "2", "62"},
    {"1", "41", "1", "42", "2", "77"},
    {"1", "41", "1", "51", "1", "66"},
    // the father
    {"1", "51", "1", "52", "2", "12"},
    {"1", "51", "1", "12", "2", "38"},
    {"1", "51", "1", "20", "1", "41"},
    {"2", "51", "1", "20", "1", "43"},
    {"1", "51", "1", "71", "1", "20"},
    {"1", "51", "1", "72", "2", "38"},
    {"1", "51", "1", "93", "1", "41"},
    {"1", "51", "1", "61", "1", "51"},
    {"1", "51", "1", "63", "1", "55"},
    {"1", "51", "1", "83", "1", "73"},
    // a brother
    {"1", "71", "1", "51", "1", "51"},
    {"1", "71", "1", "73", "1", "73"},
    {"1", "71", "1", "72", "2", "12"},
    {"1", "71", "1", "93", "1", "20"},
    {"1", "71", "1", "20", "1", "93"},
    {"1", "71", "1", "12", "2", "74"},
    {"2", "73", "1", "43", "1", "97"},
    // nobody's relative
    {"1", "99", "1", "12", "2", "99"},
    {"1", "20", "1", "99", "1", "99"},
    {"1", "99", "1", "99", "2", "80"},
    {"1", "20", "1", "97", "1", "97"},
    {"1", "20", "1", "80", "1", "80"},
});

}  // namespace

TEST_CASE("Kinship: the old head gets the way back", "[life]") {
  struct Back {
    const char* gender;
    const char* next;
    const char* next_gender;
    const char* becomes;
  };
  constexpr auto kBack = std::to_array<Back>({
      {"1", "12", "2", "11"}, {"2", "11", "1", "12"}, {"1", "10", "2", "11"}, {"1", "20", "1", "51"},
      {"2", "20", "1", "52"}, {"1", "32", "2", "51"}, {"1", "38", "2", "53"}, {"2", "38", "2", "54"},
      {"1", "28", "1", "55"}, {"2", "28", "1", "56"}, {"1", "41", "1", "61"}, {"2", "42", "2", "62"},
      {"1", "43", "1", "63"}, {"2", "44", "2", "64"}, {"1", "45", "2", "65"}, {"1", "51", "1", "20"},
      {"2", "52", "2", "30"}, {"1", "53", "1", "28"}, {"2", "53", "1", "38"}, {"1", "55", "1", "28"},
      {"1", "61", "1", "41"}, {"2", "62", "2", "42"}, {"1", "63", "1", "43"}, {"2", "66", "1", "48"},
      {"1", "71", "1", "73"}, {"2", "73", "1", "75"}, {"1", "75", "2", "73"}, {"1", "72", "2", "97"},
      {"1", "81", "1", "93"}, {"2", "83", "1", "94"}, {"1", "85", "1", "95"}, {"1", "88", "2", "95"},
      {"2", "90", "2", "94"}, {"1", "91", "1", "91"}, {"1", "99", "1", "99"}, {"1", "97", "1", "97"},
      {"1", "80", "1", "80"},
  });
  for (const Back& row : kBack) {
    INFO(row.gender << " " << row.next << " expects " << row.becomes);
    CHECK(old_head(row.gender, row.next, row.next_gender) == row.becomes);
  }
}

TEST_CASE("Kinship: everybody's relation is told towards the new head", "[life]") {
  for (const Row& row : kRows) {
    INFO(row.head << ": " << row.next << " heads, " << row.member << " expects " << row.becomes);
    const Somebody next{row.next, row.next_gender, "1980-01-01"};
    CHECK(towards(row.head, next, {row.member, row.member_gender, "1985-01-01"}).code == row.becomes);
  }
}

TEST_CASE("Kinship: who is meant is asked where two people can be meant", "[life]") {
  const Somebody son{"22", "1", "1975-01-01"};
  const Somebody brother{"23", "1", "1978-01-01"};
  const Somebody wife{"38", "2", "1977-01-01"};
  const Somebody grandson{"41", "1", "2005-01-01"};
  CHECK(towards("1", son, wife) == RelationFound{"12", true});
  CHECK(towards("1", son, wife, {brother}) == RelationFound{"80", false});
  CHECK(towards("1", son, grandson, {brother}) == RelationFound{"80", false});
  CHECK(towards("1", grandson, son, {brother}) == RelationFound{"80", false});
  CHECK(towards("1", son, brother) == RelationFound{"73", true});
  CHECK(towards("1", brother, son) == RelationFound{"71", true});
  // Two sons' wives and one son: the other is away.
  CHECK(towards("1", son, wife, {{"38", "2", "1979-01-01"}}) == RelationFound{"80", false});
}

TEST_CASE("Kinship: elder or younger is told by the birth dates, or not at all", "[life]") {
  const Somebody son{"20", "1", "1980-06-01"};
  CHECK(towards("1", son, {"20", "1", "1979-05"}).code == "71");
  CHECK(towards("1", son, {"20", "1", "1980-06-02"}).code == "73");
  CHECK(towards("1", son, {"30", "2", "1979"}).code == "75");
  CHECK(towards("1", son, {"20", "1", "1980"}).code == "70");
  CHECK(towards("1", son, {"20", "1", ""}).code == "70");
}

TEST_CASE("Kinship: an adopted child is asked about, since it may be one parent's alone", "[life]") {
  CHECK(towards("1", {"12", "2", ""}, {"27", "1", ""}) == RelationFound{"27", false});
  CHECK_FALSE(towards("1", {"27", "1", "1990"}, {"12", "2", ""}).certain);
}

TEST_CASE("Kinship: every answer is a code of the list and of the member's gender, for all pairs of codes", "[life]") {
  const std::set<std::string> known(all_codes().begin(), all_codes().end());
  int told = 0;
  for (const std::string& next : all_codes()) {
    for (const std::string& member : all_codes()) {
      for (const std::string gender : {"1", "2"}) {
        const std::string_view next_says = gender_of_relation(next);
        const Somebody heir{next, std::string(next_says.empty() ? "1" : next_says), "1980-01-01"};
        const RelationFound found = towards("1", heir, {member, gender, "1985-01-01"});
        INFO(next << " heads, " << member << " of gender " << gender << " gets " << found.code);
        CHECK(known.count(found.code) == 1);
        const std::string_view says = gender_of_relation(found.code);
        CHECK((says.empty() || says == gender));
        if (found.certain) ++told;
      }
    }
  }
  CHECK(told > 8'000);
}

TEST_CASE("Kinship: a newborn is to the head what the mother makes it", "[life]") {
  CHECK(relation_of_child("12", "1", "1") == RelationFound{"20", true});
  CHECK(relation_of_child("02", "2", "2") == RelationFound{"30", true});
  CHECK(relation_of_child("38", "1", "2") == RelationFound{"42", true});
  CHECK(relation_of_child("30", "1", "1") == RelationFound{"43", true});
  CHECK(relation_of_child("74", "1", "1") == RelationFound{"93", true});
  CHECK(relation_of_child("42", "1", "1") == RelationFound{"47", true});
  CHECK(relation_of_child("99", "1", "1") == RelationFound{"99", true});
  CHECK(relation_of_child("12", "1", "") == RelationFound{"80", false});
}
