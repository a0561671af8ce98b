// Findings that need more than one field of a record: what holds for every kind, and whose checks to ask.
#include <algorithm>
#include <array>

#include "storage/dictionary/record_checks/record_under_check.hpp"

namespace ruhu {
namespace {

struct KindCheck {
  std::string_view kind;
  void (*check)(RecordUnderCheck&);
};
constexpr std::array<KindCheck, 17> kChecks = {{{"person", check_person},
                                                {"residency", check_residency},
                                                {"consent", check_consent},
                                                {"person_label", check_person_label},
                                                {"volunteer", check_volunteer},
                                                {"building", check_building},
                                                {"grid", check_grid},
                                                {"household", check_household},
                                                {"visit", check_visit},
                                                {"need", check_need},
                                                {"case", check_case},
                                                {"case_step", check_case_step},
                                                {"enterprise", check_enterprise},
                                                {"inspection", check_inspection},
                                                {"hazard", check_hazard},
                                                {"service_request", check_service_request},
                                                {"activity", check_activity}}};

/// Without it the record is of no use to anybody, so a new one is not saved: what names it, what ties it to its
/// parent, and the few fields that the domain says no such record is without.
bool is_indispensable(const KindDef& kind, const FieldDef& field) {
  if (field.type == FieldType::ref) return true;
  if (kind.name == "hazard" && field.name == "deadline") return true;
  if (kind.name == "person_label" && field.name == "basis") return true;
  return std::find(kind.title.begin(), kind.title.end(), field.name) != kind.title.end();
}

/// At the door half a record is worth more than none: most of what is missing only warns.
void check_required(RecordUnderCheck& record) {
  for (const FieldDef& field : record.kind().fields) {
    if (!field.required || !record.missing(field.name)) continue;
    const bool stops = record.is_fresh() && is_indispensable(record.kind(), field);
    record.add(field.name, "check.required", stops ? Strength::error : Strength::warning);
  }
}

void check_position(RecordUnderCheck& record) {
  if (record.kind().find("lat") == nullptr || record.kind().find("lng") == nullptr) return;
  const bool lat = record.missing("lat");
  if (lat != record.missing("lng")) record.add(lat ? "lat" : "lng", "check.position_incomplete");
}

}  // namespace

std::vector<Finding> check_record(const Dictionary& dictionary, const KindDef& kind, const std::vector<Cell>& values,
                                  Instant now) {
  return check_record(dictionary, kind, values, now, RecordAge::fresh);
}

std::vector<Finding> check_record(const Dictionary&, const KindDef& kind, const std::vector<Cell>& values, Instant now,
                                  RecordAge age) {
  RecordUnderCheck record(kind, values, now, age);
  check_required(record);
  record.in_order("since", "until", "check.until_before_since");
  record.in_order("since", "expected_until", "check.until_before_since", Strength::warning);
  check_position(record);
  for (const KindCheck& each : kChecks)
    if (each.kind == kind.name) each.check(record);
  return record.take();
}

}  // namespace ruhu
