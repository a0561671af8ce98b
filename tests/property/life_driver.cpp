#include "tests/property/life_driver.hpp"

#include <algorithm>
#include <set>

#include "storage/model/life_cycle/consents.hpp"
#include "storage/model/life_cycle/days.hpp"
#include "storage/model/life_cycle/death.hpp"
#include "storage/model/life_cycle/departure.hpp"
#include "storage/model/life_cycle/head_change.hpp"
#include "storage/model/life_cycle/households.hpp"
#include "storage/model/life_cycle/labels.hpp"
#include "storage/model/life_cycle/person_merge.hpp"
#include "storage/model/life_cycle/places.hpp"

namespace ruhu::test {
namespace {

/// What a rule may answer; everything else is a fault.
const std::set<Errc> kRefusals = {Errc::head_needed,   Errc::not_a_member,      Errc::deceased,
                                  Errc::not_deceased,  Errc::place_closed,      Errc::already_ended,
                                  Errc::basis_missing, Errc::nothing_to_change, Errc::people_differ,
                                  Errc::undo_expired,  Errc::not_found,         Errc::required_missing};

Error nobody() { return make_error(Errc::not_found, "nobody for it"); }

std::vector<RecordId> members_of(const HouseholdCircle& circle) {
  std::vector<RecordId> people;
  for (const Record& membership : circle.memberships) people.push_back(membership.uuid(kinds::membership::person_id));
  return people;
}

}  // namespace

LifeDriver::LifeDriver(std::uint64_t seed) : community_(seed) {
  for (int b = 0; b < 2; ++b) {
    const RecordId house = community_.building();
    community_.dwelling(house, "103");
    community_.family(community_.dwelling(house, "101"), {{"张一", "02", "1", "1955-01-01"},
                                                          {"王二", "12", "2", "1957-01-01"},
                                                          {"张三", "22", "1", "1980-01-01"},
                                                          {"李四", "38", "2", "1982-01-01"},
                                                          {"张五", "41", "1", "2014-01-01"}});
    community_.family(community_.dwelling(house, "102"), {{"陈六", "02", "2", "1940"}});
  }
}

const std::vector<LifeDriver::Choice>& LifeDriver::choices() {
  using D = LifeDriver;
  static const std::vector<Choice> kChoices = {
      {"birth", &D::birth, 4},
      {"death", &D::death, 6},
      {"false death", &D::false_death, 4},
      {"newcomer", &D::newcomer, 6},
      {"mover", &D::mover, 8},
      {"move out", &D::move_out, 4},
      {"head change", &D::head_change, 6},
      {"split", &D::split, 6},
      {"households merged", &D::merge_households, 5},
      {"dissolved", &D::dissolve, 1},
      {"tenancy", &D::tenancy, 3},
      {"dwelling emptied", &D::empty_dwelling, 1},
      {"demolished", &D::demolish, 1},
      {"persons merged", &D::merge_persons, 6},
      {"merge undone", &D::undo_merge, 4},
      {"label proposed", &D::propose_label, 4},
      {"label confirmed", &D::confirm_label, 3},
      {"label removed", &D::remove_label, 1},
      {"labels expired", &D::expire_labels, 3},
      {"consent answered", &D::answer_consent, 3},
      {"consent withdrawn", &D::withdraw_consent, 2},
  };
  return kChoices;
}

std::string LifeDriver::step() {
  noise();
  int total = 0;
  for (const Choice& choice : choices()) total += choice.weight;
  int at = static_cast<int>(below(static_cast<std::size_t>(total)));
  const Choice* chosen = nullptr;
  for (const Choice& choice : choices()) {
    if (at < choice.weight) {
      chosen = &choice;
      break;
    }
    at -= choice.weight;
  }
  last_ = chosen->name;
  const auto plan = (this->*chosen->act)();
  if (!plan.ok()) {
    ++done_[last_ + " refused"];
    return kRefusals.count(plan.error().code) != 0 ? std::string() : to_log_line(plan.error());
  }
  ++done_[last_];
  if (chosen->act == &LifeDriver::merge_persons && chance(0.5)) return check_merge_comes_back(*plan);
  if (plan->edits.empty()) return "a plan without edits";
  const auto saved = community_.store().save(plan->request({Source::self, Verified::declared, 0}));
  if (!saved.ok()) return to_log_line(saved.error());
  community_.pass_days(static_cast<int>(below(20)));
  return {};
}

std::map<RecordRef, std::vector<Cell>> LifeDriver::snapshot() {
  std::map<RecordRef, std::vector<Cell>> fields;
  for (const KindDef& kind : community_.store().dictionary().kinds())
    if (kind.no != kinds::merge_case::kKind)
      for (const Record& record : community_.all(kind.no)) fields[record.ref] = record.cells;
  return fields;
}

std::string LifeDriver::check_merge_comes_back(const LifeCyclePlan& plan) {
  const auto before = snapshot();
  const auto saved = community_.store().save(plan.request({}));
  if (!saved.ok()) return to_log_line(saved.error());
  const auto reader = [&] { return community_.reader(); };
  const auto undone =
      plan_merge_undone(reader().merge(saved->back().ref.id).value(), {community_.new_id(), ""}, community_.occasion());
  if (!undone.ok()) return to_log_line(undone.error());
  const auto back = community_.store().save(undone->request({}));
  if (!back.ok()) return to_log_line(back.error());
  ++done_["merge undone at once"];
  return snapshot() == before ? std::string() : "merged and undone, something differs";
}

void LifeDriver::noise() {
  const auto household = any_open(kinds::household::kKind);
  if (!household) return;
  const auto people = members_of(community_.reader().household(household->ref.id).value());
  const Community::Family family{household->uuid(kinds::household::dwelling_id), household->ref.id, people};
  const RecordId person = pick(people);
  switch (below(6)) {
    case 0: community_.promised_visit(family, person, chance(0.5) ? "04" : "02"); break;
    case 1: community_.task(person); break;
    case 2: community_.need(family.household, person); break;
    case 3: community_.set(kinds::person::kKind, person, kinds::person::employment, "70"); break;
    default: break;
  }
}

std::vector<Record> LifeDriver::open(KindNo kind) {
  auto records = community_.all(kind);
  std::erase_if(records, [](const Record& record) { return !is_open_record(record); });
  return records;
}

std::optional<Record> LifeDriver::any_open(KindNo kind) {
  const auto records = open(kind);
  return records.empty() ? std::nullopt : std::optional(pick(records));
}

std::optional<RecordId> LifeDriver::any_person(bool alive) {
  auto people = open(kinds::person::kKind);
  std::erase_if(people, [&](const Record& person) { return person.text(kinds::person::died_on).empty() != alive; });
  return people.empty() ? std::nullopt : std::optional(pick(people).ref.id);
}

std::vector<RecordId> LifeDriver::some(const std::vector<RecordId>& people) {
  std::vector<RecordId> chosen;
  for (const RecordId& person : people)
    if (chance(0.4)) chosen.push_back(person);
  if (chosen.empty() && !people.empty()) chosen.push_back(pick(people));
  return chosen;
}

std::string LifeDriver::relation_for(std::string_view gender) {
  static const std::vector<std::string> kMale = {"11", "20", "23", "28", "41", "43", "51",
                                                 "71", "73", "81", "93", "97", "99"};
  static const std::vector<std::string> kFemale = {"12", "30", "32", "38", "42", "44", "52",
                                                   "75", "77", "72", "94", "97", "99"};
  return gender == "1" ? pick(kMale) : pick(kFemale);
}

Arrival LifeDriver::arrival_of(const RecordId& person) {
  Arrival arrival;
  arrival.person = person;
  arrival.known = community_.reader().person(person).value();
  arrival.relation = relation_for(arrival.known->person.text(kinds::person::gender));
  arrival.since = today();
  arrival.residency_kind = "3";
  arrival.main_home = chance(0.8) || arrival.known->residencies.empty();
  arrival.registered_here = chance(0.3);
  for (const HouseholdCircle& old : arrival.known->households)
    if (chance(0.6)) arrival.successor = pick(members_of(old));
  return arrival;
}

Arrival LifeDriver::stranger() {
  namespace p = kinds::person;
  const std::string gender = chance(0.5) ? "1" : "2";
  Arrival arrival;
  arrival.person = community_.new_id();
  arrival.cells = {{p::name, "林小"}, {p::gender, gender}, {p::birth_date, std::to_string(1950 + below(60))}};
  arrival.relation = relation_for(gender);
  arrival.since = today();
  arrival.residency_kind = chance(0.5) ? "4" : "3";
  return arrival;
}

Result<LifeCyclePlan> LifeDriver::birth() {
  const auto household = any_open(kinds::household::kKind);
  if (!household) return nobody();
  const auto circle = community_.reader().household(household->ref.id).value();
  const Newborn newborn{community_.new_id(),
                        {{kinds::person::name, "某某之子(未命名)"}, {kinds::person::gender, chance(0.5) ? "1" : "2"}},
                        "",
                        pick(members_of(circle))};
  return plan_birth(circle, newborn, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::death() {
  static const std::vector<std::string> kSources = {"family", "neighbour", "committee", "landlord", "police"};
  const auto person = any_person(chance(0.9));
  if (!person) return nobody();
  const auto circle = community_.reader().person(*person).value();
  DeathReport report{days_after(today(), -static_cast<int>(below(5))), pick(kSources), "邻居", {}};
  if (!circle.households.empty() && chance(0.7)) report.successor = pick(members_of(circle.households.front()));
  return plan_death(circle, report, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::false_death() {
  const auto person = any_person(false);
  if (!person) return nobody();
  return plan_death_undone(community_.reader().death(*person).value(), {today()}, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::newcomer() {
  const auto dwelling = any_open(kinds::dwelling::kKind);
  const auto household = any_open(kinds::household::kKind);
  if (!dwelling) return nobody();
  Destination to = new_home_at(community_.reader().dwelling(dwelling->ref.id).value(), community_.new_id());
  if (household && chance(0.5)) to = home_of(community_.reader().household(household->ref.id).value());
  std::vector<Arrival> arrivals = {stranger()};
  while (chance(0.4)) arrivals.push_back(stranger());
  return plan_move_in(to, arrivals, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::mover() {
  const auto person = any_person(chance(0.95));
  const auto dwelling = any_open(kinds::dwelling::kKind);
  const auto household = any_open(kinds::household::kKind);
  if (!person || !dwelling) return nobody();
  Destination to = new_home_at(community_.reader().dwelling(dwelling->ref.id).value(), community_.new_id());
  if (household && chance(0.6)) to = home_of(community_.reader().household(household->ref.id).value());
  std::vector<Arrival> arrivals = {arrival_of(*person)};
  if (const auto second = any_person(); second && *second != *person && chance(0.3))
    arrivals.push_back(arrival_of(*second));
  return plan_move_in(to, arrivals, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::move_out() {
  const auto household = any_open(kinds::household::kKind);
  if (!household) return nobody();
  const auto circle = community_.reader().household(household->ref.id).value();
  Leaving leaving{some(members_of(circle)), today(), chance(0.5) ? "厦门" : "", "01", {}};
  if (chance(0.7)) leaving.successor = pick(members_of(circle));
  return plan_move_out(circle, leaving, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::head_change() {
  const auto household = any_open(kinds::household::kKind);
  if (!household) return nobody();
  const auto circle = community_.reader().household(household->ref.id).value();
  return plan_head_change(circle, pick(members_of(circle)), community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::split() {
  const auto household = any_open(kinds::household::kKind);
  const auto dwelling = any_open(kinds::dwelling::kKind);
  if (!household || !dwelling) return nobody();
  const auto circle = community_.reader().household(household->ref.id).value();
  Split split;
  split.people = some(members_of(circle));
  split.new_head = pick(split.people);
  split.new_household = community_.new_id();
  split.since = today();
  if (chance(0.7)) split.successor = pick(members_of(circle));
  if (chance(0.5)) split.elsewhere = community_.reader().dwelling(dwelling->ref.id).value();
  return plan_split(circle, split, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::merge_households() {
  const auto one = any_open(kinds::household::kKind);
  const auto other = any_open(kinds::household::kKind);
  if (!one || !other) return nobody();
  const auto kept = community_.reader().household(one->ref.id).value();
  const auto ended = community_.reader().household(other->ref.id).value();
  const Record* head = find_by_id(ended.people, other->uuid(kinds::household::head_person_id));
  HouseholdMerge merge{one->uuid(kinds::household::dwelling_id), one->ref.id, "", today()};
  if (head != nullptr && chance(0.9)) merge.relation = relation_for(head->text(kinds::person::gender));
  return chance(0.5) ? plan_households_merged(kept, ended, merge, community_.occasion())
                     : plan_households_merged(ended, kept, merge, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::dissolve() {
  const auto household = any_open(kinds::household::kKind);
  if (!household) return nobody();
  return plan_household_dissolved(community_.reader().household(household->ref.id).value(), {{}, today(), "", "99", {}},
                                  community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::tenancy() {
  const auto dwelling = any_open(kinds::dwelling::kKind);
  if (!dwelling) return nobody();
  const auto circle = community_.reader().dwelling(dwelling->ref.id).value();
  TenancyChange change{{}, {}, community_.new_id(), today(), ""};
  if (!circle.households.empty() && chance(0.5)) change.households = {pick(circle.households).household.ref.id};
  if (chance(0.7)) change.arrivals = {stranger(), stranger()};
  return plan_tenancy_change(circle, change, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::empty_dwelling() {
  const auto dwelling = any_open(kinds::dwelling::kKind);
  if (!dwelling) return nobody();
  return plan_dwelling_emptied(community_.reader().dwelling(dwelling->ref.id).value(),
                               chance(0.2) ? "sealed" : "vacant", {today(), "安置房"}, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::demolish() {
  const auto building = any_open(kinds::building::kKind);
  if (!building || chance(0.5)) return nobody();
  return plan_building_demolished(community_.reader().building(building->ref.id).value(), {today(), "安置小区"},
                                  community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::merge_persons() {
  const auto survivor = any_person(chance(0.9));
  const auto loser = any_person(chance(0.9));
  if (!survivor || !loser) return nobody();
  return plan_persons_merged(community_.reader().pair(*survivor, *loser).value(), {community_.new_id(), ""},
                             community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::undo_merge() {
  const auto merge_case = any_open(kinds::merge_case::kKind);
  if (!merge_case) return nobody();
  return plan_merge_undone(community_.reader().merge(merge_case->ref.id).value(), {community_.new_id(), ""},
                           community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::propose_label() {
  static const std::vector<std::string> kLabels = {"E1", "E3", "P2", "C3"};
  const auto person = any_person(chance(0.95));
  if (!person) return nobody();
  const auto circle = community_.reader().person(*person).value();
  LabelProposal proposal;
  proposal.label = pick(kLabels);
  proposal.basis = "居委会核实";
  proposal.legal_duty = chance(0.5);
  proposal.review_months = 1;
  if (!circle.consents.empty()) proposal.consent = pick(circle.consents).ref.id;
  return plan_label_proposed(circle, proposal, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::confirm_label() {
  const auto label = any_open(kinds::person_label::kKind);
  if (!label) return nobody();
  const auto circle = community_.reader().person(label->uuid(kinds::person_label::person_id)).value();
  return chance(0.7) ? plan_label_confirmed(circle, label->ref.id, community_.new_id(), community_.occasion())
                     : plan_label_renewed(circle, label->ref.id, 2, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::remove_label() {
  const auto label = any_open(kinds::person_label::kKind);
  if (!label) return nobody();
  const auto circle = community_.reader().person(label->uuid(kinds::person_label::person_id)).value();
  return plan_label_removed(circle, label->ref.id, "不再需要", community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::expire_labels() {
  const auto label = any_open(kinds::person_label::kKind);
  if (!label) return nobody();
  return plan_labels_expired(community_.reader().person(label->uuid(kinds::person_label::person_id)).value(),
                             community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::answer_consent() {
  static const std::vector<std::string> kScopes = {"basic", "health", "label"};
  const auto person = any_person(chance(0.95));
  if (!person) return nobody();
  ConsentAnswer answer{pick(kScopes), chance(0.8), "oral", community_.new_id(), {}, {}, ""};
  if (chance(0.5)) answer.guardian = any_person();
  return plan_consent_answered(community_.reader().person(*person).value(), answer, community_.occasion());
}

Result<LifeCyclePlan> LifeDriver::withdraw_consent() {
  const auto consent = any_open(kinds::consent::kKind);
  if (!consent) return nobody();
  return plan_consent_withdrawn(community_.reader().person(consent->uuid(kinds::consent::person_id)).value(),
                                consent->ref.id, community_.occasion());
}

}  // namespace ruhu::test
