#include "storage/dictionary/citizen_id.hpp"

#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

constexpr CivilDate kToday{2026, 4, 1};

std::optional<CitizenIdFault> fault(std::string_view number) { return find_citizen_id_fault(number, kToday); }

/// The number with the check digit that belongs to it.
std::string completed(const std::string& first17) { return first17 + citizen_id_check_digit(first17); }

}  // namespace

TEST_CASE("Citizen number: accepts the examples of the standard", "[citizen_id]") {
  CHECK_FALSE(fault("11010519491231002X"));
  CHECK_FALSE(fault("440524188001010014"));
}

TEST_CASE("Citizen number: accepts the practice area", "[citizen_id]") {
  CHECK_FALSE(fault("350599199001010017"));
  CHECK_FALSE(fault("350599199001010025"));
  CHECK(parse_citizen_id("350599199001010017")->male);
  CHECK_FALSE(parse_citizen_id("350599199001010025")->male);
}

TEST_CASE("Citizen number: accepts residents of Hong Kong, Macao and Taiwan", "[citizen_id]") {
  for (const char* area : {"810000", "820000", "830000"})
    CHECK_FALSE(fault(completed(std::string(area) + "19800101001")));
}

TEST_CASE("Citizen number: says birth, sex and area", "[citizen_id]") {
  const auto id = parse_citizen_id("11010519491231002X");
  REQUIRE(id);
  CHECK(id->area == "110105");
  CHECK(id->birth == CivilDate{1949, 12, 31});
  CHECK_FALSE(id->male);
}

TEST_CASE("Citizen number: rejects a wrong length", "[citizen_id]") {
  CHECK(fault("") == CitizenIdFault::length);
  CHECK(fault("1101051949123100") == CitizenIdFault::length);
  CHECK(fault("11010519491231002X0") == CitizenIdFault::length);
}

TEST_CASE("Citizen number: rejects letters except X in the last place", "[citizen_id]") {
  CHECK(fault("1101051949123100XX") == CitizenIdFault::character);
  CHECK(fault("11010519491231002A") == CitizenIdFault::character);
  CHECK(fault("11010519491231002x") == CitizenIdFault::character);
}

TEST_CASE("Citizen number: rejects what is no province", "[citizen_id]") {
  for (const char* province : {"00", "10", "16", "24", "47", "66", "72", "84", "91", "99"})
    CHECK(fault(completed(std::string(province) + "010519491231002")) == CitizenIdFault::province);
}

TEST_CASE("Citizen number: rejects Feb 29 in 1900", "[citizen_id]") {
  CHECK(fault(completed("11010519000229002")) == CitizenIdFault::date);
}

TEST_CASE("Citizen number: accepts Feb 29 in 2000", "[citizen_id]") {
  CHECK_FALSE(fault(completed("11010520000229002")));
}

TEST_CASE("Citizen number: rejects days that do not exist", "[citizen_id]") {
  for (const char* day : {"19490230", "19491301", "19490001", "19490100", "19490431"})
    CHECK(fault(completed("110105" + std::string(day) + "002")) == CitizenIdFault::date);
}

TEST_CASE("Citizen number: rejects a birth in the future, accepts one today", "[citizen_id]") {
  CHECK_FALSE(fault(completed("35059920260401001")));
  CHECK(fault(completed("35059920260402001")) == CitizenIdFault::future);
}

TEST_CASE("Citizen number: rejects a wrong check digit", "[citizen_id]") {
  CHECK(fault("110105194912310021") == CitizenIdFault::check_digit);
  CHECK(fault("350599199001010018") == CitizenIdFault::check_digit);
}

TEST_CASE("Citizen number: recognises the old form of 15 digits", "[citizen_id]") {
  CHECK(fault("110105491231002") == CitizenIdFault::old_form);
  CHECK(to_18_characters("110105491231002") == "11010519491231002X");
  CHECK_FALSE(to_18_characters("110105490231002"));
  CHECK_FALSE(to_18_characters("11010549123100"));
}

TEST_CASE("Citizen number: old and new forms are the same for matching", "[citizen_id]") {
  CHECK(citizen_id_for_matching("110105491231002") == citizen_id_for_matching(" 11010519491231002x "));
  CHECK(citizen_id_for_matching("G1234567") == "G1234567");
}

TEST_CASE("Citizen number: x, full-width forms and blanks become the stored form", "[citizen_id]") {
  CHECK(normalise_citizen_id("11010519491231002x") == "11010519491231002X");
  CHECK(normalise_citizen_id("110105 19491231 002X") == "11010519491231002X");
  CHECK(normalise_citizen_id("１１０１０５１９４９１２３１００２Ｘ") == "11010519491231002X");
}

TEST_CASE("Citizen number: a foreigner's residence permit is not taken for one", "[citizen_id]") {
  CHECK_FALSE(looks_like_citizen_id("911010199001010017"));
  CHECK_FALSE(looks_like_citizen_id("ABC123456789012"));
  CHECK(looks_like_citizen_id("350599199001010018"));
}

TEST_CASE("Citizen number: an old form is told by its date and province before its age", "[citizen_id]") {
  CHECK(fault("110105490230002") == CitizenIdFault::date);
  CHECK(fault("990105491231002") == CitizenIdFault::province);
  CHECK(fault("810000800101001") == CitizenIdFault::old_form);
}

TEST_CASE("Citizen number: who has only the old form should renew the card", "[citizen_id]") {
  CHECK(matching_number("110105491231002") == MatchingNumber{"11010519491231002X", true});
  CHECK(matching_number("11010519491231002x") == MatchingNumber{"11010519491231002X", false});
  CHECK(matching_number("G1234567") == MatchingNumber{"G1234567", false});
  CHECK(matching_number("110105490230002") == MatchingNumber{"110105490230002", false});
}

TEST_CASE("Citizen number: permits have their own area and nothing behind it", "[citizen_id]") {
  for (const char* area : {"810000", "820000", "830000"}) CHECK(is_plausible_area(area));
  for (const char* area : {"810101", "830100", "110100", "350000"}) CHECK_FALSE(is_plausible_area(area));
  for (const char* area : {"110103", "350582", "429004"}) CHECK(is_plausible_area(area));
}

TEST_CASE("Citizen number: permanent residence cards are known by length and characters", "[citizen_id]") {
  CHECK(is_permanent_residence_number("USA110019800101"));
  CHECK(is_permanent_residence_number("911010199001010017"));
  CHECK(is_permanent_residence_number("91101019900101001X"));
  for (const char* number : {"", "9", "USA11001980010", "US1110019800101", "811010199001010017", "91101019900101001A"})
    CHECK_FALSE(is_permanent_residence_number(number));
}
