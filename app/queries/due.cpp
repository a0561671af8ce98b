#include "app/queries/due.hpp"

#include <algorithm>

#include "app/queries/places.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

constexpr int kElderAge = 65;
constexpr int kOldElderAge = 80;
constexpr std::int32_t kTenancyDays = 90;  // A let dwelling not verified for so long: tenants unknown.
constexpr std::int32_t kOverdueDays = 90;
constexpr std::int32_t kNeverVisited = 400;  // In days: before everything that was ever verified within a year.
constexpr std::int32_t kEmptyNeverSeen = 100;
constexpr std::int32_t kPromiseWeight = 10'000;
constexpr std::int32_t kTenancyWeight = 30;
constexpr std::int32_t kCareWeight = 300;

std::string plain_number(std::int32_t n) { return std::to_string(n); }

Due today_done(const QueryContext& ctx, const Record& visit) {
  const std::string_view outcome = visit.text(kinds::visit::outcome);
  const std::string at = time_text(started_at(visit));
  if (is_attempt(outcome))
    return {.state = DueState::attempted, .reason = join_facts({at, ctx.code_label("visit_outcome", outcome)})};
  return {.state = DueState::done, .reason = ctx.tr("app.due.done", {{"time", at}})};
}

Due promised(const QueryContext& ctx, const Door& door, std::int32_t day) {
  const std::int32_t late = local_day(ctx.now) - day;
  const std::string action = ctx.code_label("next_action", door.visits.latest->text(kinds::visit::next_action));
  Due due{.state = late > 0 ? DueState::overdue : DueState::due, .weight = kPromiseWeight + late, .promised = true};
  due.asks = true;
  due.reason = late > 0 ? ctx.tr("app.due.promised_late",
                                 {{"date", iso_of_day(day)}, {"what", action}, {"n", plain_number(late)}})
                        : ctx.tr("app.due.promised_today", {{"what", action}});
  return due;
}

Due never_verified(const QueryContext& ctx, const Door& door) {
  if (door.household == nullptr) return {.reason = ctx.tr("app.due.empty"), .weight = kEmptyNeverSeen};
  if (door.visits.latest == nullptr) return {.reason = ctx.tr("app.due.never"), .weight = kNeverVisited, .asks = true};
  const std::int32_t days = local_day(ctx.now) - local_day(started_at(*door.visits.latest));
  const std::string outcome = ctx.code_label("visit_outcome", door.visits.latest->text(kinds::visit::outcome));
  return {.reason = ctx.tr("app.due.unfinished", {{"when", days_ago_text(ctx, days)}, {"outcome", outcome}}),
          .weight = kNeverVisited - 1,
          .asks = true};
}

Due unverified_for(const QueryContext& ctx, const Door& door, std::int32_t days) {
  Due due{.weight = days};
  const std::string n = plain_number(days);
  const auto alone = alone_hint(ctx, door);
  if (alone && days >= alone->every_days) {
    due.state = DueState::overdue;
    due.weight += kCareWeight;
    due.asks = true;
    due.reason = ctx.tr("app.due.alone", {{"n", n}});
  } else if (is_let(*door.dwelling) && days > kTenancyDays) {
    due.state = DueState::overdue;
    due.weight += kTenancyWeight;
    due.asks = true;
    due.reason = ctx.tr("app.due.tenancy", {{"n", n}});
  } else {
    due.asks = days > kOverdueDays;
    due.state = due.asks ? DueState::overdue : DueState::due;
    due.reason = ctx.tr("app.due.last", {{"when", days_ago_text(ctx, days)}});
  }
  return due;
}

}  // namespace

std::optional<AloneHint> alone_hint(const QueryContext& ctx, const Door& door) {
  if (door.people.size() != 1) return std::nullopt;
  const auto age = age_of(ctx, *door.people.front());
  if (!age || *age < kElderAge) return std::nullopt;
  constexpr std::int32_t kWeekly = 7;
  constexpr std::int32_t kMonthly = 30;
  return AloneHint{*age, *age >= kOldElderAge ? kWeekly : kMonthly};
}

Due due_of(const QueryContext& ctx, const Door& door) {
  const std::int32_t today = local_day(ctx.now);
  if (door.has_draft)
    return {.state = DueState::draft, .reason = ctx.tr("app.due.draft"), .weight = 2 * kPromiseWeight};
  const Record* latest = door.visits.latest;
  if (latest != nullptr && local_day(started_at(*latest)) == today) return today_done(ctx, *latest);
  if (const auto day = promised_day(door.visits); day && *day <= today) return promised(ctx, door, *day);
  if (door.visits.verified == nullptr) return never_verified(ctx, door);
  return unverified_for(ctx, door, today - local_day(started_at(*door.visits.verified)));
}

std::vector<Tag> door_tags(const QueryContext& ctx, const Door& door) {
  std::vector<Tag> tags;
  if (const auto alone = alone_hint(ctx, door))
    tags.push_back({ctx.tr("app.tag.alone", {{"n", std::to_string(alone->age)}}), Tone::alarm});
  const bool infant = std::any_of(door.people.begin(), door.people.end(),
                                  [&](const Record* person) { return age_of(ctx, *person) == 0; });
  if (infant) tags.push_back({ctx.tr("app.tag.infant"), Tone::info});
  if (door.dwelling != nullptr && is_let(*door.dwelling)) tags.push_back({ctx.tr("app.tag.let"), Tone::caution});
  if (door.household != nullptr && door.household->text(kinds::household::kind) == "2")
    tags.push_back({ctx.code_label("household_kind", "2"), Tone::neutral});
  return tags;
}

}  // namespace ruhu
