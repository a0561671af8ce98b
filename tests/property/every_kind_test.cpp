// The dictionary, its tables, the wire, JSON and CSV say the same: whatever a record of any kind holds comes back from
// each of them as it was.
#include <nlohmann/json.hpp>

#include "storage/model/record_csv.hpp"
#include "storage/model/record_json.hpp"
#include "storage/schema/record_table.hpp"
#include "storage/schema/tables.hpp"
#include "sync/protocol/batch.hpp"
#include "tests/property/any_value.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

const Dictionary& dictionary() {
  static const Dictionary kBuiltIn = Dictionary::built_in().value();
  return kBuiltIn;
}

std::string nasty_name() {
  return *rc::gen::weightedOneOf<std::string>(
      {{4, rc::gen::nonEmpty(nasty_text())},
       {1, rc::gen::element<std::string>("阿卜杜拉·阿卜杜热合曼·买买提江·吐尔逊尼亚孜·艾合买提江·库尔班", "𡐓𣒍娣",
                                         "e\u0301", "\u202Eنص", "\u200B\u200D", "=cmd|'/c calc'!A1")}});
}

/// Something that may stand in the field's column; texts are as nasty as they come.
Value value_for(const FieldDef& field) {
  if (*rc::gen::inRange(0, 6) == 0)
    return *rc::gen::element(Value{}, Value{Gap::refused}, Value{Gap::unknown}, Value{Gap::not_applicable});
  switch (field.type) {
    case FieldType::time: return *rc::gen::inRange<std::int64_t>(-62'135'596'800'000, 253'402'300'799'999);
    case FieldType::integer: return *rc::gen::arbitrary<std::int64_t>();
    case FieldType::number: return *rc::gen::arbitrary<double>();
    case FieldType::boolean: return *rc::gen::arbitrary<bool>();
    case FieldType::ref: return *any_uuid();
    case FieldType::refs: return TextSet::of({to_string(*any_uuid()), to_string(*any_uuid())});
    case FieldType::texts: return TextSet::of({nasty_name(), nasty_name()});
    case FieldType::codes:
      return TextSet::of({dictionary().find_list(field.list)->codes.front().code,
                          dictionary().find_list(field.list)->codes.back().code});
    case FieldType::code: {
      const auto& codes = dictionary().find_list(field.list)->codes;
      return codes[*rc::gen::inRange<std::size_t>(0, codes.size())].code;
    }
    default: return nasty_name();
  }
}

Record any_record(const KindDef& kind) {
  Record record;
  record.ref = {kind.no, *any_uuid()};
  record.ref.id.bytes[0] |= 1;  // no record has the nil id
  for (const FieldDef& field : kind.fields) record.set(field.no, value_for(field));
  record.meta.created = *any_stamp();
  return record;
}

template <class Law>
void holds_for_every_kind(Law law) {
  for (const KindDef& kind : dictionary().kinds()) {
    INFO(kind.name);
    CHECK(rc::check([&] { law(kind, any_record(kind)); }));
  }
}

}  // namespace

TEST_CASE("Every kind: a record comes back from its table as it was, whole and field by field", "[every_kind]") {
  DatabaseOptions options;
  options.path = ":memory:";
  const auto db = Database::open(options).value();
  REQUIRE(create_or_extend_tables(*db, dictionary()).ok());
  RecordTable table(*db, dictionary());
  holds_for_every_kind([&](const KindDef& kind, const Record& record) {
    RC_ASSERT(table.replace(record).ok());
    RC_ASSERT(table.find(record.ref).value() == record);
    Record changed = any_record(kind);
    changed.ref = record.ref;
    std::vector<ColumnNo> columns;
    for (const FieldDef& field : kind.fields) columns.push_back(field.no);
    RC_ASSERT(table.update(changed, columns).ok());
    RC_ASSERT(table.find(record.ref).value() == changed);
  });
}

TEST_CASE("Every kind: a record comes back from the wire as it was", "[every_kind]") {
  holds_for_every_kind([](const KindDef& kind, const Record& record) {
    Change change;
    change.id = {{7}, 1};
    change.group_first = 1;
    change.record = record.ref;
    for (const FieldDef& field : kind.fields)
      change.fields.push_back({field.no, {}, record.get(field.no), {Source::self, Verified::seen, 20'000}});
    std::sort(change.fields.begin(), change.fields.end());
    const auto back = decode_changes(encode_changes({change}));
    RC_ASSERT(back.ok());
    RC_ASSERT(*back == std::vector<Change>{change});
  });
}

TEST_CASE("Every kind: a record comes back from JSON as it was", "[every_kind]") {
  holds_for_every_kind([](const KindDef& kind, const Record& record) {
    const auto parsed = parse_edit_line(dictionary(), record_to_json(kind, record).dump());
    RC_ASSERT(parsed.ok());
    RC_ASSERT(parsed->edit.id == record.ref.id);
    RC_ASSERT(parsed->edit.cells == record.cells);
  });
}

TEST_CASE("Every kind: a record comes back from a spreadsheet as it was", "[every_kind]") {
  holds_for_every_kind([](const KindDef& kind, const Record& record) {
    const std::string file = to_csv(csv_header(kind)) + to_csv(to_csv_row(kind, record));
    CsvReader reader(file);
    const auto columns = CsvColumns::read(dictionary(), kind, reader.next().value().value());
    RC_ASSERT(columns.ok());
    const auto edit = columns->to_edit(reader.next().value().value());
    RC_ASSERT(edit.ok());
    RC_ASSERT(edit->id == record.ref.id);
    RC_ASSERT(edit->cells == record.cells);
  });
}
