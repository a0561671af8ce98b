#pragma once
#include "app/state/commands.hpp"
#include "app/widgets/display.hpp"

// The parts of the window that stand around every screen.
namespace ruhu {

/// ImGui's own style, for what it draws itself: text cursors, selections, panels.
void apply_style(float scale);

/// The bar on the left with the four tabs.
void draw_rail(Ui& ui, const Rect& rect, const AppState& state, CommandQueue& out);
/// Title and sync state on top.
void draw_header(Ui& ui, const Rect& rect, const AppState& state, CommandQueue& out);
/// The mark of the practice realm, above all else. Returns its height; 0 in the live realm.
float practice_bar_height(const Ui& ui, const AppState& state);
void draw_practice_bar(Ui& ui, const Rect& rect);

void draw_dialog(Ui& ui, const Dialog& dialog, CommandQueue& out);
/// One toast in its own window at the given height from the bottom; returns its height. True in `dismissed` when
/// tapped.
float draw_toast(Ui& ui, const Toast& toast, float bottom, bool& dismissed);
/// What the input method has composed, below the caret.
void draw_composition(Ui& ui, const std::string& text);

}  // namespace ruhu
