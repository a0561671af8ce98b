#pragma once
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "imgui.h"

#include "app/shell/texts.hpp"
#include "app/widgets/registry.hpp"
#include "app/widgets/theme.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu {

struct UiFonts {
  ImFont* regular = nullptr;
  ImFont* bold = nullptr;
  ImFont* icons = nullptr;
};

/// What tests want to know about every text that is drawn.
struct TextAudit {
  std::vector<std::string> overflowing;  ///< Texts that had to be cut.
  std::vector<std::string> without_glyph;
};

/// One text broken into lines, as byte ranges.
struct TextLines {
  std::string text;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> lines;
  float widest = 0;
};

/// How a list moves after the finger has left it.
struct ScrollMotion {
  bool pressed = false;
  bool dragging = false;
  bool leave_to_text = false;  ///< The finger went down in a text that is being edited: it selects.
  ImVec2 start;
  float velocity = 0;  ///< Pixels a second, downwards.
};

/// What every widget is handed: fonts, texts, scale, the registry, and memory between frames. One per window.
struct Ui {
  Ui(WidgetRegistry& widget_registry, const Dictionary& data_dictionary)
      : registry(widget_registry), dictionary(data_dictionary) {}

  WidgetRegistry& registry;
  const Dictionary& dictionary;
  UiFonts fonts;
  Texts tr{Lang::zh_cn};
  float scale = 1.0F;    ///< Display scale × text scale.
  double now = 0;        ///< Seconds, monotonic.
  float passed = 0;      ///< Seconds since the last frame.
  double redraw_at = 0;  ///< Next moment at which something changes by itself; 0: nothing does.
  TextAudit* audit = nullptr;

  int layer = 0;
  int overlays = 0;      ///< Panels drawn in this frame.
  std::string scroller;  ///< Id of the list being drawn.
  struct Column {
    float x = 0;
    float width = 0;
  };
  std::vector<Column> columns;  ///< Where `take` places things; empty: the whole window.

  std::unordered_map<std::size_t, TextLines> text_memory;
  std::unordered_map<ImGuiID, ScrollMotion> scroll_memory;
  std::unordered_map<ImGuiID, std::string> sheet_search;  ///< Typed into an open picker.
  std::string edited;                                     ///< Id of the text field that has the keyboard.
  std::string open_sheet;                                 ///< Id of the picker whose sheet is open.

  float px(float units) const { return units * scale; }
  /// Draws again after so many seconds, though nobody touches anything.
  void redraw_in(double seconds);
  void add(WidgetInfo info);  ///< Registers with the clip, layer and list of the moment.
};

/// Width that the next thing may take, in pixels.
float available_width(const Ui& ui);
/// Takes the next piece of the column, full width unless told, and moves on below it.
Rect take(Ui& ui, float height, float width = 0);
void gap(Ui& ui, float units);
float cursor_y();
void set_cursor_y(const Ui& ui, float y);

/// Everything taken while it lives is placed in a part of the present column.
class ColumnScope {
 public:
  ColumnScope(Ui& ui, float x, float width) : ui_(ui) { ui.columns.push_back({x, width}); }
  ~ColumnScope() { ui_.columns.pop_back(); }
  ColumnScope(const ColumnScope&) = delete;
  ColumnScope& operator=(const ColumnScope&) = delete;

 private:
  Ui& ui_;
};

struct Press {
  bool clicked = false;
  bool held = false;
};
/// Makes a rectangle tappable; draws nothing and does not move the cursor.
Press press(Ui& ui, const std::string& id, const Rect& rect, bool enabled = true);

}  // namespace ruhu
