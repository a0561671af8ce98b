#include "app/queries/visit.hpp"

#include <algorithm>
#include <array>

#include "app/queries/household.hpp"
#include "app/queries/places.hpp"
#include "app/queries/today.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

constexpr std::int32_t kVisitRestDays = 7;  // No second uninvited visit within it (domain.md W3).
constexpr int kQuietUntilMinute = 8 * 60;
constexpr int kQuietFromMinute = 21 * 60;

bool lists(const Record& visit, const std::string& item) {
  const auto* fields = std::get_if<TextSet>(&visit.get(kinds::visit::verified_fields));
  return fields != nullptr && fields->contains(item);
}

/// The latest visit at which this person was confirmed; nullptr: none.
const Record* confirming_visit(const OpenDoor& open, const RecordId& person) {
  for (const Record* visit : open.visits) {
    if (lists(*visit, roster_item(person))) return visit;
    const std::string_view outcome = visit->text(kinds::visit::outcome);
    // Visits from elsewhere name fields only, and then mean everybody of the household.
    if ((outcome == "01" || outcome == "09") && lists(*visit, "membership.relation")) return visit;
  }
  return nullptr;
}

void add_confirmation(const QueryContext& ctx, ActorNames& names, const OpenDoor& open, const Record& person,
                      RosterRow& row) {
  std::int32_t day = 0;
  std::string who;
  if (const Record* visit = confirming_visit(open, person.ref.id)) {
    day = local_day(started_at(*visit));
    who = names.of(visit->meta.created.actor);
  } else {
    const Stamp& stamp = person.meta.created;
    const auto said = day_of_stamp(stamp);
    if (!said || stamp.provenance.verified < Verified::seen) return;
    day = *said;
    who = names.of(stamp.actor);
  }
  const std::int32_t days = local_day(ctx.now) - day;
  const std::string when = days_ago_text(ctx, days);
  row.recent = days <= kStillValidDays;
  row.confirmed = who.empty() ? ctx.tr("app.confirmed", {{"when", when}})
                              : ctx.tr("app.confirmed_by", {{"when", when}, {"who", who}});
}

/// Something was written about the person by this worker since the visit began.
bool edited_since(const QueryContext& ctx, const Record& person, Instant from) {
  const auto wrote = [&](const Stamp& stamp) {
    return stamp.actor == ctx.identity.actor && ctx.identity.is_own(stamp.op) && stamp.made_at.instant() >= from;
  };
  return wrote(person.meta.created) || std::any_of(person.meta.later.begin(), person.meta.later.end(),
                                                   [&](const auto& later) { return wrote(later.second); });
}

std::string recent_visit_warning(const QueryContext& ctx, ActorNames& names, const OpenDoor& open) {
  if (promised_day(open.door.visits)) return {};
  for (const Record* visit : open.visits) {
    const std::string outcome(visit->text(kinds::visit::outcome));
    const std::int32_t days = local_day(ctx.now) - local_day(started_at(*visit));
    if (days >= kVisitRestDays) return {};
    if (days < 0 || (!is_contact(outcome) && outcome != "05")) continue;
    const std::string who = names.of(visit->meta.created.actor);
    return ctx.tr(
        "app.visit.recent",
        {{"when", days_ago_text(ctx, days)}, {"who", who}, {"outcome", ctx.code_label("visit_outcome", outcome)}});
  }
  return {};
}

std::string purpose_of(const QueryContext& ctx, const Door& door) {
  if (door.visits.latest == nullptr) return door.household == nullptr ? "02" : "01";
  if (promised_day(door.visits)) return "03";
  return alone_hint(ctx, door) ? "04" : "02";
}

std::vector<DateChoice> next_dates(const QueryContext& ctx) {
  const std::int32_t today = local_day(ctx.now);
  const auto on = [&](std::string label, std::int32_t days) {
    return DateChoice{std::move(label), iso_of_day(today + days)};
  };
  return {on(ctx.tr("app.next.tomorrow"), 1), on(ctx.tr("app.next.three_days"), 3), on(ctx.tr("app.next.week"), 7),
          on(ctx.tr("app.next.two_weeks"), 14), on(ctx.tr("app.next.month"), 30)};
}

std::string notice_text(Store& store, const QueryContext& ctx) {
  RecordCache records(store);
  std::string community;
  if (!ctx.identity.scopes.empty()) {
    const std::string code = to_string(ctx.identity.scopes.front().community());
    for (const Record* record : records.list(kinds::community::kKind, {kinds::community::code, code}))
      community = record->text(kinds::community::name);
  }
  return ctx.tr("app.visit.notice", {{"community", community}, {"worker", ctx.identity.actor_name}});
}

void add_roster(Store& store, const QueryContext& ctx, const OpenDoor& open, Instant from, VisitState& state) {
  ActorNames names(store);
  for (std::size_t i = 0; i < open.door.people.size(); ++i) {
    const Record& person = *open.door.people[i];
    RosterRow row;
    row.person = person.ref.id;
    row.name = person_name(ctx, person);
    row.about = join_facts({ctx.code_label("relation", open.memberships[i]->text(kinds::membership::relation)),
                            person_about(ctx, person)});
    row.edited = edited_since(ctx, person, from);
    add_confirmation(ctx, names, open, person, row);
    state.roster.push_back(std::move(row));
  }
  state.recent_visit = recent_visit_warning(ctx, names, open);
}

}  // namespace

std::string roster_item(const RecordId& person) { return "person/" + to_string(person); }

Result<VisitState> query_visit(Store& store, const QueryContext& ctx, const VisitStart& start) {
  RUHU_TRY(const auto moment, store.snapshot());
  RecordCache records(store);
  RUHU_TRY(const OpenDoor open, open_door(store, records, start.household, start.dwelling));
  const Door& door = open.door;
  VisitState state;
  state.household = start.household;
  state.title = household_title(ctx, records, door.household, door.people.empty() ? nullptr : door.people.front());
  state.address = address_of(records, door.dwelling).text();
  state.started = ctx.tr("app.visit.started", {{"time", time_text(start.started_at)}});
  const int minute = local_minute(start.started_at);
  if (minute < kQuietUntilMinute || minute >= kQuietFromMinute) state.quiet_hours = ctx.tr("app.visit.quiet_hours");
  state.notice = notice_text(store, ctx);
  state.next_dates = next_dates(ctx);
  add_roster(store, ctx, open, start.started_at, state);
  state.initial.household = start.household;
  state.initial.purpose = purpose_of(ctx, door);
  state.initial.next_action = "none";
  if (door.people.size() == 1) state.initial.respondent = door.people.front()->ref.id;
  RUHU_TRY_DONE(records.status());
  return state;
}

}  // namespace ruhu
