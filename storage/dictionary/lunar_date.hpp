#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "platform/base/clock.hpp"
#include "platform/base/texts.hpp"
#include "storage/dictionary/partial_date.hpp"

namespace ruhu {

/// A day of the traditional calendar (农历). Its year begins between 21 January and 21 February.
struct LunarDate {
  int year = 0;
  int month = 0;      ///< 1-12.
  int day = 0;        ///< 1-30.
  bool leap = false;  ///< The month repeats the one before it.
  auto operator<=>(const LunarDate&) const = default;
};

inline constexpr int kLunarFirstYear = 1900;
inline constexpr int kLunarLastYear = 2100;

/// The lunar day of a solar day (days since 1970-01-01); nothing outside of the years above.
std::optional<LunarDate> lunar_date(std::int32_t day);
/// The solar day of a lunar one; nothing when there is no such day or it lies outside of the years above.
std::optional<std::int32_t> day_of_lunar(const LunarDate& date);

/// True when the solar day, told by the lunar calendar, is that date, as far as it is known. People do not say
/// whether their month was a leap month, so both count.
bool is_lunar_reading(const PartialDate& told, const CivilDate& solar);

/// The solar days that a date can mean which was told by the lunar calendar: a year or a month is a span, and a
/// leap month may stand behind. Nothing outside of the table.
struct SolarSpan {
  CivilDate first;
  CivilDate last;
};
std::optional<SolarSpan> solar_span_of_lunar(const PartialDate& told);

/// "农历1947年八月十五"; "day 15 of month 8, lunar 1947".
std::string lunar_text(Lang lang, const LunarDate& date);

}  // namespace ruhu
