#pragma once
#include <functional>
#include <memory>

#include "app/shell/driver.hpp"
#include "app/shell/shell.hpp"
#include "platform/fonts/font_set.hpp"
#include "platform/sdl/window.hpp"

namespace ruhu {

/// Where the rest of the app comes in.
struct LoopHooks {
  /// After each frame in which something was asked for. Quick work only: long work goes to the store and net threads.
  std::function<void(CommandQueue&)> on_commands;
  /// Before each frame and after each wake-up: takes in what other threads have finished. True: the state has changed.
  std::function<bool()> poll;
  /// Asked before each frame; true ends `run` and `drive`. Empty: they go on.
  std::function<bool()> finished = {};
};

/// Window, fonts and shell together, and the loop that sleeps while nothing happens.
class AppLoop {
 public:
  static Result<std::unique_ptr<AppLoop>> open(const WindowOptions& options, const Dictionary& dictionary,
                                               Clock& clock);
  ~AppLoop();

  /// Until the window is closed or the hooks have finished. False: the window was closed.
  bool run(AppState& state, Inputs& inputs, const LoopHooks& hooks);
  /// Plays the script as far as the hooks let it; it can go on with another state. Waits while the tablet is being
  /// opened. Fails with the line that could not be done. The log has the line, the folder the last picture.
  Status drive(AppState& state, Inputs& inputs, const LoopHooks& hooks, Driver& driver);
  /// Draws one frame and hands out its commands. For tests.
  void frame(AppState& state, Inputs& inputs, const LoopHooks& hooks, bool back = false);

  /// Makes the loop poll and draw soon. Any thread.
  void wake() { window_->wake(); }
  Window& window() { return *window_; }
  Shell& shell() { return *shell_; }

 private:
  AppLoop(std::unique_ptr<Window> window, FontSet fonts, const Dictionary& dictionary, Clock& clock);
  std::chrono::milliseconds nap() const;

  std::unique_ptr<FontSet> fonts_;  // Before the window: the ImGui context in it reads the mapped files to its end.
  std::unique_ptr<Window> window_;
  std::unique_ptr<Shell> shell_;
  Clock& clock_;
  CommandQueue commands_;
  int settling_ = 0;  ///< Frames still to be drawn though nothing happens.
};

}  // namespace ruhu
