#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/journeys/journey.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::journeys {
namespace {

std::string save_person(const TabletFolder& tablet, const std::string& name) {
  const Json line = {{"kind", "person"}, {"fields", {{"name", name}}}};
  return tablet.edit({line}).at(0).at("id");
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("Handover journey: three tablets, one network: everything arrives once and the worker hears of it") {
  Journey journey;
  const TabletFolder worker = journey.enrolled("李网格");
  const TabletFolder leader = journey.enrolled("陈组长");
  const TabletFolder office = journey.enrolled("王网格");
  const std::string theirs = save_person(office, "周敏");
  office.json("sync");
  const std::string mine = save_person(worker, "林门前");
  const std::string out = journey.folder.file("out.parcel");
  CHECK(worker.handover("export", out).at("ops") == 1);
  CHECK(read_file(out).find("林门前") == std::string::npos);
  const Json waiting = worker.status();
  CHECK(waiting.at("queued") == 1);
  CHECK(waiting.at("handed_over") == 1);
  CHECK(waiting.at("handed_over_since").is_string());
  CHECK(waiting.at("safe_to_hand_over") == false);

  CHECK(leader.handover("import", out).at("carried") == 1);
  CHECK(leader.status().at("carried") == 1);
  CHECK(leader.json("search", {"林门前"}).at("results").empty());
  CHECK(leader.json("sync").at("parcels").at("taken") == 1);
  CHECK(journey.platform.record("person", mine).at("fields").at("name") == "林门前");
  CHECK(leader.status().at("carried") == 0);

  const std::string back = journey.folder.file("back.parcel");
  CHECK(leader.handover("export", back).at("answers") == 1);
  const Json heard = worker.handover("import", back);
  CHECK(heard.at("acknowledged") == 1);
  CHECK(heard.at("received").get<int>() >= 1);
  CHECK(worker.get("person", theirs).at("fields").at("name") == "周敏");
  CHECK(worker.status().at("queued") == 0);
  CHECK(worker.status().at("handed_over") == 0);
  CHECK(worker.json("sync").at("sent") == 0);
  for (const TabletFolder* tablet : {&worker, &leader, &office}) CHECK(tablet->audit_ok());
  CHECK(journey.platform.run("audit").exit_code == 0);
}

TEST_CASE("Handover journey: the worker reaches the platform first, and the late parcel does no harm") {
  Journey journey;
  const TabletFolder worker = journey.enrolled("李网格");
  const TabletFolder leader = journey.enrolled("陈组长");
  const std::string id = save_person(worker, "林一");
  const std::string out = journey.folder.file("out.parcel");
  worker.handover("export", out);
  leader.handover("import", out);
  CHECK(worker.json("sync").at("sent") == 1);
  save_person(worker, "林二");
  CHECK(worker.json("sync").at("sent") == 1);
  CHECK(leader.json("sync").at("parcels").at("taken") == 1);
  const std::string back = journey.folder.file("back.parcel");
  leader.handover("export", back);
  CHECK(worker.handover("import", back).at("acknowledged") == 0);
  save_person(worker, "林三");
  CHECK(worker.json("sync").at("sent") == 1);
  CHECK(journey.platform.record("person", id).at("fields").at("name") == "林一");
  CHECK(worker.audit_ok());
  CHECK(journey.platform.run("audit").exit_code == 0);
}

TEST_CASE("Handover journey: bad files are refused with a reason, and a file is never written over") {
  Journey journey;
  const TabletFolder worker = journey.enrolled("李网格");
  const TabletFolder leader = journey.enrolled("陈组长");
  save_person(worker, "林门前");
  const std::string out = journey.folder.file("out.parcel");
  worker.handover("export", out);
  check_refused(worker.attempt_handover("export", out), "io_failed");
  check_refused(leader.attempt_handover("import", journey.folder.file("nothing")), "file_missing");
  const std::string bad = journey.folder.file("bad.parcel");
  std::ofstream(bad, std::ios::binary) << read_file(out).substr(0, 200);
  check_refused(leader.attempt_handover("import", bad), "parcel_unfit");
  PlatformFolder other(journey.folder.file("other"));
  other.start();
  const TabletFolder stranger(journey.folder.file("stranger"));
  REQUIRE(stranger.enrol(other.url(), other.new_code("外人")).exit_code == 0);
  check_refused(stranger.attempt_handover("import", out), "parcel_unfit");
  const TabletFolder trainer(journey.folder.file("trainer"));
  REQUIRE(trainer.enrol(journey.platform.url(), journey.platform.new_code("教员", {"--realm", "practice"})).exit_code ==
          0);
  check_refused(trainer.attempt_handover("import", out), "wrong_realm");
  CHECK(leader.status().at("carried") == 0);
  CHECK(leader.handover("import", out).at("carried") == 1);
}

TEST_CASE("Handover journey: over the local network, with the platform out of reach of the worker") {
  Journey journey;
  const TabletFolder worker = journey.enrolled("李网格");
  const TabletFolder leader = journey.enrolled("陈组长");
  const std::string id = save_person(worker, "林门前");
  const auto send = [&](const std::string& address) {
    return test::run_process(
        {.argv = {std::getenv("RUHU_BIN"), "handover", "send", "--data", worker.data(), "--json", "--to", address},
         .env = {{"RUHU_PIN", ""}},
         .file_bytes_max = {}});
  };
  const auto listening = [&] {
    return test::Launch{
        .argv = {std::getenv("RUHU_BIN"), "handover", "listen", "--data", leader.data(), "--listen", "127.0.0.1:0"},
        .env = {{"RUHU_PIN", ""}},
        .file_bytes_max = {}};
  };
  const auto address_of = [](test::Process& process) {
    const auto line = process.read_line();
    REQUIRE(line);
    return Json::parse(*line).at("listening").get<std::string>();
  };
  {
    test::Process process(listening());
    const Json sent = parsed(send(address_of(process)));
    CHECK(sent.at("ops") == 1);
    CHECK(worker.status().at("handed_over") == 1);
    process.terminate();
    CHECK(process.wait().exit_code == 0);
  }
  CHECK(leader.status().at("carried") == 1);
  CHECK(leader.json("sync").at("parcels").at("taken") == 1);
  CHECK(journey.platform.record("person", id).at("fields").at("name") == "林门前");
  {
    test::Process process(listening());
    const Json sent = parsed(send(address_of(process)));
    CHECK(sent.at("acknowledged") == 1);
    process.terminate();
    process.wait();
  }
  CHECK(worker.status().at("queued") == 0);
  check_refused(send("127.0.0.1:9"), "offline");
  check_refused(send(journey.platform.url().substr(7)), "not_our_server");
  CHECK(worker.audit_ok());
  CHECK(leader.audit_ok());
}

}  // namespace ruhu::journeys
