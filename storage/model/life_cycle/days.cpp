#include "storage/model/life_cycle/days.hpp"

#include <algorithm>

#include "storage/dictionary/partial_date.hpp"

namespace ruhu {
namespace {

constexpr int kAdultAge = 18;
constexpr unsigned kMonths = 12;

std::string text_of_day(const CivilDate& date) { return to_string(PartialDate{date.year, date.month, date.day}); }

}  // namespace

std::string days_after(std::string_view day, int days) {
  const auto date = parse_partial_date(day);
  if (!date) return std::string(day);
  return text_of_day(from_day_number(to_day_number(first_day(*date)) + days));
}

std::string day_before(std::string_view day) { return days_after(day, -1); }

std::string months_after(std::string_view day, int months) {
  const auto date = parse_partial_date(day);
  if (!date) return std::string(day);
  CivilDate at = first_day(*date);
  const unsigned month = at.month - 1 + static_cast<unsigned>(months);
  at.year += static_cast<int>(month / kMonths);
  at.month = month % kMonths + 1;
  at.day = std::min(at.day, last_day({at.year, at.month, 0}).day);
  return text_of_day(at);
}

std::string not_before(std::string_view day, std::string_view since) {
  const auto end = parse_partial_date(day);
  const auto start = parse_partial_date(since);
  if (!end || !start || first_day(*start) <= last_day(*end)) return end ? days_after(day, 0) : std::string(day);
  return text_of_day(first_day(*start));
}

bool is_adult(std::string_view birth_date, std::string_view day) {
  const auto birth = parse_partial_date(birth_date);
  const auto today = parse_partial_date(day);
  return !birth || !today || age_in_years(first_day(*birth), last_day(*today)) >= kAdultAge;
}

}  // namespace ruhu
