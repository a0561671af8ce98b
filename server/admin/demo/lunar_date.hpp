#pragma once
#include <cstdint>

namespace ruhu::demo {

/// A day of the traditional calendar. `leap`: the month repeats the one before it.
struct LunarDate {
  int year = 0;
  int month = 0;
  int day = 0;
  bool leap = false;
};

inline constexpr int kLunarFirstYear = 1900;
inline constexpr int kLunarLastYear = 1969;

/// The lunar day of a solar day (days since 1970-01-01). Year 0: outside the table (1900 to 1969), which
/// covers everybody old enough to tell a lunar birthday.
LunarDate lunar_date(std::int32_t day);

}  // namespace ruhu::demo
