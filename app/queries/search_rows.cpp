#include "app/queries/search_rows.hpp"

#include <algorithm>

#include "app/queries/card.hpp"
#include "app/queries/places.hpp"
#include "app/queries/standing.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kDoorsMax = 60;
constexpr std::size_t kPlacesMax = 5;  // The doors in them are what is mostly meant.

bool is_place(KindNo kind) {
  return kind == kinds::compound::kKind || kind == kinds::building::kKind || kind == kinds::entrance::kKind;
}

bool is_void(const Record& record) { return record.text(kinds::person::status) == "void"; }

}  // namespace

Status SearchRows::read_ledger(Store& store) {
  RUHU_TRY(ledger_, SyncLedger::read(store, records_, ctx_.identity));
  return {};
}

void SearchRows::add_hit(const RecordRef& ref) {
  if (ctx_.dictionary.find_kind(ref.kind) == nullptr) return;
  const Record* record = records_.find(ref.kind, ref.id);
  if (record == nullptr || is_void(*record)) return;
  if (ref.kind == kinds::dwelling::kKind) {
    doors_.push_back(record);
    return;
  }
  if (is_place(ref.kind)) add_inside(ref);
  if (!fresh(ref.id)) return;
  if (ended_tag(ctx_, *record))
    ended_.push_back(record);
  else if (!is_place(ref.kind))
    hits_.push_back(record);
  else if (places_.size() < kPlacesMax)
    places_.push_back(record);
}

void SearchRows::add_household(const RecordId& id) {
  const Record* household = records_.find(kinds::household::kKind, id);
  if (household != nullptr && is_open(*household) && fresh(id)) hits_.push_back(household);
}

/// All dwellings of an entrance, a building, a compound.
void SearchRows::add_inside(const RecordRef& place) {
  if (place.kind == kinds::compound::kKind) {
    for (const Record* building : records_.list(kinds::building::kKind, {kinds::building::compound_id, place.id}))
      if (doors_.size() < kDoorsMax) add_inside(building->ref);
    return;
  }
  const bool whole = place.kind == kinds::building::kKind;
  const ColumnNo within = whole ? kinds::dwelling::building_id : kinds::dwelling::entrance_id;
  const auto inside = records_.list(kinds::dwelling::kKind, {within, place.id});
  doors_.insert(doors_.end(), inside.begin(), inside.end());
}

std::vector<const Record*> SearchRows::doors_in_walking_order() {
  struct Found {
    std::string walk;
    const Record* dwelling;
  };
  std::vector<Found> found;
  for (const Record* dwelling : doors_) {
    if (is_void(*dwelling) || !fresh(dwelling->ref.id)) continue;
    if (ended_tag(ctx_, *dwelling))
      ended_.push_back(dwelling);
    else
      found.push_back({address_of(records_, dwelling).walk, dwelling});
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.walk < b.walk; });
  std::vector<const Record*> doors;
  for (const Found& door : found) doors.push_back(door.dwelling);
  return doors;
}

std::vector<SearchRow> SearchRows::take(std::size_t rows_max) {
  const auto doors = doors_in_walking_order();
  for (const Record* record : hits_) add_row(*record, rows_max);
  for (const Record* place : places_) add_row(*place, rows_max);
  for (const Record* door : doors) add_door(*door, rows_max);
  for (const Record* record : ended_) add_row(*record, rows_max);
  return std::move(rows_);
}

void SearchRows::add_row(const Record& record, std::size_t rows_max) {
  ++total_;
  if (rows_.size() < rows_max) rows_.push_back(row_of(record, matched_text(ctx_, record, typed_)));
}

/// The households behind a door, or the door itself where nobody lives.
void SearchRows::add_door(const Record& dwelling, std::size_t rows_max) {
  if (rows_.size() >= rows_max) {
    ++total_;
    return;
  }
  const std::string matched = door_match(dwelling);
  bool anybody = false;
  for (const Record* household :
       records_.list(kinds::household::kKind, {kinds::household::dwelling_id, dwelling.ref.id})) {
    if (!is_open(*household)) continue;
    anybody = true;
    if (!fresh(household->ref.id)) continue;
    ++total_;
    if (rows_.size() < rows_max) rows_.push_back(household_row(*household, matched));
  }
  if (anybody) return;
  ++total_;
  rows_.push_back(row_of(dwelling, matched));
}

SearchRow SearchRows::row_of(const Record& record, const std::string& matched) {
  if (record.ref.kind == kinds::person::kKind) return person_row(record);
  if (record.ref.kind == kinds::household::kKind) return household_row(record, matched);
  SearchRow row;
  row.record = record.ref;
  row.matched = matched;
  row.sync = ledger_.of(record);
  const auto ended = ended_tag(ctx_, record);
  row.ended = ended.has_value();
  if (record.ref.kind == kinds::dwelling::kKind) {
    row.title = ctx_.tr("app.household.empty");
    row.subtitle = address_of(records_, &record).text();
    if (ended) row.tags.push_back(*ended);
    return row;
  }
  row.title = record_title(ctx_, records_, record.ref);
  row.subtitle = place_text(ctx_, records_, record);
  if (row.subtitle == row.title) row.subtitle.clear();
  row.tags = standing_tags(ctx_, record);
  return row;
}

SearchRow SearchRows::person_row(const Record& person) {
  const Record* household = records_.find(kinds::household::kKind, household_of_person(records_, person.ref.id));
  const Record* dwelling = household == nullptr
                               ? nullptr
                               : records_.find(kinds::dwelling::kKind, household->uuid(kinds::household::dwelling_id));
  SearchRow row;
  row.record = person.ref;
  row.title = person_name(ctx_, person);
  row.subtitle = address_of(records_, dwelling).text();
  row.matched = matched_text(ctx_, person, typed_);
  if (const std::string about = person_about(ctx_, person); !about.empty()) row.tags.push_back({about, Tone::neutral});
  if (const auto ended = ended_tag(ctx_, person)) {
    row.tags.push_back(*ended);
    row.ended = true;
  }
  row.sync = ledger_.of(person);
  return row;
}

SearchRow SearchRows::household_row(const Record& household, const std::string& matched) {
  const Record* dwelling = records_.find(kinds::dwelling::kKind, household.uuid(kinds::household::dwelling_id));
  SearchRow row;
  row.record = household.ref;
  row.title = household_title(ctx_, records_, &household, first_member(household.ref.id));
  row.subtitle = address_of(records_, dwelling).text();
  row.matched = matched;
  if (const auto ended = ended_tag(ctx_, household)) {
    row.tags.push_back(*ended);
    row.ended = true;
  }
  row.sync = ledger_.worst({&household, dwelling});
  return row;
}

/// Four digits and more that are not in the room's number are the end of the owner's or landlord's phone.
std::string SearchRows::door_match(const Record& dwelling) const {
  const bool number = is_all_digits(typed_.folded) && typed_.folded.size() >= 4 &&
                      dwelling.text(kinds::dwelling::room_no).find(typed_.folded) == std::string_view::npos;
  return ctx_.tr(number ? "app.match.phone" : "app.match.address");
}

const Record* SearchRows::first_member(const RecordId& household) {
  const auto members = open_memberships(records_, household);
  return members.empty() ? nullptr
                         : records_.find(kinds::person::kKind, members.front()->uuid(kinds::membership::person_id));
}

}  // namespace ruhu
