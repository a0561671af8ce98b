#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/clock.hpp"

namespace ruhu {

/// A calendar date of which day, or month and day, may be unknown: elders often give only the year.
struct PartialDate {
  int year = 0;        ///< 1-9999.
  unsigned month = 0;  ///< 0: unknown, then the day is 0 too.
  unsigned day = 0;    ///< 0: unknown.
  bool is_complete() const { return day != 0; }
  auto operator<=>(const PartialDate&) const = default;
};

/// "1947", "1947-08" or "1947-08-05" of an existing day; nothing for anything else.
std::optional<PartialDate> parse_partial_date(std::string_view text);
std::string to_string(const PartialDate& date);

/// The stored form of the ways people and files write dates: "1947-8-5", "1947/08/05", "1947.8",
/// "1947年8月5日", "19470805" (GB/T 31000). Nothing when it is none of them; the day need not exist.
std::optional<std::string> iso_date_form(std::string_view text);

bool is_calendar_date(int year, unsigned month, unsigned day);

/// The first and last day that the date can mean.
CivilDate first_day(const PartialDate& date);
CivilDate last_day(const PartialDate& date);

/// Days since 1970-01-01 of an existing day, and back.
std::int32_t to_day_number(const CivilDate& date);
CivilDate from_day_number(std::int32_t day);

/// Full years between two days; negative when `today` is earlier.
int age_in_years(const CivilDate& birth, const CivilDate& today);

}  // namespace ruhu
