#include "app/commands/save_requests.hpp"

#include <algorithm>

#include "app/queries/household.hpp"
#include "app/queries/places.hpp"
#include "app/queries/visit_log.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "storage/model/life_cycle.hpp"

namespace ruhu {
namespace {

constexpr Millis kVisitMax = std::chrono::hours{4};
constexpr const char* kVacant = "vacant";
constexpr const char* kOccupied = "occupied";
constexpr const char* kDied = "90";

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

/// Who leaves one household, with everything that ends with it.
Result<Departure> departure_of(const AtStore& at, const OpenDoor& open, std::vector<RecordId> leaving) {
  Departure departure;
  departure.household = *open.door.household;
  departure.leaving = std::move(leaving);
  departure.until = today_iso(at);
  for (const Record* membership : open.memberships) departure.memberships.push_back(*membership);
  if (open.door.dwelling == nullptr) return departure;
  const RecordId dwelling = open.door.dwelling->ref.id;
  RUHU_TRY(const auto residencies,
           at.store.list(kinds::residency::kKind, {.where = {{kinds::residency::dwelling_id, dwelling}}, .after = {}}));
  for (const Record& residency : residencies)
    if (is_open(residency)) departure.residencies.push_back(residency);
  RUHU_TRY(const auto households,
           at.store.list(kinds::household::kKind, {.where = {{kinds::household::dwelling_id, dwelling}}, .after = {}}));
  const auto others = std::count_if(households.begin(), households.end(), [&](const Record& other) {
    return is_open(other) && other.ref != departure.household.ref;
  });
  if (others == 0) departure.dwelling = *open.door.dwelling;
  return departure;
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
    RUHU_TRY(const Departure departure, departure_of(at_, open_, leaving_));
    for (RecordEdit& edit : move_out(departure)) request_.edits.push_back(std::move(edit));
    return {};
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

Result<SaveRequest> new_person_request(const AtStore& at, const PersonToSave& wanted) {
  const SavePerson& command = wanted.command;
  Home home;
  home.household = command.household.value_or(RecordId{});
  home.dwelling = wanted.dwelling;
  home.founds_household = home.household.is_nil();
  if (home.founds_household) {
    if (home.dwelling.is_nil()) return make_error(Errc::not_found, "dwelling of a new household");
    home.household = at.new_id();
  } else {
    RUHU_TRY(const auto household, at.store.find({kinds::household::kKind, home.household}));
    if (!household) return make_error(Errc::not_found, "household");
    home.dwelling = household->uuid(kinds::household::dwelling_id);
    home.grid = household->text(kinds::household::grid_id);
  }
  Newcomer newcomer{at.new_id(), at.new_id(), at.new_id(), command.cells, command.relation, today_iso(at), false, {}};
  if (wanted.newborn) return register_birth(home, std::move(newcomer), command.provenance);
  newcomer.residency_kind = residency_kind(at, command.cells);
  newcomer.registered_here = newcomer.residency_kind == "1";
  return add_member(home, newcomer, command.provenance);
}

/// A death ends memberships and residencies in every household of this tablet.
Status add_death(const AtStore& at, const RecordId& person, std::string_view died_on, SaveRequest& request) {
  RecordCache records(at.store);
  for (const Record* own : records.list(kinds::membership::kKind, {kinds::membership::person_id, person})) {
    if (!is_open(*own)) continue;
    RUHU_TRY(const OpenDoor open, open_door(at.store, records, own->uuid(kinds::membership::household_id), {}));
    RUHU_TRY(Departure departure, departure_of(at, open, {person}));
    departure.left_reason = kDied;
    if (day_of_iso(died_on)) departure.until = died_on;
    for (RecordEdit& edit : move_out(departure)) request.edits.push_back(std::move(edit));
  }
  return records.status();
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
  if (!command.cells.empty()) request.edits.push_back({kinds::person::kKind, *command.id, command.cells, {}});
  if (command.household && !command.relation.empty()) {
    RecordCache records(at.store);
    for (const Record* membership : open_memberships(records, *command.household)) {
      const bool other = membership->uuid(kinds::membership::person_id) != *command.id;
      if (other || membership->text(kinds::membership::relation) == command.relation) continue;
      request.edits.push_back(
          {kinds::membership::kKind, membership->ref.id, {{kinds::membership::relation, command.relation}}, {}});
    }
    RUHU_TRY_DONE(records.status());
  }
  if (const std::string_view died = cell_text(command.cells, kinds::person::died_on); !died.empty())
    RUHU_TRY_DONE(add_death(at, *command.id, died, request));
  return request;
}

Result<SaveRequest> record_request(const AtStore& at, const SaveRecord& command) {
  SaveRequest request;
  request.provenance = command.provenance;
  request.edits.push_back({command.kind, command.id, command.cells, {}});
  if (command.kind != kinds::household::kKind || !command.id) return request;
  RecordCache records(at.store);
  for (const Cell& cell : command.cells) {
    if (cell.column != kinds::household::head_person_id) continue;
    for (const Record* membership : open_memberships(records, *command.id)) {
      const bool head = membership->uuid(kinds::membership::person_id) == uuid_of(cell.value);
      if (head && membership->text(kinds::membership::relation) != "02")
        request.edits.push_back(
            {kinds::membership::kKind, membership->ref.id, {{kinds::membership::relation, "02"}}, {}});
    }
  }
  RUHU_TRY_DONE(records.status());
  return request;
}

}  // namespace ruhu
