#include <nlohmann/json.hpp>

#include "platform/base/random.hpp"
#include "sync/protocol/envelope.hpp"
#include "tests/journeys/journey.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/running_server.hpp"

namespace ruhu::journeys {
namespace {

using test::RunningServer;

HttpOptions on_port(std::uint16_t port) {
  HttpOptions options;
  options.port = port;
  return options;
}

/// What a café's network answers to everything until somebody has paid.
HttpReply sign_in_page(const HttpIncoming&) { return {200, "text/html", "<html><body>Sign in</body></html>", {}}; }

HttpReply redirect(const HttpIncoming&) { return {302, "text/html", "", {{"Location", "http://127.0.0.1:9/login"}}}; }

/// The right type and status, yet none of our bytes.
HttpReply forged(const HttpIncoming&) {
  SeededRandom random(3);
  std::string body = "RUHU";
  for (int i = 0; i < 500; ++i) body += static_cast<char>(random.below(256));
  return {200, std::string(kSyncContentType), body, {}};
}

HttpReply json_of_others(const HttpIncoming&) { return {200, "application/json", R"({"token":"abc"})", {}}; }

HttpReply broken(const HttpIncoming&) { return {500, "text/plain", "oops", {}}; }

Json save_one(const TabletFolder& tablet) {
  const Json line = {{"kind", "person"}, {"fields", {{"name", "林门前"}}}};
  return tablet.edit({line}).at(0);
}

}  // namespace

TEST_CASE("Captive portal: enrolment believes nobody but a platform, and works once there is one") {
  Journey journey;
  const TabletFolder tablet(journey.folder.file("tablet"));
  const std::string code = journey.platform.new_code("李网格");
  for (const auto& handler : {sign_in_page, redirect, forged, json_of_others}) {
    const RunningServer portal(handler);
    check_refused(tablet.enrol(portal.url(""), code), "not_our_server");
    check_refused(tablet.attempt("status"), "not_enrolled");
  }
  CHECK(tablet.enrol(journey.platform.url(), code).exit_code == 0);
  CHECK(tablet.json("sync").at("complete") == true);
}

TEST_CASE("Captive portal: a sync is refused, the queue is kept, and goes once the platform answers again") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  const std::string op = save_one(tablet).at("saved");
  journey.platform.stop();
  const Json before = tablet.status();
  for (const auto& handler : {sign_in_page, redirect, forged, json_of_others}) {
    const RunningServer portal(handler, on_port(journey.platform.port()));
    check_refused(tablet.attempt("sync"), "not_our_server");
  }
  {
    const RunningServer server(broken, on_port(journey.platform.port()));
    check_refused(tablet.attempt("sync"), "server_failed");
  }
  CHECK(tablet.status() == before);
  CHECK(before.at("queued") == 1);
  journey.platform.start();
  CHECK(tablet.json("sync").at("sent") == 1);
  CHECK(journey.platform.exported("ops").find("\"op\":\"" + op + "\"") != std::string::npos);
  CHECK(tablet.audit_ok());
}

TEST_CASE("Captive portal: another platform's answers are not believed, and it keeps nothing") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  save_one(tablet);
  journey.platform.stop();
  PlatformFolder other(journey.folder.file("other"));
  other.serve_on(journey.platform.port());
  const std::string ops = other.exported("ops");
  const Ended ended = tablet.attempt("sync");
  INFO(ended.out << ended.err);
  CHECK(ended.exit_code == 1);
  CHECK(tablet.status().at("queued") == 1);
  CHECK(other.exported("ops") == ops);
  other.stop();
  journey.platform.start();
  CHECK(tablet.json("sync").at("sent") == 1);
}

TEST_CASE("Practice: what a trainer's tablet saves never appears among the live records") {
  Journey journey;
  const TabletFolder live = journey.enrolled("李网格");
  const TabletFolder practice(journey.folder.file("practice"));
  const std::vector<std::string> realm = {"--realm", "practice"};
  const std::string records = journey.platform.exported("records");
  const std::string ops = journey.platform.exported("ops");
  REQUIRE(practice.enrol(journey.platform.url(), journey.platform.new_code("陈教员", realm)).exit_code == 0);
  CHECK(practice.json("sync").at("complete") == true);
  CHECK(practice.status().at("realm") == "practice");
  CHECK(live.status().at("realm") == "live");
  CHECK(save_one(practice).contains("saved"));
  CHECK(practice.json("sync").at("sent") == 1);
  CHECK(journey.platform.exported("ops", realm).find("林门前") != std::string::npos);
  CHECK(journey.platform.exported("records") == records);
  CHECK(journey.platform.exported("ops") == ops);
  CHECK(live.json("sync").at("received") == 0);
  CHECK(live.json("search", {"林门前"}).at("results").empty());
  CHECK(practice.audit_ok());
  CHECK(journey.platform.run("audit").exit_code == 0);
}

}  // namespace ruhu::journeys
