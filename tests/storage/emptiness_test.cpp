#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "storage/model/value_json.hpp"
#include "tests/storage/record_draft.hpp"
#include "tests/storage/store_world.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

const std::array<Value, 4> kEmptinesses = {Value{}, Gap::refused, Gap::unknown, Gap::not_applicable};

}  // namespace

TEST_CASE("Emptiness: a stored field keeps not asked, refused, unknown and not applicable apart", "[emptiness]") {
  TemporaryFolder folder;
  DatabaseOptions options = StoreWorld::in_memory();
  options.path = folder.file("ruhu.db");
  StoreWorld world;
  std::vector<RecordRef> people;
  {
    const auto store = world.enrolled(options);
    for (const Value& value : kEmptinesses) {
      std::vector<Cell> cells;
      for (const FieldDef& field : kind_named("person").fields)
        if (field.takes_gaps() && field.name != "name") cells.push_back({field.no, value});
      people.push_back(made_by(store->save(new_person("张三", cells))));
    }
  }
  const auto store = world.open(options).value();
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Record record = *store->find(people[i]).value();
    for (const FieldDef& field : kind_named("person").fields) {
      if (!field.takes_gaps() || field.name == "name") continue;
      INFO(field.name);
      CHECK(record.get(field.no) == kEmptinesses[i]);
    }
  }
}

TEST_CASE("Emptiness: a value gives way to a gap, a gap to another and to nothing", "[emptiness]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref = made_by(store->save(new_person("张三", {{kinds::person::phone, "13800138000"}})));
  for (const Value& value : {kEmptinesses[1], kEmptinesses[2], kEmptinesses[0], kEmptinesses[3]}) {
    REQUIRE(store->save(edit_of(ref, {{kinds::person::phone, value}})).ok());
    CHECK(store->find(ref).value()->get(kinds::person::phone) == value);
  }
}

TEST_CASE("Emptiness: a gap gives no search keys and takes away those of the value before", "[emptiness]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref = made_by(store->save(new_person("张三", {{kinds::person::phone, "13800138000"}})));
  const auto hits = [&](std::string_view text) { return store->search(text, 50).value().size(); };
  REQUIRE(hits("8000") == 1);
  REQUIRE(store->save(edit_of(ref, {{kinds::person::phone, Gap::refused}})).ok());
  CHECK(hits("8000") == 0);
  for (const char* word : {"refused", "拒答", "gap"}) CHECK(hits(word) == 0);
  CHECK(hits("张三") == 1);
}

TEST_CASE("Emptiness: JSON writes each in its own way and reads it back", "[emptiness]") {
  const FieldDef& field = field_named("person", "phone");
  std::vector<std::string> forms;
  for (const Value& value : kEmptinesses) {
    const std::string json = value_to_json(field, value).dump();
    CHECK(value_from_json_text(field, json).value() == value);
    forms.push_back(json);
  }
  std::sort(forms.begin(), forms.end());
  CHECK(std::adjacent_find(forms.begin(), forms.end()) == forms.end());
}

TEST_CASE("Emptiness: only nothing at all leaves a required field open", "[emptiness]") {
  const auto asks = [](const Value& value) {
    const auto findings = Draft{"person", {{"category", value}}}.check();
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.field == "category"; });
  };
  CHECK(asks(Value{}));
  CHECK_FALSE(asks(Gap::refused));
  CHECK_FALSE(asks(Gap::unknown));
  CHECK_FALSE(asks(Gap::not_applicable));
}

TEST_CASE("Emptiness: what is asked at a door takes gaps, what ties and steers records does not", "[emptiness]") {
  for (const char* name : {"name", "id_no", "gender", "birth_date", "phone", "guardian_id", "health_note"})
    CHECK(field_named("person", name).takes_gaps());
  for (const char* name : {"grid_id", "status", "id_verified"}) CHECK_FALSE(field_named("person", name).takes_gaps());
  CHECK_FALSE(field_named("membership", "person_id").takes_gaps());
  CHECK_FALSE(field_named("need", "state").takes_gaps());
  CHECK(field_named("residency", "lives_here").takes_gaps());
}
