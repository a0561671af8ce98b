#include <fstream>

#include "app/commands/front_door.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/ui/sample_states.hpp"
#include "tests/ui/ui_world.hpp"

namespace ruhu::test {
namespace {

/// What the platform says next, and what it was asked last.
struct Platform {
  Result<HttpResponse> answer = make_error(Errc::offline);
  HttpRequest asked;
  int requests = 0;

  void accept() {
    answer = HttpResponse{
        200, "application/json",
        R"({"tablet":7,"incarnation":1,"actor":42,"name":"李晓","role":"worker","epoch":"1","realm":"live",)"
        R"("server_key":")" +
            std::string(64, 'a') + R"(","scopes":["350582006001003"]})"};
  }
  void say(int status, const std::string& body) { answer = HttpResponse{status, "text/html", body}; }
};

class PlatformClient final : public HttpClient {
 public:
  explicit PlatformClient(Platform& platform) : platform_(platform) {}
  Result<HttpResponse> send(const HttpRequest& request, std::stop_token) override {
    platform_.asked = request;
    ++platform_.requests;
    return platform_.answer;
  }

 private:
  Platform& platform_;
};

/// A tablet at its front door, on one thread, with a window and a finger.
class Doorstep {
 public:
  explicit Doorstep(const UiOptions& size = {}) : ui(size) {
    ui.on_command = [this](const Command& command) {
      door_->handle({command});
      ui.state = door_->state();
    };
  }

  /// As if the program were started, with RUHU_PIN or without.
  void start(const std::string& pin = {}) {
    door_.reset();
    door_ = std::make_unique<FrontDoor>(
        FrontDoor::Parts{.folder = data(),
                         .world = {built_in_dictionary(), ui.clock, random_},
                         .store_runner = runner_,
                         .make_client = [this] { return std::make_unique<PlatformClient>(platform); },
                         .wake = {},
                         .lang = Lang::zh_cn});
    door_->start(pin);
    ui.inputs = {};
    ui.state = door_->state();
  }
  /// Enrols without the screen.
  void enrol(const std::string& pin) {
    start();
    platform.accept();
    handle(Enrol{"https://grid.example.cn", "7KQ2-M0XD", pin});
    REQUIRE(step() == GateStep::open);
  }
  void handle(const Command& command) {
    door_->handle({command});
    ui.state = door_->state();
  }
  void enter(const std::string& digits) {
    for (const char digit : digits) ui.tap(std::string("unlock.digit.") + digit);
    ui.tap("unlock.ok");
    ui.frames(2);
  }

  GateStep step() const { return ui.state.gate.step; }
  FrontDoor& door() { return *door_; }
  std::filesystem::path data() const { return folder_.path() / "data"; }
  std::string label(const std::string& id) const { return ui.find(id) == nullptr ? "" : ui.find(id)->label; }

  UiWorld ui;
  Platform platform;

 private:
  TemporaryFolder folder_;
  SeededRandom random_{7};
  InlineRunner runner_;
  std::unique_ptr<FrontDoor> door_;
};

constexpr const char* kFillIn = R"({"wait":"welcome.title"}
{"type":" grid.example.cn ","into":"welcome.server"}
{"type":"7kq2 m0xd","into":"welcome.code"}
{"type":"135790","into":"welcome.pin"}
{"type":"135790","into":"welcome.pin_again"}
{"tap":"welcome.enrol"})";

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_CASE("Welcome: a new tablet is enrolled with what was typed, and its first sync begins") {
  Doorstep at;
  at.start();
  REQUIRE(at.step() == GateStep::welcome);
  at.platform.accept();
  REQUIRE(at.ui.drive(kFillIn) == "");
  CHECK(at.step() == GateStep::open);
  CHECK(at.platform.asked.url == "https://grid.example.cn/v1/enrol");
  CHECK(at.platform.asked.body.find("7kq2 m0xd") != std::string::npos);
  REQUIRE(at.door().tablet() != nullptr);
  CHECK(at.door().tablet()->store().identity().value()->actor_name == "李晓");
  REQUIRE(at.door().carried().size() == 1);
  CHECK(std::holds_alternative<SyncNow>(at.door().carried().front()));
}

TEST_CASE("Welcome: a failure is told in words, what was typed stays, and another PIN may be chosen") {
  Doorstep at;
  at.start();
  REQUIRE(at.ui.drive(kFillIn) == "");
  CHECK(at.label("welcome.error") == "联系不上平台。");
  at.platform.say(200, "<html>Wi-Fi login</html>");
  at.ui.tap("welcome.enrol");
  at.ui.frames(2);
  CHECK(at.label("welcome.error") == "这个地址上不是入户平台。");
  at.platform.say(403, R"({"error":"code_invalid"})");
  at.ui.tap("welcome.enrol");
  at.ui.frames(2);
  CHECK(at.label("welcome.error") == "登记码不对、用过了或已过期。");
  CHECK(at.ui.inputs.welcome.code == "7kq2 m0xd");
  at.platform.accept();
  REQUIRE(at.ui.drive(R"({"type":"246802","into":"welcome.pin"}
{"type":"246802","into":"welcome.pin_again"}
{"tap":"welcome.enrol"})") == "");
  REQUIRE(at.step() == GateStep::open);
  at.start("135790");
  CHECK(at.step() == GateStep::locked);
  at.start("246802");
  CHECK(at.step() == GateStep::open);
}

TEST_CASE("Welcome: nothing is sent while something is missing or the PINs differ, and no PIN is a choice") {
  Doorstep at;
  at.start();
  at.platform.accept();
  at.ui.tap("welcome.enrol");
  at.ui.frames(2);
  CHECK(at.ui.find("finding.server") != nullptr);
  CHECK(at.ui.find("finding.code") != nullptr);
  CHECK(at.ui.find("welcome.no_pin") != nullptr);
  at.ui.inputs.welcome = {"grid.example.cn", "7KQ2-M0XD", "135790", "135791", false};
  at.ui.tap("welcome.enrol");
  at.ui.frames(2);
  CHECK(at.ui.find("finding.pin_again") != nullptr);
  CHECK(at.ui.find("welcome.pin")->value == "******");
  CHECK(at.platform.requests == 0);
  at.ui.inputs.welcome.pin.clear();
  at.ui.inputs.welcome.pin_again.clear();
  at.ui.tap("welcome.enrol");
  CHECK(at.step() == GateStep::open);
  at.start();
  CHECK(at.step() == GateStep::open);
}

TEST_CASE("Welcome: a switch of language is carried into the session") {
  Doorstep at;
  at.start();
  at.ui.tap("welcome.language.en");
  at.ui.frames(2);
  CHECK(at.label("welcome.title") == "Enrol this tablet");
  REQUIRE(at.door().carried().size() == 1);
  CHECK(std::holds_alternative<SwitchLanguage>(at.door().carried().front()));
}

TEST_CASE("Welcome: a script's cut network is no network here either") {
  Doorstep at;
  at.start();
  at.platform.accept();
  at.handle(GoOffline{true});
  at.handle(Enrol{"grid.example.cn", "7KQ2-M0XD", {}});
  CHECK(at.step() == GateStep::welcome);
  CHECK(at.ui.state.gate.error == Errc::offline);
  CHECK(at.platform.requests == 0);
}

TEST_CASE("Unlock: the right PIN on the number pad opens the tablet, a wrong one is told") {
  Doorstep at;
  at.enrol("1357");
  at.start();
  REQUIRE(at.step() == GateStep::locked);
  at.ui.frames(2);
  CHECK(at.ui.find("unlock.message")->label == "记录已锁好，输对就打开。");
  at.enter("1358");
  CHECK(at.label("unlock.message") == "PIN 不对，请再试一次。");
  for (const char* id : {"unlock.digit.1", "unlock.digit.3", "unlock.digit.9", "unlock.backspace"}) at.ui.tap(id);
  CHECK(at.ui.inputs.unlock.pin == "13");
  at.enter("57");
  CHECK(at.step() == GateStep::open);
  CHECK(at.door().carried().empty());
}

TEST_CASE("Unlock: from the fourth wrong PIN on the wait grows, also over a restart, and then the right one opens") {
  Doorstep at;
  at.enrol("1357");
  at.start();
  for (int i = 0; i < 4; ++i) at.handle(Unlock{"9999"});
  at.ui.frames(3);
  CHECK(at.label("unlock.message").starts_with("已输错 4 次，0:"));
  CHECK_FALSE(at.ui.find("unlock.digit.1")->enabled);
  at.handle(Unlock{"1357"});
  CHECK(at.step() == GateStep::locked);
  at.start();
  CHECK(at.ui.state.gate.wrong_pins == 4);
  at.handle(Unlock{"1357"});
  CHECK(at.step() == GateStep::locked);
  at.ui.clock.skip(std::chrono::seconds{31});
  at.handle(Unlock{"9999"});
  CHECK(at.ui.state.gate.wrong_pins == 5);
  at.ui.clock.skip(std::chrono::seconds{31});
  at.handle(Unlock{"1357"});
  CHECK(at.step() == GateStep::locked);
  at.ui.clock.skip(std::chrono::seconds{31});
  at.handle(Unlock{"1357"});
  CHECK(at.step() == GateStep::open);
}

TEST_CASE("Unlock: keys are wide enough for a finger in a hurry at every size") {
  for (const UiOptions size : {UiOptions{1280, 800}, UiOptions{800, 600}})
    for (const float scale : {1.0F, 1.6F, 2.0F}) {
      UiWorld world(size);
      world.state.gate.step = GateStep::locked;
      world.state.settings.text_scale = scale;
      world.frames(3);
      for (int digit = 0; digit <= 9; ++digit) {
        const WidgetInfo* key = world.find("unlock.digit." + std::to_string(digit));
        REQUIRE(key != nullptr);
        INFO(size.width << " " << scale);
        CHECK(key->rect.width() >= 64 * scale - 0.5F);
        CHECK(key->rect.height() >= 64 * scale - 0.5F);
      }
    }
}

TEST_CASE("Trouble: a damaged data file is left as it is, trying again opens once it is whole") {
  Doorstep at;
  at.enrol("");
  at.start();
  const auto file = at.data() / "ruhu.db";
  REQUIRE(at.step() == GateStep::open);
  at.start();  // The former one is closed now.
  const std::string whole = bytes_of(file);
  REQUIRE(whole.size() > 4096);
  std::string broken = whole;
  for (std::size_t i = 0; i < 4096; ++i) broken[i] = static_cast<char>(broken[i] ^ 0x5A);
  std::filesystem::rename(file, at.data() / "aside");
  std::ofstream(file, std::ios::binary) << broken;
  at.start();
  REQUIRE(at.step() == GateStep::trouble);
  at.ui.frames(3);
  CHECK(at.ui.find("trouble.safe")->value != "");
  at.ui.tap("trouble.retry");
  CHECK(at.step() == GateStep::trouble);
  CHECK(bytes_of(file) == broken);
  std::filesystem::rename(at.data() / "aside", file);
  at.ui.tap("trouble.retry");
  CHECK(at.step() == GateStep::open);
}

TEST_CASE("Trouble: a missing data file is not replaced, and the program can be closed") {
  Doorstep at;
  at.enrol("");
  at.start();
  const auto file = at.data() / "ruhu.db";
  std::filesystem::rename(file, at.data() / "aside");
  at.start();
  REQUIRE(at.step() == GateStep::trouble);
  CHECK_FALSE(std::filesystem::exists(file));
  at.ui.tap("trouble.close");
  CHECK(at.step() == GateStep::closed);
  CHECK(at.door().is_left());
}

TEST_CASE("Today: cards under their building's heading name the room, and five fit on the tablet") {
  UiWorld world;
  world.state = sample_state(built_in_dictionary(), Lang::zh_cn);
  std::vector<TodayRow>& rows = world.state.today.rows;
  const TodayRow first = rows.front();
  rows.assign(12, first);
  for (unsigned i = 0; i < rows.size(); ++i) rows[i].household = sample_id(500 + i);
  world.frames(3);
  CHECK(world.find("today.first")->label == "501室 张建国 户");
  const WidgetInfo* fifth = world.find("today.5");
  REQUIRE(fifth != nullptr);
  CHECK(fifth->rect.max.y <= 800);
}

TEST_CASE("Welcome: an address without a scheme is asked over https") {
  CHECK(server_address(" grid.example.cn/ruhu ") == "https://grid.example.cn/ruhu");
  CHECK(server_address("http://127.0.0.1:8080") == "http://127.0.0.1:8080");
  CHECK(server_address("  ").empty());
}

}  // namespace
}  // namespace ruhu::test
