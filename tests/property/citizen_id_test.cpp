#include "storage/dictionary/citizen_id.hpp"

#include <rapidcheck.h>

#include "storage/dictionary/partial_date.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

constexpr CivilDate kEndOfTime{9999, 12, 31};

/// A well-formed number of anybody born in 1800-2100.
rc::Gen<std::string> any_number(int first_year = 1800, int end_year = 2100) {
  const auto day = rc::gen::inRange(to_day_number({first_year, 1, 1}), to_day_number({end_year, 1, 1}));
  const auto area = rc::gen::element<std::string>("110105", "350599", "440524", "810000", "653024");
  return rc::gen::apply(
      [](const std::string& a, std::int32_t day_number, int sequence) {
        const CivilDate birth = from_day_number(day_number);
        std::string number = a + to_string(PartialDate{birth.year, birth.month, birth.day});
        std::erase(number, '-');
        const std::string digits = std::to_string(1000 + sequence).substr(1);
        number += digits;
        return number + citizen_id_check_digit(number);
      },
      area, day, rc::gen::inRange(0, 1000));
}

bool holds(bool success) { return success; }

}  // namespace

TEST_CASE("Citizen number: every number with its own check digit is well formed", "[property]") {
  CHECK(holds(rc::check([] { RC_ASSERT(!find_citizen_id_fault(*any_number(), kEndOfTime)); })));
}

TEST_CASE("Citizen number: any one mistyped digit is noticed", "[property]") {
  CHECK(holds(rc::check([] {
    std::string number = *any_number();
    const auto at = *rc::gen::inRange<std::size_t>(0, 18);
    const char wrong = *rc::gen::inRange<char>('0', '9' + 1);
    RC_PRE(number[at] != wrong);
    number[at] = wrong;
    RC_ASSERT(find_citizen_id_fault(number, kEndOfTime));
  })));
}

TEST_CASE("Citizen number: two neighbouring digits swapped are noticed", "[property]") {
  CHECK(holds(rc::check([] {
    std::string number = *any_number();
    const auto at = *rc::gen::inRange<std::size_t>(0, 17);
    RC_PRE(number[at] != number[at + 1]);
    std::swap(number[at], number[at + 1]);
    RC_ASSERT(find_citizen_id_fault(number, kEndOfTime));
  })));
}

TEST_CASE("Citizen number: the normal form is its own normal form", "[property]") {
  CHECK(holds(rc::check([](const std::string& text) {
    const std::string once = normalise_citizen_id(text);
    RC_ASSERT(normalise_citizen_id(once) == once);
  })));
}

TEST_CASE("Citizen number: the forms of 15 and 18 characters match, and matching again changes nothing", "[property]") {
  CHECK(holds(rc::check([] {
    const std::string number = *any_number(1900, 2000);  // the old form has two digits for the year
    const std::string old_form = number.substr(0, 6) + number.substr(8, 9);
    RC_ASSERT(matching_number(old_form) == (MatchingNumber{number, true}));
    RC_ASSERT(matching_number(number) == (MatchingNumber{number, false}));
  })));
}

TEST_CASE("Citizen number: no text makes the checks stumble", "[property]") {
  CHECK(holds(rc::check([](const std::string& text) {
    (void)find_citizen_id_fault(text, kEndOfTime);
    (void)to_18_characters(text);
    (void)matching_number(text);
    (void)is_permanent_residence_number(text);
    (void)looks_like_citizen_id(text);
  })));
}
