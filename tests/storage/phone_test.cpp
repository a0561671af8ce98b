#include "storage/dictionary/phone.hpp"

#include "tests/support/catch.hpp"

using namespace ruhu;

TEST_CASE("Phone: accepts mobiles from 13 to 19", "[phone]") {
  CHECK(is_mobile_number("13800138000"));
  CHECK(is_mobile_number("19912345678"));
  CHECK_FALSE(is_mobile_number("12800138000"));
  CHECK_FALSE(is_mobile_number("1380013800"));
  CHECK_FALSE(is_mobile_number("138001380000"));
}

TEST_CASE("Phone: accepts landlines with their area code", "[phone]") {
  CHECK(is_landline_number("01062345678"));
  CHECK(is_landline_number("059585661234"));
  CHECK(is_landline_number("05955661234"));
  CHECK_FALSE(is_landline_number("85661234"));
  CHECK_FALSE(is_landline_number("059505661234"));
  CHECK_FALSE(is_landline_number("00595856612"));
}

TEST_CASE("Phone: the country's prefix is stripped", "[phone]") {
  for (const char* text : {"+8613800138000", "008613800138000", "8613800138000", "+86 138-0013-8000"})
    CHECK(normalise_phone(text) == "13800138000");
  CHECK(normalise_phone("+86 595 8566 1234") == "059585661234");
}

TEST_CASE("Phone: blanks, hyphens, brackets and full-width digits are folded", "[phone]") {
  CHECK(normalise_phone(" 138 0013 8000 ") == "13800138000");
  CHECK(normalise_phone("138-0013-8000") == "13800138000");
  CHECK(normalise_phone("(0595) 8566-1234") == "059585661234");
  CHECK(normalise_phone("（０５９５）８５６６１２３４") == "059585661234");
}

TEST_CASE("Phone: what is no number stays as given", "[phone]") {
  CHECK(normalise_phone(" 问女儿 ") == "问女儿");
  CHECK(normalise_phone("13800138000 转 3") == "13800138000 转 3");
  CHECK(normalise_phone("") == "");
}
