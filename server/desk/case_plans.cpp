#include "server/desk/case_plans.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "server/desk/merge_plan.hpp"
#include "storage/dictionary/citizen_id.hpp"
#include "storage/dictionary/lunar_date.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/model/life_cycle/days.hpp"
#include "storage/model/life_cycle/head_change.hpp"
#include "storage/model/life_cycle/merge_moves.hpp"

namespace ruhu::server {
namespace {

namespace p = kinds::person;
namespace r = kinds::residency;
namespace m = kinds::membership;
namespace h = kinds::household;

using Edits = std::vector<RecordEdit>;

class CasePlan {
 public:
  CasePlan(PlatformSource& source, const DeskCase& one, const CaseDecision& decision, const RecordId& clerk,
           Instant now)
      : source_(source), case_(one), decision_(decision), clerk_(clerk), reader_(source, occasion_at(now)) {}

  Result<Edits> run() {
    const std::string& take = decision_.take;
    if (take == "merge") return merged();
    if (take == "not_same") return not_same();
    if (take == "number") return by_number();
    if (take == "alive") return alive();
    if (take == "head") return head();
    if (take == "reopen") return reopened();
    if (take == "end") return ended();
    return Edits{};
  }

 private:
  Result<Record> get(const RecordRef& ref) {
    RUHU_TRY(auto record, source_.find(ref));
    if (!record) return make_error(Errc::not_found, "record of a case");
    return std::move(*record);
  }
  /// The side that the clerk keeps; the first one when nothing was said.
  Result<std::size_t> kept_side() const {
    if (!decision_.keep) return std::size_t{0};
    for (std::size_t i = 0; i < case_.sides.size(); ++i)
      if (case_.sides[i].record.id == *decision_.keep) return i;
    return make_error(Errc::invalid_value, "keep");
  }
  static RecordEdit edit(const RecordRef& ref, std::vector<Cell> cells) {
    return {ref.kind, ref.id, std::move(cells), {}};
  }
  Result<Edits> edits_of(Result<LifeCyclePlan> plan) {
    if (!plan.ok()) return plan.error();
    return std::move(plan->edits);
  }

  Result<Edits> merged() {
    RUHU_TRY(const std::size_t kept, kept_side());
    const RecordRef& stays = case_.sides[kept].record;
    const RecordRef& goes = case_.sides[1 - kept].record;
    if (stays.kind == p::kKind) {
      RUHU_TRY(const PersonPair pair, reader_.pair(stays.id, goes.id));
      return edits_of(plan_persons_merged(pair, {clerk_, decision_.reason}, reader_.occasion()));
    }
    RUHU_TRY(const Record one, get(stays));
    RUHU_TRY(const Record other, get(goes));
    return plan_records_merged(source_, one, other);
  }

  /// Two people with one number: which of them has it is for the police booklet to say.
  Result<Edits> not_same() {
    Edits edits;
    if (case_.situation != 7) return edits;
    for (const CaseSide& side : case_.sides) edits.push_back(edit(side.record, {{p::id_in_doubt, true}}));
    return edits;
  }

  Result<Edits> by_number() {
    RUHU_TRY(const Record person, get(case_.sides.front().record));
    const auto id = parse_citizen_id(citizen_id_for_matching(person.text(p::id_no)));
    if (!id) return make_error(Errc::invalid_value, "number");
    std::vector<Cell> cells = {{p::gender, std::string(id->male ? "1" : "2")},
                               {p::birth_date, to_string(PartialDate{id->birth.year, id->birth.month, id->birth.day})},
                               {p::birth_calendar, std::string("solar")}};
    const auto lunar = lunar_date(to_day_number(id->birth));
    if (case_.situation == 10 && lunar && is_empty(person.get(p::lunar_birthday)))
      cells.push_back({p::lunar_birthday, lunar_day(*lunar)});
    return Edits{edit(person.ref, std::move(cells))};
  }
  /// "八月十五", for greetings.
  static std::string lunar_day(const LunarDate& date) {
    const std::string whole = lunar_text(Lang::zh_cn, date);
    constexpr std::string_view kYear = "年";
    const auto at = whole.find(kYear);
    return at == std::string::npos ? whole : whole.substr(at + kYear.size());
  }

  Result<Edits> alive() {
    RUHU_TRY(const DeathTrace trace, reader_.death(case_.sides.front().record.id));
    AliveContact contact;
    for (const CaseSide& side : case_.sides)
      for (const CaseField& field : side.fields)
        if (side.record.kind == kinds::visit::kKind && field.column == kinds::visit::started_at) {
          const CivilDate day = civil_date(from_ms(int_of(field.value)));
          contact.seen_on = std::max(contact.seen_on, to_string(PartialDate{day.year, day.month, day.day}));
        }
    return edits_of(plan_death_undone(trace, contact, reader_.occasion()));
  }

  Result<Edits> head() {
    RUHU_TRY(const HouseholdCircle circle, reader_.household(case_.sides.front().record.id));
    const RecordId named = circle.household.uuid(h::head_person_id);
    const RecordId head = decision_.keep.value_or(named);
    if (membership_of(circle, head) == nullptr) return make_error(Errc::invalid_value, "keep");
    PlanDraft draft(reader_.occasion());
    if (head != named) {
      RUHU_TRY(auto plan, plan_head_change(circle, head, reader_.occasion()));
      return one_head(std::move(plan.edits), circle, head);
    }
    return one_head({}, circle, head);
  }
  /// Who was head beside them is asked at the door what they are to the one who is.
  static Result<Edits> one_head(Edits edits, const HouseholdCircle& circle, const RecordId& head) {
    const auto relation_written = [&](const Record& membership) {
      return std::any_of(edits.begin(), edits.end(), [&](const RecordEdit& e) { return e.id == membership.ref.id; });
    };
    for (const Record& membership : circle.memberships) {
      const bool is_head = membership.uuid(m::person_id) == head;
      const std::string_view relation = membership.text(m::relation);
      if (relation_written(membership) || (relation == "02") == is_head) continue;
      edits.push_back(edit(membership.ref, {{m::relation, std::string(is_head ? "02" : "80")}}));
    }
    return edits;
  }

  Result<Edits> reopened() {
    RUHU_TRY(const std::size_t kept, kept_side());
    RUHU_TRY(const Record record, get(case_.sides[case_.rule == "merged_in_circle" ? kept : 0].record));
    std::vector<Cell> cells = {{m::status, std::string("active")}};
    if (record.ref.kind == r::kKind) cells.insert(cells.end(), {{r::until, {}}, {r::lives_here, true}});
    if (record.ref.kind == m::kKind) cells.push_back({m::until, {}});
    if (record.ref.kind == h::kKind) cells.push_back({h::merged_into, {}});
    return Edits{edit(record.ref, std::move(cells))};
  }

  Result<Edits> ended() {
    RUHU_TRY(const std::size_t kept, kept_side());
    const std::size_t side = case_.rule == "two_memberships" ? 1 - kept : 0;
    RUHU_TRY(const Record record, get(case_.sides[side].record));
    const bool stay = record.ref.kind == r::kKind;
    const ColumnNo since = stay ? r::since : m::since;
    const std::string until = not_before(reader_.occasion().day, record.text(since));
    std::vector<Cell> cells = {{m::status, std::string("closed")}, {stay ? r::until : m::until, until}};
    if (stay) cells.push_back({r::lives_here, false});
    return Edits{edit(record.ref, std::move(cells))};
  }

  PlatformSource& source_;
  const DeskCase& case_;
  const CaseDecision& decision_;
  RecordId clerk_;
  CircleReader reader_;
};

}  // namespace

Result<Edits> plan_of(PlatformSource& source, const DeskCase& one, const CaseDecision& decision, const RecordId& clerk,
                      Instant now) {
  return CasePlan(source, one, decision, clerk, now).run();
}

Result<Edits> plan_undo(PlatformSource& source, const DeskCase& one, const CaseDecision& decision,
                        const RecordId& clerk, Instant now) {
  Edits edits;
  if (one.moves.empty()) return edits;
  RUHU_TRY(const auto moves, moves_of_text(one.moves));
  const auto merge = std::find_if(moves.begin(), moves.end(),
                                  [](const MergeMove& move) { return move.record.kind == kinds::merge_case::kKind; });
  if (merge != moves.end()) {  // people: what life has done since is respected
    CircleReader reader(source, occasion_at(now));
    RUHU_TRY(const MergeTrace trace, reader.merge(merge->record.id));
    RUHU_TRY(auto plan, plan_merge_undone(trace, {clerk, decision.reason}, reader.occasion()));
    return std::move(plan.edits);
  }
  for (const MergeMove& move : moves) {
    RUHU_TRY(const auto record, source.find(move.record));
    if (record && record->get(move.column) == move.after)
      edits.push_back({move.record.kind, move.record.id, {{move.column, move.before}}, move.evidence});
  }
  return edits;
}

}  // namespace ruhu::server
