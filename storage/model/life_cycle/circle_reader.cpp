#include "storage/model/life_cycle/circle_reader.hpp"

#include <algorithm>
#include <iterator>

#include "dictionary_constants.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/model/life_cycle/days.hpp"
#include "storage/model/life_cycle/merge_moves.hpp"

namespace ruhu {
namespace {

bool holds(const std::vector<Record>& records, const RecordRef& ref) {
  return std::any_of(records.begin(), records.end(), [&](const Record& record) { return record.ref == ref; });
}

/// Closed, and on the day of the person's death.
bool ended_on(const Record& record, ColumnNo since, ColumnNo until, const Record& person) {
  const std::string_view died = person.text(kinds::person::died_on);
  return record.text(kinds::person::status) == "closed" && !died.empty() &&
         record.text(until) == not_before(died, record.text(since));
}

/// The two that were merged.
std::vector<RecordId> people_of(const MergeTrace& trace) {
  std::vector<RecordId> people = {trace.merge_case.uuid(kinds::merge_case::kept_id)};
  for (const Record& record : trace.records)
    if (record.ref.kind == kinds::person::kKind && record.uuid(kinds::person::merged_into) == people.front())
      people.push_back(record.ref.id);
  return people;
}

/// Of several memberships behind one door only the last was ended by the death, and none where the stay ended
/// otherwise.
void keep_ended_by_death(DeathTrace& trace, const std::vector<RecordId>& doors) {
  namespace m = kinds::membership;
  const auto closed_at = [&](std::size_t at) { return trace.memberships[at].meta.stamp_of(m::status).made_at; };
  const auto by_death = [&](std::size_t at) {
    for (std::size_t other = 0; other < doors.size(); ++other)
      if (doors[other] == doors[at] && closed_at(other) > closed_at(at)) return false;
    return trace.residencies.empty() ||
           std::any_of(trace.residencies.begin(), trace.residencies.end(),
                       [&](const Record& stay) { return stay.uuid(kinds::residency::dwelling_id) == doors[at]; });
  };
  DeathTrace kept;
  for (std::size_t i = 0; i < doors.size(); ++i) {
    if (!by_death(i)) continue;
    kept.memberships.push_back(trace.memberships[i]);
    kept.households.push_back(trace.households[i]);
  }
  trace.memberships = std::move(kept.memberships);
  trace.households = std::move(kept.households);
}

}  // namespace

Result<std::optional<Record>> CircleReader::find(KindNo kind, const RecordId& id) {
  if (id.is_nil()) return std::optional<Record>{};
  return source_->find({kind, id});
}

Result<Record> CircleReader::get(KindNo kind, const RecordId& id) {
  RUHU_TRY(auto record, find(kind, id));
  if (!record) return make_error(Errc::not_found, source_->dictionary().get_kind(kind).name);
  return std::move(*record);
}

Result<std::vector<Record>> CircleReader::list(KindNo kind, Cell where, Take take) {
  RUHU_TRY(auto records, source_->list(kind, where.column, where.value));
  if (take == Take::open) std::erase_if(records, [](const Record& record) { return !is_open_record(record); });
  return records;
}

Result<std::vector<Record>> CircleReader::promised(Cell where) {
  RUHU_TRY(auto visits, list(kinds::visit::kKind, std::move(where)));
  std::erase_if(visits, [](const Record& visit) { return !promises_visit(visit); });
  return visits;
}

Result<std::vector<Record>> CircleReader::waiting_tasks(Cell where) {
  RUHU_TRY(auto tasks, list(kinds::task::kKind, std::move(where)));
  std::erase_if(tasks, [](const Record& task) {
    const std::string_view state = task.text(kinds::task::state);
    return state != "proposed" && state != "open" && state != "doing";
  });
  return tasks;
}

Status CircleReader::add_stays_of(std::vector<Record>& residencies, const RecordId& person) {
  RUHU_TRY(const auto stays, list(kinds::residency::kKind, {kinds::residency::person_id, person}));
  for (const Record& stay : stays)
    if (!holds(residencies, stay.ref)) residencies.push_back(stay);
  return {};
}

Status CircleReader::read_place(HouseholdCircle& circle) {
  const RecordId dwelling = circle.household.uuid(kinds::household::dwelling_id);
  RUHU_TRY(circle.dwelling, find(kinds::dwelling::kKind, dwelling));
  if (circle.dwelling) {
    RUHU_TRY(circle.building, find(kinds::building::kKind, circle.dwelling->uuid(kinds::dwelling::building_id)));
  }
  RUHU_TRY(circle.residencies, list(kinds::residency::kKind, {kinds::residency::dwelling_id, dwelling}));
  RUHU_TRY(const auto households, list(kinds::household::kKind, {kinds::household::dwelling_id, dwelling}));
  circle.shares_dwelling = std::any_of(households.begin(), households.end(),
                                       [&](const Record& other) { return other.ref != circle.household.ref; });
  return {};
}

Status CircleReader::read_members(HouseholdCircle& circle) {
  const RecordId id = circle.household.ref.id;
  RUHU_TRY(circle.memberships, list(kinds::membership::kKind, {kinds::membership::household_id, id}));
  for (const Record& membership : circle.memberships) {
    const RecordId person = membership.uuid(kinds::membership::person_id);
    RUHU_TRY(auto record, find(kinds::person::kKind, person));
    if (record) circle.people.push_back(std::move(*record));
    RUHU_TRY_DONE(add_stays_of(circle.residencies, person));
    RUHU_TRY(auto labels, list(kinds::person_label::kKind, {kinds::person_label::person_id, person}));
    std::move(labels.begin(), labels.end(), std::back_inserter(circle.labels));
  }
  return {};
}

Result<HouseholdCircle> CircleReader::household(const RecordId& id) {
  HouseholdCircle circle;
  RUHU_TRY(circle.household, get(kinds::household::kKind, id));
  RUHU_TRY_DONE(read_place(circle));
  RUHU_TRY_DONE(read_members(circle));
  RUHU_TRY(circle.planned_visits, promised({kinds::visit::household_id, id}));
  RUHU_TRY(circle.needs, list(kinds::need::kKind, {kinds::need::household_id, id}));
  RUHU_TRY(circle.tasks, waiting_tasks({kinds::task::household_id, id}));
  return circle;
}

Result<std::vector<Home>> CircleReader::homes_of(const std::vector<Record>& residencies) {
  std::vector<Home> homes;
  for (const Record& residency : residencies) {
    const RecordId id = residency.uuid(kinds::residency::dwelling_id);
    RUHU_TRY(auto dwelling, find(kinds::dwelling::kKind, id));
    if (!dwelling) continue;
    RUHU_TRY(auto households, list(kinds::household::kKind, {kinds::household::dwelling_id, id}));
    RUHU_TRY(auto stays, list(kinds::residency::kKind, {kinds::residency::dwelling_id, id}));
    homes.push_back({std::move(*dwelling), std::move(households), std::move(stays)});
  }
  return homes;
}

Result<PersonCircle> CircleReader::person(const RecordId& id) {
  PersonCircle circle;
  RUHU_TRY(circle.person, get(kinds::person::kKind, id));
  RUHU_TRY(const auto memberships, list(kinds::membership::kKind, {kinds::membership::person_id, id}));
  for (const Record& membership : memberships) {
    RUHU_TRY(const auto household, find(kinds::household::kKind, membership.uuid(kinds::membership::household_id)));
    if (!household || !is_open_record(*household)) continue;
    RUHU_TRY(circle.households.emplace_back(), this->household(household->ref.id));
  }
  RUHU_TRY_DONE(add_stays_of(circle.residencies, id));
  RUHU_TRY(circle.homes, homes_of(circle.residencies));
  RUHU_TRY(circle.planned_visits, promised({kinds::visit::respondent_id, id}));
  RUHU_TRY(circle.needs, list(kinds::need::kKind, {kinds::need::for_person_id, id}));
  RUHU_TRY(circle.labels, list(kinds::person_label::kKind, {kinds::person_label::person_id, id}));
  RUHU_TRY(circle.consents, list(kinds::consent::kKind, {kinds::consent::person_id, id}));
  RUHU_TRY(circle.tasks, waiting_tasks({kinds::task::person_id, id}));
  RUHU_TRY(circle.volunteers, list(kinds::volunteer::kKind, {kinds::volunteer::person_id, id}));
  RUHU_TRY(circle.wards, list(kinds::person::kKind, {kinds::person::guardian_id, id}));
  return circle;
}

Result<DwellingCircle> CircleReader::dwelling(const RecordId& id) {
  DwellingCircle circle;
  RUHU_TRY(circle.dwelling, get(kinds::dwelling::kKind, id));
  RUHU_TRY(circle.building, find(kinds::building::kKind, circle.dwelling.uuid(kinds::dwelling::building_id)));
  RUHU_TRY(const auto households, list(kinds::household::kKind, {kinds::household::dwelling_id, id}));
  for (const Record& household : households) {
    RUHU_TRY(circle.households.emplace_back(), this->household(household.ref.id));
  }
  RUHU_TRY(const auto here, list(kinds::residency::kKind, {kinds::residency::dwelling_id, id}));
  circle.residencies = here;
  for (const Record& stay : here)
    RUHU_TRY_DONE(add_stays_of(circle.residencies, stay.uuid(kinds::residency::person_id)));
  RUHU_TRY(circle.planned_visits, promised({kinds::visit::dwelling_id, id}));
  return circle;
}

Result<BuildingCircle> CircleReader::building(const RecordId& id) {
  BuildingCircle circle;
  RUHU_TRY(circle.building, get(kinds::building::kKind, id));
  RUHU_TRY(const auto dwellings, list(kinds::dwelling::kKind, {kinds::dwelling::building_id, id}));
  for (const Record& dwelling : dwellings) {
    RUHU_TRY(circle.dwellings.emplace_back(), this->dwelling(dwelling.ref.id));
  }
  return circle;
}

Status CircleReader::read_ended_memberships(DeathTrace& trace) {
  namespace m = kinds::membership;
  std::vector<RecordId> doors;  // of the households
  RUHU_TRY(const auto memberships, list(m::kKind, {m::person_id, trace.person.ref.id}, Take::all));
  for (const Record& membership : memberships) {
    if (!ended_on(membership, m::since, m::until, trace.person)) continue;
    auto circle = household(membership.uuid(m::household_id));
    if (!circle.ok() && circle.error().code != Errc::not_found) return circle.error();
    if (!circle.ok()) continue;
    doors.push_back(circle->household.uuid(kinds::household::dwelling_id));
    trace.memberships.push_back(membership);
    trace.households.push_back(std::move(*circle));
  }
  keep_ended_by_death(trace, doors);
  return {};
}

Result<DeathTrace> CircleReader::death(const RecordId& person) {
  namespace r = kinds::residency;
  namespace l = kinds::person_label;
  DeathTrace trace;
  RUHU_TRY(trace.person, get(kinds::person::kKind, person));
  RUHU_TRY(const auto stays, list(r::kKind, {r::person_id, person}, Take::all));
  for (const Record& stay : stays) {
    const bool by_death = stay.text(r::status) == "closed" && stay.text(r::left_reason) == kLeftByDeath;
    if (by_death) trace.residencies.push_back(stay);
    if (is_open_record(stay) && bool_of(stay.get(r::primary))) trace.main_homes.push_back(stay);
  }
  RUHU_TRY_DONE(read_ended_memberships(trace));
  RUHU_TRY(const auto labels, list(l::kKind, {l::person_id, person}, Take::all));
  for (const Record& label : labels)
    if (label.text(l::state) == "removed" && ended_on(label, l::since, l::until, trace.person))
      trace.labels.push_back(label);
  RUHU_TRY(const auto needs, list(kinds::need::kKind, {kinds::need::for_person_id, person}, Take::all));
  for (const Record& need : needs) {
    const std::string_view state = need.text(kinds::need::state);
    const bool waits = state != "closed" && state != "declined" && state != "merged";
    if (need.text(r::status) == "closed" && waits) trace.needs.push_back(need);
  }
  RUHU_TRY(const auto volunteers, list(kinds::volunteer::kKind, {kinds::volunteer::person_id, person}));
  for (const Record& volunteer : volunteers)
    if (volunteer.text(kinds::volunteer::state) == "suspended") trace.volunteers.push_back(volunteer);
  return trace;
}

Result<std::vector<Reference>> CircleReader::references_to(const RecordRef& named) {
  std::vector<Reference> references;
  const std::string& name = source_->dictionary().get_kind(named.kind).name;
  for (const KindDef& kind : source_->dictionary().kinds()) {
    for (const FieldDef& field : kind.fields) {
      if (field.target != name) continue;
      if (field.type == FieldType::ref) {
        RUHU_TRY(const auto records, list(kind.no, {field.no, named.id}, Take::all));
        for (const Record& record : records) references.push_back({record, field.no});
        continue;
      }
      // Sets have no index; the few kinds that have one are small.
      RUHU_TRY(const auto records, source_->list(kind.no));
      for (const Record& record : records) {
        const auto* set = std::get_if<TextSet>(&record.get(field.no));
        if (set != nullptr && set->contains(to_string(named.id))) references.push_back({record, field.no});
      }
    }
  }
  return references;
}

Result<PersonPair> CircleReader::pair(const RecordId& survivor, const RecordId& loser,
                                      std::optional<RecordId> merge_case) {
  PersonPair pair;
  RUHU_TRY(pair.survivor, person(survivor));
  RUHU_TRY(pair.loser, person(loser));
  RUHU_TRY(pair.to_loser, references_to({kinds::person::kKind, loser}));
  if (merge_case) {
    RUHU_TRY(pair.merge_case, get(kinds::merge_case::kKind, *merge_case));
  }
  return pair;
}

Status CircleReader::read_around(MergeTrace& trace) {
  std::vector<RecordRef> wanted;
  for (const RecordId& person : people_of(trace)) {
    wanted.push_back({kinds::person::kKind, person});
    RUHU_TRY_DONE(add_stays_of(trace.around, person));
    RUHU_TRY(const auto memberships, list(kinds::membership::kKind, {kinds::membership::person_id, person}));
    for (const Record& membership : memberships) {
      wanted.push_back({kinds::household::kKind, membership.uuid(kinds::membership::household_id)});
      trace.around.push_back(membership);
    }
  }
  for (const Record& record : trace.records) {
    if (record.ref.kind == kinds::membership::kKind)
      wanted.push_back({kinds::household::kKind, record.uuid(kinds::membership::household_id)});
    if (record.ref.kind == kinds::person_label::kKind)
      wanted.push_back({kinds::person::kKind, record.uuid(kinds::person_label::person_id)});
  }
  for (const std::vector<Record>& records : {trace.records, trace.around})
    for (const Record& record : records)
      if (record.ref.kind == kinds::residency::kKind)
        wanted.push_back({kinds::dwelling::kKind, record.uuid(kinds::residency::dwelling_id)});
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (holds(trace.records, wanted[i]) || holds(trace.around, wanted[i])) continue;
    RUHU_TRY(auto record, find(wanted[i].kind, wanted[i].id));
    if (!record) continue;
    if (record->ref.kind == kinds::dwelling::kKind)
      wanted.push_back({kinds::building::kKind, record->uuid(kinds::dwelling::building_id)});
    trace.around.push_back(std::move(*record));
  }
  std::erase_if(trace.around, [&](const Record& record) { return holds(trace.records, record.ref); });
  return {};
}

Result<MergeTrace> CircleReader::merge(const RecordId& merge_case) {
  MergeTrace trace;
  RUHU_TRY(trace.merge_case, get(kinds::merge_case::kKind, merge_case));
  RUHU_TRY(const auto moves, moves_of_text(trace.merge_case.text(kinds::merge_case::moves)));
  for (const MergeMove& move : moves) {
    if (holds(trace.records, move.record)) continue;
    RUHU_TRY(auto record, source_->find(move.record));
    if (record) trace.records.push_back(std::move(*record));
  }
  RUHU_TRY_DONE(read_around(trace));
  return trace;
}

}  // namespace ruhu
