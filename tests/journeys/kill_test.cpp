#include <cstdlib>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "platform/base/random.hpp"
#include "tests/journeys/journey.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::journeys {
namespace {

constexpr std::uint64_t kSeed = 20260401;
constexpr int kMoments = 50;

std::uint64_t seed_of_run() {
  const char* given = std::getenv("RUHU_SEED");
  return given == nullptr ? kSeed : std::strtoull(given, nullptr, 10);
}

/// "零" … "九" for each digit: names hold no figures.
std::string chinese_number(int number) {
  static const std::vector<std::string> kDigits = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  std::string out;
  for (const char digit : std::to_string(number)) out += kDigits[static_cast<std::size_t>(digit - '0')];
  return out;
}

/// A save that its worker was told is saved.
struct Acknowledged {
  std::string op;
  std::string id;
  std::string name;
};

/// Everything that is missing, doubled or different on the platform; empty: nothing was lost.
std::vector<std::string> lost(const PlatformFolder& platform, const std::vector<Acknowledged>& saves) {
  std::multimap<std::string, Json> ops;
  for (Json& op : parsed_lines(platform.exported("ops"))) {
    const std::string id = op.at("op");
    ops.emplace(id, std::move(op));
  }
  std::map<std::string, std::string> names;
  std::vector<std::string> complaints;
  for (const Json& person : platform.records("person"))
    if (!names.emplace(person.at("id"), person.at("fields").at("name")).second) complaints.push_back("record twice");
  for (const Acknowledged& save : saves) {
    if (ops.count(save.op) != 1) {
      complaints.push_back(save.op + " is there " + std::to_string(ops.count(save.op)) + " times");
      continue;
    }
    const Json& op = ops.find(save.op)->second;
    if (op.at("id") != save.id || op.at("fields").at("name") != save.name || op.at("outcome") != "applied")
      complaints.push_back(save.op + " is not what was saved");
    if (names[save.id] != save.name) complaints.push_back(save.id + " is not what was saved");
  }
  return complaints;
}

/// One tablet and its platform, killed again and again.
class KillRun {
 public:
  explicit KillRun(std::uint64_t seed) : random_(seed) {}

  void kill_edit() {
    const int lines = 30;
    int first = next_name_;
    test::Process edit(tablet_.launch("edit", {"--ndjson", "-"}));
    for (int i = 0; i < lines; ++i) edit.write(line());
    if (random_.chance(0.5)) {
      const auto until = random_.below(lines);
      for (std::uint64_t i = 0; i < until; ++i) note(edit.read_line(), first);
    }
    edit.run_for(std::chrono::microseconds{random_.below(40'000)});
    edit.kill();
    while (const auto printed = edit.read_line()) note(printed, first);
    check_store();
  }

  void kill_sync() {
    save_some();
    test::Process sync(tablet_.launch("sync"));
    sync.run_for(std::chrono::microseconds{random_.below(40'000)});
    sync.kill();
  }

  void kill_server() {
    save_some();
    test::Process sync(tablet_.launch("sync"));
    sync.run_for(std::chrono::microseconds{random_.below(40'000)});
    journey_.platform.kill();
    CHECK(sync.wait().exit_code >= 0);
    journey_.platform.start();
  }

  void check_all() {
    const Json report = tablet_.json("sync");
    CHECK(report.at("left") == 0);
    CHECK(tablet_.audit_ok());
    CHECK(journey_.platform.run("audit").exit_code == 0);
    CHECK(lost(journey_.platform, saves_) == std::vector<std::string>{});
  }

  const PlatformFolder& platform() const { return journey_.platform; }
  const std::vector<Acknowledged>& saves() const { return saves_; }

 private:
  std::string line() {
    const Json json = {{"kind", "person"}, {"fields", {{"name", "测试" + chinese_number(next_name_++)}}}};
    return json.dump() + "\n";
  }

  /// Lines are answered in their order, and a line cut off by the kill says nothing.
  void note(const std::optional<std::string>& printed, int& first) {
    REQUIRE(printed);
    const Json json = Json::parse(*printed);
    saves_.push_back({json.at("saved"), json.at("id"), "测试" + chinese_number(first++)});
  }

  void save_some() {
    std::string input;
    int first = next_name_;
    const auto count = 1 + random_.below(20);
    for (std::uint64_t i = 0; i < count; ++i) input += line();
    for (const auto& json : parsed_lines(tablet_.run("edit", {"--ndjson", "-"}, input).out)) note(json.dump(), first);
  }

  void check_store() {
    std::map<std::string, std::string> names;
    const Json list = tablet_.json("list", {"person"});
    for (const Json& person : list.at("records")) names[person.at("id")] = person.at("fields").at("name");
    for (const Acknowledged& save : saves_) CHECK(names[save.id] == save.name);
  }

  SeededRandom random_;
  Journey journey_;
  TabletFolder tablet_ = journey_.enrolled("李网格");
  int next_name_ = 1;
  std::vector<Acknowledged> saves_;
};

}  // namespace

TEST_CASE("Kill: nothing that was shown as saved is lost, whichever program dies at whatever moment") {
  const auto seed = seed_of_run();
  std::cout << "kill moments: RUHU_SEED=" << seed << std::endl;
  KillRun run(seed);
  for (int moment = 0; moment < kMoments; ++moment) {
    INFO("moment " << moment << " of RUHU_SEED=" << seed);
    switch (moment % 3) {
      case 0: run.kill_edit(); break;
      case 1: run.kill_sync(); break;
      default: run.kill_server(); break;
    }
    run.check_all();
  }
  CHECK(run.saves().size() > kMoments);
}

TEST_CASE("Kill: the check finds a save that is not there, and one that is another's") {
  KillRun run(kSeed);
  run.kill_sync();
  run.check_all();
  auto saves = run.saves();
  REQUIRE(saves.size() > 1);
  saves[0].name = "别人";
  saves[1].op = "7:1";
  CHECK(lost(run.platform(), saves).size() == 3);
}

}  // namespace ruhu::journeys
