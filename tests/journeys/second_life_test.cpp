// A platform put back to a backup, and a tablet whose data lie on two machines.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/journeys/journey.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::journeys {
namespace {

Json person(const char* name) { return {{"kind", "person"}, {"fields", {{"name", name}}}, {"source", "self"}}; }

std::string save(const TabletFolder& tablet, const char* name) {
  const auto printed = tablet.edit({person(name)});
  REQUIRE(printed.size() == 1);
  return printed.front().at("id");
}

bool has(const TabletFolder& tablet, const std::string& id) { return tablet.run("get", {"person", id}).exit_code == 0; }

}  // namespace

TEST_CASE("Restored platform: tablets send again what the backup does not have") {
  Journey journey;
  PlatformFolder& platform = journey.platform;
  const TabletFolder a = journey.enrolled("李网格");
  const TabletFolder b = journey.enrolled("王网格");
  const std::string early = save(a, "早到的");
  a.json("sync");
  const std::string backup = journey.folder.file("backup");
  platform.json("backup", {backup});
  const std::string late = save(a, "晚到的");
  a.json("sync");
  b.json("sync");
  check_refused(platform.run("restore", {backup, "--json"}), "database_busy");
  platform.stop();
  const Json restored = platform.json("restore", {backup});
  CHECK_FALSE(restored.at("epoch").get<std::string>().empty());
  CHECK(platform.record("person", late).is_null());
  platform.start();
  const std::string never_sent = save(b, "还没发的");
  CHECK(a.json("sync").at("sent") == 2);
  CHECK(b.json("sync").at("sent") == 1);
  a.json("sync");
  for (const TabletFolder* tablet : {&a, &b}) {
    for (const std::string& id : {early, late, never_sent}) CHECK(has(*tablet, id));
    CHECK(tablet->status().at("queued") == 0);
    CHECK(tablet->audit_ok());
  }
  for (const std::string& id : {early, late, never_sent}) CHECK_FALSE(platform.record("person", id).is_null());
  CHECK(platform.run("audit").exit_code == 0);
}

TEST_CASE("Copied tablet: both machines go on, and everything that was saved on either arrives") {
  Journey journey;
  const TabletFolder original = journey.enrolled("李网格");
  save(original, "先前的");
  original.json("sync");
  const TabletFolder copy(journey.folder.file("copy"));
  std::filesystem::copy(original.data(), copy.data(), std::filesystem::copy_options::recursive);
  const std::string by_original = save(original, "原机的");
  const std::string by_copy = save(copy, "副本的");
  original.json("sync");
  copy.json("sync");
  original.json("sync");
  for (const TabletFolder* tablet : {&original, &copy}) {
    CHECK(has(*tablet, by_original));
    CHECK(has(*tablet, by_copy));
    CHECK(tablet->audit_ok());
  }
  CHECK(original.status().at("tablet") != copy.status().at("tablet"));
  CHECK(copy.status().at("incarnation") == 2);
  CHECK(journey.platform.run("audit").exit_code == 0);
}

}  // namespace ruhu::journeys
