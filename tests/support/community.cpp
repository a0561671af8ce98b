#include "tests/support/community.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

constexpr ScopeCode kGrid{350582006001003};
constexpr ScopeCode kCommunity{350582006001};
constexpr const char* kSince = "2020-01-01";

const Dictionary& dictionary() {
  static const Dictionary kBuiltIn = Dictionary::built_in().value();
  return kBuiltIn;
}

Identity worker() {
  Identity identity;
  identity.tablet = {7};
  identity.actor = {3};
  identity.role = "worker";
  identity.scopes = {kGrid, kCommunity};
  identity.epoch = {99};
  return identity;
}

}  // namespace

Community::Community(std::uint64_t seed) : random_(seed) {
  DatabaseOptions options;
  options.path = ":memory:";
  store_ = Store::open(options, dictionary(), clock_, random_).value();
  REQUIRE(store_->set_identity(worker()).ok());
}

LifeCycleReader Community::reader() { return LifeCycleReader::open(*store_, clock_.now()).value(); }

RecordId Community::save(std::vector<RecordEdit> edits, const Provenance& provenance) {
  const auto saved = store_->save({std::move(edits), provenance, {}});
  if (!saved.ok()) FAIL(to_log_line(saved.error()));
  return saved->front().ref.id;
}

LifeCyclePlan Community::carry_out(const Result<LifeCyclePlan>& plan) {
  if (!plan.ok()) FAIL(to_log_line(plan.error()));
  if (!plan->edits.empty()) save(plan->edits);
  return *plan;
}

Record Community::get(KindNo kind, const RecordId& id) {
  const auto found = store_->find({kind, id});
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  return **found;
}

std::vector<Record> Community::all(KindNo kind) { return store_->list(kind).value(); }

std::vector<Record> Community::open(KindNo kind, FieldFilter where) {
  auto records = store_->list(kind, {.where = {std::move(where)}, .after = {}}).value();
  std::erase_if(records, [](const Record& record) { return !is_open_record(record); });
  return records;
}

RecordId Community::building() {
  namespace b = kinds::building;
  return add(b::kKind, {{b::std_address, "灵源街道长安路12号"}, {b::kind, "2"}, {b::use_state, "in_use"}});
}

RecordId Community::dwelling(const RecordId& building, const std::string& room, const std::string& occupancy) {
  namespace d = kinds::dwelling;
  return add(d::kKind, {{d::building_id, building}, {d::room_no, room}, {d::use, "1"}, {d::occupancy, occupancy}});
}

RecordId Community::person(const Member& member) {
  namespace p = kinds::person;
  return add(p::kKind, {{p::name, member.name},
                        {p::gender, member.gender},
                        {p::birth_date, member.born},
                        {p::category, "01"},
                        {p::hukou_division, "350582"},
                        {p::id_no_reason, "refused"}});
}

RecordId Community::stay(const RecordId& person, const RecordId& dwelling, bool main) {
  namespace r = kinds::residency;
  return add(r::kKind, {{r::person_id, person},
                        {r::dwelling_id, dwelling},
                        {r::kind, main ? "1" : "7"},
                        {r::lives_here, true},
                        {r::registered_here, main},
                        {r::primary, main},
                        {r::since, kSince}});
}

Community::Family Community::family(const RecordId& dwelling, const std::vector<Member>& members) {
  namespace h = kinds::household;
  namespace m = kinds::membership;
  Family family{dwelling, new_id(), {}};
  for (const Member& member : members) family.people.push_back(person(member));
  save({{h::kKind, family.household, {{h::dwelling_id, dwelling}, {h::head_person_id, family.people.front()}}, {}}});
  for (std::size_t i = 0; i < members.size(); ++i) {
    add(m::kKind, {{m::household_id, family.household},
                   {m::person_id, family.people[i]},
                   {m::relation, members[i].relation},
                   {m::since, kSince}});
    stay(family.people[i], dwelling, true);
  }
  set(kinds::dwelling::kKind, dwelling, kinds::dwelling::occupancy, "occupied");
  return family;
}

RecordId Community::promised_visit(const Family& family, const RecordId& respondent, const std::string& purpose) {
  namespace v = kinds::visit;
  return add(v::kKind, {{v::dwelling_id, family.dwelling},
                        {v::household_id, family.household},
                        {v::purpose, purpose},
                        {v::worker_ids, TextSet::of({to_string(new_id())})},
                        {v::started_at, to_ms(clock_.now())},
                        {v::outcome, "01"},
                        {v::respondent_id, respondent},
                        {v::next_action, "revisit"},
                        {v::next_on, "2026-03-12"}});
}

RecordId Community::consent(const RecordId& person, const std::string& scope) {
  namespace c = kinds::consent;
  return add(c::kKind, {{c::person_id, person},
                        {c::scope, scope},
                        {c::given, "yes"},
                        {c::given_at, to_ms(clock_.now())},
                        {c::how, "oral"}});
}

RecordId Community::label(const RecordId& person, const std::string& code, const RecordId& consent) {
  namespace l = kinds::person_label;
  return add(l::kKind, {{l::person_id, person},
                        {l::label, code},
                        {l::basis, "居委会核实"},
                        {l::state, "confirmed"},
                        {l::consent_id, consent},
                        {l::since, "2026-01-01"},
                        {l::review_on, "2026-07-01"}});
}

RecordId Community::task(const RecordId& person) {
  namespace t = kinds::task;
  return add(t::kKind, {{t::what, "探访"},
                        {t::assignee_ids, TextSet::of({to_string(new_id())})},
                        {t::due, "2026-03-20"},
                        {t::origin, "temporary"},
                        {t::person_id, person}});
}

RecordId Community::need(const RecordId& household, const RecordId& person) {
  namespace n = kinds::need;
  return add(n::kKind,
             {{n::household_id, household}, {n::for_person_id, person}, {n::category, "02"}, {n::text, "助餐"}});
}

std::string Community::relation(const RecordId& household, const RecordId& person) {
  namespace m = kinds::membership;
  for (const Record& membership : open(m::kKind, {m::household_id, household}))
    if (membership.uuid(m::person_id) == person) return std::string(membership.text(m::relation));
  return {};
}

RecordId Community::head(const RecordId& household) {
  return get(kinds::household::kKind, household).uuid(kinds::household::head_person_id);
}

bool reminds(const LifeCyclePlan& plan, std::string_view text_key, Audience audience) {
  return std::any_of(plan.reminders.begin(), plan.reminders.end(), [&](const Reminder& reminder) {
    return reminder.text_key == text_key && reminder.audience == audience;
  });
}

std::string reminded_by(const LifeCyclePlan& plan, std::string_view text_key) {
  for (const Reminder& reminder : plan.reminders)
    if (reminder.text_key == text_key) return reminder.by;
  return "none";
}

}  // namespace ruhu::test
