#include "storage/model/value_json.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

FieldDef a_field(FieldType type) {
  FieldDef field;
  field.name = "thing";
  field.type = type;
  return field;
}

Value read(FieldType type, std::string_view json) {
  const auto result = value_from_json_text(a_field(type), json);
  INFO(json);
  REQUIRE(result.ok());
  return *result;
}

Errc refusal(FieldType type, std::string_view json) {
  const auto result = value_from_json_text(a_field(type), json);
  INFO(json);
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().detail.find("thing") == 0);
  return result.error().code;
}

std::string written(FieldType type, const Value& value) { return value_to_json(a_field(type), value).dump(); }

constexpr const char* kId = "0190163d-8694-739b-aea5-966c26f8ad90";

}  // namespace

TEST_CASE("Value JSON: null is empty for every type", "[value_json]") {
  for (const auto type : {FieldType::text, FieldType::time, FieldType::refs}) {
    CHECK(is_empty(read(type, "null")));
    CHECK(written(type, Value{}) == "null");
  }
}

TEST_CASE("Value JSON: the three gaps are told apart", "[value_json]") {
  for (const auto gap : {Gap::refused, Gap::unknown, Gap::not_applicable}) {
    const std::string json = written(FieldType::text, gap);
    CHECK(json == R"({"gap":")" + std::string(name_of(gap)) + "\"}");
    CHECK(read(FieldType::integer, json) == Value{gap});
  }
  CHECK(refusal(FieldType::text, R"({"gap":"forgotten"})") == Errc::invalid_value);
  CHECK(refusal(FieldType::text, R"({"gap":"refused","note":"x"})") == Errc::invalid_value);
  CHECK(refusal(FieldType::text, "{}") == Errc::invalid_value);
}

TEST_CASE("Value JSON: texts keep every character", "[value_json]") {
  CHECK(read(FieldType::text, "\"𡐓三·\"") == Value{std::string("𡐓三·")});
  CHECK(written(FieldType::text, std::string("𡐓")) == "\"𡐓\"");
  CHECK(refusal(FieldType::code, "11") == Errc::invalid_value);
  CHECK(refusal(FieldType::digits, "350582006001") == Errc::invalid_value);
}

TEST_CASE("Value JSON: malformed UTF-8 and NUL are refused", "[value_json]") {
  CHECK(refusal(FieldType::text, "\"\xE5\xBC\"") == Errc::invalid_utf8);
  CHECK(refusal(FieldType::text, R"("a\u0000b")") == Errc::invalid_utf8);
  CHECK(refusal(FieldType::text, R"("\ud800")") == Errc::invalid_json);
}

TEST_CASE("Value JSON: numbers and truth values are natural", "[value_json]") {
  CHECK(read(FieldType::integer, "-3") == Value{std::int64_t{-3}});
  CHECK(read(FieldType::number, "89.5") == Value{89.5});
  CHECK(read(FieldType::number, "89") == Value{89.0});
  CHECK(read(FieldType::boolean, "true") == Value{true});
  CHECK(refusal(FieldType::integer, "3.5") == Errc::invalid_value);
  CHECK(refusal(FieldType::integer, "\"3\"") == Errc::invalid_value);
  CHECK(refusal(FieldType::boolean, "1") == Errc::invalid_value);
}

TEST_CASE("Value JSON: a time is read with any offset and written in UTC", "[value_json]") {
  const Value ten_oclock = *parse_time("2026-03-05T02:00:00Z");
  for (const char* json : {R"("2026-03-05T02:00:00.000Z")", R"("2026-03-05T10:00:00+08:00")",
                           R"("2026-03-04T21:00:00.000123-05:00")", "1772676000000"})
    CHECK(read(FieldType::time, json) == ten_oclock);
  CHECK(written(FieldType::time, ten_oclock) == R"("2026-03-05T02:00:00.000Z")");
  CHECK(written(FieldType::integer, std::int64_t{5}) == "5");
}

TEST_CASE("Value JSON: a time without offset or off the calendar is refused", "[value_json]") {
  for (const char* json : {R"("2026-03-05T02:00:00")", R"("2026-02-30T02:00:00Z")", R"("2026-03-05T24:00:00Z")",
                           R"("2026-03-05")", R"("2026-03-05T02:00:00Z ")", R"("now")", "1.5", "true"})
    CHECK(refusal(FieldType::time, json) == Errc::invalid_value);
}

TEST_CASE("Value JSON: times before 1970 work", "[value_json]") {
  CHECK(parse_time("1969-12-31T23:59:59.999Z") == -1);
  CHECK(format_time(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(parse_time("0001-01-01T00:00:00Z").has_value());
  CHECK(format_time(std::numeric_limits<std::int64_t>::max()) == "9999-12-31T23:59:59.999Z");
  CHECK(format_time(std::numeric_limits<std::int64_t>::min()) == "0001-01-01T00:00:00.000Z");
}

TEST_CASE("Value JSON: references are UUIDs", "[value_json]") {
  const std::string json = "\"" + std::string(kId) + "\"";
  const Value id = read(FieldType::ref, json);
  CHECK(id == Value{*parse_uuid(kId)});
  CHECK(written(FieldType::ref, id) == json);
  CHECK(refusal(FieldType::ref, "\"7\"") == Errc::invalid_value);
}

TEST_CASE("Value JSON: sets lose order and repeats", "[value_json]") {
  const Value set = read(FieldType::codes, R"(["02","01","02"])");
  CHECK(set == Value{TextSet::of({"01", "02"})});
  CHECK(written(FieldType::codes, set) == R"(["01","02"])");
  CHECK(read(FieldType::texts, "[]") == Value{TextSet{}});
  CHECK(refusal(FieldType::codes, "\"01\"") == Errc::invalid_value);
  CHECK(refusal(FieldType::codes, "[1]") == Errc::invalid_value);
  CHECK(refusal(FieldType::refs, R"(["x"])") == Errc::invalid_value);
  CHECK(written(FieldType::texts, SetDelta{TextSet::of({"a"}), {}}) == R"({"added":["a"],"removed":[]})");
}

TEST_CASE("Value JSON: bare text of a CSV cell or an argument is read by type", "[value_json]") {
  const auto from_text = [](FieldType type, std::string_view text) { return value_from_text(a_field(type), text); };
  CHECK(*from_text(FieldType::text, "502") == Value{std::string("502")});
  CHECK(*from_text(FieldType::integer, "502") == Value{std::int64_t{502}});
  CHECK(*from_text(FieldType::number, "89.5") == Value{89.5});
  CHECK(*from_text(FieldType::boolean, "true") == Value{true});
  CHECK(*from_text(FieldType::codes, "02; 01") == Value{TextSet::of({"01", "02"})});
  CHECK(is_empty(*from_text(FieldType::integer, "")));
  CHECK_FALSE(from_text(FieldType::integer, "5a").ok());
  CHECK_FALSE(from_text(FieldType::text, "\xFF").ok());
}
