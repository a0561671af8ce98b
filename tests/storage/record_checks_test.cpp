#include "storage/dictionary/record_checks/record_under_check.hpp"

#include "tests/storage/record_draft.hpp"

using namespace ruhu;
using test::at;
using test::Draft;
using test::some_id;
using test::text;
using test::whole;

TEST_CASE("Record checks: a visit lasts at most four hours and does not end before it starts", "[record_checks]") {
  const auto visit = [&](const char* from, const char* to) {
    return Draft{"visit", {{"started_at", at(from)}, {"ended_at", at(to)}}};
  };
  CHECK(visit("2026-03-05T02:00:00Z", "2026-03-05T06:00:00Z").silent("visit_too_long"));
  CHECK(visit("2026-03-05T02:00:00Z", "2026-03-05T06:00:00.001Z").stops("visit_too_long"));
  CHECK(visit("2026-03-05T02:00:00Z", "2026-03-05T01:59:00Z").stops("visit_ends_before_start"));
}

TEST_CASE("Record checks: a visit at night warns, by the clock of China", "[record_checks]") {
  const auto visit = [](const char* time) { return Draft{"visit", {{"started_at", Value{*parse_time(time)}}}}; };
  CHECK(visit("2026-03-04T23:59:59Z").warns("visit_quiet_hours"));
  CHECK(visit("2026-03-05T00:00:00Z").silent("visit_quiet_hours"));
  CHECK(visit("2026-03-05T12:59:59Z").silent("visit_quiet_hours"));
  CHECK(visit("2026-03-05T13:00:00Z").warns("visit_quiet_hours"));
}

TEST_CASE("Record checks: a residency does not end before it begins", "[record_checks]") {
  CHECK(Draft{"residency", {{"since", text("2024-09-01")}, {"until", text("2024-08-31")}}}.stops("until_before_since"));
  CHECK(Draft{"residency", {{"since", text("2024-09")}, {"until", text("2024-09-01")}}}.silent("until_before_since"));
}

TEST_CASE("Record checks: a visit at night with its reason is taken as it is", "[record_checks]") {
  CHECK(Draft{"visit", {{"started_at", at("2026-03-05T13:00:00Z")}, {"quiet_reason", text("燃气泄漏")}}}.silent(
      "visit_quiet_hours"));
}

TEST_CASE("Record checks: a building's floors, year and code are possible", "[record_checks]") {
  const auto floors = [](const char* kind, std::int64_t count) {
    return Draft{"building", {{"kind", text(kind)}, {"floors", whole(count)}}};
  };
  CHECK(floors("1", 1).silent("building_floors"));
  CHECK(floors("2", 8).warns("building_floors"));
  CHECK(floors("3", 33).silent("building_floors"));
  CHECK(floors("4", 33).warns("building_floors"));
  CHECK(floors("5", 12).silent("building_floors"));
  CHECK(Draft{"building", {{"built_year", whole(2026)}}}.silent("built_year_future"));
  CHECK(Draft{"building", {{"built_year", whole(2027)}}}.stops("built_year_future"));
  CHECK(Draft{"building", {{"code", text("35058200600100042")}}}.silent("building_code"));
  CHECK(Draft{"building", {{"code", text("35058200600100000")}}}.warns("building_code"));
}

TEST_CASE("Record checks: coordinates stand in pairs", "[record_checks]") {
  CHECK(Draft{"building", {{"lat", Value{24.8}}}}.warns("position_incomplete"));
  CHECK(Draft{"building", {{"lat", Value{24.8}}, {"lng", Value{118.5}}}}.silent("position_incomplete"));
}

TEST_CASE("Record checks: a grid counts in its community, dedicated ones from 900", "[record_checks]") {
  CHECK(Draft{"grid", {{"code", text("350582006001003")}, {"kind", text("basic")}}}.silent("grid_kind"));
  CHECK(Draft{"grid", {{"code", text("350582006001903")}, {"kind", text("basic")}}}.warns("grid_kind"));
  CHECK(Draft{"grid", {{"code", text("350582006001003")}, {"kind", text("dedicated")}}}.warns("grid_kind"));
  CHECK(Draft{"grid", {{"code", text("350582006001000")}}}.stops("grid_code"));
  CHECK(Draft{"grid", {{"code", text("990582006001001")}}}.stops("grid_code"));
}

TEST_CASE("Record checks: a need is rated before it closes and says why it was declined", "[record_checks]") {
  CHECK(Draft{"need", {{"state", text("closed")}}}.warns("rating_wanted"));
  CHECK(Draft{"need", {{"state", text("closed")}, {"rating", whole(5)}}}.silent("rating_wanted"));
  CHECK(Draft{"need", {{"state", text("closed")}, {"rating", Value{Gap::refused}}}}.silent("rating_wanted"));
  CHECK(Draft{"need", {{"state", text("declined")}}}.warns("declined_reason_wanted"));
  CHECK(Draft{"need", {{"state", text("merged")}}}.warns("joined_to_wanted"));
  CHECK(Draft{"need", {{"proposed_mode", text("M")}, {"mode", text("G")}}}.warns("mode_reason_wanted"));
  CHECK(Draft{"need", {{"proposed_mode", text("M")}, {"mode", text("M")}}}.silent("mode_reason_wanted"));
}

TEST_CASE("Record checks: a case is found before it is reported", "[record_checks]") {
  const auto reported = [](const char* found, const char* told) {
    return Draft{"case", {{"found_at", at(found)}, {"reported_at", at(told)}}};
  };
  CHECK(reported("2026-03-05T02:00:00Z", "2026-03-05T02:00:00Z").silent("reported_before_found"));
  CHECK(reported("2026-03-05T02:00:01Z", "2026-03-05T02:00:00Z").stops("reported_before_found"));
}

TEST_CASE("Record checks: a dispute has a scale, a case a place", "[record_checks]") {
  CHECK(Draft{"case", {{"category", text("42")}}}.warns("scale_wanted"));
  CHECK(Draft{"case", {{"category", text("42")}, {"scale", text("01")}}}.silent("scale_wanted"));
  CHECK(Draft{"case", {{"category", text("22")}}}.silent("scale_wanted"));
  CHECK(Draft{"case", {}}.warns("case_place_wanted"));
  CHECK(Draft{"case", {{"building_id", some_id()}}}.silent("case_place_wanted"));
}

TEST_CASE("Record checks: a case closes with a result, and feedback or two tries", "[record_checks]") {
  Draft closed{"case", {{"state", text("closed")}}};
  CHECK(closed.stops("case_closing"));
  closed.fields.emplace_back("result", text("已修复"));
  CHECK(closed.stops("case_closing"));
  Draft tried = closed;
  tried.fields.emplace_back("feedback_tries", whole(1));
  CHECK(tried.stops("case_closing"));
  tried.fields.back().second = whole(2);
  CHECK(tried.silent("case_closing"));
  closed.fields.emplace_back("feedback", text("satisfied"));
  CHECK(closed.silent("case_closing"));
  CHECK(Draft{"case", {{"state", text("handled")}}}.silent("case_closing"));
}

TEST_CASE("Record checks: photos of a case are few, and from a home with consent", "[record_checks]") {
  std::vector<std::string> marks;
  for (char c = 'a'; c <= 'f'; ++c) marks.push_back(std::string(64, c));
  Draft photos{"case", {{"photos", TextSet::of(marks)}, {"inside_home", Value{true}}}};
  CHECK(photos.silent("too_many_photos"));
  CHECK(photos.warns("photo_consent_wanted"));
  photos.fields.emplace_back("consent_id", some_id());
  CHECK(photos.silent("photo_consent_wanted"));
  marks.push_back(std::string(64, '0'));
  photos.fields.front().second = TextSet::of(marks);
  CHECK(photos.stops("too_many_photos"));
}

TEST_CASE("Record checks: an emergency is called before it is written", "[record_checks]") {
  CHECK(Draft{"case", {{"level", text("3")}}}.hints("emergency_first"));
  CHECK(Draft{"case", {{"level", text("3")}, {"emergency_called", Value{true}}}}.silent("emergency_first"));
  CHECK(Draft{"case", {{"level", text("1")}}}.silent("emergency_first"));
}

TEST_CASE("Record checks: a case that goes back says why", "[record_checks]") {
  CHECK(Draft{"case_step", {{"to_state", text("returned")}}}.stops("step_reason_wanted"));
  CHECK(Draft{"case_step", {{"to_state", text("rejected")}}}.stops("step_reason_wanted"));
  CHECK(Draft{"case_step", {{"to_state", text("accepted")}}}.silent("step_reason_wanted"));
}

TEST_CASE("Record checks: an enterprise has a credit code or none yet, not both", "[record_checks]") {
  const Value code = text("91350582MA2Y00000U");
  CHECK(Draft{"enterprise", {}}.warns("licence_wanted"));
  CHECK(Draft{"enterprise", {{"uscc", code}}}.silent("licence_wanted"));
  CHECK(Draft{"enterprise", {{"uscc", Value{Gap::refused}}}}.silent("licence_wanted"));
  CHECK(Draft{"enterprise", {{"no_licence", Value{true}}}}.silent("licence_wanted"));
  CHECK(Draft{"enterprise", {{"uscc", code}, {"no_licence", Value{true}}}}.warns("licence_and_none"));
  CHECK(Draft{"enterprise", {{"kind", text("small_place")}}}.warns("small_place_wanted"));
  CHECK(Draft{"enterprise", {{"kind", text("shop")}, {"sleeping_count", whole(1)}}}.hints("sleeping_in_shop"));
  CHECK(Draft{"enterprise", {{"opened_on", text("2020")}, {"closed_on", text("2019-12-31")}}}.stops(
      "closed_before_opened"));
}

TEST_CASE("Record checks: firms are inspected by month, shops by quarter", "[record_checks]") {
  const auto inspection = [](const char* kind, const char* period) {
    return Draft{"inspection", {{"kind", text(kind)}, {"period", text(period)}}};
  };
  CHECK(inspection("1", "2026-03").silent("period_month"));
  CHECK(inspection("1", "2026Q1").stops("period_month"));
  CHECK(inspection("2", "2026Q1").silent("period_quarter"));
  CHECK(inspection("2", "2026-03").stops("period_quarter"));
  CHECK(inspection("4", "2026-03").silent("period_form"));
  for (const char* odd : {"2026Q5", "2026-13", "2026-3", "202603", "spring"})
    CHECK(inspection("4", odd).stops("period_form"));
}

TEST_CASE("Record checks: an inspection lies in its period by the calendar of China", "[record_checks]") {
  const auto done = [](const char* period, const char* time) {
    return Draft{"inspection", {{"period", text(period)}, {"done_at", at(time)}}};
  };
  CHECK(done("2026-03", "2026-03-31T15:59:59Z").silent("outside_period"));
  CHECK(done("2026-03", "2026-03-31T16:00:00Z").warns("outside_period"));
  CHECK(done("2026Q1", "2025-12-31T16:00:00Z").silent("outside_period"));
  CHECK(done("2026Q1", "2025-12-31T15:59:59Z").warns("outside_period"));
}

TEST_CASE("Record checks: the items of an inspection agree with its outcome", "[record_checks]") {
  const std::string item = test::validation_dictionary().find_list("checklist_item")->codes.front().code;
  const Value items = TextSet::of({item});
  CHECK(Draft{"inspection", {{"items_passed", items}, {"items_failed", items}}}.stops("item_twice"));
  CHECK(Draft{"inspection", {{"outcome", text("passed")}, {"items_failed", items}}}.warns("passed_with_failed_items"));
  CHECK(Draft{"inspection", {{"outcome", text("hazards_found")}}}.warns("failed_items_wanted"));
  CHECK(Draft{"inspection", {{"outcome", text("closed_door")}}}.warns("retry_by_wanted"));
  CHECK(Draft{"inspection", {{"kind", text("7")}}}.warns("recheck_of_wanted"));
  CHECK(Draft{"inspection", {}}.warns("inspected_place_wanted"));
}

TEST_CASE("Record checks: a new hazard has a deadline, a high one a case", "[record_checks]") {
  const auto deadline_stops = [](const Draft& draft, RecordAge age) {
    for (const Finding& finding : draft.check(age))
      if (finding.field == "deadline") return finding.strength == Strength::error;
    return false;
  };
  CHECK(deadline_stops(Draft{"hazard", {}}, RecordAge::fresh));
  CHECK_FALSE(deadline_stops(Draft{"hazard", {}}, RecordAge::existing));
  CHECK_FALSE(deadline_stops(Draft{"hazard", {{"deadline", text("2026-04-08")}}}, RecordAge::fresh));
  CHECK(Draft{"hazard", {{"severity", text("high")}}}.hints("high_hazard_case"));
  CHECK(Draft{"hazard", {{"state", text("rectified")}}}.warns("rectified_at_wanted"));
}

TEST_CASE("Record checks: an errand tells all missing papers at once, and why it was refused", "[record_checks]") {
  CHECK(Draft{"service_request", {{"state", text("missing_papers")}}}.stops("missing_papers_wanted"));
  CHECK(
      Draft{"service_request", {{"state", text("missing_papers")}, {"papers_missing", TextSet::of({"户口簿"})}}}.silent(
          "missing_papers_wanted"));
  CHECK(Draft{"service_request", {{"state", text("refused")}}}.stops("refused_reason_wanted"));
  CHECK(Draft{"service_request", {{"fee_amount", Value{380.0}}}}.warns("fee_receipt_wanted"));
  CHECK(Draft{"service_request", {{"state", text("result_ready")}}}.warns("result_wanted"));
}

TEST_CASE("Record checks: an activity's figures and times agree", "[record_checks]") {
  CHECK(Draft{"activity", {{"starts_at", at("2026-03-05T02:00:00Z")}, {"ends_at", at("2026-03-05T01:00:00Z")}}}.stops(
      "ends_before_start"));
  CHECK(Draft{"activity", {{"state", text("held")}}}.warns("attendances_wanted"));
  CHECK(Draft{"activity", {{"state", text("reviewed")}}}.warns("review_wanted"));
  CHECK(Draft{"activity", {{"signed_total", whole(30)}, {"distinct_people", whole(31)}}}.warns("more_people"));
  CHECK(Draft{"activity", {{"signed_total", whole(30)}, {"signed_children", whole(20)}, {"signed_elders", whole(11)}}}
            .warns("groups_exceed_total"));
}
