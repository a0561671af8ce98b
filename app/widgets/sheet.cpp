#include "app/widgets/sheet.hpp"

#include <algorithm>
#include <utility>

#include "imgui.h"
#include "imgui_internal.h"

#include "app/widgets/icons.hpp"
#include "app/widgets/scroll.hpp"
#include "platform/base/text.hpp"

namespace ruhu {
namespace {

constexpr float kRow = 56;

/// The choices whose label or code holds what was typed.
std::vector<const Choice*> matching(const std::vector<Choice>& choices, const std::string& typed) {
  const std::string wanted = fold_for_comparison(typed);
  std::vector<const Choice*> found;
  for (const Choice& choice : choices) {
    const bool hit = wanted.empty() || fold_for_comparison(choice.label).find(wanted) != std::string::npos ||
                     choice.code.starts_with(wanted);
    if (hit) found.push_back(&choice);
  }
  return found;
}

bool option_row(Ui& ui, const std::string& id, const Rect& rect, const Choice& choice, bool on) {
  const Press tap = press(ui, id, rect);
  if (on || tap.held) fill(rect, on ? theme::kPrimarySoft : theme::kTrack, ui.px(theme::kRadiusField));
  const TextStyle style{theme::kBody, on ? theme::kOnPrimarySoft : theme::kText, on};
  draw_wrapped(
      ui,
      {rect.min.x + ui.px(16), rect.centre().y - wrapped_height(ui, choice.label, style, rect.width() - ui.px(64)) / 2},
      rect.width() - ui.px(64), choice.label, style);
  if (on) draw_icon(ui, {rect.max.x - ui.px(26), rect.centre().y}, icon::kCheck, 24, theme::kOnPrimarySoft);
  ui.add({.id = id, .role = Role::option, .label = choice.label, .value = on ? "1" : "0", .rect = rect});
  return tap.clicked;
}

void sheet_head(Ui& ui, const std::string& id, const FieldLook& look, const Rect& inner) {
  const Rect head = take(ui, ui.px(theme::kTouch));
  draw_line(ui, {head.min, {head.max.x - ui.px(theme::kTouch), head.max.y}}, look.label, style::kTitle);
  if (icon_button_at(ui, id + ".close", {inner.max.x - ui.px(20), head.centre().y}, icon::kClear,
                     ui.tr("action.close")))
    ui.open_sheet.clear();
  gap(ui, 8);
}

/// The list of the sheet; the tapped choice, or nullptr.
const Choice* sheet_list(Ui& ui, const std::string& id, const Rect& rect, const std::vector<const Choice*>& found,
                         const std::string& chosen) {
  const Choice* tapped = nullptr;
  const ScrollArea area(ui, id + ".list", rect, {});
  const float text_width_max = available_width(ui) - ui.px(64);
  const auto height = [&](std::size_t i) {
    return std::max(ui.px(kRow), wrapped_height(ui, found[i]->label, style::kStrong, text_width_max) + ui.px(20));
  };
  virtual_rows(ui, {.count = found.size(), .gap = 0, .height = height, .draw = [&](std::size_t i, const Rect& row) {
                      if (option_row(ui, id + "." + found[i]->code, row, *found[i], found[i]->code == chosen))
                        tapped = found[i];
                    }});
  return tapped;
}

bool draw_sheet(Ui& ui, const std::string& id, const FieldLook& look, const std::vector<Choice>& choices,
                std::string& chosen) {
  const Overlay overlay(ui, id + ".sheet", {.width = 560, .height = 640});
  if (!overlay.is_open()) return false;
  const Rect inner = overlay.inner();
  sheet_head(ui, id, look, inner);
  std::string& typed = ui.sheet_search[ImGui::GetID("search")];
  FieldLook bare;
  bare.label = ui.tr("picker.search");
  text_box(ui, id + ".search", bare, typed, {.placeholder = bare.label, .icon = icon::kSearch, .clearable = true});
  gap(ui, 8);
  const bool can_clear = !look.required && !chosen.empty();
  const float foot = can_clear ? ui.px(theme::kButton + 8) : 0.0F;
  const std::vector<const Choice*> found = matching(choices, typed);
  const Rect list{{inner.min.x, cursor_y()}, {inner.max.x, inner.max.y - foot}};
  const Choice* tapped = sheet_list(ui, id, list, found, chosen);
  bool changed = false;
  if (tapped != nullptr) {
    changed = chosen != tapped->code;
    chosen = tapped->code;
  }
  if (can_clear) {
    const Rect clear{{inner.min.x, inner.max.y - ui.px(theme::kButton)}, inner.max};
    if (button_at(ui, id + ".none", clear, ui.tr("picker.none"), {.kind = ButtonKind::outlined})) {
      chosen.clear();
      changed = true;
    }
  }
  if (changed || tapped != nullptr) {
    ui.open_sheet.clear();
    typed.clear();
  }
  return changed;
}

}  // namespace

Overlay::Overlay(Ui& ui, const std::string& id, const Options& options) : ui_(ui) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float edge = ui.px(16);
  const float width = std::min(ui.px(options.width), screen.x - 2 * edge);
  const float height = options.height > 0 ? std::min(ui.px(options.height), screen.y - 2 * edge) : 0.0F;
  if (!ImGui::IsPopupOpen(id.c_str())) ImGui::OpenPopup(id.c_str());
  ImGui::SetNextWindowSize({width, height});
  ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Always, {0.5F, 0.5F});
  const float margin = ui.px(theme::kMargin);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {margin, margin});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(20));
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav;
  open_ = ImGui::BeginPopupModal(id.c_str(), nullptr, kFlags);
  ImGui::PopStyleVar(2);
  ++ui.layer;
  ++ui.overlays;
  if (!open_) return;
  const ImVec2 at = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  inner_ = {{at.x + margin, at.y + margin}, {at.x + size.x - margin, at.y + size.y - margin}};
  ui.columns.push_back({inner_.min.x, width - 2 * margin});
  ui.add({.id = id, .role = Role::dialog, .rect = {at, at + size}});
}

Overlay::~Overlay() {
  if (open_) {
    ui_.columns.pop_back();
    ImGui::EndPopup();
  }
  --ui_.layer;
}

void close_stale_overlays(Ui& ui) {
  const int drawn = std::exchange(ui.overlays, 0);
  if (drawn > 0 && ImGui::GetCurrentContext()->DimBgRatio < 1) ui.redraw_in(0);  // The page is still growing dim.
  if (ImGui::GetCurrentContext()->OpenPopupStack.Size > drawn) ImGui::ClosePopupToLevel(drawn, false);
}

bool sheet_picker(Ui& ui, const std::string& id, const FieldLook& look, const std::vector<Choice>& choices,
                  std::string& chosen) {
  std::string label = chosen;
  for (const Choice& choice : choices)
    if (choice.code == chosen) label = choice.label;
  const Rect box = take(ui, ui.px(50));
  const Press tap = press(ui, id, box, look.enabled);
  framed(box, {!look.enabled ? theme::kDisabled
               : tap.held    ? theme::kTrack
                             : theme::kField,
               field_edge(look, false), ui.px(theme::kRadiusField), ui.px(1.3F)});
  const Rect text{{box.min.x + ui.px(14), box.min.y}, {box.max.x - ui.px(40), box.max.y}};
  draw_line(ui, text, label.empty() ? ui.tr("picker.choose") : label,
            label.empty() ? in_colour(style::kBody, theme::kTextHint) : style::kBody);
  draw_icon(ui, {box.max.x - ui.px(24), box.centre().y}, icon::kExpandMore, 24, theme::kTextSoft);
  ui.add({.id = id, .role = Role::button, .label = look.label, .value = label, .rect = box, .enabled = look.enabled});
  if (tap.clicked) ui.open_sheet = id;
  return ui.open_sheet == id && draw_sheet(ui, id, look, choices, chosen);
}

}  // namespace ruhu
