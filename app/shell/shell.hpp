#pragma once
#include "app/screens/shared/page.hpp"
#include "app/shell/draft_keeper.hpp"
#include "app/state/commands.hpp"

namespace ruhu {

/// What a frame is drawn with beside the state.
struct FrameInfo {
  double now = 0;           ///< Seconds, monotonic.
  float display_scale = 1;  ///< Pixels per unit at text scale 1.
  bool back = false;        ///< The Back key was pressed since the last frame.
  std::string composition;  ///< What the input method has not committed yet.
};

/// The frame around every screen: rail, header, list and page, toasts, dialogs; and what leads from one to the other.
/// One per ImGui context.
class Shell {
 public:
  Shell(const Dictionary& dictionary, const UiFonts& fonts);

  /// Draws one frame between ImGui::NewFrame and ImGui::Render.
  void draw(const AppState& state, Inputs& inputs, CommandQueue& out, const FrameInfo& frame);

  /// Seconds until something changes by itself (caret, toast, inertia); negative: nothing will.
  double next_frame_in() const;
  const WidgetRegistry& registry() const { return registry_; }
  Ui& ui() { return ui_; }

 private:
  void begin(const AppState& state, const FrameInfo& frame);
  void draw_window(const AppState& state, Inputs& inputs, CommandQueue& out);
  void draw_content(const AppState& state, Inputs& inputs, CommandQueue& out, const Rect& rect);
  void draw_page(const AppState& state, Inputs& inputs, CommandQueue& out, const Rect& rect, bool covers_all);
  void go_back(const AppState& state, CommandQueue& out);

  WidgetRegistry registry_;
  Ui ui_;
  DraftKeeper drafts_;
  std::unordered_map<std::uint64_t, double> toast_since_;  ///< By serial: when it was first drawn.
  float styled_for_ = 0;                                   ///< Scale that the ImGui style is set for.
};

}  // namespace ruhu
