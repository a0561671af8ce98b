#include "storage/dictionary/validation.hpp"

#include "dictionary_constants.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/model/value_json.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

const Dictionary& dictionary() {
  static const Dictionary built_in = Dictionary::built_in().value();
  return built_in;
}

const KindDef& kind(std::string_view name) { return *dictionary().find_kind(name); }
const FieldDef& field(std::string_view kind_name, std::string_view name) { return *kind(kind_name).find(name); }

Instant noon() { return from_ms(*parse_time("2026-04-01T04:00:00Z")); }

/// Text keys of what is found about one value, without "check.", parted by blanks.
std::string found(std::string_view kind_name, std::string_view name, const Value& value) {
  const FieldDef& def = field(kind_name, name);
  std::string keys;
  for (const auto& finding : check_value(dictionary(), def, normalise(def, value), noon()))
    keys += (keys.empty() ? "" : " ") + finding.text_key.substr(6);
  return keys;
}

/// A record for checks of the whole: fields by name.
struct Draft {
  std::string_view kind_name;
  std::vector<std::pair<std::string_view, Value>> fields;

  std::vector<Finding> check(RecordAge age = RecordAge::existing) const {
    std::vector<FieldValue> values;
    for (const auto& [name, value] : fields) values.push_back({field(kind_name, name).no, value});
    return check_record(dictionary(), kind(kind_name), values, noon(), age);
  }
  bool has(const std::string& key, Strength strength) const {
    for (const auto& finding : check())
      if (finding.text_key == "check." + key) return finding.strength == strength;
    return false;
  }
  bool warns(const std::string& key) const { return has(key, Strength::warning); }
  bool stops(const std::string& key) const { return has(key, Strength::error); }
  bool silent(const std::string& key) const { return !warns(key) && !stops(key); }
};

Value text(const char* value) { return std::string(value); }

}  // namespace

TEST_CASE("Validation: empty values and gaps are always well formed", "[validation]") {
  for (const KindDef& each : dictionary().kinds()) {
    for (const FieldDef& def : each.fields) {
      CHECK(check_value(dictionary(), def, Value{}, noon()).empty());
      CHECK(check_value(dictionary(), def, Value{Gap::refused}, noon()).empty());
    }
  }
}

TEST_CASE("Validation: a name has characters, no digits, and dots only inside", "[validation]") {
  CHECK(found("person", "name", text("张三")).empty());
  CHECK(found("person", "name", text("买买提·吐尔逊")).empty());
  CHECK(found("person", "name", text("买买提•吐尔逊")).empty());
  CHECK(found("person", "name", text("某某之子(未命名)")).empty());
  CHECK(found("person", "name", text("𠅤三")).empty());
  CHECK(found("person", "name", text("张3")) == "person_name.digits");
  CHECK(found("person", "name", text("张３")) == "person_name.digits");
  CHECK(found("person", "name", text("·张")) == "person_name.dot");
  CHECK(found("person", "name", text("张··三")) == "person_name.dot");
}

TEST_CASE("Validation: lengths count characters, not bytes", "[validation]") {
  std::string fifty;
  for (int i = 0; i < 50; ++i) fifty += "𠅤";
  CHECK(found("person", "name", fifty).empty());
  CHECK(found("person", "name", fifty + "三") == "too_long");
}

TEST_CASE("Validation: broken UTF-8 and control characters are refused", "[validation]") {
  CHECK(found("person", "name", text("\xE5\xBC")) == "utf8");
  CHECK(found("person", "name", std::string("张\0三", 7)) == "utf8");
  CHECK(found("person", "name", text("张\n三")) == "control_character");
  CHECK(found("visit", "note", text("一\n二")).empty());
}

TEST_CASE("Validation: a value of the wrong type is refused", "[validation]") {
  CHECK(found("person", "name", Value{true}) == "type");
  CHECK(found("dwelling", "rooms", text("3")) == "type");
  CHECK(found("residency", "lives_here", Value{std::int64_t{1}}) == "type");
  CHECK(found("visit", "dwelling_id", Value{Uuid{}}) == "type");
}

TEST_CASE("Validation: codes must be in their list", "[validation]") {
  CHECK(found("person", "gender", text("2")).empty());
  CHECK(found("person", "gender", text("7")) == "code");
  CHECK(found("dwelling", "rental_hazards", TextSet::of({"no such hazard"})) == "code");
}

TEST_CASE("Validation: numbers keep to their range", "[validation]") {
  CHECK(found("dwelling", "area_m2", Value{89.5}).empty());
  CHECK(found("dwelling", "area_m2", Value{3.9}) == "too_small");
  CHECK(found("dwelling", "area_m2", Value{2000.5}) == "too_large");
  CHECK(found("dwelling", "area_m2", Value{std::int64_t{89}}).empty());
  CHECK(found("dwelling", "area_m2", Value{std::numeric_limits<double>::quiet_NaN()}) == "type");
  CHECK(found("need", "rating", Value{std::int64_t{6}}) == "too_large");
}

TEST_CASE("Validation: dates may be partial only where the field allows", "[validation]") {
  CHECK(found("person", "birth_date", text("1947")).empty());
  CHECK(found("person", "birth_date", text("1947-08")).empty());
  CHECK(found("person", "died_on", text("2020-05")) == "date_incomplete");
  CHECK(found("person", "died_on", text("2020-02-30")) == "date");
  CHECK(found("person", "died_on", text("yesterday")) == "date");
}

TEST_CASE("Validation: a birth is not in the future and not more than 125 years ago", "[validation]") {
  CHECK(found("person", "birth_date", text("2026-04-01")).empty());
  CHECK(found("person", "birth_date", text("2026-04-02")) == "past_date");
  CHECK(found("person", "birth_date", text("2026")).empty());
  CHECK(found("person", "birth_date", text("1899-12-31")) == "date_too_old");
}

TEST_CASE("Validation: dates as people write them become ISO", "[validation]") {
  for (const char* written : {"1947-8-5", "1947/08/05", "1947.8.5", "1947年8月5日", "19470805"})
    CHECK(normalise(field("person", "birth_date"), text(written)) == Value{std::string("1947-08-05")});
  CHECK(normalise(field("person", "birth_date"), text("1947年8月")) == Value{std::string("1947-08")});
}

TEST_CASE("Validation: blanks around a text go, a blank text is empty", "[validation]") {
  CHECK(normalise(field("person", "name"), text("　张三 ")) == Value{std::string("张三")});
  CHECK(normalise(field("person", "name"), text("  ")) == Value{});
  CHECK(normalise(field("person", "alias"), TextSet::of({" 阿三 ", " "})) == Value{TextSet::of({"阿三"})});
  CHECK(normalise(field("person", "alias"), TextSet::of({" "})) == Value{});
}

TEST_CASE("Validation: phones are stripped and checked", "[validation]") {
  CHECK(normalise(field("person", "phone"), text("+86 138-0013-8000")) == Value{std::string("13800138000")});
  CHECK(found("person", "phone", text("+86 138-0013-8000")).empty());
  CHECK(found("person", "phone", text("12345")) == "phone");
  CHECK(found("person", "phone", text("+852 2345 6789")) == "phone.foreign");
}

TEST_CASE("Validation: a division code has 6, 9 or 12 digits", "[validation]") {
  for (const char* code : {"411721", "350582006", "350582006001", "350599"})
    CHECK(found("person", "hukou_division", text(code)).empty());
  CHECK(found("person", "hukou_division", text("4117210")) == "division");
}

TEST_CASE("Validation: room numbers are free but not only signs", "[validation]") {
  for (const char* room : {"502", "3-502", "一楼东", "后楼2层左", "A1"})
    CHECK(found("dwelling", "room_no", text(room)).empty());
  CHECK(found("dwelling", "room_no", text("--")) == "room_no");
}

TEST_CASE("Validation: a citizen number is normalised and checked", "[validation]") {
  CHECK(normalise(field("person", "id_no"), text(" 11010519491231002x")) == Value{std::string("11010519491231002X")});
  CHECK(found("person", "id_no", text("11010519491231002x")).empty());
  CHECK(found("person", "id_no", text("110105194912310021")) == "citizen_id.check_digit");
  CHECK(found("person", "id_no", text("110105491231002")) == "citizen_id.old_form");
  CHECK(found("person", "id_no", text("440524188001010014")) == "citizen_id.age");
  CHECK(found("person", "id_no", text("G12345678")).empty());
}

TEST_CASE("Validation: only citizens' documents need a citizen number", "[validation]") {
  CHECK(Draft{"person", {{"id_type", text("111")}, {"id_no", text("G12345678")}}}.stops("citizen_id.length"));
  CHECK(Draft{"person", {{"id_no", text("G12345678")}}}.stops("citizen_id.length"));
  CHECK(Draft{"person", {{"id_type", text("414")}, {"id_no", text("G12345678")}}}.silent("citizen_id.length"));
  CHECK(
      Draft{"person", {{"id_type", text("111")}, {"id_no", text("911010199001010017")}}}.stops("citizen_id.province"));
}

TEST_CASE("Validation: gender against digit 17 warns and never stops", "[validation]") {
  const Value male_number = text("350599199001010017");
  CHECK(Draft{"person", {{"id_no", male_number}, {"gender", text("2")}}}.warns("gender_differs_from_id"));
  CHECK(Draft{"person", {{"id_no", male_number}, {"gender", text("1")}}}.silent("gender_differs_from_id"));
  CHECK(Draft{"person", {{"id_no", male_number}, {"gender", text("9")}}}.silent("gender_differs_from_id"));
}

TEST_CASE("Validation: birth date against the number compares what is known of it", "[validation]") {
  const Value number = text("350599199001010017");
  CHECK(Draft{"person", {{"id_no", number}, {"birth_date", text("1990-01-02")}}}.warns("birth_differs_from_id"));
  CHECK(Draft{"person", {{"id_no", number}, {"birth_date", text("1991")}}}.warns("birth_differs_from_id"));
  CHECK(Draft{"person", {{"id_no", number}, {"birth_date", text("1990-01")}}}.silent("birth_differs_from_id"));
  CHECK(Draft{"person", {{"id_no", number}, {"birth_date", text("1989-12-05")}, {"birth_calendar", text("lunar")}}}
            .silent("birth_differs_from_id"));
}

TEST_CASE("Validation: a child needs a guardian or an emergency contact", "[validation]") {
  CHECK(Draft{"person", {{"birth_date", text("2015-01-01")}}}.warns("guardian_wanted"));
  CHECK(Draft{"person", {{"birth_date", text("2015-01-01")}, {"emergency_name", text("李四")}}}.silent(
      "guardian_wanted"));
  CHECK(Draft{"person", {{"birth_date", text("2012-04-01")}}}.silent("guardian_wanted"));
  CHECK(Draft{"person", {{"birth_date", text("2012")}}}.silent("guardian_wanted"));
}

TEST_CASE("Validation: a missing document number wants its reason", "[validation]") {
  CHECK(Draft{"person", {{"id_type", text("111")}}}.warns("id_no_reason_wanted"));
  CHECK(Draft{"person", {{"id_type", text("111")}, {"id_no", Value{Gap::refused}}}}.silent("id_no_reason_wanted"));
  CHECK(Draft{"person", {{"id_type", text("000")}}}.silent("id_no_reason_wanted"));
}

TEST_CASE("Validation: a visit lasts at most four hours and does not end before it starts", "[validation]") {
  const auto at = [](const char* time) { return Value{*parse_time(time)}; };
  const auto visit = [&](const char* from, const char* to) {
    return Draft{"visit", {{"started_at", at(from)}, {"ended_at", at(to)}}};
  };
  CHECK(visit("2026-03-05T02:00:00Z", "2026-03-05T06:00:00Z").silent("visit_too_long"));
  CHECK(visit("2026-03-05T02:00:00Z", "2026-03-05T06:00:00.001Z").stops("visit_too_long"));
  CHECK(visit("2026-03-05T02:00:00Z", "2026-03-05T01:59:00Z").stops("visit_ends_before_start"));
}

TEST_CASE("Validation: a visit at night warns, by the clock of China", "[validation]") {
  const auto visit = [](const char* time) { return Draft{"visit", {{"started_at", Value{*parse_time(time)}}}}; };
  CHECK(visit("2026-03-04T23:59:59Z").warns("visit_quiet_hours"));
  CHECK(visit("2026-03-05T00:00:00Z").silent("visit_quiet_hours"));
  CHECK(visit("2026-03-05T12:59:59Z").silent("visit_quiet_hours"));
  CHECK(visit("2026-03-05T13:00:00Z").warns("visit_quiet_hours"));
}

TEST_CASE("Validation: a residency does not end before it begins", "[validation]") {
  CHECK(Draft{"residency", {{"since", text("2024-09-01")}, {"until", text("2024-08-31")}}}.stops("until_before_since"));
  CHECK(Draft{"residency", {{"since", text("2024-09")}, {"until", text("2024-09-01")}}}.silent("until_before_since"));
}

TEST_CASE("Validation: a missing name stops a new record and warns about an old one", "[validation]") {
  const Draft nameless{"person", {{"gender", text("1")}}};
  CHECK(has_error(nameless.check(RecordAge::fresh)));
  CHECK_FALSE(has_error(nameless.check(RecordAge::existing)));
  const Draft half{"person", {{"name", text("张三")}}};
  CHECK_FALSE(has_error(half.check(RecordAge::fresh)));
  CHECK(half.warns("required"));
}

TEST_CASE("Validation: a refusal to answer satisfies a required field", "[validation]") {
  const Draft person{"person", {{"gender", Value{Gap::refused}}}};
  for (const auto& finding : person.check()) CHECK_FALSE((finding.field == "gender"));
}

TEST_CASE("Partial date: knows its first and last day", "[validation]") {
  CHECK(first_day(*parse_partial_date("1947")) == CivilDate{1947, 1, 1});
  CHECK(last_day(*parse_partial_date("1948-02")) == CivilDate{1948, 2, 29});
  CHECK_FALSE(parse_partial_date("1947-00"));
  CHECK_FALSE(parse_partial_date("1947-13"));
  CHECK_FALSE(parse_partial_date("0000"));
  CHECK(from_day_number(to_day_number({2026, 3, 5})) == CivilDate{2026, 3, 5});
}

TEST_CASE("Partial date: a birthday counts from its day on", "[validation]") {
  CHECK(age_in_years({2000, 4, 1}, {2026, 4, 1}) == 26);
  CHECK(age_in_years({2000, 4, 2}, {2026, 4, 1}) == 25);
}
