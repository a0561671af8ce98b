#include "storage/model/life_cycle/person_merge.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/dictionary/citizen_id.hpp"
#include "storage/model/evidence.hpp"
#include "storage/model/life_cycle/days.hpp"
#include "storage/model/life_cycle/kinship.hpp"
#include "storage/model/life_cycle/merge_writer.hpp"

namespace ruhu {
namespace {

namespace p = kinds::person;

/// Fields that are settled together, by the evidence of the first.
const std::vector<std::vector<ColumnNo>>& field_groups() {
  static const std::vector<std::vector<ColumnNo>> kGroups = {
      {p::id_no, p::id_type, p::id_no_reason, p::id_verified},
      {p::phone, p::phone_owner},
      {p::birth_date, p::birth_calendar},
      {p::emergency_name, p::emergency_relation, p::emergency_phone},
      {p::died_on, p::death_source, p::death_informer}};
  return kGroups;
}

bool is_own_field(ColumnNo column) { return column == p::grid_id || column == p::status || column == p::merged_into; }

bool says_nothing(const Value& value) { return is_empty(value) || is_gap(value); }

/// The number in the form in which two are compared; "" unless it can be the holder's.
std::string valid_number(const Record& person) {
  const std::string_view number = person.text(p::id_no);
  if (number.empty()) return {};
  const std::string_view type = person.text(p::id_type);
  const bool citizen = type.empty() || type == "111" || type == "112" || type == "C01";
  const std::string comparable = citizen_id_for_matching(number);
  if (!citizen) return std::string(type) + ":" + comparable;
  return parse_citizen_id(comparable) ? comparable : std::string();
}

class PersonMerger {
 public:
  PersonMerger(const PersonPair& pair, const Occasion& occasion)
      : pair_(pair), survivor_(pair.survivor.person), loser_(pair.loser.person), writer_(occasion) {}

  Result<LifeCyclePlan> plan(const MergeDecision& decision) {
    RUHU_TRY_DONE(check());
    for (const auto& group : field_groups()) take_group(group);
    for (const Cell& cell : loser_.cells) take_field(cell);
    writer_.write(loser_, p::status, "void");
    writer_.write(loser_, p::merged_into, survivor_.ref.id);
    settle_memberships();
    settle_stays();
    settle_labels();
    for (const Reference& reference : pair_.to_loser) attach(reference);
    settle_relations();
    const bool case_beyond_reach = pair_.merge_case && !writer_.draft().reaches(*pair_.merge_case);
    if (writer_.beyond_reach() || case_beyond_reach) return make_error(Errc::out_of_scope, "merge");
    return finish(decision);
  }

 private:
  Status check() const {
    if (survivor_.ref == loser_.ref) return make_error(Errc::nothing_to_change);
    if (!is_open_record(survivor_) || !is_open_record(loser_)) return make_error(Errc::already_ended, "person");
    const std::string one = valid_number(survivor_);
    const std::string other = valid_number(loser_);
    if (!one.empty() && !other.empty() && one != other) return make_error(Errc::people_differ);
    if (survivor_.text(p::died_on).empty() != loser_.text(p::died_on).empty())
      return make_error(Errc::deceased, "one of the two");
    return {};
  }

  /// A valid number outweighs any evidence for an invalid one.
  bool takes(ColumnNo column) const {
    const Value& theirs = loser_.get(column);
    const Value& ours = survivor_.get(column);
    if (theirs == ours || is_empty(theirs)) return false;
    if (says_nothing(ours)) return !says_nothing(theirs) || is_empty(ours);
    if (says_nothing(theirs)) return false;
    if (column == p::id_no && valid_number(survivor_).empty() != valid_number(loser_).empty())
      return valid_number(survivor_).empty();
    return compare_evidence(loser_.meta.stamp_of(column), survivor_.meta.stamp_of(column)) > 0;
  }

  void take(ColumnNo column) {
    writer_.write(survivor_, column, loser_.get(column), loser_.meta.stamp_of(column).provenance);
  }

  /// What the survivor gives up, or does not take, is kept where it still helps to find the person.
  void keep_beside(ColumnNo set, std::string_view gives_way) {
    if (gives_way.empty()) return;
    TextSet items;
    if (const auto* known = std::get_if<TextSet>(&writer_.now(survivor_, set))) items = *known;
    if (items.contains(gives_way)) return;
    items.items.emplace_back(gives_way);
    writer_.write(survivor_, set, TextSet::of(std::move(items.items)));
  }

  void take_group(const std::vector<ColumnNo>& group) {
    const ColumnNo first = group.front();
    const bool taken = takes(first);
    const bool differ = loser_.get(first) != survivor_.get(first);
    if (first == p::phone && differ && !loser_.text(first).empty() && !survivor_.text(first).empty())
      keep_beside(p::more_phones, taken ? survivor_.text(first) : loser_.text(first));
    for (const ColumnNo column : group)
      if (taken || (!differ && takes(column))) take(column);
  }

  void take_field(const Cell& cell) {
    const ColumnNo column = cell.column;
    const auto in_group = [&](const std::vector<ColumnNo>& group) {
      return std::find(group.begin(), group.end(), column) != group.end();
    };
    if (is_own_field(column) || std::any_of(field_groups().begin(), field_groups().end(), in_group)) return;
    if (const auto* theirs = std::get_if<TextSet>(&cell.value)) {
      TextSet all = *theirs;
      if (const auto* ours = std::get_if<TextSet>(&writer_.now(survivor_, column)))
        all.items.insert(all.items.end(), ours->items.begin(), ours->items.end());
      return writer_.write(survivor_, column, TextSet::of(std::move(all.items)));
    }
    const bool taken = takes(column);
    if (column == p::name && loser_.text(column) != survivor_.text(column))
      keep_beside(p::alias, taken ? survivor_.text(column) : loser_.text(column));
    if (taken) take(column);
  }

  /// Twice in one household: the survivor's membership stays, as the head's if one of them was.
  void settle_memberships() {
    namespace m = kinds::membership;
    for (const HouseholdCircle& circle : pair_.loser.households) {
      const Record* theirs = membership_of(circle, loser_.ref.id);
      const Record* ours = membership_of(circle, survivor_.ref.id);
      if (theirs == nullptr || ours == nullptr) continue;
      if (circle.household.uuid(kinds::household::head_person_id) == loser_.ref.id)
        writer_.write(*ours, m::relation, "02");
      drop(*theirs);
    }
  }

  void settle_stays() {
    namespace r = kinds::residency;
    bool main = std::any_of(pair_.survivor.residencies.begin(), pair_.survivor.residencies.end(),
                            [](const Record& residency) { return bool_of(residency.get(r::primary)); });
    bool registered = std::any_of(pair_.survivor.residencies.begin(), pair_.survivor.residencies.end(),
                                  [](const Record& residency) { return bool_of(residency.get(r::registered_here)); });
    for (const Record& theirs : pair_.loser.residencies) {
      const Record* ours = nullptr;
      for (const Record& own : pair_.survivor.residencies)
        if (own.uuid(r::dwelling_id) == theirs.uuid(r::dwelling_id)) ours = &own;
      const bool theirs_main = bool_of(theirs.get(r::primary));
      if (ours != nullptr) {
        drop(theirs);
        if (theirs_main && !main) writer_.write(*ours, r::primary, true);
      } else if (theirs_main && main) {
        writer_.write(theirs, r::primary, false);
        remind("life.check_main_home");
      }
      main = main || theirs_main;
      if (ours == nullptr && registered && bool_of(theirs.get(r::registered_here))) remind("life.ask_hukou");
      registered = registered || bool_of(theirs.get(r::registered_here));
    }
  }

  /// The two records may have told the gender differently.
  void settle_relations() {
    namespace m = kinds::membership;
    const std::string_view gender = text_of(writer_.now(survivor_, p::gender));
    for (const PersonCircle* circle : {&pair_.survivor, &pair_.loser}) {
      for (const HouseholdCircle& household : circle->households) {
        const Record* membership = membership_of(household, circle->person.ref.id);
        if (membership == nullptr || dropped(membership->ref)) continue;
        const std::string relation(text_of(writer_.now(*membership, m::relation)));
        const std::string fitting = relation_for_gender(relation, gender);
        if (fitting == relation || relation == "40") continue;
        writer_.write(*membership, m::relation, fitting);
        remind("life.ask_relation");
      }
    }
  }

  /// Of two equal labels the confirmed one stays.
  void settle_labels() {
    namespace l = kinds::person_label;
    for (const Record& theirs : pair_.loser.labels) {
      for (const Record& ours : pair_.survivor.labels) {
        if (ours.text(l::label) != theirs.text(l::label) || dropped(ours.ref)) continue;
        const bool better = theirs.text(l::state) == "confirmed" && ours.text(l::state) != "confirmed";
        drop(better ? ours : theirs);
        break;
      }
    }
    if (!pair_.loser.volunteers.empty() && !pair_.survivor.volunteers.empty()) remind("life.two_volunteers");
  }

  void drop(const Record& record) {
    writer_.write(record, p::status, "void");
    dropped_.push_back(record.ref);
  }
  bool dropped(const RecordRef& ref) const {
    return std::find(dropped_.begin(), dropped_.end(), ref) != dropped_.end();
  }

  void attach(const Reference& reference) {
    if (dropped(reference.from.ref) || reference.from.ref == loser_.ref) return;
    const Value& value = writer_.now(reference.from, reference.column);
    const auto evidence = reference.from.meta.stamp_of(reference.column).provenance;
    if (const auto* set = std::get_if<TextSet>(&value)) {
      TextSet items = *set;
      std::erase(items.items, to_string(loser_.ref.id));
      items.items.push_back(to_string(survivor_.ref.id));
      return writer_.write(reference.from, reference.column, TextSet::of(std::move(items.items)), evidence);
    }
    const bool self = reference.from.ref == survivor_.ref;  // nobody is their own guardian
    writer_.write(reference.from, reference.column, self ? Value{} : Value{survivor_.ref.id}, evidence);
  }

  void remind(std::string_view key) { writer_.draft().remind(key, Audience::worker, survivor_.ref); }

  Result<LifeCyclePlan> finish(const MergeDecision& decision) {
    namespace c = kinds::merge_case;
    const Occasion& occasion = writer_.draft().occasion();
    LifeCyclePlan plan;
    plan.edits = writer_.edits();
    std::vector<Cell> cells = {{c::state, "decided"},
                               {c::decision, "merge"},
                               {c::kept_id, survivor_.ref.id},
                               {c::decided_by, decision.decided_by},
                               {c::decided_at, to_ms(occasion.now)},
                               {c::undo_until, days_after(occasion.day, kMergeUndoDays)},
                               {c::moves, text_of_moves(writer_.moves())}};
    if (!decision.reason.empty()) cells.push_back({c::reason, decision.reason});
    std::optional<RecordId> id;
    if (pair_.merge_case) {
      id = pair_.merge_case->ref.id;
    } else {
      cells.push_back({c::kind, "person"});
      cells.push_back({c::found_by, "clerk"});
      cells.push_back({c::record_ids, TextSet::of({to_string(survivor_.ref.id), to_string(loser_.ref.id)})});
      if (!survivor_.text(p::grid_id).empty()) cells.push_back({c::grid_id, std::string(survivor_.text(p::grid_id))});
    }
    plan.edits.push_back({c::kKind, id, std::move(cells), {}});
    for (Reminder& reminder : std::move(writer_.draft()).finish().reminders) plan.reminders.push_back(reminder);
    return plan;
  }

  const PersonPair& pair_;
  const Record& survivor_;
  const Record& loser_;
  MergeWriter writer_;
  std::vector<RecordRef> dropped_;
};

}  // namespace

Result<LifeCyclePlan> plan_persons_merged(const PersonPair& pair, const MergeDecision& decision,
                                          const Occasion& occasion) {
  return PersonMerger(pair, occasion).plan(decision);
}

}  // namespace ruhu
