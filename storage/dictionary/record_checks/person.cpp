// Persons and what is said about them: residency, consent, care labels, volunteers. domain.md §3.3-3.6, 3.12.
#include "storage/dictionary/citizen_id.hpp"
#include "storage/dictionary/record_checks/person_documents.hpp"

namespace ruhu {
namespace {

constexpr int kGuardianAge = 14;   ///< Below it a guardian speaks for the child (PIPL Art. 31).
constexpr int kVolunteerAge = 18;  ///< Below it the guardian agrees first.

/// True when the person is surely younger: a year alone may leave it open.
bool is_surely_below(const BirthSpan& birth, int age, const CivilDate& today) {
  return age_in_years(birth.first, today) < age;
}

void check_child(RecordUnderCheck& record) {
  const auto birth = birth_span(record);
  if (!birth || !record.missing("died_on") || !is_surely_below(*birth, kGuardianAge, record.today())) return;
  if (record.missing("guardian_id") && record.missing("emergency_name"))
    record.add("guardian_id", "check.guardian_wanted");
}

void check_death(RecordUnderCheck& record) {
  const bool died = record.date("died_on").has_value();
  record.in_order("birth_date", "died_on", "check.death_before_birth", Strength::warning);
  if (died) record.want("death_source", "check.death_source_wanted");
  if (!died && !record.missing("death_source")) record.add("died_on", "check.died_on_wanted");
}

/// What the kind of residency says about living and being registered here; nothing: it leaves it open.
struct Presence {
  std::string_view kind;
  bool lives;
  bool registered;
};
constexpr Presence kPresences[] = {
    {"1", true, true}, {"2", false, true}, {"3", true, false}, {"4", true, false}, {"8", false, true}};

bool contradicts(const Value& value, bool expected) {
  const auto* flag = std::get_if<bool>(&value);
  return flag != nullptr && *flag != expected;
}

}  // namespace

void check_person(RecordUnderCheck& record) {
  check_document(record);
  const bool numberless = record.missing("id_no") && !record.is("id_type", "000");
  if (numberless) record.want("id_no_reason", "check.id_no_reason_wanted");
  if (record.is("category", "01") || record.is("category", "02"))
    record.want("hukou_division", "check.hukou_division_wanted");
  check_child(record);
  check_death(record);
}

void check_residency(RecordUnderCheck& record) {
  const bool is_over = !record.missing("until") || record.is("status", "closed");  // the kind tells how it had been
  for (const Presence& presence : kPresences) {
    if (is_over || !record.is("kind", presence.kind)) continue;
    if (contradicts(record.get("lives_here"), presence.lives) ||
        contradicts(record.get("registered_here"), presence.registered))
      record.add("kind", "check.residency_kind");
  }
  if (!record.missing("left_reason") || !record.missing("left_to")) record.want("until", "check.left_on_wanted");
}

void check_consent(RecordUnderCheck& record) {
  if (record.is("how", "guardian")) record.want("guardian_id", "check.consent_guardian_wanted");
  if (record.is("given", "yes")) record.want("notice_id", "check.consent_notice_wanted", Strength::hint);
  if (record.is("given", "withdrawn")) record.want("withdrawn_at", "check.withdrawn_at_wanted");
  record.in_order("given_at", "withdrawn_at", "check.withdrawn_before_given");
}

/// No label without consent, or a legal duty in its place; the basis is a field that no new label lacks.
void check_person_label(RecordUnderCheck& record) {
  const bool allowed = !record.missing("consent_id") || record.yes("legal_duty");
  if (!allowed && record.is_fresh()) record.add("consent_id", "check.label_consent_wanted", Strength::error);
  if (record.is("state", "confirmed")) {
    if (!allowed && !record.is_fresh()) record.add("state", "check.label_consent_wanted", Strength::error);
    record.want("confirmed_by", "check.label_confirmed_by_wanted");
  }
  record.in_order("since", "review_on", "check.review_before_since");
}

void check_volunteer(RecordUnderCheck& record) {
  check_document(record);
  if (record.missing("person_id") && record.missing("id_no") && record.missing("phone"))
    record.add("phone", "check.volunteer_contact_wanted");
  auto birth = birth_span(record);
  if (const auto id = parse_citizen_id(normalise_citizen_id(record.text("id_no")))) birth = {id->birth, id->birth};
  const bool approved = record.is("state", "approved");
  const bool minor = birth && is_surely_below(*birth, kVolunteerAge, record.today());
  if (minor && record.missing("guardian_consent_id"))
    record.add(approved ? "state" : "guardian_consent_id", "check.volunteer_guardian_wanted",
               approved ? Strength::error : Strength::warning);
  if (record.is("state", "blacklisted")) {
    if (record.missing("state_reason") || record.missing("decided_by") || record.missing("second_decided_by"))
      record.add("state", "check.blacklist_decision_wanted", Strength::error);
    const auto& decided = record.get("decided_by");
    if (!is_empty(decided) && decided == record.get("second_decided_by"))
      record.add("second_decided_by", "check.second_person_wanted", Strength::error);
  }
  record.in_order("joined_on", "left_on", "check.left_before_joined");
}

}  // namespace ruhu
