#include "tests/bench/measure.hpp"

#include <nlohmann/json.hpp>

namespace ruhu::bench {

double percentile(const std::vector<double>& ascending, double p) {
  return ascending[static_cast<std::size_t>(p * static_cast<double>(ascending.size() - 1))];
}

double rounded(double value, double step) { return std::round(value / step) * step; }

Json p50_p99(const std::vector<double>& ascending) {
  return {{"p50_ms", rounded(percentile(ascending, 0.5))}, {"p99_ms", rounded(percentile(ascending, 0.99))}};
}

}  // namespace ruhu::bench
