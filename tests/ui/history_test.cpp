#include "tests/support/catch.hpp"
#include "tests/ui/sample_states.hpp"
#include "tests/ui/ui_world.hpp"

namespace ruhu::test {
namespace {

std::unique_ptr<UiWorld> world_of(const std::string& sample) {
  auto world = std::make_unique<UiWorld>();
  for (SampleScreen& screen : sample_screens(built_in_dictionary(), Lang::zh_cn)) {
    if (screen.name != sample) continue;
    world->state = std::move(screen.state);
    world->inputs = std::move(screen.inputs);
  }
  world->frames(3);
  return world;
}

ColumnNo column(const char* kind, const char* field) {
  return built_in_dictionary().find_kind(kind)->find(std::string_view(field))->no;
}

TEST_CASE("Facts: a tap on a fact asks for its history, a tap on show for its value") {
  const auto world = world_of("household");
  world->tap("fact.best_time");
  REQUIRE(world->last<OpenHistory>() != nullptr);
  CHECK(world->last<OpenHistory>()->column == column("household", "best_time"));
  CHECK(world->last<RevealField>() == nullptr);
  world->sent.clear();
  world->tap("fact.contact_phone.show");
  REQUIRE(world->last<RevealField>() != nullptr);
  CHECK(world->last<RevealField>()->column == column("household", "contact_phone"));
  CHECK(world->last<OpenHistory>() == nullptr);
}

TEST_CASE("Form: a tap on who said it opens the field's history") {
  const auto world = world_of("person");
  world->tap("person.birth_date.history");
  REQUIRE(world->last<OpenHistory>() != nullptr);
  CHECK(world->last<OpenHistory>()->record.id == sample_id(11));
  CHECK(world->last<OpenHistory>()->column == column("person", "birth_date"));
}

TEST_CASE("History sheet: shows the value, the past newest first, and asks for the masked value by name") {
  const auto world = world_of("history");
  REQUIRE(world->find("history.now") != nullptr);
  CHECK(world->find("history.now")->value == "139****9000");
  CHECK(world->find("history.source")->value == "家人");
  REQUIRE(world->find("history.past.1") != nullptr);
  CHECK(world->find("history.past.1")->id == "history.past.7:12");
  CHECK(world->find("history.past.1")->value.find("2026-03-05 10:24") != std::string::npos);
  world->tap("history.show");
  REQUIRE(world->last<RevealField>() != nullptr);
  CHECK(world->last<RevealField>()->record.id == sample_id(1));
}

TEST_CASE("History sheet: the cross and the Back key close it, and the page below stays") {
  const auto world = world_of("history");
  world->tap("history.close");
  CHECK(world->last<CloseHistory>() != nullptr);
  world->sent.clear();
  REQUIRE(world->drive(R"({"key":"Back"})") == "");
  CHECK(world->last<CloseHistory>() != nullptr);
  CHECK(world->last<Back>() == nullptr);
}

TEST_CASE("History sheet: a day is asked for once it is typed in full, and by a tap on a day with changes") {
  const auto world = world_of("history");
  REQUIRE(world->drive(R"({"tap":"history.view.day"}
{"type":"202601","into":"history.day"})") == "");
  CHECK(world->last<ShowDay>() == nullptr);
  REQUIRE(world->drive(R"({"type":"20260103","into":"history.day"})") == "");
  REQUIRE(world->last<ShowDay>() != nullptr);
  CHECK(world->last<ShowDay>()->day == "2026-01-03");
  world->tap("history.day.2");
  CHECK(world->last<ShowDay>()->day == "2026-01-02");
}

TEST_CASE("History sheet: facts of a day lead to the history of each, and that begins with its field") {
  const auto world = world_of("history-day");
  CHECK(world->find("history.day.answer") != nullptr);
  world->tap("history.fact.contact_phone");
  REQUIRE(world->last<OpenHistory>() != nullptr);
  world->state.history->revision = 2;
  world->frames(2);
  CHECK(world->inputs.history.view == HistoryView::field);
  CHECK(world->find("history.now") != nullptr);
}

TEST_CASE("Card: facts lead to their history, related records to their page or card") {
  const auto world = world_of("card");
  CHECK(world->find("card.title")->label.starts_with("鑫旺纺织"));
  world->tap("fact.uscc");
  REQUIRE(world->last<OpenHistory>() != nullptr);
  CHECK(world->last<OpenHistory>()->column == column("enterprise", "uscc"));
  world->tap("card.link.building_id");
  REQUIRE(world->last<OpenCard>() != nullptr);
  CHECK(world->last<OpenCard>()->record.id == sample_id(202));
  world->tap("card.link.dwelling_id");
  REQUIRE(world->last<OpenRecord>() != nullptr);
  CHECK(world->last<OpenRecord>()->record.id == sample_id(203));
}

TEST_CASE("Search list: rows of every kind have their names, and lead on by a tap") {
  const auto world = world_of("search-kinds");
  REQUIRE(world->find("search.first") != nullptr);
  CHECK(world->find("search.first")->label == "暖心百货商行");
  world->tap("search.first");
  REQUIRE(world->last<OpenRecord>() != nullptr);
  CHECK(world->last<OpenRecord>()->record.id == sample_id(201));
}

}  // namespace
}  // namespace ruhu::test
