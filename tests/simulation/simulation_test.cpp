#include "tests/simulation/checkers.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu::simulation;

namespace {

constexpr std::uint64_t kSeedsToNotice = 200;

/// Four shares, so that as many cores as there are can take part.
void check_seeds(std::uint64_t first, std::uint64_t last) {
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    INFO("replay with: ./dev simulate --from " << seed << " --seeds 1");
    const auto findings = run_seed(seed);
    CAPTURE(findings);
    REQUIRE(findings.empty());
  }
}

}  // namespace

TEST_CASE("Simulation: seeds 1-250 of loss, repeats, crashes, skewed clocks lose and hide nothing", "[simulation]") {
  check_seeds(1, 250);
}
TEST_CASE("Simulation: seeds 251-500 of loss, repeats, crashes, skewed clocks lose and hide nothing", "[simulation]") {
  check_seeds(251, 500);
}
TEST_CASE("Simulation: seeds 501-750 of loss, repeats, crashes, skewed clocks lose and hide nothing", "[simulation]") {
  check_seeds(501, 750);
}
TEST_CASE("Simulation: seeds 751-1000 of loss, repeats, crashes, skewed clocks lose and hide nothing", "[simulation]") {
  check_seeds(751, 1'000);
}

TEST_CASE("Simulation: the same seed gives the same trace", "[simulation]") {
  for (const std::uint64_t seed : {3U, 17U, 42U}) {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    run_seed(seed, Sabotage::none, &first);
    run_seed(seed, Sabotage::none, &second);
    CHECK(first == second);
  }
}

TEST_CASE("Simulation: every planted fault is noticed within 200 seeds", "[simulation][negative]") {
  std::string noticed;
  for (const SabotageInfo& fault : sabotages()) {
    const std::uint64_t seed = first_seed_that_notices(fault.what, kSeedsToNotice);
    INFO(fault.name << ": " << fault.says);
    CHECK(seed != 0);
    noticed += std::string(fault.name) + " " + std::to_string(seed) + ", ";
  }
  WARN("noticed in seed: " << noticed);
}

TEST_CASE("Simulation: without faults nobody but the rules decides", "[simulation]") {
  World world({.seed = 7, .tablets = 3});
  world.run(200);
  REQUIRE(world.heal_and_drain());
  const auto findings = check_all(world);
  CAPTURE(findings);
  CHECK(findings.empty());
  CHECK(world.acked().size() > 100);
}
