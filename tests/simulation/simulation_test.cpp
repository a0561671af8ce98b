#include "tests/simulation/checkers.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu::simulation;

namespace {
constexpr std::uint64_t kSeedsInCi = 200;
}

TEST_CASE("Simulation: 200 seeds of loss, repeats, crashes and skewed clocks lose and hide nothing", "[simulation]") {
  for (std::uint64_t seed = 1; seed <= kSeedsInCi; ++seed) {
    INFO("replay with: ./dev simulate --from " << seed << " --seeds 1");
    const auto findings = run_seed(seed);
    CAPTURE(findings);
    REQUIRE(findings.empty());
  }
}

TEST_CASE("Simulation: the same seed gives the same trace", "[simulation]") {
  for (const std::uint64_t seed : {3U, 17U, 42U}) {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    run_seed(seed, {}, &first);
    run_seed(seed, {}, &second);
    CHECK(first == second);
  }
}

TEST_CASE("Simulation: a server that forgets op ids is found out", "[simulation][negative]") {
  int caught = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed)
    if (!run_seed(seed, {.forget_op_ids = true}).empty()) ++caught;
  CHECK(caught > 0);
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
