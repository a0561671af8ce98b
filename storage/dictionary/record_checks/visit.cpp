// Visits, and what residents ask for or report: needs, cases and their steps. domain.md §3.7-3.9.
#include <array>

#include "storage/dictionary/record_checks/record_under_check.hpp"

namespace ruhu {
namespace {

constexpr std::int64_t kHourMs = std::int64_t{60} * 60 * 1000;
constexpr std::int64_t kVisitMsMax = 4 * kHourMs;
constexpr std::int64_t kQuietUntilHour = 8;
constexpr std::int64_t kQuietFromHour = 21;
constexpr std::size_t kPhotosMax = 6;
constexpr std::int64_t kFeedbackTries = 2;  ///< After so many, nobody could be reached.

std::int64_t local_hour(std::int64_t ms) {
  const std::int64_t local = ms + std::chrono::duration_cast<Millis>(kChinaOffset).count();
  return (local / kHourMs % 24 + 24) % 24;
}

void check_times(RecordUnderCheck& record) {
  const auto start = record.number("started_at");
  const auto end = record.number("ended_at");
  if (!start) return;
  const std::int64_t hour = local_hour(*start);
  const bool quiet = hour < kQuietUntilHour || hour >= kQuietFromHour;
  if (quiet && record.missing("quiet_reason")) record.add("started_at", "check.visit_quiet_hours");
  if (!end) return;
  if (*end < *start) {
    record.add("ended_at", "check.visit_ends_before_start", Strength::error);
  } else if (*end - *start > kVisitMsMax) {
    record.add("ended_at", "check.visit_too_long", Strength::error);
  }
}

bool has_place(const RecordUnderCheck& record) {
  static constexpr std::array<std::string_view, 5> kPlaces{"dwelling_id", "building_id", "enterprise_id", "place",
                                                           "lat"};
  for (const std::string_view field : kPlaces)
    if (!record.missing(field)) return true;
  return false;
}

void check_case_closing(RecordUnderCheck& record) {
  if (record.is("state", "merged")) record.want("dup_of", "check.joined_to_wanted");
  if (!record.is("state", "closed")) return;
  const bool tried = record.number("feedback_tries").value_or(0) >= kFeedbackTries;
  if (record.missing("result") || (record.missing("feedback") && !tried))
    record.add("state", "check.case_closing", Strength::error);
}

}  // namespace

void check_visit(RecordUnderCheck& record) {
  check_times(record);
  const bool answered = record.is("outcome", "01") || record.is("outcome", "02") || record.is("outcome", "10");
  if (answered && record.missing("respondent_id") && record.missing("respondent_name"))
    record.add("respondent_id", "check.respondent_wanted");
  if (record.is("outcome", "04")) record.want("next_on", "check.next_on_wanted");
}

void check_need(RecordUnderCheck& record) {
  if (record.is("state", "rated") || record.is("state", "closed")) record.want("rating", "check.rating_wanted");
  if (record.is("state", "declined")) record.want("declined_reason", "check.declined_reason_wanted");
  if (record.is("state", "merged")) record.want("merged_into", "check.joined_to_wanted");
  const std::string_view proposed = record.text("proposed_mode");
  if (!proposed.empty() && !record.is("mode", proposed)) record.want("mode_reason", "check.mode_reason_wanted");
}

void check_case(RecordUnderCheck& record) {
  record.in_order("found_at", "reported_at", "check.reported_before_found");
  record.in_order("reported_at", "closed_at", "check.closed_before_reported");
  if (record.text("category").starts_with('4')) record.want("scale", "check.scale_wanted");
  if (!has_place(record)) record.add("place", "check.case_place_wanted");
  const std::size_t photos = record.items("photos").size();
  if (photos > kPhotosMax) record.add("photos", "check.too_many_photos", Strength::error);
  if (photos > 0 && record.yes("inside_home")) record.want("consent_id", "check.photo_consent_wanted");
  if (record.is("level", "3") && !record.yes("emergency_called"))
    record.add("emergency_called", "check.emergency_first", Strength::hint);
  check_case_closing(record);
}

void check_case_step(RecordUnderCheck& record) {
  if (record.is("to_state", "returned") || record.is("to_state", "rejected"))
    record.want("text", "check.step_reason_wanted", Strength::error);
}

}  // namespace ruhu
