#include "storage/dictionary/validation.hpp"

#include "storage/dictionary/division.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "tests/storage/record_draft.hpp"

using namespace ruhu;
using test::Draft;
using test::text;

namespace {

const Dictionary& dictionary() { return test::validation_dictionary(); }
const FieldDef& field(std::string_view kind_name, std::string_view name) { return test::field_named(kind_name, name); }
Instant noon() { return test::april_noon(); }

/// Text keys of what is found about one value, without "check.", parted by blanks.
std::string found(std::string_view kind_name, std::string_view name, const Value& value) {
  const FieldDef& def = field(kind_name, name);
  std::string keys;
  for (const auto& finding : check_value(dictionary(), def, normalise(def, value), noon()))
    keys += (keys.empty() ? "" : " ") + finding.text_key.substr(6);
  return keys;
}

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
  CHECK(found("person", "phone", text("1380013800")) == "phone");
  CHECK(found("person", "phone", text("+852 2345 6789")) == "phone.foreign");
}

TEST_CASE("Validation: a service's number is no person's, but may be a hotline", "[validation]") {
  for (const char* number : {"110", "12345", "95588", "400-800-1234", "0595-12345"})
    CHECK(found("person", "phone", text(number)) == "phone.service");
  CHECK(found("household", "contact_phone", text("12345")) == "phone.service");
  CHECK(found("community", "hotline", text("12345")).empty());
}

TEST_CASE("Validation: several phones stand with their owners, number first", "[validation]") {
  const FieldDef& phones = field("person", "more_phones");
  CHECK(normalise(phones, TextSet::of({"女儿:138-0013-8000", "+86 13900139000"})) ==
        Value{TextSet::of({"13800138000 女儿", "13900139000"})});
  CHECK(found("person", "more_phones", TextSet::of({"13800138000 女儿", "0595-85661234(家)"})).empty());
  CHECK(found("person", "more_phones", TextSet::of({"问女儿"})) == "phone");
  CHECK(found("person", "more_phones", TextSet::of({"110 派出所"})) == "phone.service");
}

TEST_CASE("Validation: a photo's mark is a hash in lower-case hex", "[validation]") {
  const std::string hash(64, 'a');
  CHECK(found("case", "photos", TextSet::of({hash})).empty());
  CHECK(found("case", "photos", TextSet::of({std::string(64, 'A')})) == "attachment");
  CHECK(found("case", "photos", TextSet::of({hash.substr(1)})) == "attachment");
}

TEST_CASE("Validation: a credit code is normalised and says what is wrong", "[validation]") {
  CHECK(normalise(field("enterprise", "uscc"), text(" 91350582ma2y00000u")) ==
        Value{std::string("91350582MA2Y00000U")});
  CHECK(found("enterprise", "uscc", text("91350582ma2y00000u")).empty());
  CHECK(found("enterprise", "uscc", text("91350582MA2Y00000T")) == "uscc.check_character");
  CHECK(found("enterprise", "uscc", text("91350582MA2Y")) == "uscc.length");
}

TEST_CASE("Validation: a division code has the digits of a level and begins with a province", "[validation]") {
  for (const char* code : {"411721", "350582006", "350582006001", "350599", "110103"})
    CHECK(found("person", "hukou_division", text(code)).empty());
  CHECK(found("person", "hukou_division", text("4117210")) == "division");
  CHECK(found("person", "hukou_division", text("990582")) == "division");
  CHECK(found("person", "hukou_division", text("830000")) == "division");
  for (const char* code : {"35", "3505", "71"}) CHECK(is_division_code(code));
  for (const char* code : {"", "3", "350", "35058", "3505820060010030"}) CHECK_FALSE(is_division_code(code));
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
