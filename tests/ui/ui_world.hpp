#pragma once
#include <memory>
#include <string>

#include "app/shell/app_loop.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::test {

/// Time that passes only by being asked for: five milliseconds each, so that a frame takes some twenty.
class SteppingClock final : public Clock {
 public:
  Instant now() override { return from_ms(1'773'300'000'000); }  // 2026-03-12, morning in China
  std::chrono::nanoseconds ticks() override { return passed_ += std::chrono::milliseconds{5}; }
  void skip(std::chrono::nanoseconds time) { passed_ += time; }

 private:
  std::chrono::nanoseconds passed_{0};
};

/// The dictionary that the program is built with; parsed once.
const Dictionary& built_in_dictionary();

struct UiOptions {
  int width = 1280;
  int height = 800;
};

/// A window without a display, the real shell in it, and a state to play with. Commands are collected.
class UiWorld {
 public:
  explicit UiWorld(const UiOptions& options = {});

  void frames(int count = 1);
  /// Presses and lets go in the middle of the widget. The widget must be there.
  void tap(const std::string& id);
  /// Plays a script; its failure, or "".
  std::string drive(const std::string& script, const std::string& shots_folder = "/tmp");
  const WidgetInfo* find(const std::string& id) const { return loop_->shell().registry().find(id); }
  /// The last command of the type, or nullptr.
  template <class T>
  const T* last() const {
    for (auto at = sent.rbegin(); at != sent.rend(); ++at)
      if (const T* command = std::get_if<T>(&*at)) return command;
    return nullptr;
  }

  AppState state;
  Inputs inputs;
  std::vector<Command> sent;
  SteppingClock clock;
  std::function<void(const Command&)> on_command;  ///< May change `state`.
  AppLoop& loop() { return *loop_; }

 private:
  LoopHooks hooks();
  std::unique_ptr<AppLoop> loop_;
};

}  // namespace ruhu::test
