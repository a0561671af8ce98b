#include "app/commands/sync_schedule.hpp"

#include <algorithm>

namespace ruhu {

SyncSchedule::SyncSchedule(Time now, std::uint64_t seed) : due_(now + kAfterStart), random_(seed) {}

void SyncSchedule::work_came(Time now) {
  if (failures_ > 0 || !due_) return;  // the pause goes on: the network is no better for there being more to send
  due_ = std::min(*due_, now + kAfterWork);
}

void SyncSchedule::run_ended(std::optional<Errc> failure, Time now) {
  if (!failure || *failure == Errc::cancelled) {
    failures_ = 0;
    due_ = now + kBetweenLooks;
  } else if (traits_of(*failure).transient) {
    constexpr int kDoublings = 5;
    const Time pause = std::min(kLongestPause, kFirstPause * (1 << std::min(failures_, kDoublings)));
    const auto half = static_cast<std::uint64_t>(pause.count()) / 2;
    due_ = now + Time{static_cast<std::int64_t>(half + random_.below(2 * half))};
    ++failures_;
  } else {
    failures_ = 0;
    due_.reset();
  }
}

}  // namespace ruhu
