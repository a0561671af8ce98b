#include "app/commands/save_requests.hpp"

#include <algorithm>

#include "app/queries/household.hpp"
#include "app/queries/places.hpp"
#include "app/queries/visit_log.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "storage/model/life_cycle/arrival.hpp"
#include "storage/model/life_cycle/death.hpp"
#include "storage/model/life_cycle/departure.hpp"
#include "storage/model/life_cycle/head_change.hpp"
#include "storage/records/life_cycle_reader.hpp"

namespace ruhu {
namespace {

constexpr Millis kVisitMax = std::chrono::hours{4};
constexpr const char* kVacant = "vacant";
constexpr const char* kOccupied = "occupied";

std::string_view cell_text(const std::vector<Cell>& cells, ColumnNo column) {
  const auto at = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.column == column; });
  return at == cells.end() ? std::string_view{} : text_of(at->value);
}

/// The edit of a record in a group, made when it is the first.
RecordEdit& edit_of(SaveRequest& request, const RecordRef& ref) {
  for (RecordEdit& edit : request.edits)
    if (edit.kind == ref.kind && edit.id == ref.id) return edit;
  return request.edits.emplace_back(RecordEdit{ref.kind, ref.id, {}, {}});
}

std::string today_iso(const AtStore& at) { return iso_of_day(local_day(at.ctx.now)); }

void append(SaveRequest& request, LifeCyclePlan plan) {
  for (RecordEdit& edit : plan.edits) request.edits.push_back(std::move(edit));
}

/// Puts one visit together.
class VisitGroup {
 public:
  VisitGroup(const AtStore& at, const VisitDraft& draft, const OpenDoor& open)
      : at_(at), draft_(draft), input_(draft.input), open_(open), contact_(is_contact(draft.input.outcome)) {}

  Result<SaveRequest> build() {
    request_.visit = draft_.visit;
    request_.provenance = {contact_ ? Source::self : Source::none,
                           is_verified_outcome(input_.outcome) ? Verified::confirmed : Verified::declared,
                           local_day(at_.ctx.now)};
    visit();
    needs();
    RUHU_TRY_DONE(leavers());
    occupancy();
    return std::move(request_);
  }

 private:
  void visit() {
    namespace f = kinds::visit;
    RecordEdit& edit = edit_of(request_, {f::kKind, draft_.visit});
    const auto put = [&](ColumnNo column, Value value) { edit.cells.push_back({column, std::move(value)}); };
    if (open_.door.dwelling != nullptr) put(f::dwelling_id, open_.door.dwelling->ref.id);
    if (open_.door.household != nullptr) put(f::household_id, open_.door.household->ref.id);
    put(f::purpose, input_.purpose);
    put(f::worker_ids, TextSet{{to_string(account_id(at_.ctx.identity.actor))}});
    put(f::started_at, to_ms(draft_.start.started_at));
    put(f::outcome, input_.outcome);
    const Millis took = at_.ctx.now - draft_.start.started_at;
    if (took >= Millis{0} && took <= kVisitMax) put(f::ended_at, to_ms(at_.ctx.now));
    if (contact_) respondent(edit);
    roster(edit);
    if (!trim(input_.note).empty()) put(f::note, input_.note);
    if (!input_.next_action.empty()) put(f::next_action, input_.next_action);
    if (!input_.next_on.empty()) put(f::next_on, input_.next_on);
  }

  void respondent(RecordEdit& edit) {
    namespace f = kinds::visit;
    if (input_.respondent_other) {
      if (!trim(input_.respondent_name).empty()) edit.cells.push_back({f::respondent_name, input_.respondent_name});
      return;
    }
    for (const Record* membership : open_.memberships) {
      if (input_.respondent.is_nil() || membership->uuid(kinds::membership::person_id) != input_.respondent) continue;
      edit.cells.push_back({f::respondent_id, input_.respondent});
      edit.cells.push_back({f::respondent_relation, std::string(membership->text(kinds::membership::relation))});
    }
  }

  /// Answers count for people who are on the roster still.
  void roster(RecordEdit& edit) {
    std::vector<std::string> confirmed;
    std::vector<std::string> changed;
    for (const RosterInput& row : contact_ ? input_.roster : std::vector<RosterInput>{}) {
      const bool here = std::any_of(open_.door.people.begin(), open_.door.people.end(),
                                    [&](const Record* person) { return person->ref.id == row.person; });
      if (!here) continue;
      if (row.answer == RosterAnswer::unchanged) confirmed.push_back(roster_item(row.person));
      if (row.answer == RosterAnswer::changed) changed.push_back(roster_item(row.person));
      if (row.answer == RosterAnswer::left) leaving_.push_back(row.person);
    }
    for (const RecordId& person : leaving_) changed.push_back(roster_item(person));
    if (is_verified_outcome(input_.outcome)) confirmed.emplace_back("dwelling.occupancy");
    if (!confirmed.empty()) edit.cells.push_back({kinds::visit::verified_fields, TextSet::of(std::move(confirmed))});
    if (!changed.empty()) edit.cells.push_back({kinds::visit::changed_fields, TextSet::of(std::move(changed))});
  }

  void needs() {
    namespace f = kinds::need;
    if (!contact_ || open_.door.household == nullptr) return;
    for (const NeedInput& need : input_.needs) {
      RecordEdit edit{f::kKind, at_.new_id(), {}, {}};
      edit.cells.push_back({f::household_id, open_.door.household->ref.id});
      edit.cells.push_back({f::visit_id, draft_.visit});
      edit.cells.push_back({f::category, need.category});
      const bool said = !trim(need.text).empty();
      edit.cells.push_back({f::text, said ? need.text : at_.ctx.code_label("need_category", need.category)});
      request_.edits.push_back(std::move(edit));
    }
  }

  Status leavers() {
    if (leaving_.empty() || open_.door.household == nullptr) return {};
    RUHU_TRY(LifeCycleReader reader, LifeCycleReader::open(at_.store, at_.ctx.now));
    RUHU_TRY(const HouseholdCircle circle, reader.household(open_.door.household->ref.id));
    RUHU_TRY(LifeCyclePlan plan, plan_move_out(circle, {leaving_, today_iso(at_), {}, {}, {}}, reader.occasion()));
    if (leaving_.size() == circle.memberships.size()) promise_nothing();
    append(request_, std::move(plan));
    return {};
  }

  /// Nobody is left for whom to come again.
  void promise_nothing() {
    namespace f = kinds::visit;
    std::erase_if(edit_of(request_, {f::kKind, draft_.visit}).cells,
                  [](const Cell& cell) { return cell.column == f::next_action || cell.column == f::next_on; });
  }

  /// "Empty" and "moved away" say so of the dwelling; people met there say the contrary.
  void occupancy() {
    const Record* dwelling = open_.door.dwelling;
    const bool all_left = !leaving_.empty() && leaving_.size() == open_.door.people.size();
    if (dwelling == nullptr || all_left) return;
    const std::string_view known = dwelling->text(kinds::dwelling::occupancy);
    const char* seen = nullptr;
    if (is_empty_outcome() && known != kVacant) seen = kVacant;
    if (contact_ && input_.outcome != "09" && known == kVacant) seen = kOccupied;
    if (seen != nullptr) edit_of(request_, dwelling->ref).cells.push_back({kinds::dwelling::occupancy, seen});
  }

  bool is_empty_outcome() const { return input_.outcome == "06" || input_.outcome == "07"; }

  const AtStore& at_;
  const VisitDraft& draft_;
  const VisitInput& input_;
  const OpenDoor& open_;
  const bool contact_;
  SaveRequest request_;
  std::vector<RecordId> leaving_;
};

/// Registered people are at home where they are registered until a booklet says otherwise; others by where they are
/// from.
std::string residency_kind(const AtStore& at, const std::vector<Cell>& person) {
  constexpr std::size_t kCountyDigits = 6;
  const std::string_view category = cell_text(person, kinds::person::category);
  if (category == "01") return "1";
  if (category == "03") return "5";
  const auto grids = at.ctx.grids();
  const std::string_view hukou = cell_text(person, kinds::person::hukou_division).substr(0, kCountyDigits);
  const bool same_county = hukou.empty() || (!grids.empty() && grids.front().starts_with(hukou));
  return category == "02" && !same_county ? "4" : "3";
}

/// Where the new person comes to live: a household that is there, or one that they found.
Result<Destination> destination_of(const AtStore& at, LifeCycleReader& reader, const PersonToSave& wanted) {
  if (const RecordId household = wanted.command.household.value_or(RecordId{}); !household.is_nil()) {
    RUHU_TRY(HouseholdCircle circle, reader.household(household));
    return home_of(std::move(circle));
  }
  if (wanted.dwelling.is_nil()) return make_error(Errc::not_found, "dwelling of a new household");
  RUHU_TRY(const DwellingCircle circle, reader.dwelling(wanted.dwelling));
  return new_home_at(circle, at.new_id());
}

Result<SaveRequest> new_person_request(const AtStore& at, const PersonToSave& wanted) {
  const SavePerson& command = wanted.command;
  RUHU_TRY(LifeCycleReader reader, LifeCycleReader::open(at.store, at.ctx.now));
  RUHU_TRY(const Destination to, destination_of(at, reader, wanted));
  if (wanted.newborn && to.household) {
    const Newborn child{at.new_id(), command.cells, command.relation, {}};
    RUHU_TRY(const LifeCyclePlan plan, plan_birth(*to.household, child, reader.occasion()));
    return plan.request(command.provenance);
  }
  Arrival arrival;
  arrival.person = at.new_id();
  arrival.cells = command.cells;
  arrival.relation = command.relation;
  arrival.since = today_iso(at);
  arrival.residency_kind = residency_kind(at, command.cells);
  arrival.registered_here = arrival.residency_kind == "1";
  RUHU_TRY(const LifeCyclePlan plan, plan_move_in(to, {arrival}, reader.occasion()));
  return plan.request(command.provenance);
}

/// A day of death given or taken back is no edit of one field: everything that hangs on it follows.
Status death_edits(const AtStore& at, const RecordId& person, std::vector<Cell>& cells, SaveRequest& request) {
  namespace p = kinds::person;
  const auto died =
      std::find_if(cells.begin(), cells.end(), [](const Cell& cell) { return cell.column == p::died_on; });
  if (died == cells.end()) return {};
  RUHU_TRY(const auto known, at.store.find({p::kKind, person}));
  if (!known) return make_error(Errc::not_found, "person");
  const bool was_dead = !known->text(p::died_on).empty();
  const bool is_dead = !text_of(died->value).empty();
  if (was_dead == is_dead) return {};  // a correction of the day
  RUHU_TRY(LifeCycleReader reader, LifeCycleReader::open(at.store, at.ctx.now));
  if (is_dead) {
    RUHU_TRY(const PersonCircle circle, reader.person(person));
    const DeathReport report{std::string(text_of(died->value)),
                             std::string(cell_text(cells, p::death_source)),
                             std::string(cell_text(cells, p::death_informer)),
                             {}};
    RUHU_TRY(LifeCyclePlan plan, plan_death(circle, report, reader.occasion()));
    append(request, std::move(plan));
  } else {
    RUHU_TRY(const DeathTrace trace, reader.death(person));
    RUHU_TRY(LifeCyclePlan plan, plan_death_undone(trace, {today_iso(at)}, reader.occasion()));
    append(request, std::move(plan));
  }
  std::erase_if(cells, [](const Cell& cell) {
    return cell.column == p::died_on || cell.column == p::death_source || cell.column == p::death_informer;
  });
  return {};
}

/// The head is the head by the household: a relation of 02 changes both, and all other relations with them.
Status relation_edits(const AtStore& at, const SavePerson& command, SaveRequest& request) {
  namespace m = kinds::membership;
  if (!command.household || command.relation.empty()) return {};
  RUHU_TRY(LifeCycleReader reader, LifeCycleReader::open(at.store, at.ctx.now));
  RUHU_TRY(const HouseholdCircle circle, reader.household(*command.household));
  const Record* own = membership_of(circle, *command.id);
  if (own == nullptr || own->text(m::relation) == command.relation) return {};
  const bool heads = circle.household.uuid(kinds::household::head_person_id) == *command.id;
  if (command.relation != "02") {
    if (heads) return make_error(Errc::head_needed, "the head's relation");
    request.edits.push_back({m::kKind, own->ref.id, {{m::relation, command.relation}}, {}});
    return {};
  }
  if (heads) {
    request.edits.push_back({m::kKind, own->ref.id, {{m::relation, "02"}}, {}});
    return {};
  }
  RUHU_TRY(LifeCyclePlan plan, plan_head_change(circle, *command.id, reader.occasion()));
  append(request, std::move(plan));
  return {};
}

}  // namespace

Uuid account_id(ActorNo actor) {
  Uuid id;
  constexpr std::uint8_t kVersionEight = 0x80;
  constexpr std::uint8_t kVariant = 0x80;
  constexpr std::string_view kPrefix = "ruhu";
  std::copy(kPrefix.begin(), kPrefix.end(), id.bytes.begin());
  id.bytes[6] = kVersionEight;
  id.bytes[8] = kVariant;
  for (std::size_t i = 0; i < sizeof actor.value; ++i)
    id.bytes[15 - i] = static_cast<std::uint8_t>(actor.value >> (8 * i));
  return id;
}

Result<SaveRequest> visit_request(const AtStore& at, const VisitDraft& draft) {
  RecordCache records(at.store);
  RUHU_TRY(const OpenDoor open, open_door(at.store, records, draft.start.household, draft.start.dwelling));
  return VisitGroup(at, draft, open).build();
}

Result<SaveRequest> person_request(const AtStore& at, const PersonToSave& wanted) {
  const SavePerson& command = wanted.command;
  if (!command.id) return new_person_request(at, wanted);
  SaveRequest request;
  request.provenance = command.provenance;
  SaveRequest life;
  std::vector<Cell> cells = command.cells;
  RUHU_TRY_DONE(relation_edits(at, command, life));
  RUHU_TRY_DONE(death_edits(at, *command.id, cells, life));
  if (!cells.empty()) request.edits.push_back({kinds::person::kKind, *command.id, std::move(cells), {}});
  for (RecordEdit& edit : life.edits) request.edits.push_back(std::move(edit));
  return request;
}

Result<SaveRequest> record_request(const AtStore& at, const SaveRecord& command) {
  namespace h = kinds::household;
  SaveRequest request;
  request.provenance = command.provenance;
  std::vector<Cell> cells = command.cells;
  const auto head =
      std::find_if(cells.begin(), cells.end(), [](const Cell& cell) { return cell.column == h::head_person_id; });
  if (command.kind == h::kKind && command.id && head != cells.end() && !uuid_of(head->value).is_nil()) {
    RUHU_TRY(LifeCycleReader reader, LifeCycleReader::open(at.store, at.ctx.now));
    RUHU_TRY(const HouseholdCircle circle, reader.household(*command.id));
    if (circle.household.uuid(h::head_person_id) != uuid_of(head->value)) {
      RUHU_TRY(LifeCyclePlan plan, plan_head_change(circle, uuid_of(head->value), reader.occasion()));
      append(request, std::move(plan));
      cells.erase(head);
    }
  }
  if (!cells.empty()) request.edits.insert(request.edits.begin(), {command.kind, command.id, std::move(cells), {}});
  return request;
}

}  // namespace ruhu
