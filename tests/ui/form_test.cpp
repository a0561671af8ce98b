#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/ui/sample_states.hpp"
#include "tests/ui/ui_world.hpp"

namespace ruhu::test {
namespace {

std::unique_ptr<UiWorld> person_world(const std::string& sample) {
  auto world = std::make_unique<UiWorld>();
  for (SampleScreen& screen : sample_screens(built_in_dictionary(), Lang::zh_cn)) {
    if (screen.name != sample) continue;
    world->state = std::move(screen.state);
    world->inputs = std::move(screen.inputs);
  }
  world->frames(3);
  return world;
}

ColumnNo column(const char* field) {
  return built_in_dictionary().find_kind("person")->find(std::string_view(field))->no;
}

TEST_CASE("Form: a field of the dictionary has a widget of its name") {
  const auto world = person_world("person");
  for (const char* id : {"person.name", "person.former_name", "person.gender.1", "person.birth_date"})
    CHECK(world->find(id) != nullptr);
  CHECK(world->find("person.grid_id") == nullptr);
}

TEST_CASE("Form: a masked field stays masked until it is asked for by name") {
  const auto world = person_world("person");
  REQUIRE(world->find("person.id_no") != nullptr);
  CHECK(world->find("person.id_no")->role == Role::text);
  CHECK(world->find("person.id_no")->value == "350599********0017");
  world->tap("person.id_no.show");
  const RevealField* reveal = world->last<RevealField>();
  REQUIRE(reveal != nullptr);
  CHECK(reveal->column == column("id_no"));
  CHECK(reveal->record.id == sample_id(11));
}

TEST_CASE("Form: only what was touched is saved, with source and evidence") {
  const auto world = person_world("person");
  REQUIRE(world->drive(R"({"type":"张建邦","into":"person.name"}
{"tap":"person.source.booklet"}
{"tap":"person.verified.confirmed"}
{"tap":"person.save"})") == "");
  const SavePerson* save = world->last<SavePerson>();
  REQUIRE(save != nullptr);
  CHECK(save->id == sample_id(11));
  REQUIRE(save->cells.size() == 1);
  CHECK(save->cells[0].column == column("name"));
  CHECK(text_of(save->cells[0].value) == "张建邦");
  CHECK(save->provenance.source == Source::booklet);
  CHECK(save->provenance.verified == Verified::confirmed);
}

TEST_CASE("Form: each change asks for a check, and findings stand below their field") {
  const auto world = person_world("person-newborn");
  REQUIRE(world->find("finding.id_no") != nullptr);
  REQUIRE(world->drive(R"({"type":"11010519491231002x","into":"person.id_no"})") == "");
  const CheckForm* check = world->last<CheckForm>();
  REQUIRE(check != nullptr);
  const bool has_number = std::any_of(check->values.begin(), check->values.end(), [](const Cell& value) {
    return value.column == column("id_no") && text_of(value.value) == "11010519491231002X";
  });
  CHECK(has_number);
}

TEST_CASE("Form: a long code list opens a sheet that is searched by typing") {
  const auto world = person_world("person");
  REQUIRE(world->drive(R"({"tap":"person.ethnicity"}
{"type":"畲","into":"person.ethnicity.search"}
{"expect_absent":"person.ethnicity.01"}
{"tap":"person.ethnicity.22"}
{"expect":"person.ethnicity","text":"畲"}
{"expect_absent":"person.ethnicity.search"}
{"tap":"person.section.hukou"})") == "");
  CHECK(world->inputs.person.fields.at(column("ethnicity")).text == "22");
}

TEST_CASE("Form: the Back key closes an open sheet before the page") {
  const auto world = person_world("person");
  REQUIRE(world->drive(R"({"tap":"person.relation"}
{"wait":"person.relation.search"}
{"key":"Back"}
{"expect_absent":"person.relation.search"})") == "");
  CHECK(world->last<Back>() == nullptr);
}

TEST_CASE("Form: a pause in typing keeps a draft, and leaving keeps it at once") {
  const auto world = person_world("person");
  REQUIRE(world->drive(R"({"type":"张建邦","into":"person.name"})") == "");
  world->sent.clear();
  world->frames(2);
  world->clock.skip(std::chrono::seconds{1});
  world->frames(2);
  REQUIRE(world->last<KeepFormDraft>() != nullptr);
  CHECK(world->last<KeepFormDraft>()->cells.size() == 1);
  world->sent.clear();
  REQUIRE(world->drive(R"({"type":"张建国","into":"person.name"}
{"tap":"person.back"})") == "");
  CHECK(world->last<KeepFormDraft>() != nullptr);
}

TEST_CASE("Form: three dots beside an optional field unfold why there is no answer") {
  const auto world = person_world("person");
  CHECK(world->find("person.former_name.gap.1") == nullptr);
  const WidgetInfo* dots = world->find("person.former_name.no_answer");
  REQUIRE(dots != nullptr);
  CHECK(dots->rect.width() >= 48);
  CHECK(dots->rect.height() >= 48);
  REQUIRE(world->drive(R"({"tap":"person.former_name.no_answer"}
{"tap":"person.former_name.gap.2"}
{"expect_absent":"person.former_name.no_answer"}
{"tap":"person.save"})") == "");
  const SavePerson* save = world->last<SavePerson>();
  REQUIRE(save != nullptr);
  REQUIRE(save->cells.size() == 1);
  CHECK(save->cells[0] == Cell{column("former_name"), Gap::unknown});
}

TEST_CASE("Form: the dots fold their choices again, and typing takes a gap back") {
  const auto world = person_world("person");
  REQUIRE(world->drive(R"({"tap":"person.former_name.no_answer"}
{"wait":"person.former_name.gap.3"}
{"tap":"person.former_name.no_answer"}
{"expect_absent":"person.former_name.gap.3"}
{"tap":"person.former_name.no_answer"}
{"tap":"person.former_name.gap.1"}
{"type":"张大","into":"person.former_name"})") == "");
  const FieldInput& input = world->inputs.person.fields.at(column("former_name"));
  CHECK_FALSE(input.gap.has_value());
  CHECK(input.text == "张大");
}

TEST_CASE("Form: fields that steer the record offer no gap") {
  const auto world = person_world("person");
  for (const char* field : {"person.id_type", "person.id_verified", "person.birth_calendar"})
    CHECK(world->find(field + std::string(".no_answer")) == nullptr);
  CHECK(world->find("person.gender.no_answer") != nullptr);
  CHECK(world->find("person.birth_date.no_answer") != nullptr);
}

TEST_CASE("Emptiness: a form takes in and gives back not asked and the three gaps as they are") {
  for (const FieldDef& field : built_in_dictionary().find_kind("person")->fields)
    for (const Value& value : {Value{}, Value{Gap::refused}, Value{Gap::unknown}, Value{Gap::not_applicable}})
      CHECK(to_value(field, to_input(field, value)) == value);
}

}  // namespace
}  // namespace ruhu::test
