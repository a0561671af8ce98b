#include <filesystem>

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/ui/sample_states.hpp"
#include "tests/ui/ui_world.hpp"

namespace ruhu::test {
namespace {

/// A world in which the commands of navigation do what the handlers do.
std::unique_ptr<UiWorld> moving_world(const UiOptions& options = {}) {
  auto made = std::make_unique<UiWorld>(options);
  UiWorld* world = made.get();
  world->state = sample_state(built_in_dictionary(), Lang::zh_cn);
  world->on_command = [world](const Command& command) {
    AppState& state = world->state;
    if (const auto* go = std::get_if<GoTo>(&command)) go_to(state, go->tab);
    if (std::holds_alternative<Back>(command)) close_page(state);
    if (std::holds_alternative<OpenHousehold>(command)) open_page(state, Page::household);
    if (std::holds_alternative<StartVisit>(command)) open_page(state, Page::visit);
    if (std::holds_alternative<SaveVisit>(command)) show_toast(state, "saved", "已保存");
    if (const auto* dismiss = std::get_if<DismissToast>(&command))
      std::erase_if(state.toasts, [&](const Toast& toast) { return toast.serial == dismiss->serial; });
  };
  return made;
}

TEST_CASE("Driver: carries a visit from the list to the saved message") {
  const auto world = moving_world();
  const std::string failure = world->drive(R"(
# a comment, and an empty line

{"tap":"today.first"}
{"expect":"household.title","text":"张建国"}
{"tap":"household.visit"}
{"tap":"visit.outcome.01"}
{"expect_absent":"visit.needs.01"}
{"tap":"visit.notice_given"}
{"tap":"visit.no_change"}
{"tap":"visit.needs.01"}
{"type":"疏通下水,𠅤家后门","into":"visit.need.01"}
{"type":"老人独居,子女在厦门务工。\n煤气软管老化,已提醒更换,下个月再来看一次,顺便带上高龄津贴的申请表和老年优待证的说明。","into":"visit.note"}
{"tap":"visit.next_action.revisit"}
{"type":"20260319","into":"visit.next_on"}
{"tap":"visit.save"}
{"wait":"toast.saved"}
{"expect_absent":"toast.saved"}
)");
  REQUIRE(failure == "");
  const SaveVisit* saved = world->last<SaveVisit>();
  REQUIRE(saved != nullptr);
  CHECK(saved->draft.outcome == "01");
  CHECK(saved->draft.notice_given);
  REQUIRE(saved->draft.roster.size() == 2);
  CHECK(saved->draft.roster[0].answer == RosterAnswer::unchanged);
  REQUIRE(saved->draft.needs.size() == 1);
  CHECK(saved->draft.needs[0].text == "疏通下水,𠅤家后门");
  CHECK(saved->draft.note.starts_with("老人独居,子女在厦门务工。\n煤气软管"));
  CHECK(saved->draft.note.find('\r') == std::string::npos);
  CHECK(saved->draft.next_on == "2026-03-19");
}

TEST_CASE("Driver: reaches the end of a long page on a small window with large text") {
  const auto world = moving_world({800, 600});
  world->state.settings.text_scale = 2.0F;
  const std::string failure = world->drive(R"({"tap":"today.first"}
{"tap":"household.edit"}
{"key":"Back"}
{"expect":"header.title","text":"今日走访"})");
  CHECK(failure == "");
  CHECK(world->last<EditRecord>() != nullptr);
}

TEST_CASE("Driver: drags a list, and the row under the finger is not opened") {
  const auto world = moving_world({1280, 600});
  world->frames(3);
  const float before = world->find("today.first")->rect.min.y;
  REQUIRE(world->drive(R"({"drag":"list.households","dy":-120})") == "");
  world->frames(2);
  CHECK(world->find("today.first")->rect.min.y < before - 60);
  CHECK(world->last<OpenHousehold>() == nullptr);
}

TEST_CASE("Driver: a step that cannot be done names its line and leaves a picture") {
  const TemporaryFolder folder;
  const auto world = moving_world();
  const std::string shots = folder.path().string();
  const std::string failure =
      world->drive("{\"shot\":\"01-today\"}\n{\"expect\":\"header.title\",\"text\":\"没有\"}", shots);
  CHECK(failure.starts_with("line 2: {\"expect\":\"header.title\""));
  CHECK(std::filesystem::file_size(folder.path() / "01-today.png") > 1000);
  CHECK(std::filesystem::exists(folder.path() / "failed-line-2.png"));
}

TEST_CASE("Driver: does not reach through a dialog or press what is disabled") {
  const auto world = moving_world();
  world->state.dialog = Dialog{"sure", Tone::caution, "确定吗", {}, "确定", "取消"};
  CHECK(world->drive(R"({"tap":"nav.sync"})").find("a dialog covers it") != std::string::npos);
  world->state.dialog.reset();
  open_page(world->state, Page::visit);
  CHECK(world->drive(R"({"tap":"visit.save"})").find("it is disabled") != std::string::npos);
}

TEST_CASE("Driver: a script with an unknown step is refused with its line") {
  const auto steps = parse_drive_steps("{\"tap\":\"a\"}\n{\"jump\":\"b\"}");
  REQUIRE(!steps.ok());
  CHECK(steps.error().detail.find("line 2") != std::string::npos);
}

}  // namespace
}  // namespace ruhu::test
