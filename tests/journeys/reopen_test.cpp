#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/journeys/journey.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::journeys {
namespace {

constexpr const char* kToHousehold = R"({"offline":true}
{"wait":"today.first"}
{"tap":"today.first"}
{"wait":"household.title"}
)";

test::Launch window(const TabletFolder& tablet, const std::string& script, const std::string& shots) {
  const std::string steps = tablet.file("steps.jsonl");
  std::ofstream(steps, std::ios::binary) << script;
  test::Launch launch;
  launch.argv = {std::getenv("RUHU_BIN"), "--data", tablet.data(), "--drive", steps, "--shots", shots};
  launch.env = {{"SDL_VIDEODRIVER", "dummy"}, {"RUHU_PIN", ""}};
  return launch;
}

/// Plays the script in the app, waits until it rests and what was typed had its pause, and kills it as `kill -9` does.
void play_and_kill(const TabletFolder& tablet, const std::string& script) {
  const std::string shots = tablet.file("shots");
  const std::string done = shots + "/done.png";
  std::filesystem::remove(done);
  test::Process app(window(tablet, script + "{\"shot\":\"done\"}\n{\"wait\":\"nothing.of.that.name\"}\n", shots));
  for (int i = 0; i < 400 && !std::filesystem::exists(done); ++i) app.run_for(std::chrono::milliseconds{50});
  REQUIRE(std::filesystem::exists(done));
  app.run_for(std::chrono::milliseconds{2'000});
  app.kill();
}

/// Opens the app again; it must be where the steps expect it without a tap.
void check_reopened(const TabletFolder& tablet, const std::string& steps) {
  const Ended ended = test::run_process(window(tablet, steps, tablet.file("shots")));
  INFO(ended.out << ended.err);
  CHECK(ended.exit_code == 0);
  CHECK(tablet.audit_ok());
}

}  // namespace

TEST_CASE("Reopen: a visit that was being written is on screen again after a kill, with what was typed") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  play_and_kill(tablet, std::string(kToHousehold) + R"({"tap":"household.visit"}
{"tap":"visit.outcome.01"}
{"tap":"visit.notice_given"}
{"type":"老人说话要慢一点","into":"visit.note"}
)");
  check_reopened(tablet, R"({"wait":"visit.save"}
{"expect":"visit.note","text":"老人说话要慢一点"}
)");
}

TEST_CASE("Reopen: a new person half typed is on screen again after a kill") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  play_and_kill(tablet, std::string(kToHousehold) + R"({"tap":"household.add_person"}
{"wait":"person.title"}
{"type":"林小雨","into":"person.name"}
)");
  check_reopened(tablet, R"({"wait":"person.save"}
{"expect":"person.name","text":"林小雨"}
)");
}

TEST_CASE("Reopen: a form of a household and one of a dwelling are on screen again after a kill") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  const auto check = [&](const std::string& button, const std::string& field, const std::string& typed) {
    play_and_kill(tablet, kToHousehold + Json{{"tap", button}}.dump() + "\n" +
                              Json{{"type", typed}, {"into", field}}.dump() + "\n");
    check_reopened(tablet, "{\"wait\":\"record.save\"}\n" + Json{{"expect", field}, {"text", typed}}.dump() +
                               "\n{\"key\":\"Back\"}\n{\"wait\":\"household.title\"}\n");
  };
  check("household.edit", "record.best_time", "晚上7点后");
  check("dwelling.edit", "record.room_no", "888");
}

TEST_CASE("Reopen: an app killed on a list opens on the first page") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  play_and_kill(tablet, kToHousehold);
  check_reopened(tablet, R"({"wait":"today.first"}
{"expect_absent":"household.title"}
)");
}

}  // namespace ruhu::journeys
