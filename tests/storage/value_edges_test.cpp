// Values at the edges of what their fields take, one row each: the field, the value, what is said.
#include <limits>
#include <set>

#include "storage/dictionary/document_number.hpp"
#include "storage/model/outcome.hpp"
#include "storage/model/record_json.hpp"
#include "tests/storage/record_draft.hpp"

using namespace ruhu;
using test::at;
using test::Draft;
using test::some_id;
using test::text;
using test::whole;

namespace {

const Dictionary& dictionary() { return test::validation_dictionary(); }

/// Text keys of what is found about one value as it stands, without "check.", parted by blanks.
std::string found(const FieldDef& field, const Value& value) {
  std::string keys;
  for (const auto& finding : check_value(dictionary(), field, value, test::april_noon()))
    keys += (keys.empty() ? "" : " ") + finding.text_key.substr(6);
  return keys;
}

FieldDef field_of(FieldType type, Check check = Check::none) {
  FieldDef field;
  field.name = "thing";
  field.type = type;
  field.check = check;
  field.list = "no_such_list";
  return field;
}

std::string refusal(const FieldDef& field, std::string_view json) {
  const auto value = value_from_json_text(field, json);
  return value.ok() ? "accepted" : std::string(traits_of(value.error().code).key);
}

std::string line_refusal(const std::string& line) {
  const auto edit = parse_edit_line(dictionary(), line);
  return edit.ok() ? "accepted" : std::string(traits_of(edit.error().code).key);
}

constexpr FieldType kTypes[] = {FieldType::text,   FieldType::note,    FieldType::digits, FieldType::phone,
                                FieldType::date,   FieldType::time,    FieldType::code,   FieldType::integer,
                                FieldType::number, FieldType::boolean, FieldType::ref,    FieldType::codes,
                                FieldType::refs,   FieldType::texts};
constexpr Check kChecks[] = {Check::none,      Check::person_name, Check::citizen_id, Check::division, Check::room_no,
                             Check::past_date, Check::uscc,        Check::attachment, Check::phone};

constexpr const char* kIdText = "01a03480-043d-7983-8f85-dd4cbea7b905";

/// One value of each sort that a value may be.
std::vector<Value> all_sorts() {
  return {std::string("x"),
          std::int64_t{7},
          2.5,
          true,
          some_id(),
          TextSet::of({kIdText}),
          SetDelta{TextSet::of({kIdText}), {}}};
}

/// May this sort of value stand in a field of that type?
bool is_of_type(FieldType type, const Value& value) {
  switch (type) {
    case FieldType::time:
    case FieldType::integer: return std::holds_alternative<std::int64_t>(value);
    case FieldType::number: return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
    case FieldType::boolean: return std::holds_alternative<bool>(value);
    case FieldType::ref: return std::holds_alternative<Uuid>(value);
    case FieldType::codes:
    case FieldType::refs:
    case FieldType::texts: return std::holds_alternative<TextSet>(value) || std::holds_alternative<SetDelta>(value);
    default: return std::holds_alternative<std::string>(value);
  }
}

}  // namespace

TEST_CASE("Validation: every sort of value in a field of every type is of the type or refused", "[validation]") {
  for (const FieldType type : kTypes)
    for (const Value& value : all_sorts()) {
      INFO(static_cast<int>(type) << " " << value.index());
      CHECK((found(field_of(type), value) == "type") == !is_of_type(type, value));
    }
}

TEST_CASE("Validation: no check lets broken text or control characters through", "[validation]") {
  for (const FieldType type : {FieldType::text, FieldType::note, FieldType::digits, FieldType::phone, FieldType::code})
    for (const Check check : kChecks)
      for (const char* broken : {"\xE5\xBC", "\x01", "a\x7F", "\x1F"}) {
        INFO(static_cast<int>(type) << " " << static_cast<int>(check));
        const std::string told = found(field_of(type, check), text(broken));
        CHECK((told == "utf8" || told == "control_character"));
        CHECK(found(field_of(type, check), normalise(field_of(type, check), text(broken))) != "");
      }
  CHECK(found(field_of(FieldType::note), text("一\n\t二")) == "");
  CHECK(found(field_of(FieldType::text), text("一\n二")) == "control_character");
}

TEST_CASE("Validation: values at the edges of what a field takes", "[validation]") {
  FieldDef refs = field_of(FieldType::refs);
  refs.min = 2;
  FieldDef sized = field_of(FieldType::text);
  sized.min = 2;
  const FieldDef texts = field_of(FieldType::texts);
  const FieldDef phones = field_of(FieldType::texts, Check::phone);
  std::vector<std::string> many;
  for (int i = 0; i < 201; ++i) many.push_back("x" + std::to_string(i));
  CHECK(found(refs, TextSet::of({to_string(std::get<Uuid>(some_id()))})) == "too_few");
  CHECK(found(refs, TextSet::of({"x", "y"})) == "type");
  CHECK(found(sized, text("x")) == "too_short");
  CHECK(found(sized, std::string(70'000, 'x')) == "too_long");
  CHECK(found(texts, TextSet::of(many)) == "too_many");
  CHECK(found(texts, TextSet::of({"\xE5\xBC", "x"})) == "utf8");
  CHECK(found(phones, TextSet::of({"12"})) == "phone");
  CHECK(found(field_of(FieldType::codes), TextSet::of({"x"})) == "code");
  CHECK(found(field_of(FieldType::time), whole(253'402'300'800'000)) == "time");
  CHECK(found(field_of(FieldType::time), whole(-62'135'596'800'001)) == "time");
  CHECK(found(field_of(FieldType::number), Value{std::numeric_limits<double>::infinity()}) == "type");
  CHECK(found(field_of(FieldType::ref), Value{Uuid{}}) == "type");
  const FieldDef name = field_of(FieldType::text, Check::person_name);
  for (const char* odd : {"张<三", "张>三", "张@三", "张#三", "张*三"})
    CHECK(found(name, text(odd)) == "person_name.character");
  for (const char* odd : {"·", "张·", " "}) CHECK(found(name, text(odd)) == "person_name.dot");
  CHECK(found(field_of(FieldType::text, Check::citizen_id), text("护照？")) == "document_number");
  CHECK(found(field_of(FieldType::text, Check::past_date), text("1850-01-01")) == "date_too_old");
  CHECK(found(field_of(FieldType::text, Check::uscc), text("统一")) != "");
}

TEST_CASE("Validation: documents are known by the shape of their numbers", "[validation]") {
  const std::tuple<const char*, const char*, const char*> rows[] = {
      {"113", "123456789", ""},
      {"113", "1234567890", "booklet"},
      {"113", "11010519491231002X", ""},
      {"114", "南字第0123456号", ""},
      {"114", "军12", ""},
      {"115", "武12", ""},
      {"115", "A12", ""},
      {"114", "十二", "service_card"},
      {"414", "E12345678", ""},
      {"414", "E1234", "passport"},
      {"414", "EABCDE", "passport"},
      {"414", "", "passport"},
      {"414", "E123456789012", "passport"},
      {"511", "12345678", ""},
      {"511", "1234567890", ""},
      {"511", "123456789", "taiwan_permit"},
      {"511", "A2345678", "taiwan_permit"},
      {"516", "H12345678", ""},
      {"516", "M1234567890", ""},
      {"516", "X12345678", "hongkong_macao_permit"},
      {"516", "H1234567", "hongkong_macao_permit"},
      {"516", "", "hongkong_macao_permit"},
      {"C02", "P123456789", ""},
      {"C02", "P12345678", "birth"},
      {"C02", "1123456789", "birth"},
      {"C02", "P12345678X", "birth"},
      {"C02", "", "birth"},
      {"990", "whatever", ""},
  };
  for (const auto& [kind, number, key] : rows) {
    INFO(kind << " " << number);
    CHECK(document_shape_key(kind, number) == (*key == '\0' ? "" : "check.document." + std::string(key)));
  }
  for (const char* number : {"A12", "军A12", "武12", "南字第12号"}) CHECK(has_document_characters(number));
  for (const char* number : {"十二", "a-1", "A 12"}) CHECK_FALSE(has_document_characters(number));
}

TEST_CASE("Record checks: an errand at the window tells what is missing, why it was refused and what came of it",
          "[record_checks]") {
  const auto errand = [](std::vector<std::pair<std::string_view, Value>> fields) {
    return Draft{"service_request", std::move(fields)};
  };
  CHECK(errand({{"state", text("missing_papers")}}).stops("missing_papers_wanted"));
  CHECK(
      errand({{"state", text("missing_papers")}, {"papers_missing", text("户口簿")}}).silent("missing_papers_wanted"));
  CHECK(errand({{"state", text("refused")}}).stops("refused_reason_wanted"));
  CHECK(errand({{"state", text("refused")}, {"refused_reason", text("材料不符")}}).silent("refused_reason_wanted"));
  for (const char* state : {"result_ready", "delivered"})
    CHECK_FALSE(errand({{"state", text(state)}}).silent("result_wanted"));
  CHECK(errand({{"state", text("handed")}}).silent("result_wanted"));
  CHECK_FALSE(errand({{"fee_amount", Value{5.0}}}).silent("fee_receipt_wanted"));
  CHECK(errand({{"fee_amount", Value{0.0}}}).silent("fee_receipt_wanted"));
  CHECK_FALSE(errand({{"handed_at", at("2026-03-05T02:00:00Z")}, {"result_at", at("2026-03-04T02:00:00Z")}})
                  .silent("result_before_handing"));
}

TEST_CASE("Value JSON: what is not of the field's type is refused with its reason", "[value_json]") {
  const char* const wrongs[] = {"{}", "{\"gap\":\"unheard\"}", "{\"gap\":\"refused\",\"more\":1}", "[[]]", "[1]", "-"};
  for (const FieldType type : kTypes)
    for (const char* wrong : wrongs) {
      INFO(static_cast<int>(type) << " " << wrong);
      CHECK(refusal(field_of(type), wrong) != "accepted");
    }
  CHECK(refusal(field_of(FieldType::text), "\"\\u0000\"") == "invalid_utf8");
  CHECK(refusal(field_of(FieldType::time), "\"soon\"") == "invalid_value");
  CHECK(refusal(field_of(FieldType::refs), "[\"x\"]") == "invalid_value");
  CHECK(refusal(field_of(FieldType::texts), "[\"\\u0000\"]") == "invalid_utf8");
  std::string many = "[\"x\"";
  for (int i = 0; i < 10'000; ++i) many += ",\"x\"";
  CHECK(refusal(field_of(FieldType::texts), many + "]") == "too_large");
  CHECK(refusal(field_of(FieldType::text), "\"" + std::string(3U << 20U, 'x') + "\"") == "too_large");
}

TEST_CASE("Save line: what does not fit its key is refused", "[record_json]") {
  const std::pair<const char*, const char*> rows[] = {
      {R"("source":"none")", "invalid_value"},
      {R"("source":"")", "invalid_value"},
      {R"("verified":"")", "invalid_value"},
      {R"("verified":"sworn")", "invalid_value"},
      {R"("as_of":"2026-03")", "invalid_value"},
      {R"("as_of":"soon")", "invalid_value"},
      {R"("id":"00000000-0000-0000-0000-000000000000")", "invalid_value"},
      {R"("id":"x")", "invalid_value"},
      {R"("visit_id":5)", "invalid_value"},
      {R"("ghost":5)", "invalid_json"},
      {R"("id":null)", "accepted"},
  };
  for (const auto& [more, told] : rows) {
    INFO(more);
    CHECK(line_refusal(R"({"kind":"person","fields":{"name":"张三"},)" + std::string(more) + "}") == told);
  }
  CHECK(line_refusal(R"({"kind":"person","fields":{"name":"张三"},"group":")" + std::string(100'000, 'g') + "\"}") ==
        "too_large");
  for (const char* bad : {R"({"kind":"person"})", R"({"fields":{}})", "[]", R"({"kind":"person","fields":[]})",
                          R"({"kind":5,"fields":{}})"})
    CHECK(line_refusal(bad) != "accepted");
}

TEST_CASE("Outcomes: each has a name of its own", "[outcome]") {
  std::set<std::string_view> of_fields;
  std::set<std::string_view> of_ops;
  for (int i = 0; i <= static_cast<int>(FieldOutcome::conflict); ++i)
    of_fields.insert(name_of(static_cast<FieldOutcome>(i)));
  for (int i = 0; i <= static_cast<int>(OpOutcome::quarantined); ++i) of_ops.insert(name_of(static_cast<OpOutcome>(i)));
  CHECK(of_fields.size() == 5);
  CHECK(of_ops.size() == 6);
}
