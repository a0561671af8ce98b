// Errands at the service window, and activities. domain.md §3.11-3.12.
#include "storage/dictionary/record_checks/record_under_check.hpp"

namespace ruhu {

/// What is missing is told once, completely; a refusal says why.
void check_service_request(RecordUnderCheck& record) {
  if (record.is("state", "missing_papers") && record.missing("papers_missing"))
    record.add("state", "check.missing_papers_wanted", Strength::error);
  if (record.is("state", "refused") && record.missing("refused_reason"))
    record.add("state", "check.refused_reason_wanted", Strength::error);
  if (record.is("state", "result_ready") || record.is("state", "delivered"))
    record.want("result", "check.result_wanted");
  const Value& fee = record.get("fee_amount");
  const auto* amount = std::get_if<double>(&fee);
  if (amount != nullptr && *amount > 0) record.want("fee_receipt", "check.fee_receipt_wanted");
  record.in_order("handed_at", "result_at", "check.result_before_handing");
  record.in_order("taken_at", "delivered_at", "check.delivered_before_taken");
}

void check_activity(RecordUnderCheck& record) {
  record.in_order("starts_at", "ends_at", "check.ends_before_start");
  record.in_order("planned_at", "starts_at", "check.starts_before_planning", Strength::warning);
  if (record.is("state", "held") || record.is("state", "reviewed"))
    record.want("signed_total", "check.attendances_wanted");
  if (record.is("state", "reviewed")) record.want("review", "check.review_wanted");
  const auto total = record.number("signed_total");
  if (!total) return;
  if (record.number("distinct_people").value_or(0) > *total) record.add("distinct_people", "check.more_people");
  if (record.number("signed_children").value_or(0) + record.number("signed_elders").value_or(0) > *total)
    record.add("signed_total", "check.groups_exceed_total");
}

}  // namespace ruhu
