#include "storage/records/likely_same.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/community.hpp"

using namespace ruhu;
using namespace ruhu::test;
namespace p = kinds::person;

namespace {

struct Town : Community {
  RecordId house = building();
  Family zhang =
      family(dwelling(house, "3-502"), {{"张建国", "02", "1", "1960-05-01"}, {"王秀英", "12", "2", "1962-08-12"}});

  std::vector<LikelySame> likely(KindNo kind, std::vector<Cell> cells, const Homes& homes = {}) {
    Record fresh;
    fresh.ref.kind = kind;
    for (const Cell& cell : cells) fresh.set(cell.column, cell.value);
    return find_likely_same(store(), fresh, homes).value();
  }
};

Value text(const char* s) { return std::string(s); }

}  // namespace

TEST_CASE("Likely same: a person is found by name and birth, by ear, by number, and by none of these alone",
          "[duplicates]") {
  Town town;
  const auto found = town.likely(p::kKind, {{p::name, text("張建國")}, {p::birth_date, text("1960-05-01")}});
  REQUIRE(found.size() == 1);
  CHECK(found[0].ref.id == town.zhang.people[0]);
  CHECK(found[0].likeness.score >= kAskFrom);
  CHECK(std::count(found[0].likeness.reasons.begin(), found[0].likeness.reasons.end(), "duplicate.same_name") == 1);

  const std::vector<Cell> by_ear = {{p::name, text("王秀瑛")}, {p::birth_date, text("1962-08-12")}};
  CHECK(town.likely(p::kKind, by_ear).empty());
  CHECK(town.likely(p::kKind, by_ear, {town.zhang.dwelling}).size() == 1);

  town.set(p::kKind, town.zhang.people[1], p::id_no, std::string("11010519491231002X"));
  CHECK(town.likely(p::kKind, {{p::name, text("王某")}, {p::id_no, text("110105491231002")}}).size() == 1);
  CHECK(town.likely(p::kKind, {{p::name, text("王秀英")}}).empty());
  CHECK(town.likely(p::kKind, {{p::name, text("李四")}, {p::birth_date, text("1960-05-01")}}).empty());
}

TEST_CASE("Likely same: a dwelling is looked for in its building, who has ended is left out", "[duplicates]") {
  namespace d = kinds::dwelling;
  Town town;
  const std::vector<Cell> typed = {{d::building_id, town.house}, {d::room_no, text("3单元502室")}};
  REQUIRE(town.likely(d::kKind, typed).size() == 1);
  CHECK(town.likely(d::kKind, {{d::building_id, town.new_id()}, {d::room_no, text("3单元502室")}}).empty());
  town.set(d::kKind, town.zhang.dwelling, d::status, std::string("void"));
  CHECK(town.likely(d::kKind, typed).empty());
  CHECK(town.likely(kinds::visit::kKind, {}).empty());
}

TEST_CASE("Likely same: at most five are told, the likeliest first", "[duplicates]") {
  Town town;
  for (int n = 0; n < 8; ++n) town.person({"李伟", "", "1", "1980-01-01"});
  const RecordId sure = town.person({"李伟", "", "1", "1980-01-01"});
  town.set(p::kKind, sure, p::phone, std::string("13800138000"));
  const auto found = town.likely(
      p::kKind, {{p::name, text("李伟")}, {p::birth_date, text("1980-01-01")}, {p::phone, text("13800138000")}});
  REQUIRE(found.size() == kLikelyMax);
  CHECK(found.front().ref.id == sure);
}
