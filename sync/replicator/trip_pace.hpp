#pragma once
#include <chrono>
#include <cstdint>

namespace ruhu {

/// How many batches the next trip carries, by how long the last one took. Full trips that are quick double it, slow
/// ones and those that were cut halve it.
class TripPace {
 public:
  static constexpr std::int64_t kFirst = 4;
  static constexpr std::int64_t kMost = 24;  ///< 6 MiB raw: together always a message that the server takes.
  static constexpr std::chrono::seconds kQuick{5};
  static constexpr std::chrono::seconds kSlow{15};

  /// As kept from earlier trips; 0: there were none.
  explicit TripPace(std::int64_t kept);

  std::int64_t batches() const { return batches_; }
  /// A trip came back. `carried`: its batches; one that was not full says nothing of what would have been too much.
  void came_back(std::int64_t carried, std::chrono::nanoseconds after);
  void was_cut(std::int64_t carried);

 private:
  std::int64_t batches_;
};

}  // namespace ruhu
