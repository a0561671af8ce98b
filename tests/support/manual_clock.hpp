#pragma once
#include "platform/base/clock.hpp"

namespace ruhu::test {

/// A clock that moves only when told.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start = from_ms(1'772'700'000'000)) : now_(start) {}  // 2026-03-05 16:40 in China
  Instant now() override { return now_ + skew_; }
  std::chrono::nanoseconds ticks() override { return now_.time_since_epoch(); }

  void advance(Millis by) { now_ += by; }
  void set(Instant to) { now_ = to; }
  void set_skew(Millis skew) { skew_ = skew; }  ///< Wall clock only.

 private:
  Instant now_;
  Millis skew_{0};
};

}  // namespace ruhu::test
