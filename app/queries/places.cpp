#include "app/queries/places.hpp"

#include <algorithm>

#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "storage/dictionary/masking.hpp"

namespace ruhu {
namespace {

/// "2" → "2单元"; what already says it stays.
std::string with_word(std::string_view number, std::string_view word) {
  std::string out(number);
  if (is_all_digits(number)) out += word;
  return out;
}

/// The beginning of a text that is too long for a title.
std::string shortened(const std::string& text) {
  constexpr std::size_t kCharactersMax = 40;
  const std::u32string letters = decode_utf8(text);
  return letters.size() <= kCharactersMax ? text : encode_utf8(letters.substr(0, kCharactersMax)) + "…";
}

bool is_head(const Record* membership) { return membership->text(kinds::membership::relation) == "02"; }

/// Buildings and entrances are known by their whole address.
std::string named_place(RecordCache& records, const Record& record) {
  if (record.ref.kind == kinds::building::kKind) return building_address(records, &record, nullptr);
  if (record.ref.kind != kinds::entrance::kKind) return {};
  const Record* building = records.find(kinds::building::kKind, record.uuid(kinds::entrance::building_id));
  return building_address(records, building, &record);
}

/// What the dictionary calls a record by, masked as the role demands.
std::string title_of_fields(const QueryContext& ctx, RecordCache& records, const Record& record) {
  const KindDef& kind = ctx.dictionary.get_kind(record.ref.kind);
  std::string title;
  for (const std::string& name : kind.title) {
    const FieldDef* field = kind.find(name);
    if (field == nullptr || is_empty(record.get(field->no))) continue;
    const Value& value = record.get(field->no);
    const KindDef* target = field->type == FieldType::ref ? ctx.dictionary.find_kind(field->target) : nullptr;
    const std::string words =
        target != nullptr
            ? record_title(ctx, records, {target->no, record.uuid(field->no)})
            : value_text(ctx, *field, is_gap(value) ? value : mask_value(ctx.mask_for(*field, record), value));
    title = join_facts({title, shortened(words)});
  }
  return title;
}

}  // namespace

std::string natural_key(std::string_view text) {
  constexpr std::size_t kWidth = 8;
  std::string key;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    if (end == i) {
      key += text[i++];
      continue;
    }
    if (end - i < kWidth) key.append(kWidth - (end - i), '0');
    key += text.substr(i, end - i);
    i = end;
  }
  return key;
}

std::string building_address(RecordCache& records, const Record* building, const Record* entrance) {
  std::string compound_name;
  std::string standard;
  if (building != nullptr) {
    standard = building->text(kinds::building::std_address);
    const Record* compound = records.find(kinds::compound::kKind, building->uuid(kinds::building::compound_id));
    if (compound != nullptr) compound_name = compound->text(kinds::compound::name);
  }
  if (standard.find(compound_name) != std::string::npos) compound_name.clear();
  std::string stairs;
  if (entrance != nullptr && !standard.ends_with("单元"))
    stairs = with_word(entrance->text(kinds::entrance::no), "单元");
  return join_facts({compound_name, standard, stairs}, " ");
}

DoorAddress address_of(RecordCache& records, const Record* dwelling) {
  DoorAddress address;
  if (dwelling == nullptr) return address;
  const Record* building = records.find(kinds::building::kKind, dwelling->uuid(kinds::dwelling::building_id));
  const Record* entrance = records.find(kinds::entrance::kKind, dwelling->uuid(kinds::dwelling::entrance_id));
  address.building = building_address(records, building, entrance);
  address.room = with_word(dwelling->text(kinds::dwelling::room_no), "室");
  address.walk = natural_key(address.building) + "\x1F" + natural_key(address.room);
  return address;
}

std::string place_text(const QueryContext& ctx, RecordCache& records, const Record& record) {
  const KindDef& kind = ctx.dictionary.get_kind(record.ref.kind);
  std::string nearest;
  for (const FieldDef& field : kind.fields) {
    if (field.search == SearchUse::address && field.type == FieldType::text && !record.text(field.no).empty())
      return mask_text(ctx.mask_for(field, record), record.text(field.no));
    if (field.type != FieldType::ref) continue;
    if (field.target == "dwelling")
      if (const Record* dwelling = records.find(kinds::dwelling::kKind, record.uuid(field.no)))
        nearest = address_of(records, dwelling).text();
    if (field.target == "building" && nearest.empty())
      if (const Record* building = records.find(kinds::building::kKind, record.uuid(field.no)))
        nearest = building_address(records, building, nullptr);
  }
  return nearest;
}

std::string household_title(const QueryContext& ctx, RecordCache& records, const Record* household,
                            const Record* any_member) {
  if (household == nullptr) return ctx.tr("app.household.empty");
  const Record* head = records.find(kinds::person::kKind, household->uuid(kinds::household::head_person_id));
  if (head == nullptr) head = any_member;
  if (head == nullptr) return ctx.tr("app.household.nobody");
  return ctx.tr("app.household.title", {{"name", person_name(ctx, *head)}});
}

std::vector<const Record*> open_memberships(RecordCache& records, const Uuid& household) {
  auto members = records.list(kinds::membership::kKind, {kinds::membership::household_id, household});
  std::erase_if(members, [](const Record* member) { return !is_open(*member); });
  std::stable_sort(members.begin(), members.end(), [](const Record* a, const Record* b) {
    if (is_head(a) != is_head(b)) return is_head(a);
    return a->text(kinds::membership::relation) < b->text(kinds::membership::relation);
  });
  return members;
}

Uuid household_of_person(RecordCache& records, const Uuid& person) {
  Uuid last;
  for (const Record* member : records.list(kinds::membership::kKind, {kinds::membership::person_id, person})) {
    last = member->uuid(kinds::membership::household_id);
    if (is_open(*member)) return last;
  }
  return last;
}

bool is_let(const Record& dwelling) {
  const std::string_view tenure = dwelling.text(kinds::dwelling::tenure);
  return tenure == "1" || tenure == "2" || !dwelling.text(kinds::dwelling::rental_purpose).empty();
}

std::string record_title(const QueryContext& ctx, RecordCache& records, const RecordRef& ref) {
  const KindDef* kind = ctx.dictionary.find_kind(ref.kind);
  const std::string kind_label = kind == nullptr ? std::string() : kind->label.in(ctx.lang);
  const Record* record = records.find(ref.kind, ref.id);
  if (record == nullptr) return kind_label;
  if (ref.kind == kinds::person::kKind) return person_name(ctx, *record);
  if (ref.kind == kinds::household::kKind) return household_title(ctx, records, record);
  if (ref.kind == kinds::dwelling::kKind) return address_of(records, record).text();
  if (const Record* person = records.find(kinds::person::kKind, record->uuid(kinds::membership::person_id));
      person != nullptr && ref.kind == kinds::membership::kKind)
    return join_facts({person_name(ctx, *person), kind_label});
  if (const Record* person = records.find(kinds::person::kKind, record->uuid(kinds::residency::person_id));
      person != nullptr && ref.kind == kinds::residency::kKind)
    return join_facts({person_name(ctx, *person), kind_label});
  if (ref.kind == kinds::visit::kKind || ref.kind == kinds::need::kKind) {
    const bool visit = ref.kind == kinds::visit::kKind;
    const Uuid id = record->uuid(visit ? kinds::visit::household_id : kinds::need::household_id);
    if (const Record* household = records.find(kinds::household::kKind, id); household != nullptr)
      return join_facts({household_title(ctx, records, household), kind_label});
  }
  const std::string named = named_place(records, *record);
  const std::string title = named.empty() ? title_of_fields(ctx, records, *record) : named;
  return title.empty() ? kind_label : title;
}

}  // namespace ruhu
