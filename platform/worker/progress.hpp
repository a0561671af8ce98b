#pragma once
#include <atomic>
#include <cstdint>
#include <stop_token>

namespace ruhu {

/// What a long job and the screen that shows it have in common. The job owns it, the screen holds a weak
/// pointer.
struct Progress {
  std::atomic<std::uint64_t> done{0};   ///< Steps finished; the job says what a step is.
  std::atomic<std::uint64_t> total{0};  ///< 0: not known yet.
  std::stop_source stop;                ///< The screen asks; the job looks between two steps.
};

}  // namespace ruhu
