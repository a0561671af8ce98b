#pragma once
#include <cstdint>
#include <span>

namespace ruhu {

/// The only source of chance. Keys never come from here but from the crypto library.
class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t next() = 0;

  /// Uniform in [0, bound); 0 for bound 0.
  std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }
  /// True with probability p.
  bool chance(double p) { return static_cast<double>(next() >> 11U) * 0x1.0p-53 < p; }
};

class SystemRandom final : public Random {
 public:
  std::uint64_t next() override;
};

/// SplitMix64: the same seed gives the same numbers on every machine.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() override;

 private:
  std::uint64_t state_;
};

}  // namespace ruhu
