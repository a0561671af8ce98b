// Births, deaths and their undoing, comings and goings of people.
#include <algorithm>

#include "storage/model/life_cycle/arrival.hpp"
#include "storage/model/life_cycle/death.hpp"
#include "storage/model/life_cycle/departure.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/community.hpp"
#include "tests/support/community_laws.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

const std::vector<Community::Member> kZhang = {{"张建国", "02", "1", "1960-05-01"},
                                               {"王秀英", "12", "2", "1962-08-12"},
                                               {"张伟", "20", "1", "1988-03-03"},
                                               {"李娜", "38", "2", "1990-04-04"}};
const std::vector<Community::Member> kChenAlone = {{"陈老伯", "02", "1", "1940-01-01"}};

struct Village : Community {
  RecordId house = building();
  Family zhang = family(dwelling(house, "501"), kZhang);
  RecordId empty = dwelling(house, "502");
};

Arrival newcomer(Community& community, const std::string& kind = "4") {
  namespace p = kinds::person;
  Arrival arrival;
  arrival.person = community.new_id();
  arrival.cells = {{p::name, "林小明"}, {p::gender, "1"}, {p::birth_date, "1990-01-01"}};
  arrival.relation = "99";
  arrival.since = "2026-03-01";
  arrival.residency_kind = kind;
  return arrival;
}

Arrival mover(Community& community, const RecordId& person) {
  Arrival arrival;
  arrival.person = person;
  arrival.known = community.reader().person(person).value();
  arrival.relation = "97";
  arrival.since = "2026-03-01";
  arrival.residency_kind = "3";
  return arrival;
}

Errc refusal(const Result<LifeCyclePlan>& plan) { return plan.ok() ? Errc::internal : plan.error().code; }

DeathReport report(const std::string& source = "family") { return {"2026-03-01", source, "隔壁老王", {}}; }

}  // namespace

TEST_CASE("Birth: the child joins the mother's household, and the parents are told to register it within a month",
          "[life]") {
  Village village;
  const RecordId child = village.new_id();
  const Newborn newborn{child,
                        {{kinds::person::name, "李娜之子(未命名)"},
                         {kinds::person::gender, "2"},
                         {kinds::person::id_type, "000"},
                         {kinds::person::birth_date, "2026-02-20"}},
                        "",
                        village.zhang.people[3]};
  const auto circle = village.reader().household(village.zhang.household).value();
  const LifeCyclePlan plan = village.carry_out(plan_birth(circle, newborn, village.occasion()));
  CHECK(village.relation(village.zhang.household, child) == "42");
  CHECK(village.get(kinds::person::kKind, child).uuid(kinds::person::guardian_id) == village.zhang.people[3]);
  const auto stays = village.open(kinds::residency::kKind, {kinds::residency::person_id, child});
  REQUIRE(stays.size() == 1);
  CHECK(stays[0].text(kinds::residency::since) == "2026-02-20");
  CHECK(bool_of(stays[0].get(kinds::residency::primary)));
  CHECK(reminded_by(plan, "life.register_birth") == "2026-03-20");
  CHECK(reminds(plan, "life.register_birth", Audience::resident));
  CHECK(reminds(plan, "life.name_newborn", Audience::worker));
  CHECK_FALSE(reminds(plan, "life.guardian_missing", Audience::worker));
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Birth: is refused in a closed household, for a stranger as mother, and without any relation", "[life]") {
  Village village;
  auto circle = village.reader().household(village.zhang.household).value();
  CHECK(refusal(plan_birth(circle, {village.new_id(), {}, "", village.new_id()}, village.occasion())) ==
        Errc::not_a_member);
  CHECK(refusal(plan_birth(circle, {village.new_id(), {}, "", {}}, village.occasion())) == Errc::required_missing);
  circle.household.set(kinds::household::status, "closed");
  CHECK(refusal(plan_birth(circle, {village.new_id(), {}, "20", {}}, village.occasion())) == Errc::already_ended);
}

TEST_CASE("Birth: the month ends with February when the child is born on January 31", "[life]") {
  Village village;
  const auto circle = village.reader().household(village.zhang.household).value();
  const auto plan =
      plan_birth(circle, {village.new_id(), {{kinds::person::birth_date, "2026-01-31"}}, "20", {}}, village.occasion());
  CHECK(reminded_by(*plan, "life.register_birth") == "2026-02-28");
  CHECK(reminds(*plan, "life.guardian_missing", Audience::worker));
}

TEST_CASE("Death: ends stay, membership, labels, promised visits, needs, tasks, and pauses the volunteer", "[life]") {
  Village village;
  const RecordId wife = village.zhang.people[1];
  const RecordId visit = village.promised_visit(village.zhang, wife, "04");
  const RecordId of_others = village.promised_visit(village.zhang, village.zhang.people[0]);
  const RecordId label = village.label(wife, "E3", village.consent(wife));
  const RecordId task = village.task(wife);
  const RecordId need = village.need(village.zhang.household, wife);
  const RecordId volunteer = village.add(
      kinds::volunteer::kKind,
      {{kinds::volunteer::name, "王秀英"}, {kinds::volunteer::person_id, wife}, {kinds::volunteer::state, "approved"}});
  const auto circle = village.reader().person(wife).value();
  const LifeCyclePlan plan = village.carry_out(plan_death(circle, report(), village.occasion()));
  CHECK(village.relation(village.zhang.household, wife).empty());
  CHECK(village.open(kinds::residency::kKind, {kinds::residency::person_id, wife}).empty());
  const Record stay = village.store()
                          .list(kinds::residency::kKind, {.where = {{kinds::residency::person_id, wife}}, .after = {}})
                          ->front();
  CHECK(stay.text(kinds::residency::until) == "2026-03-01");
  CHECK(stay.text(kinds::residency::left_reason) == kLeftByDeath);
  CHECK(village.get(kinds::person_label::kKind, label).text(kinds::person_label::state) == "removed");
  CHECK(village.get(kinds::task::kKind, task).text(kinds::task::state) == "cancelled");
  CHECK(village.get(kinds::need::kKind, need).text(kinds::need::status) == "closed");
  CHECK(village.get(kinds::volunteer::kKind, volunteer).text(kinds::volunteer::state) == "suspended");
  CHECK_FALSE(promises_visit(village.get(kinds::visit::kKind, visit)));
  CHECK(promises_visit(village.get(kinds::visit::kKind, of_others)));
  CHECK(village.head(village.zhang.household) == village.zhang.people[0]);
  CHECK(reminded_by(plan, "life.report_death") == "2026-04-01");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Death: by a neighbour's word stays declared until the family confirms it", "[life]") {
  Village village;
  const RecordId wife = village.zhang.people[1];
  auto plan =
      village.carry_out(plan_death(village.reader().person(wife).value(), report("neighbour"), village.occasion()));
  CHECK(reminds(plan, "life.confirm_death", Audience::worker));
  const auto stamp = [&] { return village.get(kinds::person::kKind, wife).meta.stamp_of(kinds::person::died_on); };
  CHECK(stamp().provenance.verified == Verified::declared);
  CHECK(stamp().provenance.source == Source::neighbour);
  CHECK(refusal(plan_death(village.reader().person(wife).value(), report("landlord"), village.occasion())) ==
        Errc::deceased);
  plan = village.carry_out(plan_death(village.reader().person(wife).value(), report("family"), village.occasion()));
  CHECK(plan.edits.size() == 1);
  CHECK(stamp().provenance.verified == Verified::confirmed);
}

TEST_CASE("Death: the head is replaced first, by the one named or the only adult, else it is asked for", "[life]") {
  Village village;
  const RecordId head = village.zhang.people[0];
  const auto circle = village.reader().person(head).value();
  CHECK(refusal(plan_death(circle, report(), village.occasion())) == Errc::head_needed);
  DeathReport named = report();
  named.successor = village.zhang.people[2];
  const LifeCyclePlan plan = village.carry_out(plan_death(circle, named, village.occasion()));
  CHECK(village.head(village.zhang.household) == village.zhang.people[2]);
  CHECK(village.relation(village.zhang.household, village.zhang.people[2]) == "02");
  CHECK(village.relation(village.zhang.household, village.zhang.people[1]) == "52");
  CHECK(village.relation(village.zhang.household, village.zhang.people[3]) == "12");
  CHECK(reminds(plan, "life.check_relations", Audience::worker));
  CHECK(broken_laws(village.store()).empty());

  const auto lin = village.family(
      village.empty,
      {{"林一", "02", "1", "1980-01-01"}, {"林二", "12", "2", "1981-01-01"}, {"林三", "20", "1", "2015-01-01"}});
  village.carry_out(plan_death(village.reader().person(lin.people[0]).value(), report(), village.occasion()));
  CHECK(village.head(lin.household) == lin.people[1]);
  CHECK(village.relation(lin.household, lin.people[2]) == "20");
}

TEST_CASE("Death: a child who is left alone heads the household, and the lead is told", "[life]") {
  Village village;
  const auto lin =
      village.family(village.empty, {{"林一", "02", "1", "1980-01-01"}, {"林三", "20", "1", "2015-01-01"}});
  const auto plan =
      village.carry_out(plan_death(village.reader().person(lin.people[0]).value(), report(), village.occasion()));
  CHECK(village.head(lin.household) == lin.people[1]);
  CHECK(reminds(plan, "life.minor_alone", Audience::lead));
}

TEST_CASE("Death: who lived alone leaves a closed household and a vacant dwelling", "[life]") {
  Village village;
  const auto chen = village.family(village.empty, kChenAlone);
  const RecordId visit = village.promised_visit(chen, chen.people[0]);
  village.carry_out(plan_death(village.reader().person(chen.people[0]).value(), report(), village.occasion()));
  CHECK(village.get(kinds::household::kKind, chen.household).text(kinds::household::status) == "closed");
  CHECK(village.get(kinds::dwelling::kKind, chen.dwelling).text(kinds::dwelling::occupancy) == "vacant");
  CHECK_FALSE(promises_visit(village.get(kinds::visit::kKind, visit)));
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Death: who stayed alone without a household leaves a vacant dwelling", "[life]") {
  Village village;
  const RecordId dwelling = village.dwelling(village.house, "504", "occupied");
  const RecordId guest = village.person({"陈客", "", "2", "1940-01-01"});
  village.stay(guest, dwelling, true);
  village.carry_out(plan_death(village.reader().person(guest).value(), report(), village.occasion()));
  CHECK(village.get(kinds::dwelling::kKind, dwelling).text(kinds::dwelling::occupancy) == "vacant");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Death: the children of a dead guardian need another", "[life]") {
  Village village;
  village.set(kinds::person::kKind, village.zhang.people[2], kinds::person::guardian_id, village.zhang.people[1]);
  const auto plan = plan_death(village.reader().person(village.zhang.people[1]).value(), report(), village.occasion());
  CHECK(reminds(*plan, "life.guardian_died", Audience::worker));
}

TEST_CASE("Death: before the stay began ends it on its first day", "[life]") {
  Village village;
  const RecordId wife = village.zhang.people[1];
  DeathReport early = report();
  early.died_on = "2019-06-01";
  village.carry_out(plan_death(village.reader().person(wife).value(), early, village.occasion()));
  const auto stays =
      *village.store().list(kinds::residency::kKind, {.where = {{kinds::residency::person_id, wife}}, .after = {}});
  CHECK(stays.front().text(kinds::residency::until) == "2020-01-01");
}

TEST_CASE("False death: the contact wins, everything comes back, and the informer stays noted", "[life]") {
  Village village;
  const auto chen = village.family(village.empty, kChenAlone);
  const RecordId old = chen.people[0];
  village.label(old, "E1", village.consent(old));
  const RecordId need = village.need(chen.household, old);
  village.carry_out(plan_death(village.reader().person(old).value(), report("neighbour"), village.occasion()));
  village.pass_days(3);
  const auto plan =
      village.carry_out(plan_death_undone(village.reader().death(old).value(), {"2026-03-08"}, village.occasion()));
  const Record person = village.get(kinds::person::kKind, old);
  CHECK(person.text(kinds::person::died_on).empty());
  CHECK(person.text(kinds::person::death_informer) == "隔壁老王");
  CHECK(person.text(kinds::person::death_disproved_on) == "2026-03-08");
  CHECK(person.meta.stamp_of(kinds::person::died_on).provenance.verified == Verified::confirmed);
  CHECK(village.head(chen.household) == old);
  CHECK(village.relation(chen.household, old) == "02");
  CHECK(village.get(kinds::household::kKind, chen.household).text(kinds::household::status) == "active");
  CHECK(village.get(kinds::dwelling::kKind, chen.dwelling).text(kinds::dwelling::occupancy) == "occupied");
  CHECK(village.get(kinds::need::kKind, need).text(kinds::need::status) == "active");
  const auto labels = village.open(kinds::person_label::kKind, {kinds::person_label::person_id, old});
  REQUIRE(labels.size() == 1);
  CHECK(labels[0].text(kinds::person_label::state) == "proposed");
  CHECK(reminds(plan, "life.false_death", Audience::worker));
  CHECK(reminds(plan, "life.propose_label_again", Audience::lead));
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("False death: who became head meanwhile stays head, and the returned one is told as theirs", "[life]") {
  Village village;
  DeathReport named = report("neighbour");
  named.successor = village.zhang.people[1];
  village.carry_out(plan_death(village.reader().person(village.zhang.people[0]).value(), named, village.occasion()));
  const auto plan = village.carry_out(
      plan_death_undone(village.reader().death(village.zhang.people[0]).value(), {"2026-03-05"}, village.occasion()));
  CHECK(village.head(village.zhang.household) == village.zhang.people[1]);
  CHECK(village.relation(village.zhang.household, village.zhang.people[0]) == "11");
  CHECK(reminds(plan, "life.head_before", Audience::worker));
  CHECK(broken_laws(village.store()).empty());
  CHECK(refusal(plan_death_undone(village.reader().death(village.zhang.people[0]).value(), {"2026-03-05"},
                                  village.occasion())) == Errc::not_deceased);
}

TEST_CASE("Move in: a person from elsewhere is told to report the stay, and of the permit", "[life]") {
  Village village;
  Destination to = home_of(village.reader().household(village.zhang.household).value());
  const Arrival arrival = newcomer(village);
  const auto plan = village.carry_out(plan_move_in(to, {arrival}, village.occasion()));
  CHECK(village.relation(village.zhang.household, arrival.person) == "99");
  CHECK(reminded_by(plan, "life.temporary_stay") == "2026-03-04");
  CHECK(reminded_by(plan, "life.permit_possible") == "2026-09-01");
  Occasion country = village.occasion();
  country.city = false;
  CHECK(reminded_by(*plan_move_in(to, {newcomer(village)}, country), "life.temporary_stay") == "none");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Move in: the main home moves, the old one ends the day before", "[life]") {
  Village village;
  const auto chen = village.family(village.empty, kChenAlone);
  Arrival arrival = mover(village, chen.people[0]);
  arrival.registered_here = true;
  const auto plan = village.carry_out(plan_move_in(home_of(village.reader().household(village.zhang.household).value()),
                                                   {arrival}, village.occasion()));
  const auto stays = village.store().list(kinds::residency::kKind,
                                          {.where = {{kinds::residency::person_id, chen.people[0]}}, .after = {}});
  REQUIRE(stays->size() == 2);
  for (const Record& stay : *stays) {
    const bool old = stay.uuid(kinds::residency::dwelling_id) == village.empty;
    CHECK(stay.text(kinds::residency::until) == (old ? "2026-02-28" : ""));
    CHECK(bool_of(stay.get(kinds::residency::registered_here)) == !old);
  }
  CHECK(village.get(kinds::household::kKind, chen.household).text(kinds::household::status) == "closed");
  CHECK(village.get(kinds::dwelling::kKind, village.empty).text(kinds::dwelling::occupancy) == "vacant");
  CHECK(reminded_by(plan, "life.hukou_move") == "2026-03-04");
  CHECK_FALSE(reminds(plan, "life.other_grid", Audience::other_worker));
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Move in: a second home leaves the main one and its household alone", "[life]") {
  Village village;
  const auto chen = village.family(village.empty, kChenAlone);
  Arrival arrival = mover(village, chen.people[0]);
  arrival.main_home = false;
  arrival.residency_kind = "7";
  village.carry_out(plan_move_in(home_of(village.reader().household(village.zhang.household).value()), {arrival},
                                 village.occasion()));
  CHECK(village.relation(chen.household, chen.people[0]) == "02");
  CHECK(village.open(kinds::residency::kKind, {kinds::residency::person_id, chen.people[0]}).size() == 2);
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Move in: a family that comes together leaves its old household closed", "[life]") {
  Village village;
  const auto lin =
      village.family(village.empty, {{"林一", "02", "1", "1980-01-01"}, {"林二", "12", "2", "1981-01-01"}});
  const RecordId third = village.dwelling(village.house, "503");
  const RecordId founded = village.new_id();
  std::vector<Arrival> both = {mover(village, lin.people[0]), mover(village, lin.people[1])};
  both[0].relation = "02";
  both[1].relation = "12";
  village.carry_out(
      plan_household_formed(new_home_at(village.reader().dwelling(third).value(), founded), both, village.occasion()));
  CHECK(village.head(founded) == lin.people[0]);
  CHECK(village.relation(founded, lin.people[1]) == "12");
  CHECK(village.get(kinds::household::kKind, lin.household).text(kinds::household::status) == "closed");
  CHECK(village.get(kinds::dwelling::kKind, third).text(kinds::dwelling::occupancy) == "occupied");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Move in: the old dwelling is vacant when a guest goes along with its last household", "[life]") {
  Village village;
  const auto chen = village.family(village.empty, kChenAlone);
  const RecordId guest = village.person({"陈客", "", "2", "1960-01-01"});
  village.stay(guest, chen.dwelling, true);
  const RecordId third = village.dwelling(village.house, "503");
  std::vector<Arrival> both = {mover(village, chen.people[0]), mover(village, guest)};
  both[0].relation = "02";
  both[1].relation = "97";
  village.carry_out(plan_household_formed(new_home_at(village.reader().dwelling(third).value(), village.new_id()), both,
                                          village.occasion()));
  CHECK(village.get(kinds::dwelling::kKind, chen.dwelling).text(kinds::dwelling::occupancy) == "vacant");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Move in: records of another own grid are changed and its worker told, those out of reach only told",
          "[life]") {
  Village village;
  const auto chen = village.family(village.empty, kChenAlone);
  Arrival arrival = mover(village, chen.people[0]);
  for (Record& stay : arrival.known->residencies) stay.set(kinds::residency::grid_id, "350582006001009");
  for (HouseholdCircle& circle : arrival.known->households) {
    circle.household.set(kinds::household::grid_id, "350582006001009");
    for (Record& membership : circle.memberships) membership.set(kinds::membership::grid_id, "350582006001009");
    for (Record& stay : circle.residencies) stay.set(kinds::residency::grid_id, "350582006001009");
  }
  const Destination to = home_of(village.reader().household(village.zhang.household).value());
  const auto ends_stay = [](const LifeCyclePlan& plan) {
    return std::any_of(plan.edits.begin(), plan.edits.end(), [](const RecordEdit& edit) {
      return edit.kind == kinds::residency::kKind && edit.id.has_value();
    });
  };
  const auto foreign = plan_move_in(to, {arrival}, village.occasion());
  CHECK(reminds(*foreign, "life.other_grid", Audience::other_worker));
  CHECK(foreign->reminders.front().grid == "350582006001009");
  CHECK_FALSE(ends_stay(*foreign));
  Occasion both = village.occasion();
  both.grids.push_back("350582006001009");
  const auto own = plan_move_in(to, {arrival}, both);
  CHECK(reminds(*own, "life.other_grid", Audience::other_worker));
  CHECK(ends_stay(*own));
}

TEST_CASE("Move in: is refused to the dead, behind doors that are gone, into closed households, by nobody", "[life]") {
  Village village;
  auto circle = village.reader().household(village.zhang.household).value();
  CHECK(refusal(plan_move_in(home_of(circle), {}, village.occasion())) == Errc::required_missing);
  Arrival dead = mover(village, village.zhang.people[1]);
  dead.known->person.set(kinds::person::died_on, "2026-01-01");
  CHECK(refusal(plan_move_in(home_of(circle), {dead}, village.occasion())) == Errc::deceased);
  auto sealed = circle;
  sealed.dwelling->set(kinds::dwelling::occupancy, "sealed");
  CHECK(refusal(plan_move_in(home_of(sealed), {newcomer(village)}, village.occasion())) == Errc::place_closed);
  auto gone = circle;
  gone.building->set(kinds::building::use_state, "demolished");
  CHECK(refusal(plan_move_in(home_of(gone), {newcomer(village)}, village.occasion())) == Errc::place_closed);
  circle.household.set(kinds::household::status, "closed");
  CHECK(refusal(plan_move_in(home_of(circle), {newcomer(village)}, village.occasion())) == Errc::already_ended);
  CHECK(refusal(plan_household_formed(home_of(circle), {newcomer(village)}, village.occasion())) ==
        Errc::already_ended);
}

TEST_CASE("Move in: a head does not leave a household of several adults behind without a successor", "[life]") {
  Village village;
  const auto lin = village.family(
      village.empty,
      {{"林一", "02", "1", "1980-01-01"}, {"林二", "12", "2", "1981-01-01"}, {"林三", "51", "1", "1955-01-01"}});
  const Destination to = home_of(village.reader().household(village.zhang.household).value());
  Arrival arrival = mover(village, lin.people[0]);
  CHECK(refusal(plan_move_in(to, {arrival}, village.occasion())) == Errc::head_needed);
  arrival.successor = lin.people[2];
  village.carry_out(plan_move_in(to, {arrival}, village.occasion()));
  CHECK(village.relation(lin.household, lin.people[1]) == "38");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Move out: ends membership and stay with where to and why, and asks where that is not said", "[life]") {
  Village village;
  village.label(village.zhang.people[2], "D1", village.consent(village.zhang.people[2]));
  const auto circle = village.reader().household(village.zhang.household).value();
  const Leaving leaving{{village.zhang.people[2]}, "2026-03-04", "厦门", "01", {}};
  const auto plan = village.carry_out(plan_move_out(circle, leaving, village.occasion()));
  CHECK(village.relation(village.zhang.household, village.zhang.people[2]).empty());
  const auto stays = *village.store().list(
      kinds::residency::kKind, {.where = {{kinds::residency::person_id, village.zhang.people[2]}}, .after = {}});
  CHECK(stays[0].text(kinds::residency::left_to) == "厦门");
  CHECK(stays[0].text(kinds::residency::left_reason) == "01");
  CHECK(reminded_by(plan, "life.hukou_move") == "2026-03-07");
  CHECK(reminded_by(plan, "life.ask_left_to") == "none");
  CHECK(reminds(plan, "life.hand_over_labels", Audience::worker));
  Occasion country = village.occasion();
  country.city = false;
  const auto quiet = plan_move_out(circle, {{village.zhang.people[3]}, "2026-03-04", {}, {}, {}}, country);
  CHECK(reminded_by(*quiet, "life.hukou_move") == "2026-03-14");
  CHECK(reminds(*quiet, "life.ask_left_to", Audience::worker));
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Move out: the other stay becomes the main home", "[life]") {
  Village village;
  const RecordId son = village.zhang.people[2];
  const RecordId other = village.stay(son, village.empty, false);
  const auto circle = village.reader().household(village.zhang.household).value();
  const auto plan = village.carry_out(plan_move_out(circle, {{son}, "2026-03-04", {}, {}, {}}, village.occasion()));
  CHECK(bool_of(village.get(kinds::residency::kKind, other).get(kinds::residency::primary)));
  CHECK(reminds(plan, "life.check_main_home", Audience::worker));
}

TEST_CASE("Move out: of a stranger, from a closed household, of the head of several adults is refused", "[life]") {
  Village village;
  auto circle = village.reader().household(village.zhang.household).value();
  const auto leave = [&](const RecordId& person) {
    return refusal(plan_move_out(circle, {{person}, "2026-03-04", {}, {}, {}}, village.occasion()));
  };
  CHECK(leave(village.new_id()) == Errc::not_a_member);
  CHECK(leave(village.zhang.people[0]) == Errc::head_needed);
  CHECK(refusal(plan_move_out(circle, {}, village.occasion())) == Errc::required_missing);
  circle.household.set(kinds::household::status, "closed");
  CHECK(leave(village.zhang.people[1]) == Errc::already_ended);
}

TEST_CASE("Dissolved: all go, the household closes, promises and needs end, the dwelling is vacant", "[life]") {
  Village village;
  const RecordId visit = village.promised_visit(village.zhang, village.zhang.people[0]);
  const RecordId need = village.need(village.zhang.household, village.zhang.people[0]);
  village.carry_out(plan_household_dissolved(village.reader().household(village.zhang.household).value(),
                                             {{}, "2026-03-04", "泉州", {}, {}}, village.occasion()));
  CHECK(village.get(kinds::household::kKind, village.zhang.household).text(kinds::household::status) == "closed");
  CHECK(village.get(kinds::dwelling::kKind, village.zhang.dwelling).text(kinds::dwelling::occupancy) == "vacant");
  CHECK_FALSE(promises_visit(village.get(kinds::visit::kKind, visit)));
  CHECK(village.get(kinds::need::kKind, need).text(kinds::need::status) == "closed");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Dissolved: a dwelling that is shared stays occupied", "[life]") {
  Village village;
  const auto other = village.family(village.zhang.dwelling, kChenAlone);
  village.carry_out(plan_household_dissolved(village.reader().household(other.household).value(),
                                             {{}, "2026-03-04", "泉州", {}, {}}, village.occasion()));
  CHECK(village.get(kinds::dwelling::kKind, village.zhang.dwelling).text(kinds::dwelling::occupancy) == "occupied");
  CHECK(broken_laws(village.store()).empty());
}
