#include "storage/dictionary/lunar_date.hpp"

#include <array>
#include <cstddef>

#include "platform/base/text.hpp"

namespace ruhu {
namespace {

/// One year each. Bits 0-3: the leap month, 0 for none; bits 4-15: months 12 … 1, set for 30 days; bit 16: the
/// leap month has 30 days. Months begin on the day of the new moon at 120° E; checked day by day against two
/// calendars computed from the moon's course.
constexpr std::array<std::uint32_t, 201> kYears = {
    0x04bd8, 0x04ae0, 0x0a570, 0x054d5, 0x0d260, 0x0d950, 0x16554, 0x056a0, 0x09ad0, 0x055d2,  // 1900
    0x04ae0, 0x0a5b6, 0x0a4d0, 0x0d250, 0x1d255, 0x0b540, 0x0d6a0, 0x0ada2, 0x095b0, 0x14977,  // 1910
    0x04970, 0x0a4b0, 0x0b4b5, 0x06a50, 0x06d40, 0x1ab54, 0x02b60, 0x09570, 0x052f2, 0x04970,  // 1920
    0x06566, 0x0d4a0, 0x0ea50, 0x16a95, 0x05ad0, 0x02b60, 0x186e3, 0x092e0, 0x1c8d7, 0x0c950,  // 1930
    0x0d4a0, 0x1d8a6, 0x0b550, 0x056a0, 0x1a5b4, 0x025d0, 0x092d0, 0x0d2b2, 0x0a950, 0x0b557,  // 1940
    0x06ca0, 0x0b550, 0x15355, 0x04da0, 0x0a5b0, 0x14573, 0x052b0, 0x0a9a8, 0x0e950, 0x06aa0,  // 1950
    0x0aea6, 0x0ab50, 0x04b60, 0x0aae4, 0x0a570, 0x05260, 0x0f263, 0x0d950, 0x05b57, 0x056a0,  // 1960
    0x096d0, 0x04dd5, 0x04ad0, 0x0a4d0, 0x0d4d4, 0x0d250, 0x0d558, 0x0b540, 0x0b6a0, 0x195a6,  // 1970
    0x095b0, 0x049b0, 0x0a974, 0x0a4b0, 0x0b27a, 0x06a50, 0x06d40, 0x0af46, 0x0ab60, 0x09570,  // 1980
    0x04af5, 0x04970, 0x064b0, 0x074a3, 0x0ea50, 0x06b58, 0x05ac0, 0x0ab60, 0x096d5, 0x092e0,  // 1990
    0x0c960, 0x0d954, 0x0d4a0, 0x0da50, 0x07552, 0x056a0, 0x0abb7, 0x025d0, 0x092d0, 0x0cab5,  // 2000
    0x0a950, 0x0b4a0, 0x0baa4, 0x0ad50, 0x055d9, 0x04ba0, 0x0a5b0, 0x15176, 0x052b0, 0x0a930,  // 2010
    0x07954, 0x06aa0, 0x0ad50, 0x05b52, 0x04b60, 0x0a6e6, 0x0a4e0, 0x0d260, 0x0ea65, 0x0d530,  // 2020
    0x05aa0, 0x076a3, 0x096d0, 0x04afb, 0x04ad0, 0x0a4d0, 0x1d0b6, 0x0d250, 0x0d520, 0x0dd45,  // 2030
    0x0b5a0, 0x056d0, 0x055b2, 0x049b0, 0x0a577, 0x0a4b0, 0x0aa50, 0x1b255, 0x06d20, 0x0ada0,  // 2040
    0x14b63, 0x09370, 0x049f8, 0x04970, 0x064b0, 0x168a6, 0x0ea50, 0x06b20, 0x1a6c4, 0x0aae0,  // 2050
    0x092e0, 0x0d2e3, 0x0c960, 0x0d557, 0x0d4a0, 0x0da50, 0x05d55, 0x056a0, 0x0a6d0, 0x055d4,  // 2060
    0x052d0, 0x0a9b8, 0x0a950, 0x0b4a0, 0x0b6a6, 0x0ad50, 0x055a0, 0x0aba4, 0x0a5b0, 0x052b0,  // 2070
    0x0b273, 0x06930, 0x07337, 0x06aa0, 0x0ad50, 0x14b55, 0x04b60, 0x0a570, 0x054e4, 0x0d160,  // 2080
    0x0e968, 0x0d520, 0x0daa0, 0x16aa6, 0x056d0, 0x04ae0, 0x0a9d4, 0x0a2d0, 0x0d150, 0x0f252,  // 2090
    0x0d520,                                                                                   // 2100
};
static_assert(kYears.size() == static_cast<std::size_t>(kLunarLastYear - kLunarFirstYear + 1));

constexpr std::int32_t kFirstDay = -25537;  ///< 1900-01-31, the first day of lunar 1900.
constexpr int kMonths = 12;

int leap_month(std::uint32_t year) { return static_cast<int>(year & 0xFU); }
int month_days(std::uint32_t year, int month) {
  return (year & (0x10000U >> static_cast<unsigned>(month))) != 0 ? 30 : 29;
}
int leap_days(std::uint32_t year) { return (year & 0x10000U) != 0 ? 30 : 29; }
std::uint32_t bits_of(int year) { return kYears[static_cast<std::size_t>(year - kLunarFirstYear)]; }

/// Days before the month begins, its leap month counting as its second half.
int days_before(std::uint32_t year, int month) {
  int days = 0;
  for (int m = 1; m < month; ++m) days += month_days(year, m) + (leap_month(year) == m ? leap_days(year) : 0);
  return days;
}
int year_days(std::uint32_t year) { return days_before(year, kMonths + 1); }

bool is_in_table(int year) { return year >= kLunarFirstYear && year <= kLunarLastYear; }

std::int32_t first_day_of(int year) {
  std::int32_t day = kFirstDay;
  for (int y = kLunarFirstYear; y < year; ++y) day += year_days(bits_of(y));
  return day;
}

LunarDate date_in_year(int year, int offset) {
  const std::uint32_t bits = bits_of(year);
  for (int month = 1; month <= kMonths; ++month) {
    const int days = month_days(bits, month);
    if (offset < days) return {year, month, offset + 1, false};
    offset -= days;
    if (leap_month(bits) != month) continue;
    if (offset < leap_days(bits)) return {year, month, offset + 1, true};
    offset -= leap_days(bits);
  }
  return {};
}

/// The nth of the words that a text parts by commas.
std::string nth_word(Lang lang, std::string_view key, int n) {
  const auto words = split(text(lang, key), ',');
  return std::string(words.at(static_cast<std::size_t>(n - 1)));
}

}  // namespace

std::optional<LunarDate> lunar_date(std::int32_t day) {
  int offset = day - kFirstDay;
  if (offset < 0) return std::nullopt;
  for (int year = kLunarFirstYear; year <= kLunarLastYear; ++year) {
    const int days = year_days(bits_of(year));
    if (offset < days) return date_in_year(year, offset);
    offset -= days;
  }
  return std::nullopt;
}

std::optional<std::int32_t> day_of_lunar(const LunarDate& date) {
  if (!is_in_table(date.year) || date.month < 1 || date.month > kMonths) return std::nullopt;
  const std::uint32_t bits = bits_of(date.year);
  if (date.leap && leap_month(bits) != date.month) return std::nullopt;
  if (date.day < 1 || date.day > (date.leap ? leap_days(bits) : month_days(bits, date.month))) return std::nullopt;
  const int before = days_before(bits, date.month) + (date.leap ? month_days(bits, date.month) : 0);
  return first_day_of(date.year) + before + date.day - 1;
}

bool is_lunar_reading(const PartialDate& told, const CivilDate& solar) {
  const auto lunar = lunar_date(to_day_number(solar));
  if (!lunar || lunar->year != told.year) return false;
  if (told.month != 0 && lunar->month != static_cast<int>(told.month)) return false;
  return told.day == 0 || lunar->day == static_cast<int>(told.day);
}

std::optional<SolarSpan> solar_span_of_lunar(const PartialDate& told) {
  if (!is_in_table(told.year)) return std::nullopt;
  const std::uint32_t bits = bits_of(told.year);
  const std::int32_t year = first_day_of(told.year);
  const int month = static_cast<int>(told.month);
  if (month == 0) return SolarSpan{from_day_number(year), from_day_number(year + year_days(bits) - 1)};
  if (told.day == 0)
    return SolarSpan{from_day_number(year + days_before(bits, month)),
                     from_day_number(year + days_before(bits, month + 1) - 1)};
  const int day = static_cast<int>(told.day);
  const auto plain = day_of_lunar({told.year, month, day, false});
  const auto leap = day_of_lunar({told.year, month, day, true});
  if (!plain && !leap) return std::nullopt;
  return SolarSpan{from_day_number(plain ? *plain : *leap), from_day_number(leap ? *leap : *plain)};
}

std::string lunar_text(Lang lang, const LunarDate& date) {
  const std::string year = std::to_string(date.year);
  const std::string month = nth_word(lang, "lunar.months", date.month);
  const std::string day = nth_word(lang, "lunar.days", date.day);
  return fill(text(lang, date.leap ? "lunar.leap_date" : "lunar.date"),
              {{"year", year}, {"month", month}, {"day", day}});
}

}  // namespace ruhu
