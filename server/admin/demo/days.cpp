#include "server/admin/demo/days.hpp"

#include <chrono>

namespace ruhu::demo {
namespace {

constexpr int kMinutesOfDay = 24 * 60;

std::chrono::year_month_day civil(Day day) {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day}}};
}

std::string dated(Day day, bool with_month, bool with_day, const char* separator) {
  const auto date = civil(day);
  std::string out = padded(static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
  if (with_month) out += separator + padded(static_cast<unsigned>(date.month()), 2);
  if (with_day) out += separator + padded(static_cast<unsigned>(date.day()), 2);
  return out;
}

}  // namespace

Day day_of(Instant at) {
  return static_cast<Day>(std::chrono::floor<std::chrono::days>(at + kChinaOffset).time_since_epoch().count());
}

Instant instant_of(Day day, int minute_of_day) {
  const std::chrono::minutes since{std::int64_t{day} * kMinutesOfDay + minute_of_day};
  return Instant{std::chrono::duration_cast<Millis>(since - kChinaOffset)};
}

Day first_of_year(int year) {
  return static_cast<Day>(std::chrono::sys_days{std::chrono::year{year} / 1 / 1}.time_since_epoch().count());
}

int year_of(Day day) { return static_cast<int>(civil(day).year()); }

bool is_weekend(Day day) {
  const std::chrono::weekday weekday{std::chrono::sys_days{std::chrono::days{day}}};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

std::string iso_date(Day day) { return dated(day, true, true, "-"); }
std::string iso_month(Day day) { return dated(day, true, false, "-"); }
std::string iso_year(Day day) { return dated(day, false, false, ""); }
std::string compact_date(Day day) { return dated(day, true, true, ""); }

std::string padded(std::uint64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

}  // namespace ruhu::demo
