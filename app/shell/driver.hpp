#pragma once
#include <chrono>
#include <optional>

#include "app/shell/drive_steps.hpp"
#include "app/state/commands.hpp"
#include "app/widgets/registry.hpp"
#include "platform/base/clock.hpp"

namespace ruhu {

/// Plays a script with made-up input at the places where the widgets are drawn: what a finger cannot reach, it cannot
/// either. Asked once after each frame.
class Driver {
 public:
  struct Options {
    std::string shots_folder;
    std::chrono::seconds patience{5};  ///< How long a step may take.
  };
  Driver(std::vector<DriveStep> steps, Options options, Clock& clock);

  enum class State : std::uint8_t { running, done, failed };
  /// What the loop is to do before the next frame.
  struct Wish {
    State state = State::running;
    bool back = false;                ///< Press the Back key.
    std::optional<std::string> shot;  ///< Capture the frame just drawn into this file.
  };
  Wish after_frame(const WidgetRegistry& registry, CommandQueue& out);

  /// Of a failed run: "line 12: {…}: why".
  const std::string& failure() const { return failure_; }

 private:
  enum class Progress : std::uint8_t { waiting, done };
  Progress play(const DriveStep& step, const WidgetRegistry& registry, CommandQueue& out, Wish& wish);
  Progress play_tap(const std::string& widget, const WidgetRegistry& registry);
  Progress play_type(const TypeStep& step, const WidgetRegistry& registry);
  Progress play_drag(const DragStep& step, const WidgetRegistry& registry);
  Progress play_key(const KeyStep& step, Wish& wish);
  bool is_reachable(const WidgetInfo& widget, const WidgetRegistry& registry);
  void scroll_towards(const WidgetInfo& widget, const WidgetRegistry& registry);
  Wish fail();

  std::vector<DriveStep> steps_;
  Options options_;
  Clock& clock_;
  std::size_t at_ = 0;
  int frame_ = 0;                ///< Frames since the present part of the step began.
  int phase_ = 0;                ///< Part of a step that has several.
  ImVec2 point_;                 ///< Where the finger is.
  std::optional<Rect> seen_at_;  ///< The widget's place one frame ago: it must stand still.
  std::chrono::nanoseconds began_;
  std::string why_;
  std::string failure_;
};

}  // namespace ruhu
