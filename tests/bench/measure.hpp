#pragma once
#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "platform/base/clock.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::bench {

using Json = nlohmann::ordered_json;

inline double seconds_of(Clock& clock, const std::function<void()>& work) {
  const auto from = clock.ticks();
  work();
  return std::chrono::duration<double>(clock.ticks() - from).count();
}

/// Each call of `work` by itself, in milliseconds, ascending.
inline std::vector<double> milliseconds_each(Clock& clock, int times, const std::function<void(int)>& work) {
  std::vector<double> all;
  for (int i = 0; i < times; ++i) all.push_back(1000 * seconds_of(clock, [&] { work(i); }));
  std::sort(all.begin(), all.end());
  return all;
}

double percentile(const std::vector<double>& ascending, double p);
double rounded(double value, double step = 0.001);
Json p50_p99(const std::vector<double>& ascending);  ///< {"p50_ms","p99_ms"}

/// A folder on a real disk that goes with this object: timing a file system in memory would flatter every fsync.
class BenchFolder {
 public:
  explicit BenchFolder(const std::filesystem::path& parent) : path_(parent / "bench-data") {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~BenchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

struct BenchContext {
  const Dictionary& dictionary;
  Clock& clock;
  const BenchFolder& folder;
};

Json bench_save(const BenchContext& ctx);
Json bench_sync(const BenchContext& ctx, const std::string& size);
Json bench_peers(const BenchContext& ctx);
Json bench_screen(const BenchContext& ctx);
Json bench_records(const BenchContext& ctx);
int measure_resident(const std::string& file, const Dictionary& dictionary, Clock& clock);

}  // namespace ruhu::bench
