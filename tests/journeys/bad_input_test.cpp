#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/journeys/journey.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/raw_connection.hpp"

namespace ruhu::journeys {
namespace {

/// A save line for a new person.
std::string person_line(const std::string& name) {
  return Json{{"kind", "person"}, {"fields", {{"name", name}}}}.dump() + "\n";
}

std::size_t people_called(const TabletFolder& tablet, const std::string& name) {
  return tablet.json("list", {"person", "--where", "name=" + name}).at("count");
}

/// A bad line between two good ones: refused by itself, with that key; the good ones are saved.
void check_refused_alone(const TabletFolder& tablet, const std::string& bad_line, const std::string& key) {
  INFO(key << ": " << bad_line.substr(0, 100));
  const auto people = [&] { return people_called(tablet, "王前") + people_called(tablet, "王后"); };
  const auto before = people();
  const Ended ended =
      tablet.run("edit", {"--ndjson", "-"}, person_line("王前") + bad_line + "\n" + person_line("王后"));
  INFO("stdout: " << ended.out << "\nstderr: " << ended.err);
  const auto lines = parsed_lines(ended.out);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].contains("saved"));
  CHECK(lines[1].at("line") == 2);
  CHECK(lines[2].contains("saved"));
  check_refused({.exit_code = ended.exit_code, .signal = ended.signal, .out = lines[1].dump(), .err = ended.err}, key);
  CHECK(people() == before + 2);
}

/// The status and the error key of a raw POST.
std::pair<std::string, std::string> post(const PlatformFolder& platform, const std::string& path,
                                         const std::string& body) {
  test::RawConnection connection(platform.port());
  connection.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n" + body);
  const std::string answer = connection.read_to_end();
  const auto status = answer.substr(0, answer.find("\r\n"));
  const auto head_end = answer.find("\r\n\r\n");
  const Json json = head_end == std::string::npos ? Json{} : Json::parse(answer.substr(head_end + 4), nullptr, false);
  return {status, json.is_object() ? json.value("error", "") : "no JSON: " + answer};
}

bool is_client_error(const std::string& status_line) { return status_line.starts_with("HTTP/1.1 4"); }

}  // namespace

TEST_CASE("Bad input: a bad line is refused alone, and the lines around it are saved") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  check_refused_alone(tablet, R"({"kind":"palace","fields":{}})", "unknown_kind");
  check_refused_alone(tablet, R"({"kind":"x宫殿宫殿宫殿宫殿宫殿宫殿宫殿宫殿宫殿","fields":{}})", "unknown_kind");
  check_refused_alone(tablet, R"({"kind":"person","fields":{"shoe_size":"42"}})", "unknown_field");
  check_refused_alone(tablet, "{\"kind\":\"person\",\"fields\":{\"name\":\"\xFF\xFE\"}}", "invalid_utf8");
  check_refused_alone(tablet, R"({"kind":"person","fields":{"name":"王二")", "invalid_json");
  check_refused_alone(tablet, "[]", "invalid_json");
  check_refused_alone(tablet, R"({"kind":"person","fields":{"phone":"119"}})", "invalid_value");
  const std::string long_text(std::size_t{300} << 10U, 'a');
  check_refused_alone(tablet, R"({"kind":"person","fields":{"name":")" + long_text + "\"}}", "too_large");
  CHECK(tablet.audit_ok());
  CHECK(tablet.json("sync").at("left") == 0);
  CHECK(journey.platform.run("audit").exit_code == 0);
}

TEST_CASE("Bad input: a group with one bad line is refused as a whole") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  const std::string good = R"({"kind":"person","fields":{"name":"陈同组"},"group":"g"})"
                           "\n";
  const auto check_group_refused = [&](const std::string& bad, const std::string& key) {
    INFO(bad);
    for (const std::string& group : {bad + good, good + bad, good + bad + good}) {
      const Ended ended = tablet.run("edit", {"--ndjson", "-"}, group + person_line("王后"));
      const auto lines = parsed_lines(ended.out);
      REQUIRE(lines.size() == 2);
      CHECK(lines[0].at("error") == key);
      CHECK(lines[0].at("line") == 1);
      CHECK(lines[1].contains("saved"));
    }
  };
  check_group_refused(R"({"kind":"person","fields":{"shoe_size":"42"},"group":"g"})"
                      "\n",
                      "unknown_field");
  check_group_refused(R"({"kind":"person","fields":{"phone":"119"},"group":"g"})"
                      "\n",
                      "invalid_value");
  // A torn line may have been one of the group that is open; before the group it stands for itself.
  const Ended torn = tablet.run("edit", {"--ndjson", "-"}, good + "{\"kind\":\"pers\n" + good + person_line("王后"));
  CHECK(parsed_lines(torn.out).size() == 2);
  CHECK(people_called(tablet, "陈同组") == 0);
  CHECK(tablet.audit_ok());
}

TEST_CASE("Bad input: arguments that are no text, no kind, no id are refused and crash nothing") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  check_refused(tablet.attempt("get", {"palace", "01a03480-040a-7f69-844c-9e6665e4ca67"}), "unknown_kind");
  check_refused(tablet.attempt("get", {"\xFF\xFE", "x"}), "unknown_kind");
  check_refused(tablet.attempt("get", {"person", "no-id"}), "usage");
  check_refused(tablet.attempt("get", {"person", "01a03480-040a-7f69-844c-000000000000"}), "not_found");
  check_refused(tablet.attempt("list", {"person", "--where", "shoe_size=42"}), "unknown_field");
  check_refused(tablet.attempt("edit", {"--ndjson", tablet.file("nowhere.ndjson")}), "file_missing");
  CHECK(tablet.attempt("search", {"\xFF"}).exit_code == 0);
  CHECK(tablet.run("dance").exit_code == 2);
  CHECK(tablet.audit_ok());
}

TEST_CASE("Bad input: enrolment takes a code once, and no other code") {
  Journey journey;
  const PlatformFolder& platform = journey.platform;
  const TabletFolder first(journey.folder.file("first"));
  const TabletFolder second(journey.folder.file("second"));
  const std::string code = platform.new_code("李网格");
  check_refused(first.enrol(platform.url(), "0000-0000"), "code_invalid");
  check_refused(first.enrol(platform.url(), "'; DROP TABLE tablets"), "code_invalid");
  CHECK(first.enrol(platform.url(), code).exit_code == 0);
  check_refused(second.enrol(platform.url(), code), "code_invalid");
  check_refused(second.attempt("status"), "not_enrolled");
  check_refused(first.enrol(platform.url(), platform.new_code("王网格")), "already_enrolled");
  CHECK(second.enrol(platform.url(), platform.new_code("王网格")).exit_code == 0);
  CHECK(first.json("sync").at("complete") == true);
  CHECK(second.json("sync").at("complete") == true);
}

TEST_CASE("Bad input: no code is issued for a grid or a role that is not known") {
  Journey journey;
  check_refused(journey.platform.run("enrol", {"--json", "--grid", "350582006999999"}), "not_found");
  check_refused(journey.platform.run("enrol", {"--json", "--grid", "hello"}), "usage");
  check_refused(journey.platform.run("enrol", {"--json", "--role", "king"}), "usage");
  check_refused(journey.platform.run("enrol", {"--json", "--realm", "dream"}), "usage");
  CHECK(journey.enrolled("李网格").audit_ok());
}

TEST_CASE("Bad input: a tablet that is not enrolled says so, and no folder appears") {
  const test::TemporaryFolder folder;
  const TabletFolder tablet(folder.file("nobody"));
  for (const char* command : {"status", "sync", "audit"}) check_refused(tablet.attempt(command), "not_enrolled");
  check_refused(tablet.attempt("edit", {"--ndjson", "-"}), "not_enrolled");
  CHECK_FALSE(std::filesystem::exists(tablet.data()));
  const PlatformFolder platform(folder.file("server"));
  const std::string elsewhere = folder.file("elsewhere");
  const auto argv = std::vector<std::string>{std::getenv("RUHU_SERVER_BIN"), "audit", "--json", "--data", elsewhere};
  check_refused(test::run_process({.argv = argv, .env = {}, .file_bytes_max = {}}), "file_missing");
  CHECK_FALSE(std::filesystem::exists(elsewhere));
}

TEST_CASE("Bad input: requests that make no sense are refused in JSON, and the platform goes on") {
  Journey journey;
  const PlatformFolder& platform = journey.platform;
  const std::string deep(10'000, '[');
  for (const char* path : {"/v1/sync", "/v1/enrol"}) {
    for (const std::string& body : {std::string(), std::string("x"), std::string("\xFF\x00\xA1", 3), deep,
                                    std::string("{}"), std::string("RUHU1") + std::string(4'000, '\xA7'),
                                    std::string(R"({"code":"0000-0000","public_key":"zz"})")}) {
      const auto [status, error] = post(platform, path, body);
      INFO(path << " " << body.substr(0, 20) << " → " << status << " " << error);
      CHECK(is_client_error(status));
      CHECK_FALSE(error.empty());
      CHECK(error.find(' ') == std::string::npos);
    }
  }
  CHECK(post(platform, "/v1/enrol", std::string(100'000, 'x')).second == "too_large");
  const auto too_long = post(platform, "/v1/sync", std::string(std::size_t{9} << 20U, 'x'));
  CHECK(too_long.first.starts_with("HTTP/1.1 413"));
  CHECK(post(platform, "/v1/nothing", "x").second == "not_found");
  CHECK(journey.enrolled("李网格").audit_ok());
  CHECK(platform.run("audit").exit_code == 0);
}

}  // namespace ruhu::journeys
