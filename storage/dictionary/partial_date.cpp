#include "storage/dictionary/partial_date.hpp"

#include <charconv>
#include <cstdio>
#include <vector>

#include "platform/base/text.hpp"

namespace ruhu {
namespace {

std::optional<unsigned> parse_number(std::string_view digits) {
  unsigned value = 0;
  const char* end = digits.data() + digits.size();
  if (!is_all_digits(digits)) return std::nullopt;
  const auto [at, error] = std::from_chars(digits.data(), end, value);
  return error == std::errc{} && at == end ? std::optional(value) : std::nullopt;
}

std::chrono::year_month_day to_ymd(const CivilDate& date) {
  return {std::chrono::year{date.year}, std::chrono::month{date.month}, std::chrono::day{date.day}};
}

/// Replaces each way to part year, month and day by '-'; drops what may follow the day.
std::string with_hyphens(std::string_view text) {
  std::string out;
  for (const char32_t c : decode_utf8(fold_for_comparison(text))) {
    if (c == U'年' || c == U'月' || c == U'/' || c == U'.') {
      out += '-';
    } else if (c != U'日' && c != U'号' && c != U' ') {
      append_utf8(out, c);
    }
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

}  // namespace

bool is_calendar_date(int year, unsigned month, unsigned day) {
  return year >= 1 && year <= 9999 && month <= 12 && day <= 31 && to_ymd({year, month, day}).ok();
}

std::optional<PartialDate> parse_partial_date(std::string_view text) {
  const auto parts = split(text, '-');
  if (parts.size() > 3 || parts[0].size() != 4) return std::nullopt;
  PartialDate date;
  const auto year = parse_number(parts[0]);
  if (!year || *year == 0) return std::nullopt;
  date.year = static_cast<int>(*year);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto number = parts[i].size() == 2 ? parse_number(parts[i]) : std::nullopt;
    if (!number || *number == 0) return std::nullopt;
    (i == 1 ? date.month : date.day) = *number;
  }
  if (date.month > 12) return std::nullopt;
  if (date.day != 0 && !is_calendar_date(date.year, date.month, date.day)) return std::nullopt;
  return date;
}

std::string to_string(const PartialDate& date) {
  char buffer[40];
  int length = std::snprintf(buffer, sizeof buffer, "%04d", date.year);
  if (date.month != 0) length = std::snprintf(buffer, sizeof buffer, "%04d-%02u", date.year, date.month);
  if (date.day != 0) length = std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", date.year, date.month, date.day);
  return std::string(buffer, static_cast<std::size_t>(length));
}

std::optional<std::string> iso_date_form(std::string_view text) {
  const std::string plain = with_hyphens(text);
  if (is_all_digits(plain) && plain.size() == 8)
    return plain.substr(0, 4) + "-" + plain.substr(4, 2) + "-" + plain.substr(6, 2);
  const auto parts = split(plain, '-');
  if (parts.size() > 3 || parts[0].size() != 4 || !is_all_digits(parts[0])) return std::nullopt;
  std::string out(parts[0]);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (!is_all_digits(parts[i]) || parts[i].size() > 2) return std::nullopt;
    out += parts[i].size() == 1 ? "-0" : "-";
    out += parts[i];
  }
  return out;
}

CivilDate first_day(const PartialDate& date) {
  return {date.year, date.month == 0 ? 1U : date.month, date.day == 0 ? 1U : date.day};
}

CivilDate last_day(const PartialDate& date) {
  if (date.is_complete()) return {date.year, date.month, date.day};
  const std::chrono::month month{date.month == 0 ? 12U : date.month};
  const std::chrono::year_month_day_last last{std::chrono::year{date.year}, std::chrono::month_day_last{month}};
  return {date.year, static_cast<unsigned>(month), static_cast<unsigned>(last.day())};
}

std::int32_t to_day_number(const CivilDate& date) {
  return static_cast<std::int32_t>(std::chrono::sys_days{to_ymd(date)}.time_since_epoch().count());
}

CivilDate from_day_number(std::int32_t day) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{day}}};
  return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day())};
}

int age_in_years(const CivilDate& birth, const CivilDate& today) {
  const bool had_birthday = today.month > birth.month || (today.month == birth.month && today.day >= birth.day);
  return today.year - birth.year - (had_birthday ? 0 : 1);
}

}  // namespace ruhu
