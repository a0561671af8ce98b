// Heads, splits and merges of households, tenancies, dwellings and buildings.
#include "storage/model/life_cycle/households.hpp"
#include "storage/model/life_cycle/head_change.hpp"
#include "storage/model/life_cycle/places.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/community.hpp"
#include "tests/support/community_laws.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

const std::vector<Community::Member> kZhang = {{"张建国", "02", "1", "1960-05-01"},
                                               {"王秀英", "12", "2", "1962-08-12"},
                                               {"张伟", "20", "1", "1988-03-03"},
                                               {"李娜", "38", "2", "1990-04-04"},
                                               {"张小宝", "41", "1", "2016-05-05"}};
const std::vector<Community::Member> kTenants = {{"赵一", "02", "1", "1995-01-01"}, {"钱二", "99", "1", "1996-01-01"}};

struct Village : Community {
  RecordId house = building();
  Family zhang = family(dwelling(house, "501"), kZhang);
  RecordId empty = dwelling(house, "502");
  HouseholdCircle home(const Family& family) { return reader().household(family.household).value(); }
};

Errc refusal(const Result<LifeCyclePlan>& plan) { return plan.ok() ? Errc::internal : plan.error().code; }

Split of_young_couple(Village& village) {
  Split split;
  split.people = {village.zhang.people[2], village.zhang.people[3], village.zhang.people[4]};
  split.new_head = village.zhang.people[2];
  split.new_household = village.new_id();
  split.since = "2026-03-01";
  return split;
}

}  // namespace

TEST_CASE("Head change: the son's wife becomes the new head's wife, and all others follow", "[life]") {
  Village village;
  const auto& people = village.zhang.people;
  const auto plan = village.carry_out(plan_head_change(village.home(village.zhang), people[2], village.occasion()));
  CHECK(village.head(village.zhang.household) == people[2]);
  CHECK(village.relation(village.zhang.household, people[0]) == "51");
  CHECK(village.relation(village.zhang.household, people[1]) == "52");
  CHECK(village.relation(village.zhang.household, people[3]) == "12");
  CHECK(village.relation(village.zhang.household, people[4]) == "20");
  CHECK_FALSE(reminds(plan, "life.ask_relation", Audience::worker));
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Head change: to the same person, a stranger, somebody dead, or in a closed household is refused", "[life]") {
  Village village;
  auto circle = village.home(village.zhang);
  CHECK(refusal(plan_head_change(circle, village.zhang.people[0], village.occasion())) == Errc::nothing_to_change);
  CHECK(refusal(plan_head_change(circle, village.new_id(), village.occasion())) == Errc::not_a_member);
  for (Record& person : circle.people) person.set(kinds::person::died_on, "2026-01-01");
  CHECK(refusal(plan_head_change(circle, village.zhang.people[1], village.occasion())) == Errc::deceased);
  circle.household.set(kinds::household::status, "closed");
  CHECK(refusal(plan_head_change(circle, village.zhang.people[1], village.occasion())) == Errc::already_ended);
}

TEST_CASE("Head change: what cannot be told becomes 80 and is asked", "[life]") {
  Village village;
  const auto lin = village.family(village.empty, {{"林一", "02", "1", "1950-01-01"},
                                                  {"林二", "22", "1", "1975-01-01"},
                                                  {"林三", "23", "1", "1978-01-01"},
                                                  {"何四", "38", "2", "1979-01-01"}});
  const auto plan = village.carry_out(plan_head_change(village.home(lin), lin.people[1], village.occasion()));
  CHECK(village.relation(lin.household, lin.people[3]) == "80");
  CHECK(reminds(plan, "life.ask_relation", Audience::worker));
}

TEST_CASE("Split: behind the same door the stays go on, relations are to the new head, shared things stay", "[life]") {
  Village village;
  village.set(kinds::household::kKind, village.zhang.household, kinds::household::contact_phone, "13800138000");
  const RecordId need = village.need(village.zhang.household, village.zhang.people[3]);
  const RecordId visit = village.promised_visit(village.zhang, village.zhang.people[0]);
  const Split split = of_young_couple(village);
  village.carry_out(plan_split(village.home(village.zhang), split, village.occasion()));
  CHECK(village.relation(split.new_household, village.zhang.people[2]) == "02");
  CHECK(village.relation(split.new_household, village.zhang.people[3]) == "12");
  CHECK(village.relation(split.new_household, village.zhang.people[4]) == "20");
  CHECK(village.relation(village.zhang.household, village.zhang.people[1]) == "12");
  const Record founded = village.get(kinds::household::kKind, split.new_household);
  CHECK(founded.uuid(kinds::household::split_from_id) == village.zhang.household);
  CHECK(founded.text(kinds::household::contact_phone).empty());
  CHECK(village.open(kinds::residency::kKind, {kinds::residency::dwelling_id, village.zhang.dwelling}).size() == 5);
  CHECK(village.get(kinds::need::kKind, need).uuid(kinds::need::household_id) == split.new_household);
  CHECK(promises_visit(village.get(kinds::visit::kKind, visit)));
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Split: to another door moves the main homes", "[life]") {
  Village village;
  Split split = of_young_couple(village);
  split.elsewhere = village.reader().dwelling(village.empty).value();
  village.carry_out(plan_split(village.home(village.zhang), split, village.occasion()));
  CHECK(village.open(kinds::residency::kKind, {kinds::residency::dwelling_id, village.zhang.dwelling}).size() == 2);
  CHECK(village.open(kinds::residency::kKind, {kinds::residency::dwelling_id, village.empty}).size() == 3);
  CHECK(village.get(kinds::dwelling::kKind, village.empty).text(kinds::dwelling::occupancy) == "occupied");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Split: the head who leaves is replaced, and without a successor refused", "[life]") {
  Village village;
  Split split = of_young_couple(village);
  split.people = {village.zhang.people[0], village.zhang.people[1]};
  split.new_head = village.zhang.people[0];
  CHECK(refusal(plan_split(village.home(village.zhang), split, village.occasion())) == Errc::head_needed);
  split.successor = village.zhang.people[3];
  village.carry_out(plan_split(village.home(village.zhang), split, village.occasion()));
  CHECK(village.relation(village.zhang.household, village.zhang.people[2]) == "11");
  CHECK(village.relation(split.new_household, village.zhang.people[1]) == "12");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Split: of all, of strangers, under a head who stays, or to a sealed door is refused", "[life]") {
  Village village;
  const auto circle = village.home(village.zhang);
  Split split = of_young_couple(village);
  split.people = village.zhang.people;
  CHECK(refusal(plan_split(circle, split, village.occasion())) == Errc::nothing_to_change);
  split = of_young_couple(village);
  split.new_head = village.zhang.people[0];
  CHECK(refusal(plan_split(circle, split, village.occasion())) == Errc::not_a_member);
  split = of_young_couple(village);
  split.people.push_back(village.new_id());
  CHECK(refusal(plan_split(circle, split, village.occasion())) == Errc::not_a_member);
  split = of_young_couple(village);
  split.elsewhere = village.reader().dwelling(village.empty).value();
  split.elsewhere->dwelling.set(kinds::dwelling::occupancy, "sealed");
  CHECK(refusal(plan_split(circle, split, village.occasion())) == Errc::place_closed);
}

TEST_CASE("Merge of households: parents move in, the household behind the shared door stays", "[life]") {
  Village village;
  const auto parents = village.family(
      village.empty,
      {{"张大爷", "02", "1", "1935-01-01"}, {"陈奶奶", "12", "2", "1937-01-01"}, {"张小妹", "33", "2", "1965-01-01"}});
  const RecordId need = village.need(parents.household, parents.people[0]);
  village.promised_visit(parents, parents.people[0]);
  const HouseholdMerge merge{village.zhang.dwelling, {}, "51", "2026-03-01"};
  const auto plan = village.carry_out(
      plan_households_merged(village.home(parents), village.home(village.zhang), merge, village.occasion()));
  CHECK(village.head(village.zhang.household) == village.zhang.people[0]);
  CHECK(village.relation(village.zhang.household, parents.people[0]) == "51");
  CHECK(village.relation(village.zhang.household, parents.people[1]) == "52");
  CHECK(village.relation(village.zhang.household, parents.people[2]) == "77");
  CHECK(village.relation(village.zhang.household, village.zhang.people[2]) == "20");
  const Record ended = village.get(kinds::household::kKind, parents.household);
  CHECK(ended.text(kinds::household::status) == "closed");
  CHECK(ended.uuid(kinds::household::merged_into) == village.zhang.household);
  CHECK(village.get(kinds::dwelling::kKind, village.empty).text(kinds::dwelling::occupancy) == "vacant");
  CHECK(village.get(kinds::need::kKind, need).uuid(kinds::need::household_id) == village.zhang.household);
  CHECK(reminded_by(plan, "life.visit_moves") == "2026-03-12");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Merge of households: behind one door the one named stays, and the stays go on", "[life]") {
  Village village;
  const auto bride = village.family(village.zhang.dwelling, {{"周五", "02", "2", "1990-01-01"}});
  const HouseholdMerge merge{village.zhang.dwelling, bride.household, "97", "2026-03-01"};
  village.carry_out(
      plan_households_merged(village.home(village.zhang), village.home(bride), merge, village.occasion()));
  CHECK(village.head(bride.household) == bride.people[0]);
  CHECK(village.open(kinds::membership::kKind, {kinds::membership::household_id, bride.household}).size() == 6);
  CHECK(village.get(kinds::dwelling::kKind, bride.dwelling).text(kinds::dwelling::occupancy) == "occupied");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Merge of households: a son's household with a wife does not give him two", "[life]") {
  Village village;
  const auto young =
      village.family(village.empty, {{"张二", "02", "1", "1992-01-01"}, {"吴六", "12", "2", "1993-01-01"}});
  // The old household with its own son and daughter-in-law joins the young one's.
  const HouseholdMerge merge{village.empty, {}, "51", "2026-03-01"};
  const auto plan = village.carry_out(
      plan_households_merged(village.home(young), village.home(village.zhang), merge, village.occasion()));
  CHECK(village.relation(young.household, young.people[1]) == "12");
  CHECK(village.relation(young.household, village.zhang.people[3]) == "80");
  CHECK(village.relation(young.household, village.zhang.people[2]) == "71");
  CHECK(reminds(plan, "life.ask_relation", Audience::worker));
}

TEST_CASE("Merge of households: with itself, closed, or at a third door is refused", "[life]") {
  Village village;
  const auto other = village.family(village.empty, kTenants);
  auto one = village.home(village.zhang);
  const auto two = village.home(other);
  CHECK(refusal(plan_households_merged(one, one, {one.dwelling->ref.id, {}, "", ""}, village.occasion())) ==
        Errc::nothing_to_change);
  CHECK(refusal(plan_households_merged(one, two, {village.new_id(), {}, "", ""}, village.occasion())) ==
        Errc::place_closed);
  one.household.set(kinds::household::status, "closed");
  CHECK(refusal(plan_households_merged(one, two, {two.dwelling->ref.id, {}, "", ""}, village.occasion())) ==
        Errc::already_ended);
}

TEST_CASE("Tenancy: old tenants go, new ones come, and what is known of the let stays", "[life]") {
  namespace d = kinds::dwelling;
  Village village;
  const auto old = village.family(village.empty, kTenants);
  village.set(d::kKind, village.empty, d::rental_contact_name, "房东陈");
  village.set(d::kKind, village.empty, d::rental_registered, true);
  Arrival arrival;
  arrival.person = village.new_id();
  arrival.cells = {{kinds::person::name, "孙三"}};
  arrival.since = "2026-03-02";
  arrival.residency_kind = "4";
  const RecordId founded = village.new_id();
  const TenancyChange change{{}, {arrival}, founded, "2026-03-02", ""};
  const auto plan = village.carry_out(
      plan_tenancy_change(village.reader().dwelling(village.empty).value(), change, village.occasion()));
  CHECK(village.get(kinds::household::kKind, old.household).text(kinds::household::status) == "closed");
  CHECK(village.head(founded) == arrival.person);
  const Record dwelling = village.get(d::kKind, village.empty);
  CHECK(dwelling.text(d::occupancy) == "occupied");
  CHECK(dwelling.text(d::rental_contact_name) == "房东陈");
  CHECK(is_empty(dwelling.get(d::rental_registered)));
  CHECK(reminds(plan, "life.register_tenants", Audience::resident));
  const auto ended = *village.store().list(kinds::residency::kKind,
                                           {.where = {{kinds::residency::person_id, old.people[0]}}, .after = {}});
  CHECK(ended[0].text(kinds::residency::until) == "2026-03-01");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Tenancy: of one room leaves the other households alone, without new tenants the dwelling is vacant",
          "[life]") {
  Village village;
  const auto one = village.family(village.empty, kTenants);
  const auto other = village.family(village.empty, {{"周一", "02", "1", "1990-01-01"}});
  const auto leave = [&](const Community::Family& family) {
    village.carry_out(plan_tenancy_change(village.reader().dwelling(village.empty).value(),
                                          {{family.household}, {}, {}, "2026-03-02", ""}, village.occasion()));
    CHECK(broken_laws(village.store()).empty());
    return std::string(village.get(kinds::dwelling::kKind, village.empty).text(kinds::dwelling::occupancy));
  };
  CHECK(leave(one) == "occupied");
  CHECK(village.head(other.household) == other.people[0]);
  CHECK(leave(other) == "vacant");
  CHECK(refusal(plan_tenancy_change(village.reader().dwelling(village.empty).value(),
                                    {{one.household}, {}, {}, "2026-03-02", ""}, village.occasion())) ==
        Errc::not_found);
}

TEST_CASE("Dwelling: sealed or vacant ends who lives there", "[life]") {
  Village village;
  const RecordId visit = village.promised_visit(village.zhang, village.zhang.people[0]);
  const auto circle = village.reader().dwelling(village.zhang.dwelling).value();
  CHECK(refusal(plan_dwelling_emptied(circle, "occupied", {"2026-03-04", ""}, village.occasion())) ==
        Errc::invalid_value);
  const auto plan =
      village.carry_out(plan_dwelling_emptied(circle, "sealed", {"2026-03-04", "安置房3栋"}, village.occasion()));
  CHECK(village.open(kinds::residency::kKind, {kinds::residency::dwelling_id, village.zhang.dwelling}).empty());
  CHECK_FALSE(promises_visit(village.get(kinds::visit::kKind, visit)));
  CHECK(reminds(plan, "life.resettled", Audience::worker));
  CHECK(broken_laws(village.store()).empty());
  CHECK(refusal(plan_dwelling_emptied(village.reader().dwelling(village.zhang.dwelling).value(), "sealed",
                                      {"2026-03-04", ""}, village.occasion())) == Errc::nothing_to_change);
}

TEST_CASE("Building: demolished ends every household and stay with where they went, and keeps the address", "[life]") {
  Village village;
  const auto tenants = village.family(village.empty, kTenants);
  const RecordId visit = village.promised_visit(tenants, tenants.people[0]);
  const RecordId guest = village.person({"客人", "99", "1", "1970-01-01"});
  village.stay(guest, village.empty, true);
  const auto circle = village.reader().building(village.house).value();
  village.carry_out(plan_building_demolished(circle, {"2026-03-04", "安置小区"}, village.occasion()));
  const Record building = village.get(kinds::building::kKind, village.house);
  CHECK(building.text(kinds::building::use_state) == "demolished");
  CHECK(building.text(kinds::building::std_address) == "灵源街道长安路12号");
  CHECK(village.get(kinds::dwelling::kKind, village.empty).text(kinds::dwelling::status) == "closed");
  for (const Record& residency : village.all(kinds::residency::kKind)) {
    CHECK(residency.text(kinds::residency::status) == "closed");
    CHECK(residency.text(kinds::residency::left_to) == "安置小区");
    CHECK(residency.text(kinds::residency::left_reason) == "04");
  }
  CHECK_FALSE(promises_visit(village.get(kinds::visit::kKind, visit)));
  CHECK(broken_laws(village.store()).empty());
  CHECK(refusal(plan_building_demolished(village.reader().building(village.house).value(), {"2026-03-04", ""},
                                         village.occasion())) == Errc::already_ended);
}
