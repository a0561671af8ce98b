#include "storage/model/record_json.hpp"

#include <nlohmann/json.hpp>

#include "dictionary_constants.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

const Dictionary& dictionary() {
  static const Dictionary built_in = Dictionary::built_in().value();
  return built_in;
}

constexpr const char* kId = "0190163d-8694-739b-aea5-966c26f8ad90";

/// "code: detail" of the refusal.
std::string refusal(const std::string& line) {
  const auto result = parse_edit_line(dictionary(), line);
  if (result.ok()) return "accepted";
  return std::string(traits_of(result.error().code).key) + ": " + result.error().detail;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("Save line: kind and fields are enough", "[record_json]") {
  const auto parsed = parse_edit_line(dictionary(), R"({"kind":"person","fields":{"gender":"2","name":"张三"}})");
  REQUIRE(parsed.ok());
  CHECK(parsed->edit.kind == kinds::person::kKind);
  CHECK_FALSE(parsed->edit.id);
  CHECK_FALSE(parsed->edit.provenance);
  CHECK_FALSE(parsed->visit);
  CHECK(parsed->group.empty());
  REQUIRE(parsed->edit.cells.size() == 2);
  CHECK(parsed->edit.cells[0].column == kinds::person::name);
  CHECK(parsed->edit.cells[1].value == Value{std::string("2")});
}

TEST_CASE("Save line: everything that may stand in it is read", "[record_json]") {
  const std::string id = kId;
  const auto parsed = parse_edit_line(
      dictionary(), R"({"id":")" + id + R"(","fields":{"phone":null},"source":"booklet","as_of":"1970-01-02",)" +
                        R"("verified":"seen","group":"g1","visit_id":")" + id + R"(","kind":"person"})");
  REQUIRE(parsed.ok());
  CHECK(parsed->edit.id == parse_uuid(kId));
  CHECK(parsed->visit == parse_uuid(kId));
  CHECK(parsed->group == "g1");
  REQUIRE(parsed->edit.provenance);
  CHECK(*parsed->edit.provenance == Provenance{Source::booklet, Verified::seen, 1});
  REQUIRE(parsed->edit.cells.size() == 1);
  CHECK(is_empty(parsed->edit.cells[0].value));
}

TEST_CASE("Save line: a refusal says which kind, field or key", "[record_json]") {
  CHECK(contains(refusal(R"({"kind":"ghost","fields":{}})"), "unknown_kind: ghost"));
  CHECK(contains(refusal(R"({"kind":"person","fields":{"ghost":1}})"), "unknown_field: person.ghost"));
  CHECK(contains(refusal(R"({"kind":"person","fields":{"name":1}})"), "invalid_value: name"));
  CHECK(contains(refusal(R"({"kind":"person","fields":{},"ghost":1})"), "invalid_json: unknown key: ghost"));
  CHECK(contains(refusal(R"({"kind":"person","fields":{},"id":"7"})"), "invalid_value: id"));
  CHECK(contains(refusal(R"({"kind":"person","fields":{},"source":"rumour"})"), "invalid_value: source"));
  CHECK(contains(refusal(R"({"kind":"person","fields":{},"as_of":"2026-03"})"), "invalid_value: as_of"));
  CHECK(contains(refusal(R"({"kind":"person","fields":[]})"), "fields must be an object"));
  CHECK(contains(refusal(R"({"kind":"person"})"), "fields is missing"));
  CHECK(contains(refusal(R"({"fields":{}})"), "kind is missing"));
  CHECK(contains(refusal("[]"), "invalid_json"));
  CHECK(contains(refusal(R"({"kind":"person","fields":{)"), "invalid_json"));
  CHECK(contains(refusal("{\"kind\":\"person\",\"fields\":{\"name\":\"\xE5\"}}"), "invalid_utf8"));
}

TEST_CASE("Save line: a key that stands twice is refused, also when it is spelled differently", "[record_json]") {
  CHECK(refusal(R"({"kind":"person","kind":"visit","fields":{}})") == "invalid_json: key stands twice: kind");
  CHECK(refusal(R"({"kind":"person","fields":{"name":"a","n\u0061me":"b"}})") ==
        "invalid_json: key stands twice: name");
}

TEST_CASE("Save line: depth and size are bounded", "[record_json]") {
  const auto nested = [](std::size_t depth) {
    return R"({"kind":"person","fields":{"name":)" + std::string(depth, '[') + "1" + std::string(depth, ']') + "}}";
  };
  CHECK(refusal(nested(100'000)) == "invalid_json: nested too deeply");
  CHECK(refusal(nested(65)) == "invalid_json: nested too deeply");
  CHECK(contains(refusal(nested(10)), "invalid_value: name"));
  CHECK(contains(refusal(std::string(200'000, '[')), "invalid_json"));
  const std::string long_note(kEditLineBytesMax, 'a');
  CHECK(refusal(R"({"kind":"person","fields":{"name":")" + long_note + "\"}}").rfind("too_large", 0) == 0);
}

TEST_CASE("Save line: a refusal cuts a foreign name between two characters", "[record_json]") {
  const std::string name = "x" + std::string(60, '?');
  std::string chinese = "x";
  for (int i = 0; i < 20; ++i) chinese += "门";
  const std::string cut = "x" + chinese.substr(1, 45);  // 15 characters; the 16th would end in byte 49
  CHECK(refusal(R"({"kind":")" + chinese + R"(","fields":{}})") == "unknown_kind: " + cut);
  CHECK(refusal(R"({"kind":"person","fields":{")" + chinese + R"(":1}})") == "unknown_field: person." + cut);
  CHECK(refusal(R"({"kind":")" + name + R"(","fields":{}})") == "unknown_kind: " + name.substr(0, 48));
}

TEST_CASE("Record JSON: kind, id, fields in the dictionary's order, version", "[record_json]") {
  Record record;
  record.ref = {kinds::person::kKind, *parse_uuid(kId)};
  record.set(kinds::person::gender, std::string("2"));
  record.set(kinds::person::name, std::string("张三"));
  record.set(kinds::person::phone, Gap::refused);
  record.set(ColumnNo{900}, std::string("later"));
  record.meta.seen = {4};
  CHECK(record_to_json(dictionary().get_kind(kinds::person::kKind), record).dump() ==
        R"({"kind":"person","id":")" + std::string(kId) +
            R"(","fields":{"name":"张三","gender":"2","phone":{"gap":"refused"},"column_900":"later"},"version":4})");
}

TEST_CASE("Record JSON: a record's fields are a save line's fields", "[record_json]") {
  Record record;
  record.ref = {kinds::visit::kKind, *parse_uuid(kId)};
  record.set(kinds::visit::started_at, std::int64_t{1772676000000});
  record.set(kinds::visit::worker_ids, TextSet::of({kId}));
  record.set(kinds::visit::lat, 24.5);
  auto json = record_to_json(dictionary().get_kind(kinds::visit::kKind), record);
  json["pending"] = nlohmann::ordered_json::array();
  const auto parsed = parse_edit_line(dictionary(), json.dump());
  REQUIRE(parsed.ok());
  CHECK(parsed->edit.cells == record.cells);
}
