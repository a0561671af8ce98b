// Operations on records that are not as they should be: beyond reach, ended, with a field missing. Whatever is wrong
// with one record, an operation is refused or comes to edits that may be saved.
#include <map>
#include <set>

#include "storage/dictionary/validation.hpp"
#include "storage/model/life_cycle/arrival.hpp"
#include "storage/model/life_cycle/consents.hpp"
#include "storage/model/life_cycle/death.hpp"
#include "storage/model/life_cycle/departure.hpp"
#include "storage/model/life_cycle/head_change.hpp"
#include "storage/model/life_cycle/households.hpp"
#include "storage/model/life_cycle/labels.hpp"
#include "storage/model/life_cycle/person_merge.hpp"
#include "storage/model/life_cycle/places.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/community.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

constexpr const char* kForeignGrid = "350582006001009";
constexpr ColumnNo kGridColumn = kinds::person::grid_id;
constexpr ColumnNo kStatusColumn = kinds::person::status;

/// Everything that the operations look at, read from one community.
struct Scene {
  Occasion occasion;
  HouseholdCircle family;
  HouseholdCircle couple;
  PersonCircle grandfather;
  PersonCircle mother;
  PersonCircle lodger;
  DwellingCircle door;
  DwellingCircle next_door;
  BuildingCircle house;
  PersonPair pair;
  DeathTrace death;
  MergeTrace merge;
  RecordId new_id;
  RecordId label;
  RecordId consent;
};

/// What is done with every record; one that stands in a list, or may be absent, can be taken out.
struct Visit {
  std::function<void(Record&)> change = [](Record&) {};
  std::function<bool(const Record&)> goes = [](const Record&) { return false; };
  void operator()(Record& record) const { change(record); }
};

void each(std::vector<Record>& records, const Visit& visit) {
  std::erase_if(records, visit.goes);
  for (Record& record : records) visit(record);
}
void each(std::optional<Record>& record, const Visit& visit) {
  if (record && visit.goes(*record)) record.reset();
  if (record) visit(*record);
}
void each(HouseholdCircle& circle, const Visit& visit) {
  visit(circle.household);
  each(circle.dwelling, visit);
  each(circle.building, visit);
  for (auto* records : {&circle.memberships, &circle.people, &circle.residencies, &circle.planned_visits, &circle.needs,
                        &circle.tasks, &circle.labels})
    each(*records, visit);
}
void each(PersonCircle& circle, const Visit& visit) {
  visit(circle.person);
  for (HouseholdCircle& household : circle.households) each(household, visit);
  std::erase_if(circle.homes, [&](const Home& home) { return visit.goes(home.dwelling); });
  for (Home& home : circle.homes) {
    visit(home.dwelling);
    each(home.households, visit);
    each(home.residencies, visit);
  }
  for (auto* records : {&circle.residencies, &circle.planned_visits, &circle.needs, &circle.labels, &circle.consents,
                        &circle.tasks, &circle.volunteers, &circle.wards})
    each(*records, visit);
}
void each(DwellingCircle& circle, const Visit& visit) {
  visit(circle.dwelling);
  each(circle.building, visit);
  for (HouseholdCircle& household : circle.households) each(household, visit);
  each(circle.residencies, visit);
  each(circle.planned_visits, visit);
}

void each(Scene& scene, const Visit& visit) {
  for (HouseholdCircle* circle : {&scene.family, &scene.couple}) each(*circle, visit);
  for (PersonCircle* circle :
       {&scene.grandfather, &scene.mother, &scene.lodger, &scene.pair.survivor, &scene.pair.loser})
    each(*circle, visit);
  for (DwellingCircle* circle : {&scene.door, &scene.next_door}) each(*circle, visit);
  visit(scene.house.building);
  for (DwellingCircle& circle : scene.house.dwellings) each(circle, visit);
  std::erase_if(scene.pair.to_loser, [&](const Reference& reference) { return visit.goes(reference.from); });
  for (Reference& reference : scene.pair.to_loser) visit(reference.from);
  std::erase_if(scene.pair.to_loser,
                [](const Reference& reference) { return is_empty(reference.from.get(reference.column)); });
  each(scene.pair.merge_case, visit);
  visit(scene.death.person);
  for (auto* records : {&scene.death.memberships, &scene.death.residencies, &scene.death.main_homes,
                        &scene.death.labels, &scene.death.needs, &scene.death.volunteers})
    each(*records, visit);
  for (HouseholdCircle& circle : scene.death.households) each(circle, visit);
  visit(scene.merge.merge_case);
  each(scene.merge.records, visit);
  each(scene.merge.around, visit);
}

RecordId volunteer(Community& town, const RecordId& person, const std::string& state) {
  namespace v = kinds::volunteer;
  return town.add(v::kKind, {{v::person_id, person}, {v::name, "志愿者"}, {v::state, state}});
}

/// Of two records of one person: what they say differs in everything that may.
void make_twins_differ(Community& town, const RecordId& one, const RecordId& other) {
  namespace p = kinds::person;
  for (const auto& [person, phone, alias] : {std::tuple(one, "13800138001", "阿钱"), {other, "13800138002", "钱伯"}}) {
    town.set(p::kKind, person, p::phone, std::string(phone));
    town.set(p::kKind, person, p::alias, TextSet::of({alias}));
    town.set(p::kKind, person, p::id_type, std::string("414"));
    town.set(p::kKind, person, p::id_no, std::string("E12345678"));
    town.label(person, "E1", town.consent(person));
    volunteer(town, person, "approved");
  }
  town.add(kinds::case_::kKind, {{kinds::case_::no, "350582006001003-20260305-A001"},
                                 {kinds::case_::text, "楼道堆物，挡住消防通道"},
                                 {kinds::case_::party_ids, TextSet::of({to_string(other)})}});
}

Scene scene_of(Community& town) {
  const RecordId house = town.building();
  const auto family = town.family(
      town.dwelling(house, "101"),
      {{"赵爷", "02", "1", "1950-01-01"}, {"赵母", "21", "2", "1980-01-01"}, {"赵小", "41", "1", "2015-01-01"}});
  const auto couple =
      town.family(town.dwelling(house, "102"), {{"孙甲", "02", "1", "1960-01-01"}, {"孙乙", "12", "2", "1961-01-01"}});
  const auto one = town.family(town.dwelling(house, "103"), {{"钱一", "02", "1", "1945-01-01"}});
  const auto other = town.family(town.dwelling(house, "104"), {{"钱壹", "02", "1", "1945-01-01"}});
  const auto old = town.family(town.dwelling(house, "105"), {{"李一", "02", "1", "1945-01-01"}});
  const auto twin = town.family(town.dwelling(house, "106"), {{"李一", "02", "1", "1945-01-01"}});
  const auto gone = town.family(town.dwelling(house, "107"), {{"周一", "02", "1", "1945-01-01"}});
  make_twins_differ(town, one.people[0], other.people[0]);
  town.set(kinds::person::kKind, family.people[2], kinds::person::guardian_id, family.people[1]);
  Scene scene;
  scene.consent = town.consent(family.people[0]);
  scene.label = town.label(family.people[0], "E1", scene.consent);
  for (const auto& [home, person] : {std::pair(family, family.people[0]), std::pair(gone, gone.people[0])}) {
    town.promised_visit(home, person);
    town.task(person);
    town.need(home.household, person);
    volunteer(town, person, "approved");
  }
  town.label(gone.people[0], "E1", town.consent(gone.people[0]));
  LifeCycleReader reader = town.reader();
  scene.occasion = reader.occasion();
  town.carry_out(
      plan_persons_merged(reader.pair(old.people[0], twin.people[0]).value(), {town.new_id(), ""}, scene.occasion));
  const RecordId merge_case = town.all(kinds::merge_case::kKind).front().ref.id;
  town.carry_out(
      plan_death(reader.person(gone.people[0]).value(), {scene.occasion.day, "family", "", {}}, scene.occasion));
  scene.family = reader.household(family.household).value();
  scene.couple = reader.household(couple.household).value();
  scene.grandfather = reader.person(family.people[0]).value();
  scene.mother = reader.person(family.people[1]).value();
  scene.lodger = reader.person(couple.people[1]).value();
  scene.door = reader.dwelling(family.dwelling).value();
  scene.next_door = reader.dwelling(couple.dwelling).value();
  scene.house = reader.building(house).value();
  const RecordId doubt = town.add(kinds::merge_case::kKind, {{kinds::merge_case::kind, "person"},
                                                             {kinds::merge_case::found_by, "clerk"},
                                                             {kinds::merge_case::state, "open"}});
  scene.pair = reader.pair(one.people[0], other.people[0], doubt).value();
  scene.death = reader.death(gone.people[0]).value();
  scene.merge = reader.merge(merge_case).value();
  scene.new_id = town.new_id();
  return scene;
}

using Planned = Result<LifeCyclePlan>;
struct Operation {
  std::string name;
  std::function<Planned(const Scene&)> plan;
};

Arrival arriving(const PersonCircle& person, bool main_home) {
  Arrival arrival;
  arrival.person = person.person.ref.id;
  arrival.known = person;
  arrival.relation = "99";
  arrival.since = "2026-03-01";
  arrival.main_home = main_home;
  return arrival;
}

std::vector<Operation> household_operations() {
  const auto leaving = [](const Scene& s, const Record& who) {
    return Leaving{{who.ref.id}, s.occasion.day, "", "", s.mother.person.ref.id};
  };
  return {
      {"move in",
       [](const Scene& s) { return plan_move_in(home_of(s.family), {arriving(s.lodger, true)}, s.occasion); }},
      {"second home",
       [](const Scene& s) { return plan_move_in(home_of(s.family), {arriving(s.lodger, false)}, s.occasion); }},
      {"found",
       [](const Scene& s) {
         return plan_household_formed(new_home_at(s.next_door, s.new_id), {arriving(s.grandfather, true)}, s.occasion);
       }},
      {"birth",
       [](const Scene& s) {
         return plan_birth(s.family, {s.new_id, {{kinds::person::name, "赵婴"}}, "", s.mother.person.ref.id},
                           s.occasion);
       }},
      {"head leaves",
       [=](const Scene& s) { return plan_move_out(s.family, leaving(s, s.grandfather.person), s.occasion); }},
      {"member leaves",
       [=](const Scene& s) { return plan_move_out(s.couple, leaving(s, s.lodger.person), s.occasion); }},
      {"dissolved",
       [](const Scene& s) {
         return plan_household_dissolved(s.couple, {{}, s.occasion.day, "", "", {}}, s.occasion);
       }},
      {"head change", [](const Scene& s) { return plan_head_change(s.family, s.mother.person.ref.id, s.occasion); }},
      {"split",
       [](const Scene& s) {
         return plan_split(s.couple, {{s.lodger.person.ref.id}, s.lodger.person.ref.id, s.new_id, "", {}, {}},
                           s.occasion);
       }},
      {"households merged",
       [](const Scene& s) {
         return plan_households_merged(s.family, s.couple, {s.door.dwelling.ref.id, {}, "99", ""}, s.occasion);
       }},
  };
}

std::vector<Operation> other_operations() {
  return {
      {"death",
       [](const Scene& s) {
         return plan_death(s.grandfather, {s.occasion.day, "family", "", s.mother.person.ref.id}, s.occasion);
       }},
      {"alive", [](const Scene& s) { return plan_death_undone(s.death, {s.occasion.day}, s.occasion); }},
      {"persons merged",
       [](const Scene& s) {
         return plan_persons_merged(s.pair, {s.new_id, "同一人"}, s.occasion);
       }},
      {"merged the other way",
       [](const Scene& s) {
         PersonPair pair = s.pair;
         std::swap(pair.survivor, pair.loser);
         return plan_persons_merged(pair, {s.new_id, ""}, s.occasion);
       }},
      {"merge undone",
       [](const Scene& s) {
         return plan_merge_undone(s.merge, {s.new_id, ""}, s.occasion);
       }},
      {"tenants",
       [](const Scene& s) {
         return plan_tenancy_change(s.door, {{}, {arriving(s.lodger, true)}, s.new_id, s.occasion.day, ""}, s.occasion);
       }},
      {"sealed",
       [](const Scene& s) {
         return plan_dwelling_emptied(s.door, "sealed", {s.occasion.day, ""}, s.occasion);
       }},
      {"demolished",
       [](const Scene& s) {
         return plan_building_demolished(s.house, {s.occasion.day, ""}, s.occasion);
       }},
      {"label",
       [](const Scene& s) {
         LabelProposal proposal;
         proposal.label = "E3";
         proposal.basis = "居委会核实独居";
         proposal.consent = s.consent;
         return plan_label_proposed(s.grandfather, proposal, s.occasion);
       }},
      {"label confirmed",
       [](const Scene& s) { return plan_label_confirmed(s.grandfather, s.label, s.new_id, s.occasion); }},
      {"label renewed", [](const Scene& s) { return plan_label_renewed(s.grandfather, s.label, 3, s.occasion); }},
      {"label removed", [](const Scene& s) { return plan_label_removed(s.grandfather, s.label, "搬走", s.occasion); }},
      {"labels expired", [](const Scene& s) { return plan_labels_expired(s.grandfather, s.occasion); }},
      {"consent",
       [](const Scene& s) {
         ConsentAnswer answer;
         answer.scope = "health";
         answer.how = "oral";
         answer.notice = s.new_id;
         return plan_consent_answered(s.grandfather, answer, s.occasion);
       }},
      {"withdrawn", [](const Scene& s) { return plan_consent_withdrawn(s.grandfather, s.consent, s.occasion); }},
  };
}

std::vector<Operation> operations() {
  std::vector<Operation> all = household_operations();
  for (Operation& operation : other_operations()) all.push_back(std::move(operation));
  return all;
}

/// What is wrong with a plan: "" when nothing is.
std::string fault_of(const LifeCyclePlan& plan, const Dictionary& dictionary, const Occasion& occasion,
                     const std::optional<RecordRef>& beyond_reach) {
  std::set<std::tuple<KindNo, RecordId, ColumnNo>> written;
  for (const RecordEdit& edit : plan.edits) {
    const KindDef& kind = dictionary.get_kind(edit.kind);
    if (beyond_reach && edit.id && RecordRef{edit.kind, *edit.id} == *beyond_reach)
      return "writes a " + kind.name + " beyond reach";
    if (edit.cells.empty()) return "an edit of a " + kind.name + " without a field";
    for (const Cell& cell : edit.cells) {
      const FieldDef* field = kind.find(cell.column);
      if (field == nullptr) return "writes a field that " + kind.name + " has not";
      if (has_error(check_value(dictionary, *field, cell.value, occasion.now)))
        return "writes what may not stand in " + kind.name + "." + field->name;
      if (edit.id && !written.insert({edit.kind, *edit.id, cell.column}).second)
        return "writes " + kind.name + "." + field->name + " twice";
    }
  }
  return {};
}

struct Oddity {
  std::string name;
  std::function<void(Record&)> apply;  ///< None: the record is not on the tablet.
  bool beyond_reach = false;
};

/// Every other code that may stand there.
void add_other_codes(const Dictionary& dictionary, const FieldDef& field, const Cell& cell, std::vector<Oddity>& all) {
  constexpr std::size_t kListMax = 30;  // relations and the like; longer lists are of no consequence
  const CodeList* list = dictionary.find_list(field.list);
  if (field.type != FieldType::code || list == nullptr || list->codes.size() > kListMax) return;
  for (const CodeDef& code : list->codes)
    if (text_of(cell.value) != code.code)
      all.push_back({field.name + " " + code.code,
                     [column = field.no, code = code.code](Record& record) { record.set(column, code); }});
}

std::vector<Oddity> oddities_of(const Record& record, const KindDef& kind, const Dictionary& dictionary) {
  std::vector<Oddity> all = {
      {"another grid's", [](Record& r) { r.set(kGridColumn, std::string(kForeignGrid)); }, true},
      {"not here", {}},
      {"closed", [](Record& r) { r.set(kStatusColumn, std::string("closed")); }},
      {"void", [](Record& r) { r.set(kStatusColumn, std::string("void")); }},
  };
  for (const Cell& cell : record.cells) {
    const FieldDef* field = kind.find(cell.column);
    if (field->required && field->type == FieldType::ref) continue;  // nothing saves a record without
    all.push_back({"without " + field->name, [column = cell.column](Record& r) { r.set(column, Value{}); }});
    add_other_codes(dictionary, *field, cell, all);
  }
  return all;
}

}  // namespace

TEST_CASE("Operations: every one can be planned or has nothing to do, where all records are as they should be",
          "[life]") {
  Community town;
  const Scene scene = scene_of(town);
  for (const Operation& operation : operations()) {
    INFO(operation.name);
    const Planned plan = operation.plan(scene);
    REQUIRE((plan.ok() || plan.error().code == Errc::nothing_to_change));
    if (plan.ok()) CHECK(fault_of(*plan, town.store().dictionary(), scene.occasion, {}) == "");
  }
}

TEST_CASE("Operations: whatever is wrong with one record, the plan is refused or can be saved", "[life]") {
  Community town;
  const Scene scene = scene_of(town);
  const Dictionary& dictionary = town.store().dictionary();
  const std::vector<Operation> all = operations();
  std::map<RecordRef, Record> records;
  Scene copy = scene;
  each(copy, {.change = [&](Record& record) { records.emplace(record.ref, record); }});
  std::set<std::string> wrong;
  for (const auto& [ref, record] : records) {
    const KindDef& kind = dictionary.get_kind(ref.kind);
    for (const Oddity& oddity : oddities_of(record, kind, dictionary)) {
      Scene odd = scene;
      const auto is_meant = [&at = ref](const Record& one) { return one.ref == at; };
      if (oddity.apply == nullptr) {
        each(odd, {.goes = is_meant});
      } else {
        each(odd, {.change = [&](Record& one) {
               if (is_meant(one)) oddity.apply(one);
             }});
      }
      const auto beyond_reach = oddity.beyond_reach ? std::optional(ref) : std::nullopt;
      for (const Operation& operation : all) {
        const Planned plan = operation.plan(odd);
        const std::string fault = plan.ok() ? fault_of(*plan, dictionary, scene.occasion, beyond_reach) : "";
        if (!fault.empty()) wrong.insert(operation.name + ", " + kind.name + " " + oddity.name + ": " + fault);
      }
    }
  }
  CHECK(wrong == std::set<std::string>{});
}
