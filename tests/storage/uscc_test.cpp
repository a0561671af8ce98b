#include "storage/dictionary/uscc.hpp"

#include "tests/support/catch.hpp"

using namespace ruhu;

TEST_CASE("Credit code: accepts the domain's example and codes of invented bodies", "[uscc]") {
  CHECK_FALSE(find_uscc_fault("91350582MA2Y00000U"));
  for (const char* first17 : {"92350599MA31X0000", "52350599MJ0000001", "12100000400010000"}) {
    const auto last = uscc_check_character(first17);
    REQUIRE(last);
    CHECK_FALSE(find_uscc_fault(first17 + std::string(1, *last)));
  }
}

TEST_CASE("Credit code: rejects a wrong length", "[uscc]") {
  CHECK(find_uscc_fault("") == UsccFault::length);
  CHECK(find_uscc_fault("350582600012345") == UsccFault::length);
  CHECK(find_uscc_fault("91350582MA2Y00000UU") == UsccFault::length);
}

TEST_CASE("Credit code: rejects the five letters that no code holds, and what is no letter", "[uscc]") {
  for (const char letter : {'I', 'O', 'S', 'V', 'Z', 'u', '.'}) {
    std::string code = "91350582MA2Y00000U";
    code[10] = letter;
    CHECK(find_uscc_fault(code) == UsccFault::character);
  }
  CHECK(find_uscc_fault("91350582MA2Y0000企U") == UsccFault::character);
}

TEST_CASE("Credit code: rejects characters 3 to 8 that name no province", "[uscc]") {
  CHECK(find_uscc_fault("91990582MA2Y00000U") == UsccFault::division);
  CHECK(find_uscc_fault("91A50582MA2Y00000U") == UsccFault::division);
}

TEST_CASE("Credit code: rejects a wrong check character", "[uscc]") {
  CHECK(find_uscc_fault("91350582MA2Y00000T") == UsccFault::check_character);
  CHECK(find_uscc_fault("91350582MA2Y00001U") == UsccFault::check_character);
}

TEST_CASE("Credit code: lower case, full-width forms and blanks become the stored form", "[uscc]") {
  CHECK(normalise_uscc(" 91350582 ma2y00000u ") == "91350582MA2Y00000U");
  CHECK(normalise_uscc("９１３５０５８２ＭＡ２Ｙ０００００Ｕ") == "91350582MA2Y00000U");
  CHECK(normalise_uscc("91350582-MA2Y-00000U") == "91350582MA2Y00000U");
}
