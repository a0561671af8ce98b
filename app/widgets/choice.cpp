#include "app/widgets/choice.hpp"

#include <algorithm>

#include "app/widgets/icons.hpp"
#include "app/widgets/sheet.hpp"

namespace ruhu {
namespace {

constexpr TextStyle kChip{theme::kSmall, theme::kText, false};
constexpr std::size_t kSegmentsMax = 4;
constexpr std::size_t kChipsMax = 9;

float segment_width(Ui& ui, const Choice& choice) {
  const float icon = choice.icon != nullptr ? ui.px(26) : 0.0F;
  return std::max(ui.px(theme::kTouch), text_width(ui, choice.label, kChip) + icon + ui.px(34));
}

bool fits_bar(Ui& ui, const std::vector<Choice>& choices) {
  if (choices.size() > kSegmentsMax || choices.size() < 2) return false;
  float widest = 0;
  for (const Choice& choice : choices) widest = std::max(widest, segment_width(ui, choice));
  return widest * static_cast<float>(choices.size()) + ui.px(8) <= available_width(ui);
}

void draw_segment(Ui& ui, const Rect& rect, const Choice& choice, bool on, bool enabled) {
  const float radius = rect.height() / 2;
  if (on) {
    framed(rect, {theme::kSurface, theme::kPrimary, radius, ui.px(1.8F)});
  }
  const ImU32 colour = !enabled ? theme::kOnDisabled : on ? theme::kOnPrimarySoft : theme::kTextSoft;
  const TextStyle style{theme::kSmall, colour, on};
  const char* icon = on && choice.icon == nullptr ? icon::kCheck : choice.icon;
  const float icon_width = icon != nullptr ? ui.px(24) : 0.0F;
  const float width = text_width(ui, choice.label, style) + icon_width;
  const float x = rect.min.x + (rect.width() - width) / 2;
  if (icon != nullptr) draw_icon(ui, {x + ui.px(9), rect.centre().y}, icon, 19, colour);
  draw_line(ui, {{x + icon_width, rect.min.y}, {rect.max.x, rect.max.y}}, choice.label, style);
}

/// One chip at the point; true when tapped.
bool chip(Ui& ui, const std::string& id, const Rect& rect, const Choice& choice, bool on) {
  const Press tap = press(ui, id, rect);
  const float radius = rect.height() / 2;
  framed(rect, {on         ? theme::kPrimarySoft
                : tap.held ? theme::kTrack
                           : theme::kSurface,
                on ? theme::kPrimary : theme::kLineStrong, radius, ui.px(on ? 1.8F : 1.3F)});
  const ImU32 colour = on ? theme::kOnPrimarySoft : theme::kText;
  float x = rect.min.x + ui.px(16);
  if (on || choice.icon != nullptr) {
    draw_icon(ui, {x + ui.px(8), rect.centre().y}, on ? icon::kCheck : choice.icon, 19, colour);
    x += ui.px(22);
  }
  draw_line(ui, {{x, rect.min.y}, {rect.max.x - ui.px(6), rect.max.y}}, choice.label, in_colour(kChip, colour));
  ui.add({.id = id,
          .alias = choice.alias,
          .role = Role::option,
          .label = choice.label,
          .value = on ? "1" : "0",
          .rect = rect});
  return tap.clicked;
}

/// Chips on as many lines as needed; the index of the tapped one, or -1.
template <class IsOn>
int chip_flow(Ui& ui, const std::string& id, const std::vector<Choice>& choices, const IsOn& is_on) {
  const float all = available_width(ui);
  const float height = ui.px(theme::kTouch);
  Rect line = take(ui, height);
  float x = line.min.x;
  int tapped = -1;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const bool on = is_on(choices[i].code);
    const bool has_icon = on || choices[i].icon != nullptr;
    const float needed = text_width(ui, choices[i].label, kChip) + ui.px(has_icon ? 56 : 34);
    const float width = std::min(all, std::max(ui.px(theme::kTouch), needed));
    if (x > line.min.x && x + width > line.min.x + all) {
      gap(ui, theme::kGap);
      line = take(ui, height);
      x = line.min.x;
    }
    if (chip(ui, id + "." + choices[i].code, {{x, line.min.y}, {x + width, line.max.y}}, choices[i], on))
      tapped = static_cast<int>(i);
    x += width + ui.px(theme::kGap);
  }
  return tapped;
}

}  // namespace

std::vector<Choice> choices_of(const Ui& ui, const CodeList& list) {
  std::vector<Choice> choices;
  choices.reserve(list.codes.size());
  for (const CodeDef& code : list.codes) choices.push_back({code.code, code.label.in(ui.tr.lang()), nullptr});
  return choices;
}

bool segmented(Ui& ui, const std::string& id, const std::vector<Choice>& choices, std::string& chosen, bool enabled) {
  if (!fits_bar(ui, choices)) return chips_single(ui, id, choices, chosen);
  const Rect bar = take(ui, ui.px(theme::kTouch + 4));
  fill(bar, theme::kTrack, bar.height() / 2);
  const float inset = ui.px(2);
  const float width = (bar.width() - 2 * inset) / static_cast<float>(choices.size());
  bool changed = false;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const float x = bar.min.x + inset + width * static_cast<float>(i);
    const Rect rect{{x, bar.min.y + inset}, {x + width, bar.max.y - inset}};
    const std::string part = id + "." + choices[i].code;
    if (press(ui, part, rect, enabled).clicked && chosen != choices[i].code) {
      chosen = choices[i].code;
      changed = true;
    }
    const bool on = chosen == choices[i].code;
    draw_segment(ui, rect, choices[i], on, enabled);
    ui.add({.id = part,
            .role = Role::option,
            .label = choices[i].label,
            .value = on ? "1" : "0",
            .rect = rect,
            .enabled = enabled});
  }
  return changed;
}

bool chips_single(Ui& ui, const std::string& id, const std::vector<Choice>& choices, std::string& chosen,
                  bool may_clear) {
  const int tapped = chip_flow(ui, id, choices, [&](const std::string& code) { return code == chosen; });
  if (tapped < 0) return false;
  const std::string& code = choices[static_cast<std::size_t>(tapped)].code;
  if (code == chosen && !may_clear) return false;
  if (code == chosen)
    chosen.clear();
  else
    chosen = code;
  return true;
}

bool chips_multi(Ui& ui, const std::string& id, const std::vector<Choice>& choices, std::vector<std::string>& chosen) {
  const auto at = [&](const std::string& code) { return std::find(chosen.begin(), chosen.end(), code); };
  const int tapped = chip_flow(ui, id, choices, [&](const std::string& code) { return at(code) != chosen.end(); });
  if (tapped < 0) return false;
  const std::string& code = choices[static_cast<std::size_t>(tapped)].code;
  if (const auto found = at(code); found != chosen.end())
    chosen.erase(found);
  else
    chosen.push_back(code);
  return true;
}

bool switch_row(Ui& ui, const std::string& id, const std::string& label, const std::string& text, bool& on) {
  const float track_width = ui.px(56);
  const float width = available_width(ui) - track_width - ui.px(theme::kGapWide);
  const float label_height = wrapped_height(ui, label, style::kBody, width);
  const float text_height = wrapped_height(ui, text, style::kSmall, width);
  const Rect rect = take(ui, std::max(ui.px(theme::kTouch), label_height + text_height + ui.px(12)));
  const bool changed = press(ui, id, rect).clicked;
  if (changed) on = !on;
  const float y = rect.min.y + (rect.height() - label_height - text_height) / 2;
  draw_wrapped(ui, {rect.min.x, y}, width, label, style::kBody);
  draw_wrapped(ui, {rect.min.x, y + label_height}, width, text, style::kSmall);
  const float half = ui.px(16);
  const Rect track{{rect.max.x - track_width, rect.centre().y - half}, {rect.max.x, rect.centre().y + half}};
  fill(track, on ? theme::kPrimary : theme::kLineStrong, half);
  const float knob_x = on ? track.max.x - half : track.min.x + half;
  ImGui::GetWindowDrawList()->AddCircleFilled({knob_x, rect.centre().y}, half - ui.px(3), theme::kSurface, 32);
  if (on) draw_icon(ui, {knob_x, rect.centre().y}, icon::kCheck, 18, theme::kPrimary);
  ui.add({.id = id, .role = Role::toggle, .label = label, .value = on ? "1" : "0", .rect = rect});
  return changed;
}

bool code_field(Ui& ui, const std::string& id, const FieldLook& look, const std::vector<Choice>& choices,
                std::string& chosen) {
  field_label(ui, look);
  bool changed = false;
  if (!look.enabled || choices.size() > kChipsMax) {
    changed = sheet_picker(ui, id, look, choices, chosen);
  } else if (look.required) {
    changed = segmented(ui, id, choices, chosen);
  } else {
    changed = chips_single(ui, id, choices, chosen, true);
  }
  field_messages(ui, look);
  return changed;
}

bool codes_field(Ui& ui, const std::string& id, const FieldLook& look, const std::vector<Choice>& choices,
                 std::vector<std::string>& chosen) {
  field_label(ui, look);
  const bool changed = chips_multi(ui, id, choices, chosen);
  field_messages(ui, look);
  return changed;
}

}  // namespace ruhu
