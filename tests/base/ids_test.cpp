#include "platform/base/ids.hpp"

#include <unordered_set>

#include "tests/support/catch.hpp"

namespace ruhu {
namespace {

/// Stands still until it is set.
class SetClock final : public Clock {
 public:
  explicit SetClock(std::int64_t ms) : now_(from_ms(ms)) {}
  Instant now() override { return now_; }
  std::chrono::nanoseconds ticks() override { return now_.time_since_epoch(); }
  void set(std::int64_t ms) { now_ = from_ms(ms); }

 private:
  Instant now_;
};

TEST_CASE("make_uuid_v7: has the shape of RFC 9562 and the clock's milliseconds in front") {
  SetClock clock(0x0192'3456'789A);
  SeededRandom random(1);
  const Uuid id = make_uuid_v7(clock, random);
  const std::string text = to_string(id);
  CHECK(text.substr(0, 15) == "01923456-789a-7");
  CHECK(std::string("89ab").find(text[19]) != std::string::npos);
  CHECK_FALSE(id.is_nil());
}

TEST_CASE("make_uuid_v7: later milliseconds sort later, as bytes and as text") {
  SetClock clock(0);
  SeededRandom random(2);
  Uuid last = make_uuid_v7(clock, random);
  for (const std::int64_t ms : {1LL, 255LL, 256LL, 1'700'000'000'000LL, 1'700'000'000'001LL, 0xFFFF'FFFF'FFFFLL}) {
    clock.set(ms);
    const Uuid next = make_uuid_v7(clock, random);
    CHECK(last < next);
    CHECK(to_string(last) < to_string(next));
    last = next;
  }
}

TEST_CASE("make_uuid_v7: does not repeat within one millisecond") {
  SetClock clock(1'700'000'000'000);
  SeededRandom random(3);
  std::unordered_set<Uuid> seen;
  for (int i = 0; i < 10'000; ++i) seen.insert(make_uuid_v7(clock, random));
  CHECK(seen.size() == 10'000);
}

TEST_CASE("parse_uuid: takes what to_string gives, in both cases, and nothing else") {
  SetClock clock(1'700'000'000'000);
  SeededRandom random(4);
  const Uuid id = make_uuid_v7(clock, random);
  CHECK(parse_uuid(to_string(id)) == id);
  CHECK(parse_uuid("0192ABCD-EF01-7234-8567-89ABCDEF0123") == parse_uuid("0192abcd-ef01-7234-8567-89abcdef0123"));
  const auto bad =
      GENERATE(as<std::string>{}, "", "0192abcd-ef01-7234-8567-89abcdef012", "0192abcdef01-7234-8567-89abcdef01234",
               "0192abcd-ef01-7234-8567-89abcdef012g", "{0192abcd-ef01-7234-8567-89abcdef01}",
               "0192abcd-ef01-7234-8567-89abcdef01234", "0192abcdaef01a7234a8567a89abcdef0123");
  CHECK_FALSE(parse_uuid(bad).has_value());
}

TEST_CASE("parse_op_id: takes what to_string gives and nothing else") {
  const OpId id{{7}, 42};
  CHECK(to_string(id) == "7:42");
  CHECK(parse_op_id("7:42") == id);
  CHECK(parse_op_id("4294967295:18446744073709551615").has_value());
  for (const char* bad :
       {"", ":", "7", "7:", ":42", "7:42 ", " 7:42", "-7:42", "+7:42", "7:42:1", "4294967296:1", "7:0x1"}) {
    CHECK_FALSE(parse_op_id(bad).has_value());
  }
}

TEST_CASE("parse_scope_code: tells communities from grids by length") {
  const auto community = parse_scope_code("510104025008");
  REQUIRE(community.has_value());
  CHECK(community->is_community());
  CHECK(community->community() == *community);
  const auto grid = parse_scope_code("510104025008003");
  REQUIRE(grid.has_value());
  CHECK(grid->is_grid());
  CHECK(grid->community() == *community);
  CHECK(to_string(*grid) == "510104025008003");
  for (const char* bad : {"", "51010402500", "5101040250080", "010104025008", "51010402500a", "000000000000"}) {
    CHECK_FALSE(parse_scope_code(bad).has_value());
  }
}

TEST_CASE("HybridTime: goes on when the clock stands still or jumps back") {
  const HybridTime first = HybridTime::from(from_ms(1'700'000'000'000));
  const HybridTime same = next_hybrid_time(first, from_ms(1'700'000'000'000));
  const HybridTime back = next_hybrid_time(same, from_ms(1'600'000'000'000));
  CHECK(first < same);
  CHECK(same < back);
  CHECK(back.instant() == from_ms(1'700'000'000'000));
  CHECK(next_hybrid_time(back, from_ms(1'700'000'000'001)) == HybridTime::from(from_ms(1'700'000'000'001)));
  CHECK(HybridTime::from(from_ms(-5)).packed == 0);
}

TEST_CASE("civil_date: changes the day at midnight in China") {
  CHECK(civil_date(from_ms(1'772'639'999'999)) == CivilDate{2026, 3, 4});
  CHECK(civil_date(from_ms(1'772'640'000'000)) == CivilDate{2026, 3, 5});
  CHECK(civil_date(from_ms(1'772'640'000'000), std::chrono::hours{0}) == CivilDate{2026, 3, 4});
}

}  // namespace
}  // namespace ruhu
