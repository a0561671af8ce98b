#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/model/life_cycle/kinship.hpp"
#include "storage/model/life_cycle/merge_writer.hpp"
#include "storage/model/life_cycle/person_merge.hpp"

namespace ruhu {
namespace {

namespace m = kinds::membership;
namespace r = kinds::residency;

bool is_open_code(std::string_view status) { return status != "closed" && status != "void"; }

/// Fields go back one by one; what life has done since to households and homes is respected.
class MergeUndo {
 public:
  MergeUndo(const MergeTrace& trace, const Occasion& occasion) : trace_(trace), writer_(occasion) {}

  Result<LifeCyclePlan> plan(const std::vector<MergeMove>& moves, const MergeDecision& decision) {
    for (const MergeMove& move : moves) {
      const Record* record = find(move.record);
      if (record == nullptr) return make_error(Errc::not_found, "record of the merge");
      put_back(*record, move);
    }
    for (const Record& record : trace_.records) settle(record);
    for (const std::vector<Record>* records : {&trace_.records, &trace_.around})
      for (const Record& record : *records)
        if (record.ref.kind == m::kKind && is_open_code(status(record))) settle_relation(record);
    settle_main_homes();
    if (writer_.beyond_reach() || !writer_.draft().reaches(trace_.merge_case))
      return make_error(Errc::out_of_scope, "merge");
    return finish(decision);
  }

 private:
  const Record* find(const RecordRef& ref) const {
    for (const std::vector<Record>* records : {&trace_.records, &trace_.around})
      for (const Record& record : *records)
        if (record.ref == ref) return &record;
    return nullptr;
  }
  std::string_view status(const Record& record) const { return text_of(writer_.now(record, m::status)); }
  bool is_open(const RecordRef& ref) const {
    const Record* record = find(ref);
    return record != nullptr && is_open_code(status(*record));
  }

  void put_back(const Record& record, const MergeMove& move) {
    if (record.get(move.column) != move.after) return changed_since(record);
    writer_.write(record, move.column, move.before, move.evidence);
  }
  void changed_since(const Record& record) {
    writer_.draft().remind("life.changed_since_merge", Audience::worker, record.ref);
  }

  /// Nothing opens again in a household that has closed since, behind a door that is gone, or for the dead.
  void settle(const Record& record) {
    if (!is_open_code(status(record))) return;
    if (record.ref.kind == r::kKind && !door_takes_people(uuid_of(writer_.now(record, r::dwelling_id)))) close(record);
    if (record.ref.kind == kinds::person_label::kKind &&
        is_dead(uuid_of(writer_.now(record, kinds::person_label::person_id))))
      close(record);
    if (record.ref.kind != m::kKind) return;
    const RecordRef household{kinds::household::kKind, uuid_of(writer_.now(record, m::household_id))};
    if (find(household) != nullptr && !is_open(household)) close(record);
  }

  /// Who became head as the survivor goes on as themselves; nobody is head beside the present head, and relations fit
  /// the gender of who has them now.
  void settle_relation(const Record& record) {
    const RecordId member = uuid_of(writer_.now(record, m::person_id));
    const Record* household = find({kinds::household::kKind, uuid_of(writer_.now(record, m::household_id))});
    const Record* person = find({kinds::person::kKind, member});
    if (household == nullptr) return;
    const ColumnNo head_column = kinds::household::head_person_id;
    const std::string relation(text_of(writer_.now(record, m::relation)));
    const bool returned = writer_.now(record, m::person_id) != record.get(m::person_id);
    if (returned && relation == "02" && uuid_of(writer_.now(*household, head_column)) == record.uuid(m::person_id))
      writer_.write(*household, head_column, member);
    const bool heads = uuid_of(writer_.now(*household, head_column)) == member;
    if (heads) return writer_.write(record, m::relation, "02");
    const std::string_view gender =
        person == nullptr ? std::string_view{} : text_of(writer_.now(*person, kinds::person::gender));
    const std::string fitting = relation == "02"   ? "80"
                                : relation == "40" ? relation
                                                   : relation_for_gender(relation, gender);
    if (fitting == relation) return;
    writer_.write(record, m::relation, fitting);
    writer_.draft().remind("life.ask_relation", Audience::worker, record.ref);
  }

  bool is_dead(const RecordId& person) const {
    const Record* record = find({kinds::person::kKind, person});
    return record != nullptr && !record->text(kinds::person::died_on).empty();
  }

  bool door_takes_people(const RecordId& dwelling) const {
    const Record* door = find({kinds::dwelling::kKind, dwelling});
    if (door == nullptr) return true;
    const Record* building = find({kinds::building::kKind, door->uuid(kinds::dwelling::building_id)});
    return takes_people(door, building);
  }

  void close(const Record& record) {
    writer_.write(record, m::status, "closed");
    changed_since(record);
  }

  /// Both keep one main home, as far as they live anywhere.
  void settle_main_homes() {
    std::vector<RecordId> seen;
    std::vector<const Record*> stays;
    for (const std::vector<Record>* records : {&trace_.records, &trace_.around})
      for (const Record& record : *records)
        if (record.ref.kind == r::kKind && is_open_code(status(record))) stays.push_back(&record);
    for (const Record* stay : stays) {
      const RecordId person = uuid_of(writer_.now(*stay, r::person_id));
      if (std::find(seen.begin(), seen.end(), person) != seen.end()) continue;
      seen.push_back(person);
      settle_main_home(person, stays);
    }
  }

  void settle_main_home(const RecordId& person, const std::vector<const Record*>& stays) {
    const Record* main = nullptr;
    const Record* any = nullptr;
    for (const Record* stay : stays) {
      if (uuid_of(writer_.now(*stay, r::person_id)) != person) continue;
      if (!bool_of(writer_.now(*stay, r::primary))) {
        if (bool_of(writer_.now(*stay, r::lives_here))) any = stay;
      } else if (main == nullptr) {
        main = stay;
      } else {
        writer_.write(*stay, r::primary, false);
        changed_since(*stay);
      }
    }
    if (main != nullptr || any == nullptr) return;
    writer_.write(*any, r::primary, true);
    writer_.draft().remind("life.check_main_home", Audience::worker, {kinds::person::kKind, person});
  }

  Result<LifeCyclePlan> finish(const MergeDecision& decision) {
    namespace c = kinds::merge_case;
    const Occasion occasion = writer_.draft().occasion();
    LifeCyclePlan plan = std::move(writer_.draft()).finish();
    plan.edits = writer_.edits();
    std::vector<Cell> cells = {
        {c::state, "undone"}, {c::decided_by, decision.decided_by}, {c::decided_at, to_ms(occasion.now)}};
    if (!decision.reason.empty()) cells.push_back({c::reason, decision.reason});
    plan.edits.push_back({c::kKind, trace_.merge_case.ref.id, std::move(cells), {}});
    return plan;
  }

  const MergeTrace& trace_;
  MergeWriter writer_;
};

}  // namespace

Result<LifeCyclePlan> plan_merge_undone(const MergeTrace& trace, const MergeDecision& decision,
                                        const Occasion& occasion) {
  namespace c = kinds::merge_case;
  if (trace.merge_case.text(c::state) != "decided" || trace.merge_case.text(c::decision) != "merge")
    return make_error(Errc::already_ended, "merge");
  const std::string_view until = trace.merge_case.text(c::undo_until);
  if (!until.empty() && until < occasion.day) return make_error(Errc::undo_expired);
  RUHU_TRY(const auto moves, moves_of_text(trace.merge_case.text(c::moves)));
  return MergeUndo(trace, occasion).plan(moves, decision);
}

}  // namespace ruhu
