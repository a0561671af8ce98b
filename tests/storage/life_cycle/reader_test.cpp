#include "storage/records/life_cycle_reader.hpp"

#include "storage/model/life_cycle/merge_moves.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/community.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

constexpr const char* kGridCode = "350582006001003";
constexpr const char* kCommunityCode = "350582006001";

void become(Community& town, const std::string& role, std::vector<ScopeCode> scopes) {
  Identity identity = town.store().identity().value().value();
  identity.role = role;
  identity.scopes = std::move(scopes);
  REQUIRE(town.store().set_identity(identity).ok());
}

template <class T>
Errc code_of(const Result<T>& result) {
  return result.ok() ? Errc::internal : result.error().code;
}

}  // namespace

TEST_CASE("Reader: a worker writes in grids alone, clerks and leads in what is the community's too", "[life]") {
  Community town;
  const std::vector<ScopeCode> scopes = {ScopeCode{350582006001003}, ScopeCode{350582006001}};
  for (const auto& [role, count] : {std::pair("worker", 1U), {"clerk", 2U}, {"lead", 2U}}) {
    become(town, role, scopes);
    INFO(role);
    CHECK(town.occasion().grids.size() == count);
    CHECK(town.occasion().grids.front() == kGridCode);
  }
  become(town, "worker", {});
  CHECK(town.occasion().grids.empty());
  CHECK(town.occasion().home_grid.empty());
}

TEST_CASE("Reader: town or countryside is what the tablet's own community says", "[life]") {
  namespace c = kinds::community;
  Community town;
  CHECK(town.occasion().city);
  const auto add = [&](const char* code, const char* kind) {
    return town.add(c::kKind, {{c::code, code}, {c::name, "灵源"}, {c::kind, kind}});
  };
  add("350582006002", "2");
  CHECK(town.occasion().city);
  const RecordId own = add(kCommunityCode, "2");
  CHECK_FALSE(town.occasion().city);
  town.set(c::kKind, own, c::kind, std::string("1"));
  CHECK(town.occasion().city);
}

TEST_CASE("Reader: what is not on the tablet is not found, and nobody is read before the tablet is enrolled",
          "[life]") {
  Community town;
  LifeCycleReader reader = town.reader();
  for (const RecordId& id : {town.new_id(), RecordId{}}) {
    CHECK(code_of(reader.person(id)) == Errc::not_found);
    CHECK(code_of(reader.household(id)) == Errc::not_found);
    CHECK(code_of(reader.dwelling(id)) == Errc::not_found);
    CHECK(code_of(reader.building(id)) == Errc::not_found);
    CHECK(code_of(reader.death(id)) == Errc::not_found);
    CHECK(code_of(reader.pair(id, id)) == Errc::not_found);
    CHECK(code_of(reader.merge(id)) == Errc::not_found);
  }
  DatabaseOptions options;
  options.path = ":memory:";
  const auto fresh = Store::open(options, town.store().dictionary(), town.clock(), town.random()).value();
  CHECK(code_of(LifeCycleReader::open(*fresh, town.clock().now())) == Errc::not_enrolled);
}

TEST_CASE("Reader: records whose neighbours are not on the tablet are read without them", "[life]") {
  namespace m = kinds::membership;
  namespace r = kinds::residency;
  Community town;
  const RecordId far_door = town.new_id();
  const auto family = town.family(town.dwelling(town.building(), "101"), {{"张一", "02", "1", "1955-01-01"}});
  const RecordId person = family.people[0];
  town.stay(person, far_door, false);
  town.add(m::kKind, {{m::household_id, town.new_id()}, {m::person_id, person}, {m::relation, "99"}});
  town.add(m::kKind, {{m::household_id, family.household}, {m::person_id, town.new_id()}, {m::relation, "99"}});
  const PersonCircle circle = town.reader().person(person).value();
  CHECK(circle.residencies.size() == 2);
  CHECK(circle.homes.size() == 1);
  CHECK(circle.households.size() == 1);
  const HouseholdCircle household = town.reader().household(family.household).value();
  CHECK(household.memberships.size() == 2);
  CHECK(household.people.size() == 1);
  const RecordId adrift = town.add(
      kinds::household::kKind, {{kinds::household::dwelling_id, far_door}, {kinds::household::head_person_id, person}});
  CHECK_FALSE(town.reader().household(adrift).value().dwelling);
}

TEST_CASE("Merge moves: a text comes back as it was, one that is spoilt anywhere is refused", "[life]") {
  Community town;
  const MergeMove move{{kinds::person::kKind, town.new_id()},
                       kinds::person::name,
                       std::string("张一"),
                       {Source::self, Verified::seen, 20'000},
                       Value{}};
  const std::string text = text_of_moves({move, move});
  CHECK(moves_of_text(text).value() == std::vector<MergeMove>{move, move});
  CHECK(moves_of_text("").value().empty());
  const std::string line = text_of_moves({move});
  std::size_t part = 0;
  for (std::size_t from = 0; from < line.size(); ++part) {
    const std::size_t end = std::min(line.find(' ', from), line.size());
    const bool is_value = part >= 6;
    for (const char* wrong : {"x", "zz", "99999999999999999999", "1x", "-5", "10"}) {
      if (!is_value && part != 1 && part != 3 && part != 4 && (wrong[0] == '-' || wrong[1] == '0')) continue;
      if (is_value && wrong[0] != 'z') continue;
      const std::string spoilt = line.substr(0, from) + wrong + line.substr(end);
      INFO(spoilt);
      CHECK(code_of(moves_of_text(spoilt)) == Errc::invalid_value);
    }
    from = end + 1;
  }
  CHECK(part == 8);
  CHECK(code_of(moves_of_text(line + " 00")) == Errc::invalid_value);
  CHECK(code_of(moves_of_text(line.substr(0, line.rfind(' ')))) == Errc::invalid_value);
}
