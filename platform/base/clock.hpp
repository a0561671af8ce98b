#pragma once
#include <chrono>
#include <cstdint>

namespace ruhu {

/// An instant, UTC, milliseconds since 1970. Whose clock it is stands beside each use.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Millis = std::chrono::milliseconds;

inline std::int64_t to_ms(Instant t) { return t.time_since_epoch().count(); }
inline Instant from_ms(std::int64_t ms) { return Instant{Millis{ms}}; }

/// The only source of time. Simulations and tests give their own.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;                     ///< Wall clock; may jump in both directions.
  virtual std::chrono::nanoseconds ticks() = 0;  ///< Monotonic, from an arbitrary start; for durations.
};

class SystemClock final : public Clock {
 public:
  Instant now() override;
  std::chrono::nanoseconds ticks() override;
};

/// Hybrid logical time: milliseconds in the upper 48 bits, a counter in the lower 16.
/// Later edits compare greater even when the tablet's clock stands still or jumps back.
struct HybridTime {
  std::uint64_t packed = 0;  ///< 0: never.
  static HybridTime from(Instant t, std::uint16_t counter = 0) {
    const auto ms = to_ms(t);
    return {(static_cast<std::uint64_t>(ms < 0 ? 0 : ms) << 16U) | counter};
  }
  Instant instant() const { return from_ms(static_cast<std::int64_t>(packed >> 16U)); }
  auto operator<=>(const HybridTime&) const = default;
};

/// The next hybrid time after `last` on a clock that shows `now`.
inline HybridTime next_hybrid_time(HybridTime last, Instant now) {
  const HybridTime wall = HybridTime::from(now);
  return wall > last ? wall : HybridTime{last.packed + 1};
}

/// "2026-03-05" of the instant at the given offset from UTC; `offset` is China's +8 h unless told.
struct CivilDate {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  auto operator<=>(const CivilDate&) const = default;
};
inline constexpr std::chrono::hours kChinaOffset{8};
CivilDate civil_date(Instant t, std::chrono::hours offset = kChinaOffset);

}  // namespace ruhu
