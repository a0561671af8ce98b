#include "sync/replicator/trip_pace.hpp"

#include <algorithm>

namespace ruhu {

TripPace::TripPace(std::int64_t kept) : batches_(kept <= 0 ? kFirst : std::clamp<std::int64_t>(kept, 1, kMost)) {}

void TripPace::came_back(std::int64_t carried, std::chrono::nanoseconds after) {
  if (carried == 0) return;
  if (after > kSlow) batches_ = std::max<std::int64_t>(1, std::min(batches_, carried) / 2);
  if (after < kQuick && carried >= batches_) batches_ = std::min(kMost, batches_ * 2);
}

void TripPace::was_cut(std::int64_t carried) {
  if (carried > 0) batches_ = std::max<std::int64_t>(1, std::min(batches_, carried) / 2);
}

}  // namespace ruhu
