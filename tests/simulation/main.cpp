#include <CLI/CLI.hpp>
#include <iostream>

#include "tests/simulation/checkers.hpp"

/// ruhu_simulation [--seeds N] [--from SEED] [--negative]: exit 0 when no seed finds anything (with --negative: when
/// one does).
int main(int argc, char** argv) {
  CLI::App app{"Tablets and server under simulated faults; each seed is another story"};
  std::uint64_t seeds = 1000;
  std::uint64_t from = 1;
  bool negative = false;
  std::string json;
  app.add_option("--seeds", seeds)->capture_default_str();
  app.add_option("--from", from)->capture_default_str();
  app.add_flag("--negative", negative, "Idempotency off: must be caught");
  app.add_option("--json", json, "Write {\"seeds\",\"failed\"} to this file");
  CLI11_PARSE(app, argc, argv);
  std::uint64_t failed = 0;
  for (std::uint64_t seed = from; seed < from + seeds; ++seed) {
    const auto findings = ruhu::simulation::run_seed(seed, {.forget_op_ids = negative});
    if (findings.empty()) continue;
    ++failed;
    if (negative) continue;
    std::cout << "seed " << seed << " (replay: ./dev simulate --from " << seed << " --seeds 1)\n";
    for (const auto& finding : findings) std::cout << "  " << finding << "\n";
  }
  std::cout << seeds << " seeds, " << failed << " with findings" << std::endl;
  if (!json.empty()) std::ofstream(json) << "{\"seeds\":" << seeds << ",\"failed\":" << failed << "}\n";
  return negative ? (failed == 0 ? 1 : 0) : (failed == 0 ? 0 : 1);
}
