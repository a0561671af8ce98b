#include "app/widgets/button.hpp"

#include <algorithm>

namespace ruhu {
namespace {

constexpr TextStyle kLabel{theme::kBody, theme::kText, true};
constexpr float kIcon = 22;
constexpr float kPadding = 24;

struct Colours {
  ImU32 ground = 0;
  ImU32 pressed = 0;
  ImU32 text = theme::kPrimary;
  ImU32 edge = 0;
};
Colours colours_of(ButtonKind kind, bool enabled) {
  if (!enabled) return {theme::kDisabled, theme::kDisabled, theme::kOnDisabled, 0};
  switch (kind) {
    case ButtonKind::primary: return {theme::kPrimary, theme::kPrimaryPressed, theme::kOnPrimary, 0};
    case ButtonKind::tonal: return {theme::kPrimarySoft, theme::kPrimarySoftPressed, theme::kOnPrimarySoft, 0};
    case ButtonKind::outlined: return {theme::kSurface, theme::kPrimarySoft, theme::kPrimary, theme::kLineStrong};
    case ButtonKind::danger: {
      const auto alarm = theme::tone(Tone::alarm);
      return {alarm.ground, alarm.ground, alarm.text, 0};
    }
    case ButtonKind::plain: break;
  }
  return {0, theme::kPrimarySoft, theme::kPrimary, 0};
}

float content_width(Ui& ui, const std::string& label, const ButtonOptions& options) {
  const float icon = options.icon != nullptr ? ui.px(kIcon + 8) : 0.0F;
  return text_width(ui, label, kLabel) + icon;
}

float padding_of(ButtonKind kind) { return kind == ButtonKind::plain ? 14.0F : kPadding; }

}  // namespace

float button_width(Ui& ui, const std::string& label, const ButtonOptions& options) {
  return std::max(ui.px(theme::kTouch), content_width(ui, label, options) + 2 * ui.px(padding_of(options.kind)));
}

bool button_at(Ui& ui, const std::string& id, const Rect& rect, const std::string& label,
               const ButtonOptions& options) {
  const Press tap = press(ui, id, rect, options.enabled);
  const Colours colours = colours_of(options.kind, options.enabled);
  const float radius = std::min(rect.height() / 2, ui.px(26));
  const ImU32 ground = tap.held ? colours.pressed : colours.ground;
  if (colours.edge != 0)
    framed(rect, {ground, colours.edge, radius, ui.px(1.3F)});
  else if (ground != 0)
    fill(rect, ground, radius);
  const float width = std::min(content_width(ui, label, options), rect.width() - ui.px(16));
  float x = rect.min.x + (rect.width() - width) / 2;
  if (options.icon != nullptr) {
    draw_icon(ui, {x + ui.px(kIcon / 2), rect.centre().y}, options.icon, kIcon, colours.text);
    x += ui.px(kIcon + 8);
  }
  const float right = rect.min.x + (rect.width() + width) / 2;
  draw_line(ui, {{x, rect.min.y}, {right, rect.max.y}}, label, in_colour(kLabel, colours.text));
  ui.add({.id = id,
          .alias = options.alias,
          .role = Role::button,
          .label = label,
          .rect = rect,
          .enabled = options.enabled});
  return tap.clicked;
}

bool button(Ui& ui, const std::string& id, const std::string& label, const ButtonOptions& options) {
  const float width = options.full_width ? 0.0F : button_width(ui, label, options);
  return button_at(ui, id, take(ui, ui.px(theme::kButton), width), label, options);
}

bool icon_button_at(Ui& ui, const std::string& id, ImVec2 centre, const char* icon, const std::string& label,
                    ImU32 colour) {
  const float half = ui.px(theme::kTouch) / 2;
  const Rect rect{{centre.x - half, centre.y - half}, {centre.x + half, centre.y + half}};
  const Press tap = press(ui, id, rect);
  if (tap.held) ImGui::GetWindowDrawList()->AddCircleFilled(centre, half, theme::kPressed, 48);
  draw_icon(ui, centre, icon, 24, colour);
  ui.add({.id = id, .role = Role::button, .label = label, .rect = rect});
  return tap.clicked;
}

int button_row(Ui& ui, const std::vector<ButtonSpec>& buttons) {
  const float all = available_width(ui);
  const float between = ui.px(theme::kGap);
  const float height = ui.px(theme::kButton);
  Rect line = take(ui, height);
  float x = line.min.x;
  int tapped = -1;
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    const ButtonSpec& spec = buttons[i];
    const float width = std::min(all, button_width(ui, spec.label, spec.options));
    if (x > line.min.x && x + width > line.min.x + all) {
      gap(ui, theme::kGap);
      line = take(ui, height);
      x = line.min.x;
    }
    if (button_at(ui, spec.id, {{x, line.min.y}, {x + width, line.max.y}}, spec.label, spec.options))
      tapped = static_cast<int>(i);
    x += width + between;
  }
  return tapped;
}

}  // namespace ruhu
