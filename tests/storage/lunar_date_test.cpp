#include "storage/dictionary/lunar_date.hpp"

#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

std::optional<LunarDate> lunar(const CivilDate& day) { return lunar_date(to_day_number(day)); }

}  // namespace

TEST_CASE("Lunar date: the 15th of the eighth month of 1947 is 29 September", "[lunar]") {
  CHECK(lunar({1947, 9, 29}) == LunarDate{1947, 8, 15, false});
  CHECK(day_of_lunar({1947, 8, 15}) == to_day_number({1947, 9, 29}));
}

TEST_CASE("Lunar date: new year falls on the days of the almanac", "[lunar]") {
  const CivilDate days[] = {{1900, 1, 31}, {1949, 1, 29}, {1950, 2, 17}, {1985, 2, 20}, {2000, 2, 5},
                            {2012, 1, 23}, {2020, 1, 25}, {2023, 1, 22}, {2024, 2, 10}, {2025, 1, 29},
                            {2026, 2, 17}, {2033, 1, 31}, {2034, 2, 19}, {2100, 2, 9}};
  for (const CivilDate& day : days) CHECK(lunar(day) == LunarDate{day.year, 1, 1, false});
}

TEST_CASE("Lunar date: leap months follow the month that they repeat", "[lunar]") {
  CHECK(lunar({2020, 5, 23}) == LunarDate{2020, 4, 1, true});
  CHECK(lunar({2023, 3, 22}) == LunarDate{2023, 2, 1, true});
  CHECK(lunar({2033, 12, 22}) == LunarDate{2033, 11, 1, true});
  CHECK(day_of_lunar({2023, 2, 1, true}) == to_day_number({2023, 3, 22}));
  CHECK_FALSE(day_of_lunar({2024, 2, 1, true}));
}

TEST_CASE("Lunar date: the leap month of 1933 has thirty days", "[lunar]") {
  CHECK(lunar({1933, 7, 22}) == LunarDate{1933, 5, 30, true});
  CHECK(lunar({1933, 7, 23}) == LunarDate{1933, 6, 1, false});
}

TEST_CASE("Lunar date: every day of two centuries goes there and back", "[lunar]") {
  const std::int32_t first = to_day_number({1900, 1, 31});
  const std::int32_t last = to_day_number({2101, 1, 28});
  int wrong = 0;
  std::optional<LunarDate> before;
  for (std::int32_t day = first; day <= last; ++day) {
    const auto date = lunar_date(day);
    if (!date || day_of_lunar(*date) != day) ++wrong;
    if (before && date && date->day != 1 && date->day != before->day + 1) ++wrong;
    before = date;
  }
  CHECK(wrong == 0);
  CHECK_FALSE(lunar_date(first - 1));
  CHECK_FALSE(lunar_date(last + 1));
}

TEST_CASE("Lunar date: days that do not exist have no solar day", "[lunar]") {
  CHECK_FALSE(day_of_lunar({1899, 1, 1}));
  CHECK_FALSE(day_of_lunar({2101, 1, 1}));
  CHECK_FALSE(day_of_lunar({2026, 13, 1}));
  CHECK_FALSE(day_of_lunar({2026, 0, 1}));
  CHECK_FALSE(day_of_lunar({2026, 1, 31}));
  CHECK_FALSE(day_of_lunar({2026, 1, 0}));
  CHECK(day_of_lunar({2026, 1, 30}));
  CHECK_FALSE(day_of_lunar({2026, 2, 30}));
}

TEST_CASE("Lunar date: a told date is a reading of a solar day as far as it goes", "[lunar]") {
  const CivilDate born{1947, 9, 29};
  CHECK(is_lunar_reading({1947, 8, 15}, born));
  CHECK(is_lunar_reading({1947, 8, 0}, born));
  CHECK(is_lunar_reading({1947, 0, 0}, born));
  CHECK_FALSE(is_lunar_reading({1947, 8, 16}, born));
  CHECK_FALSE(is_lunar_reading({1947, 9, 0}, born));
  CHECK(is_lunar_reading({2023, 2, 1}, {2023, 3, 22}));  // nobody says that it was the leap month
}

TEST_CASE("Lunar date: what was told spans the days that it can mean", "[lunar]") {
  const auto day = solar_span_of_lunar({2023, 2, 1});
  REQUIRE(day);
  CHECK(day->first == CivilDate{2023, 2, 20});
  CHECK(day->last == CivilDate{2023, 3, 22});
  const auto year = solar_span_of_lunar({1947, 0, 0});
  REQUIRE(year);
  CHECK(year->first == CivilDate{1947, 1, 22});
  CHECK(year->last == CivilDate{1948, 2, 9});
  const auto month = solar_span_of_lunar({2023, 2, 0});
  REQUIRE(month);
  CHECK(month->first == CivilDate{2023, 2, 20});
  CHECK(month->last == CivilDate{2023, 4, 19});
  CHECK_FALSE(solar_span_of_lunar({1890, 1, 1}));
  CHECK_FALSE(solar_span_of_lunar({2026, 2, 30}));
}

TEST_CASE("Lunar date: is told in the words of the almanac", "[lunar]") {
  CHECK(lunar_text(Lang::zh_cn, {1947, 8, 15}) == "农历1947年八月十五");
  CHECK(lunar_text(Lang::zh_cn, {2023, 2, 1, true}) == "农历2023年闰二月初一");
  CHECK(lunar_text(Lang::zh_cn, {1950, 12, 30}) == "农历1950年腊月三十");
  CHECK(lunar_text(Lang::en, {1947, 8, 15}) == "day 15 of month 8, lunar 1947");
}
