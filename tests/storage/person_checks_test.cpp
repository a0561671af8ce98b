#include "storage/dictionary/record_checks/person_documents.hpp"

#include <algorithm>

#include "tests/storage/record_draft.hpp"

using namespace ruhu;
using test::Draft;
using test::other_id;
using test::some_id;
using test::text;

namespace {

Draft with_document(const char* kind, const char* number) {
  return {"person", {{"id_type", text(kind)}, {"id_no", text(number)}}};
}

/// Mid-autumn day of 1947: 29 September by the sun, the 15th of the eighth month by the moon.
Draft born(const char* told, const char* calendar, const char* number = "350599194709290015") {
  return {"person", {{"id_no", text(number)}, {"birth_date", text(told)}, {"birth_calendar", text(calendar)}}};
}

std::string words_of(const Draft& draft, const std::string& key, Lang lang, bool hidden = false) {
  std::vector<Finding> findings = draft.check();
  if (hidden) hide_in_texts(findings, "id_no");
  for (const Finding& finding : findings)
    if (finding.text_key == "check." + key) return finding_text(lang, finding, "");
  return {};
}

}  // namespace

TEST_CASE("Person checks: only citizens' documents need a citizen number", "[record_checks]") {
  CHECK(Draft{"person", {{"id_type", text("111")}, {"id_no", text("G12345678")}}}.stops("citizen_id.length"));
  CHECK(Draft{"person", {{"id_no", text("G12345678")}}}.stops("citizen_id.length"));
  CHECK(Draft{"person", {{"id_type", text("414")}, {"id_no", text("G12345678")}}}.silent("citizen_id.length"));
  CHECK(
      Draft{"person", {{"id_type", text("111")}, {"id_no", text("911010199001010017")}}}.stops("citizen_id.province"));
}

TEST_CASE("Person checks: gender against digit 17 warns and never stops", "[record_checks]") {
  const Value male_number = text("350599199001010017");
  CHECK(Draft{"person", {{"id_no", male_number}, {"gender", text("2")}}}.warns("gender_differs_from_id"));
  CHECK(Draft{"person", {{"id_no", male_number}, {"gender", text("1")}}}.silent("gender_differs_from_id"));
  CHECK(Draft{"person", {{"id_no", male_number}, {"gender", text("9")}}}.silent("gender_differs_from_id"));
}

TEST_CASE("Person checks: birth date against the number compares what is known of it", "[record_checks]") {
  const Value number = text("350599199001010017");
  CHECK(Draft{"person", {{"id_no", number}, {"birth_date", text("1990-01-02")}}}.warns("birth_differs_from_id"));
  CHECK(Draft{"person", {{"id_no", number}, {"birth_date", text("1991")}}}.warns("birth_differs_from_id"));
  CHECK(Draft{"person", {{"id_no", number}, {"birth_date", text("1990-01")}}}.silent("birth_differs_from_id"));
  CHECK(Draft{"person", {{"id_no", number}, {"birth_date", text("1989-12-05")}, {"birth_calendar", text("lunar")}}}
            .silent("birth_differs_from_id"));
}

TEST_CASE("Person checks: a child needs a guardian or an emergency contact", "[record_checks]") {
  CHECK(Draft{"person", {{"birth_date", text("2015-01-01")}}}.warns("guardian_wanted"));
  CHECK(Draft{"person", {{"birth_date", text("2015-01-01")}, {"emergency_name", text("李四")}}}.silent(
      "guardian_wanted"));
  CHECK(Draft{"person", {{"birth_date", text("2012-04-01")}}}.silent("guardian_wanted"));
  CHECK(Draft{"person", {{"birth_date", text("2012")}}}.silent("guardian_wanted"));
}

TEST_CASE("Person checks: a missing document number wants its reason", "[record_checks]") {
  CHECK(Draft{"person", {{"id_type", text("111")}}}.warns("id_no_reason_wanted"));
  CHECK(Draft{"person", {{"id_type", text("111")}, {"id_no", Value{Gap::refused}}}}.silent("id_no_reason_wanted"));
  CHECK(Draft{"person", {{"id_type", text("000")}}}.silent("id_no_reason_wanted"));
}

TEST_CASE("Person checks: the numbers used here are well formed", "[record_checks]") {
  for (const char* number : {"350599194709290015", "350599194708150010"}) {
    const FieldDef& field = test::field_named("person", "id_no");
    CHECK(check_value(test::validation_dictionary(), field, text(number), test::april_noon()).empty());
  }
}

TEST_CASE("Person checks: a lunar birthday that fits the number says nothing", "[record_checks]") {
  for (const char* told : {"1947-08-15", "1947-08", "1947"}) {
    const Draft draft = born(told, "lunar");
    CHECK(draft.silent("birth_differs_from_id"));
    CHECK(draft.silent("birth_lunar_differs"));
    CHECK(draft.silent("birth_looks_lunar"));
  }
}

TEST_CASE("Person checks: a card written with the lunar day fits the day that is told", "[record_checks]") {
  CHECK(born("1947-08-15", "lunar", "350599194708150010").silent("birth_lunar_differs"));
}

TEST_CASE("Person checks: a lunar birthday beside the number is told in both calendars and only hints",
          "[record_checks]") {
  const Draft draft = born("1947-08-16", "lunar");
  CHECK(draft.hints("birth_lunar_differs"));
  CHECK(draft.silent("birth_differs_from_id"));
  const std::string zh = words_of(draft, "birth_lunar_differs", Lang::zh_cn);
  CHECK(zh.find("1947-09-29") != std::string::npos);
  CHECK(zh.find("农历1947年八月十五") != std::string::npos);
  CHECK(words_of(draft, "birth_lunar_differs", Lang::en).find("day 15 of month 8, lunar 1947") != std::string::npos);
}

TEST_CASE("Person checks: a solar date that is the lunar reading of the number is recognised", "[record_checks]") {
  const Draft draft = born("1947-08-15", "solar");
  CHECK(draft.warns("birth_differs_from_id"));
  CHECK(draft.hints("birth_looks_lunar"));
  CHECK(born("1947-08-16", "solar").silent("birth_looks_lunar"));
  CHECK(born("1947-09-29", "solar").silent("birth_looks_lunar"));
}

TEST_CASE("Person checks: a masked number is not given away by a hint", "[record_checks]") {
  const std::string words = words_of(born("1947-08-15", "solar"), "birth_looks_lunar", Lang::zh_cn, true);
  CHECK_FALSE(words.empty());
  CHECK(words.find("1947") == std::string::npos);
  CHECK(words.find("十五") == std::string::npos);
}

TEST_CASE("Person checks: births before the table of lunar years say nothing", "[record_checks]") {
  CHECK(born("1880-02-01", "lunar", "440524188001010014").silent("birth_lunar_differs"));
}

TEST_CASE("Person checks: a lunar birth counts by its solar day when the age matters", "[record_checks]") {
  // Lunar 2012-03-11 is 2012-04-01: fourteen on the day of the test, although told as March.
  const auto child = [](const char* told) {
    return Draft{"person", {{"birth_date", text(told)}, {"birth_calendar", text("lunar")}}};
  };
  CHECK(child("2012-03-11").silent("guardian_wanted"));
  CHECK(child("2012-03-12").warns("guardian_wanted"));
}

TEST_CASE("Person checks: permits of Hong Kong, Macao and Taiwan belong to their own kind", "[record_checks]") {
  CHECK(with_document("C01", "810000198001010014").silent("id_type_area"));
  CHECK(with_document("111", "810000198001010014").warns("id_type_area"));
  CHECK(with_document("C01", "350599199001010017").warns("id_type_area"));
}

TEST_CASE("Person checks: the old permanent residence card has letters, the new one begins with 9", "[record_checks]") {
  for (const char* number : {"USA110019800101", "911010199001010017", "91101019900101001X"})
    CHECK(with_document("553", number).silent("document.permanent_residence"));
  for (const char* number : {"US1110019800101", "USA11001980010", "81101019900101001"})
    CHECK(with_document("553", number).warns("document.permanent_residence"));
  CHECK(with_document("111", "911010199001010017").hints("id_type_permanent_residence"));
  CHECK(with_document("111", "USA110019800101").hints("id_type_permanent_residence"));
}

TEST_CASE("Person checks: other documents are told their usual shape as a hint", "[record_checks]") {
  struct Line {
    const char* kind;
    const char* good;
    const char* odd;
    const char* key;
  };
  const Line lines[] = {{"414", "E12345678", "PASSPORT", "document.passport"},
                        {"511", "12345678", "A1234567", "document.taiwan_permit"},
                        {"516", "H12345678", "X12345678", "document.hongkong_macao_permit"},
                        {"516", "M1234567800", "12345678", "document.hongkong_macao_permit"},
                        {"113", "026100123", "booklet7", "document.booklet"},
                        {"113", "350599199001010017", "0261001234", "document.booklet"},
                        {"114", "南字第0123456号", "南0123456", "document.service_card"},
                        {"C02", "O350012345", "350012345X", "document.birth"}};
  for (const Line& line : lines) {
    INFO(line.kind << " " << line.good << " " << line.odd);
    CHECK(with_document(line.kind, line.good).silent(line.key));
    CHECK(with_document(line.kind, line.odd).hints(line.key));
  }
}

TEST_CASE("Person checks: a death wants its source and a day after the birth", "[record_checks]") {
  const Value birth = text("1947-09-29");
  CHECK(Draft{"person", {{"died_on", text("2026-01-05")}}}.warns("death_source_wanted"));
  CHECK(Draft{"person", {{"birth_date", birth}, {"died_on", text("1947-09-28")}}}.warns("death_before_birth"));
  CHECK(Draft{"person", {{"death_source", text("family")}}}.warns("died_on_wanted"));
}

TEST_CASE("Residency checks: the kind agrees with living and being registered here", "[record_checks]") {
  const auto residency = [](const char* kind, bool lives, bool registered) {
    return Draft{"residency", {{"kind", text(kind)}, {"lives_here", lives}, {"registered_here", registered}}};
  };
  CHECK(residency("1", true, true).silent("residency_kind"));
  CHECK(residency("1", true, false).warns("residency_kind"));
  CHECK(residency("2", true, true).warns("residency_kind"));
  CHECK(residency("4", true, false).silent("residency_kind"));
  CHECK(residency("8", false, true).silent("residency_kind"));
  CHECK(residency("6", true, true).silent("residency_kind"));
  CHECK(Draft{"residency", {{"kind", text("1")}, {"lives_here", Value{Gap::unknown}}}}.silent("residency_kind"));
  CHECK(Draft{"residency", {{"left_reason", text("01")}}}.warns("left_on_wanted"));
}

TEST_CASE("Consent checks: a guardian is named, a withdrawal has its time", "[record_checks]") {
  CHECK(Draft{"consent", {{"how", text("guardian")}}}.warns("consent_guardian_wanted"));
  CHECK(Draft{"consent", {{"given", text("yes")}}}.hints("consent_notice_wanted"));
  CHECK(Draft{"consent", {{"given", text("withdrawn")}}}.warns("withdrawn_at_wanted"));
  CHECK(Draft{"consent", {{"given_at", Value{std::int64_t{2000}}}, {"withdrawn_at", Value{std::int64_t{1000}}}}}.stops(
      "withdrawn_before_given"));
}

TEST_CASE("Label checks: no label without basis, and consent or a legal duty", "[record_checks]") {
  const auto fresh = RecordAge::fresh;
  CHECK(Draft{"person_label", {}}.stops("label_consent_wanted", fresh));
  CHECK(Draft{"person_label", {{"legal_duty", Value{false}}}}.stops("label_consent_wanted", fresh));
  CHECK(Draft{"person_label", {{"legal_duty", Value{true}}}}.silent("label_consent_wanted", fresh));
  CHECK(Draft{"person_label", {{"consent_id", some_id()}}}.silent("label_consent_wanted", fresh));
  const auto findings = Draft{"person_label", {}}.check(fresh);
  CHECK(std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.field == "basis" && finding.strength == Strength::error;
  }));
}

TEST_CASE("Label checks: what was proposed without consent cannot be confirmed later", "[record_checks]") {
  CHECK(Draft{"person_label", {{"state", text("confirmed")}}}.stops("label_consent_wanted"));
  CHECK(Draft{"person_label", {{"state", text("proposed")}}}.silent("label_consent_wanted"));
  CHECK(Draft{"person_label", {{"state", text("confirmed")}, {"consent_id", some_id()}}}.warns(
      "label_confirmed_by_wanted"));
  CHECK(Draft{"person_label", {{"since", text("2026-03-01")}, {"review_on", text("2026-02-01")}}}.stops(
      "review_before_since"));
}

TEST_CASE("Volunteer checks: under eighteen the guardian agrees before anybody approves", "[record_checks]") {
  const auto volunteer = [](const char* birth, const char* state) {
    return Draft{"volunteer", {{"birth_date", text(birth)}, {"state", text(state)}}};
  };
  CHECK(volunteer("2009-01-01", "applied").warns("volunteer_guardian_wanted"));
  CHECK(volunteer("2009-01-01", "approved").stops("volunteer_guardian_wanted"));
  CHECK(volunteer("2008-04-01", "approved").silent("volunteer_guardian_wanted"));
  CHECK(volunteer("2008", "approved").silent("volunteer_guardian_wanted"));
  Draft agreed = volunteer("2009-01-01", "approved");
  agreed.fields.emplace_back("guardian_consent_id", some_id());
  CHECK(agreed.silent("volunteer_guardian_wanted"));
}

TEST_CASE("Volunteer checks: the blacklist takes a reason and two people", "[record_checks]") {
  Draft listed{"volunteer", {{"state", text("blacklisted")}, {"state_reason", text("冒领积分")}}};
  CHECK(listed.stops("blacklist_decision_wanted"));
  listed.fields.emplace_back("decided_by", some_id());
  listed.fields.emplace_back("second_decided_by", some_id());
  CHECK(listed.silent("blacklist_decision_wanted"));
  CHECK(listed.stops("second_person_wanted"));
  listed.fields.back().second = other_id();
  CHECK(listed.silent("second_person_wanted"));
  CHECK(Draft{"volunteer", {}}.warns("volunteer_contact_wanted"));
}
