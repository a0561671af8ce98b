#include <charconv>
#include <cstdio>

#include "platform/base/clock.hpp"
#include "platform/base/text.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/model/value_json.hpp"

namespace ruhu {
namespace {

constexpr std::int64_t kSecondMs = 1000;
constexpr std::int64_t kMinuteMs = 60 * kSecondMs;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;
constexpr std::int64_t kFirstMs = -62'135'596'800'000;  ///< 0001-01-01T00:00:00Z
constexpr std::int64_t kLastMs = 253'402'300'799'999;   ///< 9999-12-31T23:59:59.999Z

/// Takes fixed forms off the front of a text; stays failed after the first that does not fit.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  std::int64_t digits(std::size_t count, std::int64_t max) {
    const std::string_view taken = rest_.substr(0, count);
    std::int64_t value = 0;
    if (taken.size() != count || !is_all_digits(taken)) return fail();
    std::from_chars(taken.data(), taken.data() + taken.size(), value);
    rest_.remove_prefix(count);
    return value <= max ? value : fail();
  }
  char one_of(std::string_view allowed) {
    if (rest_.empty() || allowed.find(rest_.front()) == std::string_view::npos) return static_cast<char>(fail());
    const char taken = rest_.front();
    rest_.remove_prefix(1);
    return taken;
  }
  /// ".5", ".123456": as whole milliseconds.
  std::int64_t fraction_ms() {
    if (!rest_.starts_with('.')) return 0;
    rest_.remove_prefix(1);
    std::int64_t value = 0;
    std::size_t count = 0;
    for (; count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9'; ++count)
      if (count < 3) value = value * 10 + (rest_[count] - '0');
    if (count == 0 || count > 12) return fail();
    rest_.remove_prefix(count);
    for (; count < 3; ++count) value *= 10;
    return value;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::int64_t fail() {
    ok_ = false;
    return 0;
  }
  std::string_view rest_;
  bool ok_ = true;
};

std::int64_t offset_ms(Scanner& in) {
  const char sign = in.one_of("Zz+-");
  if (!in.ok() || sign == 'Z' || sign == 'z') return 0;
  const std::int64_t hours = in.digits(2, 23);
  in.one_of(":");
  const std::int64_t minutes = in.digits(2, 59);
  return (sign == '-' ? -1 : 1) * (hours * kHourMs + minutes * kMinuteMs);
}

}  // namespace

std::string format_time(std::int64_t utc_ms) {
  const std::int64_t ms = utc_ms < kFirstMs ? kFirstMs : (utc_ms > kLastMs ? kLastMs : utc_ms);
  const std::int64_t in_day = ((ms % kDayMs) + kDayMs) % kDayMs;
  const CivilDate day = from_day_number(static_cast<std::int32_t>((ms - in_day) / kDayMs));
  char buffer[64];
  const int length =
      std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", day.year, day.month, day.day,
                    static_cast<int>(in_day / kHourMs), static_cast<int>(in_day / kMinuteMs % 60),
                    static_cast<int>(in_day / kSecondMs % 60), static_cast<int>(in_day % kSecondMs));
  return std::string(buffer, static_cast<std::size_t>(length));
}

std::optional<std::int64_t> parse_time(std::string_view text) {
  Scanner in(text);
  const auto year = static_cast<int>(in.digits(4, 9999));
  in.one_of("-");
  const auto month = static_cast<unsigned>(in.digits(2, 12));
  in.one_of("-");
  const auto day = static_cast<unsigned>(in.digits(2, 31));
  in.one_of("Tt ");
  std::int64_t in_day = in.digits(2, 23) * kHourMs;
  in.one_of(":");
  in_day += in.digits(2, 59) * kMinuteMs;
  in.one_of(":");
  in_day += in.digits(2, 59) * kSecondMs;
  in_day += in.fraction_ms();
  const std::int64_t offset = offset_ms(in);
  if (!in.ok() || !in.at_end() || !is_calendar_date(year, month, day)) return std::nullopt;
  const std::int64_t ms = std::int64_t{to_day_number({year, month, day})} * kDayMs + in_day - offset;
  return ms >= kFirstMs && ms <= kLastMs ? std::optional(ms) : std::nullopt;
}

}  // namespace ruhu
