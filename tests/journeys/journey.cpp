#include "tests/journeys/journey.hpp"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "platform/base/text.hpp"
#include "platform/base/texts.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::journeys {
namespace {

/// The programs under test, as ctest names them.
std::string program(const char* variable) {
  const char* path = std::getenv(variable);
  INFO(variable << " must hold the path of the program; ctest sets it");
  REQUIRE(path != nullptr);
  return path;
}

std::vector<std::string> joined(std::vector<std::string> front, const std::vector<std::string>& back) {
  front.insert(front.end(), back.begin(), back.end());
  return front;
}

}  // namespace

Json parsed(const Ended& ended) {
  INFO("stdout: " << ended.out << "\nstderr: " << ended.err);
  Json json = Json::parse(ended.out, nullptr, false);
  REQUIRE(json.is_object());
  return json;
}

std::vector<Json> parsed_lines(std::string_view text) {
  std::vector<Json> lines;
  for (const auto line : split(text, '\n'))
    if (!line.empty()) lines.push_back(Json::parse(line));
  return lines;
}

void check_refused(const Ended& ended, std::string_view key) {
  INFO("exit code: " << ended.exit_code << " signal: " << ended.signal << "\nstdout: " << ended.out
                     << "\nstderr: " << ended.err);
  CHECK(ended.exit_code == 1);
  const auto lines = parsed_lines(ended.out);
  REQUIRE_FALSE(lines.empty());
  CHECK(lines.back().value("error", "") == key);
  for (const ErrorTraits& traits : error_table()) {
    if (traits.key != key) continue;
    CHECK(ended.err.find(error_text(Lang::zh_cn, traits.code)) != std::string::npos);
    CHECK(ended.err.find(error_text(Lang::en, traits.code)) != std::string::npos);
  }
}

PlatformFolder::PlatformFolder(std::string data) : data_(std::move(data)) {
  grid_ = json("demo", {"--seed", "1", "--size", "tiny"}).at("grids").at(0);
}

void PlatformFolder::start() {
  const std::string listen = "127.0.0.1:" + std::to_string(port_);
  process_ = std::make_unique<test::Process>(
      test::Launch{.argv = {program("RUHU_SERVER_BIN"), "serve", "--data", data_, "--listen", listen},
                   .env = {},
                   .file_bytes_max = {}});
  const auto line = process_->read_line();
  INFO("it said: " << line.value_or("nothing"));
  REQUIRE(line);
  REQUIRE(line->starts_with("ruhu-server http://127.0.0.1:"));
  port_ = static_cast<std::uint16_t>(std::stoi(line->substr(line->rfind(':') + 1)));
}

void PlatformFolder::stop() {
  process_->terminate();
  CHECK(process_->wait().exit_code == 0);
}

Ended PlatformFolder::run(const std::string& command, const std::vector<std::string>& more,
                          std::string_view input) const {
  const auto argv = joined({program("RUHU_SERVER_BIN"), command, "--data", data_}, more);
  return test::run_process({.argv = argv, .env = {}, .file_bytes_max = {}}, input);
}

Json PlatformFolder::json(const std::string& command, const std::vector<std::string>& more) const {
  const Ended ended = run(command, joined({"--json"}, more));
  INFO("ruhu-server " << command << ": " << ended.err << ended.out);
  REQUIRE(ended.exit_code == 0);
  return parsed(ended);
}

std::string PlatformFolder::new_code(const std::string& name, const std::vector<std::string>& more) const {
  return json("enrol", joined({"--name", name, "--grid", grid_}, more)).at("code");
}

std::string PlatformFolder::exported(const std::string& what, const std::vector<std::string>& more) const {
  const Ended ended = run("export", joined({"--what", what, "--ndjson", "-"}, more));
  INFO(ended.err);
  REQUIRE(ended.exit_code == 0);
  return ended.out;
}

std::vector<Json> PlatformFolder::records(const std::string& kind) const {
  return parsed_lines(exported("records", {"--kind", kind}));
}

Json PlatformFolder::record(const std::string& kind, const std::string& id) const {
  Json found;
  for (const Json& record : records(kind)) {
    if (record.at("id") != id) continue;
    CHECK(found.is_null());
    found = record;
  }
  return found;
}

test::Launch TabletFolder::launch(const std::string& command, const std::vector<std::string>& more) const {
  return {.argv = joined({program("RUHU_BIN"), command, "--data", data_}, more),
          .env = {{"RUHU_PIN", pin_}},
          .file_bytes_max = {}};
}

Ended TabletFolder::run(const std::string& command, const std::vector<std::string>& more,
                        std::string_view input) const {
  return test::run_process(launch(command, more), input);
}

Ended TabletFolder::attempt(const std::string& command, std::vector<std::string> more) const {
  return run(command, joined({"--json"}, more));
}

Json TabletFolder::json(const std::string& command, const std::vector<std::string>& more) const {
  const Ended ended = attempt(command, more);
  INFO("ruhu " << command << ": " << ended.err << ended.out);
  REQUIRE(ended.exit_code == 0);
  return parsed(ended);
}

Ended TabletFolder::enrol(const std::string& url, const std::string& code) const {
  return attempt("enrol", {"--server", url, "--code", code});
}

Json TabletFolder::get(const std::string& kind, const std::string& id) const { return json("get", {kind, id}); }

Json TabletFolder::status() const { return json("status"); }

Ended TabletFolder::attempt_handover(const std::string& what, const std::string& file) const {
  test::Launch launch{.argv = {program("RUHU_BIN"), "handover", what, "--data", data_, "--json", file},
                      .env = {{"RUHU_PIN", pin_}},
                      .file_bytes_max = {}};
  return test::run_process(launch);
}

Json TabletFolder::handover(const std::string& what, const std::string& file) const {
  const Ended ended = attempt_handover(what, file);
  INFO("ruhu handover " << what << ": " << ended.err << ended.out);
  REQUIRE(ended.exit_code == 0);
  return parsed(ended);
}

std::vector<Json> TabletFolder::edit(const std::vector<Json>& lines) const {
  std::string input;
  for (const Json& line : lines) input += line.dump() + "\n";
  return parsed_lines(run("edit", {"--ndjson", "-"}, input).out);
}

TabletFolder Journey::enrolled(const std::string& name, const std::vector<std::string>& more) {
  const TabletFolder tablet(folder.file(name));
  const Ended ended = tablet.enrol(platform.url(), platform.new_code(name, more));
  INFO(ended.err);
  REQUIRE(ended.exit_code == 0);
  CHECK(tablet.json("sync").at("complete") == true);
  return tablet;
}

}  // namespace ruhu::journeys
