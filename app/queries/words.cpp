#include "app/queries/words.hpp"

#include <algorithm>
#include <cstdio>

#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "storage/dictionary/masking.hpp"
#include "storage/dictionary/partial_date.hpp"

namespace ruhu {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;
constexpr std::int32_t kDaysPerWeek = 7;

std::int64_t local_ms(Instant at) { return to_ms(at) + std::chrono::duration_cast<Millis>(kChinaOffset).count(); }

std::string two_digits(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

std::string number_text(double number) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.10g", number);
  return buffer;
}

std::string gap_text(const QueryContext& ctx, Gap gap) {
  switch (gap) {
    case Gap::refused: return ctx.tr("gap.refused");
    case Gap::unknown: return ctx.tr("gap.unknown");
    case Gap::not_applicable: return ctx.tr("gap.not_applicable");
  }
  return {};
}

std::string set_text(const QueryContext& ctx, const FieldDef& field, const TextSet& set) {
  std::vector<std::string> words;
  for (const std::string& item : set.items)
    words.push_back(field.list.empty() ? item : ctx.code_label(field.list, item));
  return join(words, ctx.tr("app.list_comma"));
}

}  // namespace

std::int32_t local_day(Instant at) {
  const std::int64_t ms = local_ms(at);
  return static_cast<std::int32_t>(ms >= 0 ? ms / kDayMs : (ms - kDayMs + 1) / kDayMs);
}

int local_minute(Instant at) {
  return static_cast<int>((local_ms(at) - std::int64_t{local_day(at)} * kDayMs) / kMinuteMs);
}

Instant start_of_day(std::int32_t day) {
  return from_ms(std::int64_t{day} * kDayMs - std::chrono::duration_cast<Millis>(kChinaOffset).count());
}

std::int32_t monday_of(std::int32_t day) {
  constexpr std::int32_t kFirstDayIsThursday = 3;
  return day - ((day + kFirstDayIsThursday) % kDaysPerWeek + kDaysPerWeek) % kDaysPerWeek;
}

std::string iso_of_day(std::int32_t day) {
  const CivilDate date = from_day_number(day);
  return to_string(PartialDate{date.year, date.month, date.day});
}

std::optional<std::int32_t> day_of_iso(std::string_view iso) {
  const auto date = parse_partial_date(iso);
  if (!date || !date->is_complete()) return std::nullopt;
  return to_day_number(first_day(*date));
}

std::string time_text(Instant at) {
  const int minute = local_minute(at);
  return two_digits(minute / 60) + ":" + two_digits(minute % 60);
}

std::string date_time_text(Instant at) { return iso_of_day(local_day(at)) + " " + time_text(at); }

std::string day_title(const QueryContext& ctx, std::int32_t day) {
  const CivilDate date = from_day_number(day);
  const std::string names = ctx.tr("app.weekdays");
  const auto words = split(names, ',');
  const auto weekday = static_cast<std::size_t>(day - monday_of(day));
  const std::string month = std::to_string(date.month);
  const std::string number = std::to_string(date.day);
  return ctx.tr(
      "app.day_title",
      {{"month", month}, {"day", number}, {"weekday", weekday < words.size() ? words[weekday] : std::string_view{}}});
}

std::string recent_time_text(const QueryContext& ctx, Instant at) {
  const std::int32_t days = local_day(ctx.now) - local_day(at);
  if (days == 0 || days == 1) return days_ago_text(ctx, days) + " " + time_text(at);
  return date_time_text(at);
}

std::string days_ago_text(const QueryContext& ctx, std::int32_t days) {
  if (days <= 0) return ctx.tr("app.today");
  if (days == 1) return ctx.tr("app.yesterday");
  return ctx.tr("app.days_ago", {{"n", std::to_string(days)}});
}

std::string value_text(const QueryContext& ctx, const FieldDef& field, const Value& value) {
  if (const auto* gap = std::get_if<Gap>(&value)) return gap_text(ctx, *gap);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? ctx.tr("answer.yes") : ctx.tr("answer.no");
  if (const auto* set = std::get_if<TextSet>(&value)) return set_text(ctx, field, *set);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    if (field.type == FieldType::time) return date_time_text(from_ms(*whole));
    return std::to_string(*whole) + (field.unit.empty() ? "" : " " + field.unit);
  }
  if (const auto* number = std::get_if<double>(&value))
    return number_text(*number) + (field.unit.empty() ? "" : " " + field.unit);
  const std::string_view words = text_of(value);
  return field.type == FieldType::code ? ctx.code_label(field.list, words) : std::string(words);
}

std::optional<int> age_of(const QueryContext& ctx, const Record& person) {
  const auto born = parse_partial_date(person.text(kinds::person::birth_date));
  if (!born || !person.text(kinds::person::died_on).empty()) return std::nullopt;
  return std::max(0, age_in_years(last_day(*born), civil_date(ctx.now)));
}

std::string person_name(const QueryContext& ctx, const Record& person) {
  const std::string_view name = person.text(kinds::person::name);
  return ctx.sees_names(person) ? std::string(name) : mask_text(Mask::name, name);
}

std::string person_about(const QueryContext& ctx, const Record& person) {
  const auto age = age_of(ctx, person);
  std::string years;
  if (age) years = *age == 0 ? ctx.tr("app.age_infant") : ctx.tr("app.age", {{"n", std::to_string(*age)}});
  return join_facts({ctx.code_label("gender", person.text(kinds::person::gender)), years});
}

std::string join_facts(std::initializer_list<std::string_view> facts, std::string_view separator) {
  std::string out;
  for (const std::string_view fact : facts) {
    if (fact.empty()) continue;
    if (!out.empty()) out += separator;
    out += fact;
  }
  return out;
}

const std::string& ActorNames::of(ActorNo actor) {
  const auto [at, fresh] = known_.try_emplace(actor.value);
  if (fresh) at->second = store_.actor_name(actor).value_or("");
  return at->second;
}

std::optional<std::int32_t> day_of_stamp(const Stamp& stamp) {
  if (stamp.provenance.as_of_day != 0) return stamp.provenance.as_of_day;
  if (stamp.made_at.packed == 0) return std::nullopt;
  return local_day(stamp.made_at.instant());
}

ProvenanceLine provenance_line(const QueryContext& ctx, ActorNames& names, const Stamp& stamp) {
  const auto day = day_of_stamp(stamp);
  ProvenanceLine line;
  line.text = join_facts({day ? iso_of_day(*day) : "", names.of(stamp.actor),
                          ctx.code_label("field_source", code_of(stamp.provenance.source)),
                          ctx.code_label("verified", code_of(stamp.provenance.verified))});
  line.recent = day && local_day(ctx.now) - *day <= kStillValidDays;
  return line;
}

}  // namespace ruhu
