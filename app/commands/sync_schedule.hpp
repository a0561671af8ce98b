#pragma once
#include <chrono>
#include <cstdint>
#include <optional>

#include "platform/base/error.hpp"
#include "platform/base/random.hpp"

namespace ruhu {

/// When the tablet syncs by itself. Times are the steady clock's (Clock::ticks). A run that fails for want of a network
/// is tried again after ever longer pauses, each drawn anew between half and one and a half of its length, so that a
/// street's tablets do not all come back at the moment when the network does.
class SyncSchedule {
 public:
  using Time = std::chrono::nanoseconds;

  SyncSchedule(Time now, std::uint64_t seed);

  /// Something waits to be sent. Several saves of one visit go together.
  void work_came(Time now);
  /// A run has ended: nothing for one that went well. What only a person can mend is not tried again.
  void run_ended(std::optional<Errc> failure, Time now);
  bool is_due(Time now) const { return due_ && now >= *due_; }

  static constexpr Time kAfterStart = std::chrono::seconds{5};
  static constexpr Time kAfterWork = std::chrono::seconds{30};
  static constexpr Time kBetweenLooks = std::chrono::minutes{15};  ///< For what others have recorded.
  static constexpr Time kFirstPause = std::chrono::minutes{1};
  static constexpr Time kLongestPause = std::chrono::minutes{30};

 private:
  std::optional<Time> due_;  ///< Nothing: only when the worker asks.
  int failures_ = 0;         ///< In a row.
  SeededRandom random_;
};

}  // namespace ruhu
