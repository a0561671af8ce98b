#include <CLI/CLI.hpp>
#include <iostream>

#include "tests/simulation/checkers.hpp"

/// How many planted faults no seed notices.
std::uint64_t count_unnoticed(std::uint64_t seeds) {
  std::uint64_t unnoticed = 0;
  for (const ruhu::simulation::SabotageInfo& fault : ruhu::simulation::sabotages()) {
    const std::uint64_t seed = ruhu::simulation::first_seed_that_notices(fault.what, seeds);
    std::cout << fault.name << " (" << fault.says
              << "): " << (seed == 0 ? "NOT NOTICED" : "noticed in seed " + std::to_string(seed)) << std::endl;
    unnoticed += seed == 0 ? 1U : 0U;
  }
  return unnoticed;
}

/// ruhu_simulation [--seeds N] [--from SEED] [--negative]: exit 0 when no seed finds anything (with --negative: when
/// every planted fault is noticed).
int main(int argc, char** argv) {
  CLI::App app{"Tablets and server under simulated faults; each seed is another story"};
  std::uint64_t seeds = 1000;
  std::uint64_t from = 1;
  bool negative = false;
  std::string json;
  app.add_option("--seeds", seeds)->capture_default_str();
  app.add_option("--from", from)->capture_default_str();
  app.add_flag("--negative", negative, "Plants every fault; each must be noticed by some seed");
  app.add_option("--json", json, "Write {\"seeds\",\"failed\"} to this file");
  CLI11_PARSE(app, argc, argv);
  if (negative) return count_unnoticed(seeds) == 0 ? 0 : 1;
  std::uint64_t failed = 0;
  for (std::uint64_t seed = from; seed < from + seeds; ++seed) {
    const auto findings = ruhu::simulation::run_seed(seed);
    if (findings.empty()) continue;
    ++failed;
    std::cout << "seed " << seed << " (replay: ./dev simulate --from " << seed << " --seeds 1)\n";
    for (const auto& finding : findings) std::cout << "  " << finding << "\n";
  }
  std::cout << seeds << " seeds, " << failed << " with findings" << std::endl;
  if (!json.empty()) std::ofstream(json) << "{\"seeds\":" << seeds << ",\"failed\":" << failed << "}\n";
  return failed == 0 ? 0 : 1;
}
