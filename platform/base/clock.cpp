#include "platform/base/clock.hpp"

namespace ruhu {

Instant SystemClock::now() { return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now()); }

std::chrono::nanoseconds SystemClock::ticks() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

CivilDate civil_date(Instant t, std::chrono::hours offset) {
  const std::chrono::year_month_day ymd{std::chrono::floor<std::chrono::days>(t + offset)};
  return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day())};
}

}  // namespace ruhu
