#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "platform/base/random.hpp"

namespace ruhu::demo {

/// Integer choices from one seeded stream. Only whole-number arithmetic, so that every machine and library
/// draws the same; std::shuffle and the std distributions do not promise that.
/// Never two draws in one list of arguments or one sum: their order is the compiler's choice.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  /// 0 … n-1; 0 for n = 0.
  std::uint32_t below(std::size_t n) {
    const std::uint64_t high = random_.next() >> 32U;
    return static_cast<std::uint32_t>((high * static_cast<std::uint64_t>(n)) >> 32U);
  }

  /// `low` … `high`, both included; `low` when the range is empty.
  int between(int low, int high) {
    return high <= low ? low : low + static_cast<int>(below(static_cast<std::size_t>(high - low) + 1));
  }

  bool per_mille(int chance) { return static_cast<int>(below(1000)) < chance; }

  template <class T, std::size_t N>
  const T& pick(const std::array<T, N>& items) {
    static_assert(N > 0);
    return items[below(N)];
  }
  template <class T>
  const T& pick(std::span<const T> items) {
    return items[below(items.size())];
  }

  /// Index into `weights`, each as likely as its weight.
  template <std::size_t N>
  std::size_t weighted(const std::array<int, N>& weights) {
    int total = 0;
    for (const int weight : weights) total += weight;
    int left = static_cast<int>(below(static_cast<std::size_t>(total)));
    for (std::size_t i = 0; i < N; ++i) {
      left -= weights[i];
      if (left < 0) return i;
    }
    return N - 1;
  }

  /// Puts the items in a random order (Fisher-Yates).
  template <class Items>
  void mix(Items& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

  Random& random() { return random_; }

 private:
  SeededRandom random_;
};

}  // namespace ruhu::demo
