#include "app/queries/form.hpp"

#include <algorithm>

#include "app/queries/household.hpp"
#include "app/queries/places.hpp"
#include "app/queries/record_sync.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"
#include "storage/dictionary/masking.hpp"

namespace ruhu {
namespace {

constexpr int kAdultAge = 18;
constexpr int kParentAgeMax = 50;  // A head above it is more likely the grandparent of a newborn.

void add_stored_values(const QueryContext& ctx, ActorNames& names, const Record& record, const Revealed& revealed,
                       FormAnswer& answer) {
  for (const FieldDef& field : ctx.dictionary.get_kind(record.ref.kind).fields) {
    const Value& value = record.get(field.no);
    if (is_empty(value)) continue;
    const Mask mask = revealed.contains(field.no) ? Mask::none : ctx.mask_for(field, record);
    if (mask != Mask::none && !is_gap(value)) {
      answer.hidden.push_back({field.no, value});
      answer.state.masked.push_back({field.no, value_text(ctx, field, mask_value(mask, value))});
    } else {
      answer.state.values.push_back({field.no, value});
    }
    answer.state.provenance.emplace_back(field.no, provenance_line(ctx, names, record.meta.stamp_of(field.no)));
  }
}

/// Members who can be named as guardian or head.
void add_member_choices(const QueryContext& ctx, const OpenDoor& open, const RecordId& except, bool adults_only,
                        FormState& state) {
  for (const Record* person : open.door.people) {
    if (person->ref.id == except) continue;
    const auto age = age_of(ctx, *person);
    if (adults_only && age && *age < kAdultAge) continue;
    state.choices.push_back({kinds::person::kKind, person->ref.id, person_name(ctx, *person)});
  }
}

std::vector<Cell> presets_of(const KindDef& kind) {
  std::vector<Cell> cells;
  for (const FieldDef& field : kind.fields)
    if (!field.preset.empty()) cells.push_back({field.no, field.preset});
  return cells;
}

void set_cell(std::vector<Cell>& cells, ColumnNo column, Value value) {
  const auto at = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.column == column; });
  if (at != cells.end())
    at->value = std::move(value);
  else
    cells.push_back({column, std::move(value)});
}

/// Who most likely bore the child: the youngest grown woman here, else the head.
const Record* likely_parent(const QueryContext& ctx, const OpenDoor& open) {
  const Record* mother = nullptr;
  for (const Record* person : open.door.people) {
    const auto age = age_of(ctx, *person);
    if (person->text(kinds::person::gender) != "2" || !age || *age < kAdultAge || *age > kParentAgeMax) continue;
    if (mother == nullptr || *age < *age_of(ctx, *mother)) mother = person;
  }
  if (mother != nullptr || open.door.people.empty()) return mother;
  return open.door.people.front();
}

/// Name, no document yet, born today, registration pending, guardian: everything but the gender is there.
void preset_newborn(const QueryContext& ctx, const OpenDoor& open, FormState& state) {
  namespace f = kinds::person;
  const auto preset = [&](ColumnNo column, Value value) {
    set_cell(state.values, column, std::move(value));
    state.touched.push_back(column);
  };
  const Record* parent = likely_parent(ctx, open);
  const std::string name = parent == nullptr ? std::string() : std::string(parent->text(f::name));
  if (parent != nullptr) preset(f::name, ctx.tr("app.newborn.name", {{"parent", name}}));
  preset(f::id_type, "000");
  preset(f::birth_date, iso_of_day(local_day(ctx.now)));
  preset(f::category, "04");
  if (parent != nullptr) preset(f::guardian_id, parent->ref.id);
  const auto head_age = open.door.people.empty() ? std::nullopt : age_of(ctx, *open.door.people.front());
  state.relation = head_age && *head_age > kParentAgeMax ? "40" : "20";
}

}  // namespace

Result<FormAnswer> query_record_form(Store& store, const QueryContext& ctx, const RecordRef& ref,
                                     const Revealed& revealed) {
  RecordCache records(store);
  const Record* record = records.find(ref.kind, ref.id);
  RUHU_TRY_DONE(records.status());
  if (record == nullptr) return make_error(Errc::not_found);
  RUHU_TRY(const auto ledger, SyncLedger::read(store, records, ctx.identity));
  FormAnswer answer;
  FormState& state = answer.state;
  state.kind = ref.kind;
  state.id = ref.id;
  state.title = ctx.dictionary.get_kind(ref.kind).label.in(ctx.lang);
  state.subtitle = record_title(ctx, records, ref);
  state.sync = ledger.of(*record);
  ActorNames names(store);
  add_stored_values(ctx, names, *record, revealed, answer);
  if (ref.kind == kinds::household::kKind) {
    RUHU_TRY(const OpenDoor open, open_door(store, records, ref.id, {}));
    add_member_choices(ctx, open, {}, false, state);
    answer.around.people = household_people(ctx, records, open);
  }
  if (ref.kind == kinds::person::kKind) {
    answer.around.health_consent = has_health_consent(records, ref.id);
    RUHU_TRY(answer.around.number, query_number_owners(store, ctx, record->text(kinds::person::id_no), ref.id));
  }
  RUHU_TRY_DONE(records.status());
  return answer;
}

Result<FormAnswer> query_person_form(Store& store, const QueryContext& ctx, const RecordId& person,
                                     std::optional<RecordId> household, const Revealed& revealed) {
  RUHU_TRY(FormAnswer answer, query_record_form(store, ctx, {kinds::person::kKind, person}, revealed));
  RecordCache records(store);
  FormState& state = answer.state;
  state.title = std::exchange(state.subtitle, {});
  state.household = household;
  state.hidden_sections = {"care"};
  if (!household || household->is_nil()) return answer;
  RUHU_TRY(const OpenDoor open, open_door(store, records, *household, {}));
  for (const Record* membership : open.memberships)
    if (membership->uuid(kinds::membership::person_id) == person)
      state.relation = membership->text(kinds::membership::relation);
  state.subtitle = address_of(records, open.door.dwelling).text();
  if (open.door.dwelling != nullptr) answer.dwelling = open.door.dwelling->ref.id;
  add_member_choices(ctx, open, person, true, state);
  answer.around.people = household_people(ctx, records, open);
  RUHU_TRY_DONE(records.status());
  return answer;
}

Result<FormAnswer> query_new_person(Store& store, const QueryContext& ctx, const NewPerson& wanted) {
  RecordCache records(store);
  RUHU_TRY(const OpenDoor open, open_door(store, records, wanted.household, wanted.dwelling));
  FormAnswer answer;
  FormState& state = answer.state;
  state.kind = kinds::person::kKind;
  state.household = wanted.household;
  state.newborn = wanted.newborn;
  state.title = ctx.tr(wanted.newborn ? "app.form.newborn" : "app.form.new_person");
  state.subtitle = address_of(records, open.door.dwelling).text();
  state.values = presets_of(ctx.dictionary.get_kind(state.kind));
  state.hidden_sections = {"care", "death"};
  add_member_choices(ctx, open, {}, true, state);
  answer.around.people = household_people(ctx, records, open);
  if (open.door.dwelling != nullptr) answer.dwelling = open.door.dwelling->ref.id;
  if (wanted.household.is_nil()) state.relation = "02";
  if (wanted.newborn) preset_newborn(ctx, open, state);
  RUHU_TRY_DONE(records.status());
  return answer;
}

}  // namespace ruhu
