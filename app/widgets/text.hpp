#pragma once
#include "app/widgets/ui.hpp"

namespace ruhu {

struct TextStyle {
  float em = theme::kBody;
  ImU32 colour = theme::kText;
  bool bold = false;
};
namespace style {
inline constexpr TextStyle kDisplay{theme::kDisplay, theme::kText, true};
inline constexpr TextStyle kTitle{theme::kTitle, theme::kText, true};
inline constexpr TextStyle kHeading{theme::kHeading, theme::kText, true};
inline constexpr TextStyle kBody{};
inline constexpr TextStyle kStrong{theme::kBody, theme::kText, true};
inline constexpr TextStyle kSoft{theme::kBody, theme::kTextSoft, false};
inline constexpr TextStyle kSmall{theme::kSmall, theme::kTextSoft, false};
inline constexpr TextStyle kCaption{theme::kCaption, theme::kTextSoft, false};
}  // namespace style
inline TextStyle in_colour(TextStyle style, ImU32 colour) {
  style.colour = colour;
  return style;
}

enum class Align : std::uint8_t { left, centre, right };

float font_size(const Ui& ui, const TextStyle& style);    ///< As ImGui wants it, in pixels.
float line_height(const Ui& ui, const TextStyle& style);  ///< From line to line, in pixels.
float text_width(Ui& ui, const std::string& text, const TextStyle& style);
/// Breaks between Chinese characters and at blanks, never before closing punctuation. Remembered between frames.
const TextLines& wrapped(Ui& ui, const std::string& text, const TextStyle& style, float width);
float wrapped_height(Ui& ui, const std::string& text, const TextStyle& style, float width);

/// The least width that needs no more lines: centred text without a lonely word at its end.
float balanced_width(Ui& ui, const std::string& text, const TextStyle& style, float width);

/// One line in the rectangle, centred in height. Text that does not fit is cut with an ellipsis and reported.
void draw_line(Ui& ui, const Rect& rect, const std::string& text, const TextStyle& style, Align align = Align::left);
/// As many lines as needed from the point down; returns the height used.
float draw_wrapped(Ui& ui, ImVec2 at, float width, const std::string& text, const TextStyle& style,
                   Align align = Align::left);
/// An icon of the given height (units of layout), centred on the point.
void draw_icon(Ui& ui, ImVec2 centre, const char* icon, float units, ImU32 colour);

}  // namespace ruhu
