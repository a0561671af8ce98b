#include "server/admin/demo/lunar_date.hpp"

#include <array>
#include <cstddef>

namespace ruhu::demo {
namespace {

/// One year each from 1900. Bits 0-3: the leap month, 0 for none; bits 4-15: months 12 … 1, set for 30 days;
/// bit 16: the leap month has 30 days.
constexpr std::array<std::uint32_t, 70> kYears = {
    0x04bd8, 0x04ae0, 0x0a570, 0x054d5, 0x0d260, 0x0d950, 0x16554, 0x056a0, 0x09ad0, 0x055d2,  // 1900
    0x04ae0, 0x0a5b6, 0x0a4d0, 0x0d250, 0x1d255, 0x0b540, 0x0d6a0, 0x0ada2, 0x095b0, 0x14977,  // 1910
    0x04970, 0x0a4b0, 0x0b4b5, 0x06a50, 0x06d40, 0x1ab54, 0x02b60, 0x09570, 0x052f2, 0x04970,  // 1920
    0x06566, 0x0d4a0, 0x0ea50, 0x06e95, 0x05ad0, 0x02b60, 0x186e3, 0x092e0, 0x1c8d7, 0x0c950,  // 1930
    0x0d4a0, 0x1d8a6, 0x0b550, 0x056a0, 0x1a5b4, 0x025d0, 0x092d0, 0x0d2b2, 0x0a950, 0x0b557,  // 1940
    0x06ca0, 0x0b550, 0x15355, 0x04da0, 0x0a5b0, 0x14573, 0x052b0, 0x0a9a8, 0x0e950, 0x06aa0,  // 1950
    0x0aea6, 0x0ab50, 0x04b60, 0x0aae4, 0x0a570, 0x05260, 0x0f263, 0x0d950, 0x05b57, 0x056a0,  // 1960
};
static_assert(kYears.size() == static_cast<std::size_t>(kLunarLastYear - kLunarFirstYear + 1));

constexpr std::int32_t kFirstDay = -25537;  ///< 1900-01-31, the first day of lunar 1900.

int leap_month(std::uint32_t year) { return static_cast<int>(year & 0xFU); }
int month_days(std::uint32_t year, int month) {
  return (year & (0x10000U >> static_cast<unsigned>(month))) != 0 ? 30 : 29;
}
int leap_days(std::uint32_t year) { return (year & 0x10000U) != 0 ? 30 : 29; }

int year_days(std::uint32_t year) {
  int days = leap_month(year) != 0 ? leap_days(year) : 0;
  for (int month = 1; month <= 12; ++month) days += month_days(year, month);
  return days;
}

LunarDate date_in_year(std::uint32_t bits, int year, int offset) {
  for (int month = 1; month <= 12; ++month) {
    const int days = month_days(bits, month);
    if (offset < days) return {year, month, offset + 1, false};
    offset -= days;
    if (leap_month(bits) != month) continue;
    if (offset < leap_days(bits)) return {year, month, offset + 1, true};
    offset -= leap_days(bits);
  }
  return {};
}

}  // namespace

LunarDate lunar_date(std::int32_t day) {
  int offset = day - kFirstDay;
  if (offset < 0) return {};
  int year = kLunarFirstYear;
  for (const std::uint32_t bits : kYears) {
    const int days = year_days(bits);
    if (offset < days) return date_in_year(bits, year, offset);
    offset -= days;
    ++year;
  }
  return {};
}

}  // namespace ruhu::demo
