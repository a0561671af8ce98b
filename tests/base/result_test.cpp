#include "platform/base/result.hpp"

#include <memory>
#include <set>
#include <string>

#include "platform/base/random.hpp"
#include "tests/support/catch.hpp"

namespace ruhu {
namespace {

Result<std::unique_ptr<int>> boxed(int value) {
  if (value < 0) return make_error(Errc::invalid_value, "negative");
  return std::make_unique<int>(value);
}

Status needs_positive(int value) {
  if (value <= 0) return make_error(Errc::usage);
  return {};
}

Result<int> sum(int a, int b) {
  RUHU_TRY(const auto first, boxed(a));
  RUHU_TRY(const auto second, boxed(b));
  RUHU_TRY_DONE(needs_positive(*first + *second));
  return *first + *second;
}

TEST_CASE("RUHU_TRY: hands the first error on and stops there") {
  CHECK(sum(1, 2).value() == 3);
  CHECK(sum(-1, 2).error().code == Errc::invalid_value);
  CHECK(sum(1, -2).error().detail == "negative");
  CHECK(sum(0, 0).error().code == Errc::usage);
  CHECK(sum(-1, 0).value_or(7) == 7);
}

TEST_CASE("error_table: has one row for each code, each with a key of its own") {
  std::set<std::string_view> keys;
  for (const auto& row : error_table()) {
    CHECK(&traits_of(row.code) == &row);
    CHECK_FALSE(row.key.empty());
    keys.insert(row.key);
  }
  CHECK(keys.size() == error_table().size());
}

TEST_CASE("to_log_line: names the code, the detail and the place") {
  const auto line = to_log_line(make_error(Errc::offline, "no route"));
  CHECK_THAT(line, Catch::StartsWith("offline (no route) at ") && Catch::Contains("result_test.cpp:"));
}

TEST_CASE("SeededRandom: gives SplitMix64's published numbers") {
  SeededRandom random(1234567);
  CHECK(random.next() == 6457827717110365317ULL);
  CHECK(random.next() == 3203168211198807973ULL);
}

TEST_CASE("Random: below stays below, chance knows never and always") {
  SeededRandom random(5);
  for (int i = 0; i < 1000; ++i) {
    REQUIRE(random.below(7) < 7);
    REQUIRE_FALSE(random.chance(0.0));
    REQUIRE(random.chance(1.0));
  }
  CHECK(random.below(0) == 0);
}

}  // namespace
}  // namespace ruhu
