#include <nlohmann/json.hpp>

#include "platform/base/ids.hpp"
#include "tests/journeys/journey.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::journeys {
namespace {

constexpr const char* kPhoneOfA = "13911110001";
constexpr const char* kPhoneOfB = "13922220002";

/// A home with somebody in it, as the platform knows it.
struct Home {
  std::string person;
  std::string household;
  std::string dwelling;
};

Home some_home(const PlatformFolder& platform) {
  Home home;
  home.person = platform.records("person").at(0).at("id");
  for (const Json& record : platform.records("membership"))
    if (record.at("fields").at("person_id") == home.person) home.household = record.at("fields").at("household_id");
  for (const Json& record : platform.records("residency"))
    if (record.at("fields").at("person_id") == home.person) home.dwelling = record.at("fields").at("dwelling_id");
  REQUIRE_FALSE(home.household.empty());
  REQUIRE_FALSE(home.dwelling.empty());
  return home;
}

std::string new_id() {
  SystemClock clock;
  SystemRandom random;
  return to_string(make_uuid_v7(clock, random));
}

Json phone_line(const Home& home, const char* phone) {
  return {{"kind", "person"}, {"id", home.person}, {"fields", {{"phone", phone}}}, {"source", "self"}};
}

/// Person, membership and residency of a child: they stand or fall together.
std::vector<Json> newborn_lines(const Home& home, const std::string& child) {
  const Json person = {{"name", "林小宝"}, {"gender", "2"}, {"birth_date", "2024-03-05"}, {"category", "04"}};
  const Json membership = {{"household_id", home.household}, {"person_id", child}, {"relation", "42"}};
  const Json residency = {{"person_id", child}, {"dwelling_id", home.dwelling}, {"kind", "1"},
                          {"lives_here", true}, {"registered_here", false},     {"since", "2024-03-05"}};
  return {{{"kind", "person"}, {"id", child}, {"fields", person}, {"group", "newborn"}},
          {{"kind", "membership"}, {"fields", membership}, {"group", "newborn"}},
          {{"kind", "residency"}, {"fields", residency}, {"group", "newborn"}}};
}

void check_saved(const std::vector<Json>& printed, std::size_t lines) {
  REQUIRE(printed.size() == lines);
  for (const Json& line : printed) CHECK(line.contains("saved"));
}

Json without_last_sync(Json status) {
  status.erase("last_sync");
  return status;
}

void check_offline(const TabletFolder& tablet, int queued) {
  check_refused(tablet.attempt("sync"), "offline");
  CHECK(tablet.status().at("queued") == queued);
  CHECK(tablet.status().at("safe_to_hand_over") == false);
}

/// The phone that did not come to stand, where a clerk and where its worker look for it.
void check_conflict(const PlatformFolder& platform, const TabletFolder& a, const TabletFolder& b, const Home& home) {
  const Json conflicts = platform.json("conflicts").at("conflicts");
  REQUIRE(conflicts.size() == 1);
  const Json& conflict = conflicts.at(0);
  CHECK(conflict.at("kind") == "person");
  CHECK(conflict.at("id") == home.person);
  CHECK(conflict.at("field") == "phone");
  CHECK(conflict.at("state") == "open");
  CHECK(conflict.at("mine").at("value") == kPhoneOfB);
  CHECK(conflict.at("mine").at("who") == "王网格");
  CHECK(conflict.at("theirs").at("value") == kPhoneOfA);
  CHECK(conflict.at("theirs").at("who") == "李网格");
  for (const char* side : {"mine", "theirs"}) {
    CHECK(conflict.at(side).at("when").get<std::string>().size() == std::string("2026-03-05T08:40:00.000Z").size());
    CHECK(conflict.at(side).at("source") == "self");
  }
  const Json results = b.status().at("results");
  REQUIRE(results.size() == 1);
  CHECK(results.at(0).at("outcome") == "conflict");
  const Json& field = results.at(0).at("fields").at(0);
  CHECK(field.at("field") == "phone");
  CHECK(field.at("mine") == kPhoneOfB);
  CHECK(field.at("current") == kPhoneOfA);
  CHECK(field.at("who") == "李网格");
  CHECK(a.status().at("results").empty());
}

/// The clerk takes the value that had not come to stand, and everybody has it.
void check_decision(const PlatformFolder& platform, const TabletFolder& a, const TabletFolder& b, const Home& home) {
  const Json decided = platform.json("resolve", {"1", "--take", "mine", "--by", "刘专员", "--reason", "打电话核实"});
  CHECK(decided.at("state") == "decided");
  CHECK(decided.at("decision").at("who") == "刘专员");
  CHECK(platform.json("conflicts").at("conflicts").empty());
  CHECK(platform.json("conflicts", {"--all"}).at("conflicts").size() == 1);
  const Ended again = platform.run("resolve", {"1", "--take", "theirs", "--by", "刘", "--reason", "再想想", "--json"});
  check_refused(again, "already_ended");
  for (const TabletFolder* tablet : {&a, &b}) {
    tablet->json("sync");
    CHECK(tablet->get("person", home.person).at("fields").at("phone") == kPhoneOfB);
    CHECK(tablet->status().at("conflicts") == 0);
    CHECK(tablet->audit_ok());
  }
  CHECK(platform.run("audit").exit_code == 0);
}

/// Syncing once more brings nothing new anywhere.
void check_settled(const PlatformFolder& platform, const std::vector<const TabletFolder*>& tablets) {
  const std::string records = platform.exported("records");
  const std::string ops = platform.exported("ops");
  for (const TabletFolder* tablet : tablets) {
    const Json before = without_last_sync(tablet->status());
    const Json report = tablet->json("sync");
    CHECK(report.at("sent") == 0);
    CHECK(report.at("received") == 0);
    CHECK(without_last_sync(tablet->status()) == before);
  }
  CHECK(platform.exported("records") == records);
  CHECK(platform.exported("ops") == ops);
}

}  // namespace

TEST_CASE("Two tablets: what both recorded offline stands on all three, and the clash waits for a clerk") {
  Journey journey;
  PlatformFolder& platform = journey.platform;
  const TabletFolder a = journey.enrolled("李网格");
  const TabletFolder b = journey.enrolled("王网格");
  const Home home = some_home(platform);
  platform.stop();

  const std::string child = new_id();
  auto lines_of_a = newborn_lines(home, child);
  lines_of_a.insert(lines_of_a.begin(), phone_line(home, kPhoneOfA));
  check_saved(a.edit(lines_of_a), 4);
  const Json tenure = {
      {"kind", "dwelling"}, {"id", home.dwelling}, {"fields", {{"tenure", "2"}}}, {"verified", "seen"}};
  check_saved(b.edit({phone_line(home, kPhoneOfB), tenure}), 2);
  check_offline(a, 4);
  check_offline(b, 2);
  CHECK(a.get("person", home.person).at("pending").size() == 1);

  platform.start();
  CHECK(a.json("sync").at("sent") == 4);
  CHECK(b.json("sync").at("conflicts") == 1);
  CHECK(a.json("sync").at("received") > 0);

  CHECK(platform.record("person", home.person).at("fields").at("phone") == kPhoneOfA);
  CHECK(platform.record("person", child).at("fields").at("name") == "林小宝");
  CHECK(platform.record("dwelling", home.dwelling).at("fields").at("tenure") == "2");
  for (const TabletFolder* tablet : {&a, &b}) {
    CHECK(tablet->get("person", home.person).at("fields").at("phone") == kPhoneOfA);
    CHECK(tablet->get("person", home.person).at("pending").empty());
    CHECK(tablet->get("person", child).at("fields").at("name") == "林小宝");
    CHECK(tablet->get("dwelling", home.dwelling).at("fields").at("tenure") == "2");
    CHECK(tablet->json("list", {"membership", "--where", "person_id=" + child}).at("count") == 1);
    CHECK(tablet->json("list", {"residency", "--where", "person_id=" + child}).at("count") == 1);
    CHECK(tablet->status().at("safe_to_hand_over") == true);
    CHECK(tablet->audit_ok());
  }
  CHECK(platform.run("audit").exit_code == 0);
  check_conflict(platform, a, b, home);
  check_settled(platform, {&a, &b});
  check_decision(platform, a, b, home);
  check_settled(platform, {&a, &b});
}

}  // namespace ruhu::journeys
