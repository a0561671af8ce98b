#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/journeys/journey.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::journeys {
namespace {

namespace fs = std::filesystem;

/// A visit at the first door of the day that changes nothing.
constexpr const char* kVisit = R"(# The first door of the day.
{"offline":true}
{"wait":"today.first"}
{"shot":"01-today"}
{"tap":"today.first"}
{"wait":"household.title"}
{"expect_absent":"toast.saved"}
{"tap":"household.visit"}
{"expect":"visit.save","text":"保存"}
{"tap":"visit.outcome.01"}
{"tap":"visit.notice_given"}
{"tap":"visit.no_change"}
{"type":"老人身体还好","into":"visit.note"}
{"expect":"visit.note","text":"老人身体还好"}
{"tap":"visit.save"}
{"wait":"toast.saved"}
{"shot":"02-saved"}
)";

/// Plays a script on the tablet without a window.
Ended drive(const TabletFolder& tablet, const std::string& script, const std::string& shots) {
  const std::string steps = tablet.file("steps.jsonl");
  std::ofstream(steps, std::ios::binary) << script;
  test::Launch launch;
  launch.argv = {std::getenv("RUHU_BIN"), "--data", tablet.data(), "--drive", steps, "--shots", shots};
  launch.env = {{"SDL_VIDEODRIVER", "dummy"}, {"RUHU_PIN", ""}};
  return test::run_process(launch);
}

bool is_picture(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string start(8, '\0');
  file.read(start.data(), 8);
  return start == "\x89PNG\r\n\x1A\n" && fs::file_size(path) > 5'000;
}

}  // namespace

TEST_CASE("Drive: a scripted visit is played without a window, saved, and reaches the platform") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  const auto visits = tablet.json("list", {"visit"}).at("count").get<int>();
  const std::string shots = journey.folder.file("shots");
  const Ended ended = drive(tablet, kVisit, shots);
  INFO(ended.out << ended.err);
  CHECK(ended.exit_code == 0);
  CHECK(is_picture(shots + "/01-today.png"));
  CHECK(is_picture(shots + "/02-saved.png"));
  const Json listed = tablet.json("list", {"visit"});
  CHECK(listed.at("count") == visits + 1);
  CHECK(listed.dump().find("老人身体还好") != std::string::npos);
  CHECK(tablet.status().at("queued") > 0);
  CHECK(tablet.json("sync").at("left") == 0);
  CHECK(journey.platform.exported("records", {"--kind", "visit"}).find("老人身体还好") != std::string::npos);
  CHECK(tablet.audit_ok());
}

TEST_CASE("Drive: a step that cannot be done ends the run with its line and a picture, and loses no save") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  const std::string shots = journey.folder.file("shots");
  const Ended ended =
      drive(tablet, std::string(kVisit) + "{\"tap\":\"visit.no_such_button\"}\n{\"shot\":\"03\"}\n", shots);
  INFO(ended.out << ended.err);
  CHECK(ended.exit_code == 1);
  CHECK(ended.err.find("line 18") != std::string::npos);
  CHECK(ended.err.find("visit.no_such_button") != std::string::npos);
  CHECK(is_picture(shots + "/failed-line-18.png"));
  CHECK_FALSE(fs::exists(shots + "/03.png"));
  CHECK(tablet.status().at("queued") > 0);
  CHECK(tablet.audit_ok());
}

TEST_CASE("Drive: a text that is not there ends the run and says what stands there instead") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  const std::string shots = journey.folder.file("shots");
  const std::string script =
      "{\"tap\":\"today.first\"}\n{\"tap\":\"household.visit\"}\n{\"expect\":\"visit.save\",\"text\":\"删除\"}\n";
  const Ended ended = drive(tablet, script, shots);
  INFO(ended.out << ended.err);
  CHECK(ended.exit_code == 1);
  CHECK(ended.err.find("line 3") != std::string::npos);
  CHECK(ended.err.find("保存") != std::string::npos);
  CHECK(is_picture(shots + "/failed-line-3.png"));
}

TEST_CASE("Drive: a script that cannot be read ends the run at once") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  const Ended ended = drive(tablet, "{\"tap\":\"today.first\"}\n{\"fly\":\"away\"}\n", journey.folder.file("shots"));
  CHECK(ended.exit_code == 1);
  CHECK(ended.err.find("line 2") != std::string::npos);
}

}  // namespace ruhu::journeys
