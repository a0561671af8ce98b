// What must hold of places and of moments. Situations 20 and 29.
#include <algorithm>
#include <chrono>

#include "dictionary_constants.hpp"
#include "server/desk/rules.hpp"
#include "storage/model/life_cycle/circles.hpp"

namespace ruhu::server {
namespace {

namespace r = kinds::residency;
namespace d = kinds::dwelling;
namespace b = kinds::building;

using Cases = Result<std::vector<Found>>;

// --- nobody comes to live at an address that is gone (20); visits to it stay as proof ---

bool is_gone(const Record& dwelling, const RecordPtr& building) {
  return !is_open_record(dwelling) || (building && building->text(b::use_state) == "demolished");
}

Cases stays_in(RuleContext& ctx, const Record& dwelling, const std::vector<Record>& stays) {
  std::vector<Found> all;
  if (stays.empty()) return all;
  RUHU_TRY(const auto building, ctx.find(b::kKind, dwelling.uuid(d::building_id)));
  if (!is_gone(dwelling, building)) return all;
  for (const Record& stay : stays) {
    if (!stay.text(r::until).empty()) continue;
    Found found{subject_of(stay.ref), {side_of(stay, {r::person_id, r::dwelling_id, r::since})}, 20};
    found.sides.push_back(side_of(dwelling, {d::room_no, d::status}));
    if (building) found.sides.push_back(side_of(*building, {b::std_address, b::use_state}));
    all.push_back(std::move(found));
  }
  return all;
}

Cases find_stay_at_gone_address(RuleContext& ctx, const Record& at) {
  if (at.ref.kind == r::kKind) {
    RUHU_TRY(const auto dwelling, ctx.find(d::kKind, at.uuid(r::dwelling_id)));
    if (!dwelling || !is_open_record(at)) return std::vector<Found>{};
    return stays_in(ctx, *dwelling, {at});
  }
  std::vector<Record> dwellings = {at};
  if (at.ref.kind == b::kKind) {
    RUHU_TRY(dwellings, ctx.all(d::kKind, d::building_id, at.ref.id));
  }
  std::vector<Found> all;
  for (const Record& dwelling : dwellings) {
    RUHU_TRY(const auto stays, ctx.open(r::kKind, r::dwelling_id, dwelling.ref.id));
    RUHU_TRY(const auto found, stays_in(ctx, dwelling, stays));
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

// --- a tablet's clock that is days off (29) ---

constexpr auto kAheadMax = std::chrono::hours{1};
constexpr auto kBeforeMax = std::chrono::hours{24};

std::optional<ColumnNo> moment_of(KindNo kind) {
  if (kind == kinds::visit::kKind) return kinds::visit::started_at;
  if (kind == kinds::inspection::kKind) return kinds::inspection::done_at;
  if (kind == kinds::case_::kKind) return kinds::case_::found_at;
  return std::nullopt;
}

/// The place that it happened at, if that is a record.
RecordRef place_of(const Record& at) {
  if (at.ref.kind == kinds::visit::kKind) return {d::kKind, at.uuid(kinds::visit::dwelling_id)};
  if (at.ref.kind == kinds::case_::kKind) return {d::kKind, at.uuid(kinds::case_::dwelling_id)};
  return {kinds::enterprise::kKind, at.uuid(kinds::inspection::enterprise_id)};
}

/// Made by a tablet, and later than the moment said; an import brings things in long after they began.
Result<bool> was_not_there_yet(RuleContext& ctx, const RecordRef& place, Instant moment) {
  RUHU_TRY(const auto record, ctx.find(place.kind, place.id));
  if (!record || record->meta.created.op.tablet.value == 0) return false;
  return moment + kBeforeMax < record->meta.created.made_at.instant();
}

Cases find_odd_moment(RuleContext& ctx, const Record& at) {
  std::vector<Found> all;
  const ColumnNo column = *moment_of(at.ref.kind);
  const Stamp& stamp = at.meta.stamp_of(column);
  if (is_empty(at.get(column)) || stamp.op.tablet.value == 0 || !is_open_record(at)) return all;
  RUHU_TRY(const auto op, ctx.tx().find_op(stamp.op));
  if (!op) return all;
  const Instant moment = from_ms(int_of(at.get(column)));
  Found found{subject_of(at.ref), {side_of(at, {column})}, 29};
  if (moment > op->received_at + kAheadMax) found.reasons.emplace_back("desk.in_the_future");
  RUHU_TRY(const bool before, was_not_there_yet(ctx, place_of(at), moment));
  if (before) found.reasons.emplace_back("desk.before_the_place");
  if (!found.reasons.empty()) all.push_back(std::move(found));
  return all;
}

}  // namespace

std::vector<Rule> rules_of_places() {
  namespace v = kinds::visit;
  namespace i = kinds::inspection;
  namespace c = kinds::case_;
  return {
      {"stay_at_gone_address",
       "desk.stay_at_gone_address",
       5,
       {{r::kKind, {r::dwelling_id, r::status, r::until}},
        {d::kKind, {d::status, d::building_id}},
        {b::kKind, {b::use_state}}},
       nullptr,
       find_stay_at_gone_address},
      {"odd_moment",
       "desk.odd_moment",
       8,
       {{v::kKind, {v::started_at, v::dwelling_id, v::status}},
        {i::kKind, {i::done_at, i::enterprise_id, i::status}},
        {c::kKind, {c::found_at, c::dwelling_id, c::status}}},
       nullptr,
       find_odd_moment},
  };
}

}  // namespace ruhu::server
