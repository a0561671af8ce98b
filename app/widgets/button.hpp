#pragma once
#include "app/widgets/paint.hpp"

namespace ruhu {

enum class ButtonKind : std::uint8_t { primary, tonal, outlined, plain, danger };

struct ButtonOptions {
  ButtonKind kind = ButtonKind::tonal;
  const char* icon = nullptr;
  bool enabled = true;
  bool full_width = false;
  std::string alias;
};

/// Width of a button that fits its label.
float button_width(Ui& ui, const std::string& label, const ButtonOptions& options);
/// A button in the given rectangle. True when tapped.
bool button_at(Ui& ui, const std::string& id, const Rect& rect, const std::string& label, const ButtonOptions& options);
/// A button in the column, as wide as its label or the column.
bool button(Ui& ui, const std::string& id, const std::string& label, const ButtonOptions& options = {});
/// A round button with an icon only; the label is spoken, not drawn.
bool icon_button_at(Ui& ui, const std::string& id, ImVec2 centre, const char* icon, const std::string& label,
                    ImU32 colour = theme::kTextSoft);

struct ButtonSpec {
  std::string id;
  std::string label;
  ButtonOptions options;
};
/// Buttons side by side, each as wide as it needs, on more lines when they do not fit. Index of the tapped one, or -1.
int button_row(Ui& ui, const std::vector<ButtonSpec>& buttons);

}  // namespace ruhu
