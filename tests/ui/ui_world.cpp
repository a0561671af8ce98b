#include "tests/ui/ui_world.hpp"

#include <stdexcept>

#include "tests/support/catch.hpp"

namespace ruhu::test {

const Dictionary& built_in_dictionary() {
  static const Result<Dictionary> dictionary = Dictionary::built_in();
  return dictionary.value();
}

UiWorld::UiWorld(const UiOptions& options) {
  Result<std::unique_ptr<AppLoop>> loop =
      AppLoop::open({"test", options.width, options.height, true}, built_in_dictionary(), clock);
  if (!loop.ok()) throw std::runtime_error(to_log_line(loop.error()));
  loop_ = std::move(loop).value();
}

LoopHooks UiWorld::hooks() {
  return {.on_commands =
              [this](CommandQueue& queue) {
                for (Command& command : queue.take()) {
                  if (on_command) on_command(command);
                  sent.push_back(std::move(command));
                }
              },
          .poll = [] { return false; }};
}

void UiWorld::frames(int count) {
  const LoopHooks loop_hooks = hooks();
  for (int i = 0; i < count; ++i) loop_->frame(state, inputs, loop_hooks);
}

void UiWorld::tap(const std::string& id) {
  frames(2);
  const std::string failure = drive(R"({"tap":")" + id + R"("})");
  INFO(failure);
  REQUIRE(failure.empty());
}

std::string UiWorld::drive(const std::string& script, const std::string& shots_folder) {
  Result<std::vector<DriveStep>> steps = parse_drive_steps(script);
  if (!steps.ok()) return to_log_line(steps.error());
  Driver driver(std::move(steps).value(), {.shots_folder = shots_folder}, clock);
  const Status played = loop_->drive(state, inputs, hooks(), driver);
  return played.ok() ? "" : driver.failure();
}

}  // namespace ruhu::test
