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

TEST_CASE("Phone: 00 before another country is written as +", "[phone]") {
  CHECK(normalise_phone("00852 2345 6789") == "+85223456789");
  CHECK(normalise_phone("00123") == "00123");
}

TEST_CASE("Phone: services, foreign numbers and slips are told apart", "[phone]") {
  CHECK_FALSE(find_phone_fault("13800138000"));
  CHECK_FALSE(find_phone_fault("059585661234"));
  for (const char* number : {"110", "119", "120", "122", "114", "12345", "12315", "10086", "95588", "96110",
                             "4008001234", "8008101234", "059512345", "01012345"})
    CHECK(find_phone_fault(number) == PhoneFault::service);
  for (const char* number : {"+85223456789", "+12025550123"}) CHECK(find_phone_fault(number) == PhoneFault::foreign);
  for (const char* number : {"", "1", "12", "13800", "1380013800", "85661234", "+86123", "+1", "问女儿"})
    CHECK(find_phone_fault(number) != PhoneFault::foreign);
  CHECK(find_phone_fault("85661234") == PhoneFault::shape);
  CHECK(find_phone_fault("+86123456789") == PhoneFault::shape);
}

TEST_CASE("Phone: a number and its owner are told apart in any order", "[phone]") {
  const OwnedPhone daughter{"13800138000", "女儿"};
  for (const char* text : {"13800138000 女儿", "女儿 138-0013-8000", "女儿:13800138000", "13800138000(女儿)",
                           "女儿：１３８００１３８０００", "+86 13800138000，女儿"})
    CHECK(split_owned_phone(text) == daughter);
  CHECK(split_owned_phone("13800138000") == OwnedPhone{"13800138000", ""});
  CHECK(split_owned_phone("0595-85661234 家里 晚上") == OwnedPhone{"059585661234", "家里 晚上"});
  CHECK(split_owned_phone("问女儿").number == "问女儿");
  CHECK(split_owned_phone("3转139").owner.empty());
  CHECK(to_string(daughter) == "13800138000 女儿");
  CHECK(split_owned_phone(to_string(daughter)) == daughter);
}

TEST_CASE("Phone: digits beside a number that would run into it leave the line as it was told", "[phone]") {
  for (const char* line : {"１３９：0085223456789", "139：0085223456789", "3 女儿 转 0085223456789"}) {
    const OwnedPhone once = split_owned_phone(line);
    CHECK(to_string(split_owned_phone(to_string(once))) == to_string(once));
  }
}
