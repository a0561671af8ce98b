#include <array>

#include "storage/dictionary/dictionary.hpp"
#include "sync/merge/field_merge.hpp"
#include "sync/protocol/batch.hpp"
#include "sync/protocol/columns.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

const std::array<Value, 4> kEmptinesses = {Value{}, Gap::refused, Gap::unknown, Gap::not_applicable};

FieldDef field(MergeRule merge) {
  FieldDef field;
  field.name = "field";
  field.merge = merge;
  return field;
}

Stamp stamp(std::uint64_t version, std::uint64_t made_at) {
  Stamp stamp;
  stamp.version = {version};
  stamp.op = {{static_cast<std::uint32_t>(made_at)}, 1};
  stamp.made_at = {made_at};
  return stamp;
}

/// Somebody saw version 1; version 2 has been written since by somebody else.
FieldVerdict concurrent(MergeRule rule, const Value& current, const Value& edit) {
  return merge_field(field(rule), {current, stamp(2, 10)}, {edit, {1}, stamp(0, 20)});
}

}  // namespace

TEST_CASE("Emptiness: the wire keeps not asked, refused, unknown and not applicable apart", "[emptiness]") {
  std::vector<std::string> forms;
  for (const Value& value : kEmptinesses) {
    CborWriter out;
    put_value(out, value);
    const std::string bytes = out.take();
    for (const std::string& other : forms) CHECK(other != bytes);
    forms.push_back(bytes);
    CborReader in(bytes);
    CHECK(get_value(in) == value);
    CHECK(in.at_end());
  }
}

TEST_CASE("Emptiness: an op carries each of them", "[emptiness]") {
  Change change;
  change.id = {{7}, 1};
  change.group_first = 1;
  change.record = {{10}, Uuid{{1}}};
  std::uint16_t column = 3;
  for (const Value& value : kEmptinesses) change.fields.push_back({{column++}, {}, value, {}});
  const auto read = decode_changes(encode_changes({change}));
  REQUIRE(read.ok());
  CHECK(read->front().fields == change.fields);
}

TEST_CASE("Emptiness: equal gaps never clash, different ones are two answers", "[emptiness]") {
  for (const Value& current : kEmptinesses) {
    for (const Value& edit : kEmptinesses) {
      const FieldVerdict verdict = concurrent(MergeRule::ask, current, edit);
      const bool equal = current == edit;
      CHECK((verdict.outcome == FieldOutcome::conflict) == !equal);
      CHECK(verdict.value == current);
    }
  }
}

TEST_CASE("Emptiness: a gap is a value of its own where the later answer counts", "[emptiness]") {
  CHECK(concurrent(MergeRule::latest, std::string("13800138000"), Gap::refused).value == Value{Gap::refused});
  CHECK(concurrent(MergeRule::latest, Gap::refused, Gap::unknown).value == Value{Gap::unknown});
  CHECK(concurrent(MergeRule::latest, Gap::refused, std::string("13800138000")).value ==
        Value{std::string("13800138000")});
}
