#include "storage/model/record_csv.hpp"

#include "storage/model/record_json.hpp"
#include "tests/property/any_value.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

const Dictionary& dictionary() {
  static const Dictionary kBuiltIn = Dictionary::built_in().value();
  return kBuiltIn;
}

std::vector<CsvRow> read_all(const std::string& text) {
  std::vector<CsvRow> rows;
  CsvReader reader(text);
  for (;;) {
    auto row = reader.next().value();
    if (!row) return rows;
    rows.push_back(std::move(*row));
  }
}

Errc failure_of(const std::string& text) {
  CsvReader reader(text);
  for (;;) {
    const auto row = reader.next();
    if (!row.ok()) return row.error().code;
    if (!*row) return Errc::internal;
  }
}

FieldDef field_of(FieldType type) {
  FieldDef field;
  field.name = "field";
  field.type = type;
  return field;
}

Value there_and_back(FieldType type, const Value& value) {
  const FieldDef field = field_of(type);
  return from_csv_cell(field, to_csv_cell(field, value)).value();
}

using Rows = std::vector<CsvRow>;

}  // namespace

TEST_CASE("CSV: any row of any text is read as it was written", "[csv]") {
  CHECK(holds([] {
    const auto row = *rc::gen::nonEmpty(rc::gen::container<CsvRow>(nasty_text()));
    RC_ASSERT((read_all(to_csv(row) + to_csv(row)) == Rows{row, row}));
  }));
}

TEST_CASE("CSV: quotes, commas, line breaks, a byte order mark and both line ends are understood", "[csv]") {
  CHECK(read_all("\xEF\xBB\xBF"
                 "a,b\n1,\"x, \"\"y\"\"\nz\"\r\n\n,\n") == Rows{{"a", "b"}, {"1", "x, \"y\"\nz"}, {"", ""}});
  CHECK(read_all("").empty());
  CHECK(failure_of("\"never closed\n") == Errc::invalid_value);
  CHECK(failure_of("\"closed\"x\n") == Errc::invalid_value);
  CHECK(failure_of(std::string(2'000, ',')) == Errc::too_large);
  CHECK(failure_of("\"" + std::string(3'000'000, 'a') + "\"") == Errc::too_large);
}

TEST_CASE("CSV: every text comes back from its cell, also one that looks like a formula or an absence", "[csv]") {
  CHECK(holds([] {
    const auto text = *rc::gen::nonEmpty(nasty_text());
    RC_ASSERT((there_and_back(FieldType::text, text) == Value{text}));
  }));
  for (const char* text : {"=1+1", "+86", "-", "@x", "\\refused", "\\", "\\\\", "refused"})
    CHECK(there_and_back(FieldType::text, std::string(text)) == Value{std::string(text)});
  CHECK(to_csv_cell(field_of(FieldType::text), std::string("=SUM(A1)")) == "\\=SUM(A1)");
}

TEST_CASE("CSV: not asked, refused, unknown and not applicable are four different cells", "[csv]") {
  for (const FieldType type : {FieldType::text, FieldType::texts, FieldType::integer, FieldType::ref})
    for (const Value& value : {Value{}, Value{Gap::refused}, Value{Gap::unknown}, Value{Gap::not_applicable}})
      CHECK(there_and_back(type, value) == value);
}

TEST_CASE("CSV: sets, numbers, times, answers and ids come back from their cells", "[csv]") {
  CHECK(holds([] {
    const auto items = *rc::gen::container<std::vector<std::string>>(rc::gen::nonEmpty(nasty_text()));
    const Value set = TextSet::of(items);
    RC_ASSERT((there_and_back(FieldType::texts, set) == (items.empty() ? Value{} : set)));
  }));
  CHECK(holds([](std::int64_t n) { RC_ASSERT((there_and_back(FieldType::integer, n) == Value{n})); }));
  CHECK(holds([](double d) { RC_ASSERT((there_and_back(FieldType::number, d) == Value{d})); }));
  CHECK(holds([](bool b) { RC_ASSERT((there_and_back(FieldType::boolean, b) == Value{b})); }));
  CHECK(there_and_back(FieldType::time, std::int64_t{1'772'676'000'123}) == Value{std::int64_t{1'772'676'000'123}});
  CHECK(holds([] {
    const Uuid id = *any_uuid();
    RC_ASSERT((there_and_back(FieldType::ref, id) == Value{id}));
  }));
}

TEST_CASE("CSV: columns are understood by name and by label, unknown ones end the import, forbidden ones are left out",
          "[csv]") {
  const KindDef& person = *dictionary().find_kind("person");
  const auto columns =
      CsvColumns::read(dictionary(), person, {"id", "姓名", "Phone", "birth_date", "宗教信仰", "政治面貌"});
  REQUIRE(columns.ok());
  CHECK(columns->dropped() == std::vector<std::string>{"宗教信仰", "政治面貌"});
  const auto edit = columns->to_edit({"", "张三", "", "1947-08", "某某", "某某"});
  REQUIRE(edit.ok());
  CHECK_FALSE(edit->id.has_value());
  CHECK(edit->cells.size() == 2);
  CHECK(columns->to_edit({"x"}).error().code == Errc::invalid_value);
  CHECK(columns->to_edit(CsvRow(7, "x")).error().code == Errc::usage);
  CHECK(CsvColumns::read(dictionary(), person, {"姓名", "name"}).error().code == Errc::usage);
  CHECK(CsvColumns::read(dictionary(), person, {"nonsense"}).error().code == Errc::unknown_field);
}
