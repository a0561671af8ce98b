// Firms and shops, their inspections, what these found. domain.md §3.10.
#include <algorithm>

#include "platform/base/text.hpp"
#include "storage/dictionary/record_checks/record_under_check.hpp"

namespace ruhu {
namespace {

/// A planned period: "2025-03" or "2025Q1". Months are counted from the first of the year, 1-12.
struct Period {
  int year = 0;
  unsigned first_month = 0;
  unsigned last_month = 0;
  bool is_quarter() const { return last_month != first_month; }
};

std::optional<Period> parse_period(std::string_view text) {
  constexpr unsigned kMonthsOfQuarter = 3;
  if (text.size() == 6 && text[4] == 'Q' && text[5] >= '1' && text[5] <= '4') {
    const auto year = parse_partial_date(text.substr(0, 4));
    const unsigned last = static_cast<unsigned>(text[5] - '0') * kMonthsOfQuarter;
    return year ? std::optional(Period{year->year, last - 2, last}) : std::nullopt;
  }
  const auto month = parse_partial_date(text);
  if (!month || month->month == 0 || month->day != 0) return std::nullopt;
  return Period{month->year, month->month, month->month};
}

/// Firms are inspected each month, shops each quarter.
void check_period(RecordUnderCheck& record) {
  const std::string_view text = record.text("period");
  if (text.empty()) return;
  const auto period = parse_period(text);
  if (!period) return record.add("period", "check.period_form", Strength::error);
  if (record.is("kind", "1") && period->is_quarter()) record.add("period", "check.period_month", Strength::error);
  if (record.is("kind", "2") && !period->is_quarter()) record.add("period", "check.period_quarter", Strength::error);
  const auto done = record.number("done_at");
  if (!done) return;
  const CivilDate day = civil_date(from_ms(*done));
  if (day.year != period->year || day.month < period->first_month || day.month > period->last_month)
    record.add("done_at", "check.outside_period");
}

void check_items(RecordUnderCheck& record) {
  const auto& passed = record.items("items_passed");
  const auto& failed = record.items("items_failed");
  const auto is_passed = [&](const std::string& item) {
    return std::find(passed.begin(), passed.end(), item) != passed.end();
  };
  if (std::any_of(failed.begin(), failed.end(), is_passed))
    record.add("items_failed", "check.item_twice", Strength::error);
  if (record.is("outcome", "passed") && !failed.empty()) record.add("outcome", "check.passed_with_failed_items");
  if (record.is("outcome", "hazards_found") && failed.empty()) record.add("items_failed", "check.failed_items_wanted");
}

}  // namespace

void check_enterprise(RecordUnderCheck& record) {
  const bool licensed = !record.missing("uscc");
  if (!licensed && !record.yes("no_licence")) record.add("uscc", "check.licence_wanted");
  if (licensed && record.yes("no_licence")) record.add("no_licence", "check.licence_and_none");
  if (record.is("kind", "small_place")) record.want("small_place", "check.small_place_wanted");
  record.in_order("opened_on", "closed_on", "check.closed_before_opened");
  if (record.is("kind", "shop") && record.number("sleeping_count").value_or(0) > 0)
    record.add("sleeping_count", "check.sleeping_in_shop", Strength::hint);
}

void check_inspection(RecordUnderCheck& record) {
  check_period(record);
  check_items(record);
  if (record.missing("enterprise_id") && record.missing("dwelling_id") && record.missing("place"))
    record.add("place", "check.inspected_place_wanted");
  if (record.is("kind", "7")) record.want("recheck_of", "check.recheck_of_wanted");
  if (record.is("outcome", "closed_door")) record.want("retry_by", "check.retry_by_wanted");
}

void check_hazard(RecordUnderCheck& record) {
  if (record.is("severity", "high")) record.want("case_id", "check.high_hazard_case", Strength::hint);
  if (record.is("state", "rectified")) record.want("rectified_at", "check.rectified_at_wanted");
}

}  // namespace ruhu
