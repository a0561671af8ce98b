// Every test run plays what fuzzing has found before, and the seeds; the fuzzer itself is ./dev fuzz.
#include <algorithm>
#include <filesystem>

#include "tests/fuzz/targets.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::fuzz;

namespace {
const std::string kFolder = RUHU_SOURCE_DIR "/tests/fuzz/corpus";
}

TEST_CASE("Fuzz: every decoder takes what its encoder makes, and every input kept from earlier runs", "[fuzz]") {
  for (const Target& target : targets()) {
    INFO(target.name);
    CHECK_FALSE(target.seeds().empty());
    for (const std::string& seed : target.seeds()) target.run(seed);
    for (const std::string& input : kept_inputs(target, kFolder)) target.run(input);
  }
}

TEST_CASE("Fuzz: every decoder takes its seeds cut short anywhere and with any byte changed", "[fuzz]") {
  for (const Target& target : targets()) {
    for (const std::string& seed : target.seeds()) {
      const std::size_t step = 1 + seed.size() / 400;
      for (std::size_t at = 0; at < seed.size(); at += step) {
        target.run(std::string_view(seed).substr(0, at));
        std::string changed = seed;
        changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) + 1U + at % 255U);
        target.run(changed);
      }
    }
  }
}

TEST_CASE("Fuzz: files of kept inputs belong to a target", "[fuzz]") {
  for (const auto& file : std::filesystem::directory_iterator(kFolder))
    if (file.path().extension() == ".hex") CHECK(find_target(file.path().stem().string()) != nullptr);
}
