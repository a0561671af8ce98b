#pragma once
#include <cstdint>
#include <string>

#include "platform/base/clock.hpp"

namespace ruhu::demo {

/// Days since 1970-01-01 in China's civil time.
using Day = std::int32_t;

/// Whole years as days, leap days included.
constexpr Day years(int n) { return n * 1461 / 4; }
constexpr int age_on(Day today, Day born) { return (today - born) * 4 / 1461; }

Day day_of(Instant at);
Instant instant_of(Day day, int minute_of_day);  ///< Minutes after midnight in China.
Day first_of_year(int year);
int year_of(Day day);
bool is_weekend(Day day);

std::string iso_date(Day day);      ///< "1947-09-29"
std::string iso_month(Day day);     ///< "1947-09"
std::string iso_year(Day day);      ///< "1947"
std::string compact_date(Day day);  ///< "19470929"
/// `value` with leading zeros up to `width` digits.
std::string padded(std::uint64_t value, std::size_t width);

}  // namespace ruhu::demo
