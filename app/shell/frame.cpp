#include "app/shell/frame.hpp"

#include <algorithm>

#include "imgui.h"
#include "imgui_internal.h"

#include "app/widgets/icons.hpp"
#include "app/widgets/sheet.hpp"

namespace ruhu {
namespace {

struct TabLook {
  Tab tab;
  const char* id;
  const char* icon;
};
constexpr TabLook kTabs[] = {{Tab::today, "nav.today", icon::kToday},
                             {Tab::search, "nav.search", icon::kSearch},
                             {Tab::sync, "nav.sync", icon::kSync},
                             {Tab::settings, "nav.settings", icon::kSettings}};

void draw_badge(Ui& ui, ImVec2 centre, int count, Tone tone) {
  const std::string text = count > 99 ? "99+" : std::to_string(count);
  const TextStyle style{12, theme::kOnPrimary, true};
  const float half = ui.px(9);
  const float width = std::max(2 * half, text_width(ui, text, style) + ui.px(10));
  const Rect rect{{centre.x - width / 2, centre.y - half}, {centre.x + width / 2, centre.y + half}};
  fill(rect.shrunk(-ui.px(1.5F)), theme::kSurface, half + ui.px(1.5F));
  fill(rect, theme::tone(tone).text, half);
  draw_line(ui, rect, text, style, Align::centre);
}

/// What the worker should know at a glance: conflicts before unsent changes.
void draw_sync_badge(Ui& ui, ImVec2 centre, const SyncState& sync) {
  const int conflicts = static_cast<int>(sync.conflicts.size() + sync.quarantined.size());
  if (conflicts > 0)
    draw_badge(ui, centre, conflicts, Tone::alarm);
  else if (sync.queued > 0)
    draw_badge(ui, centre, sync.queued, Tone::caution);
}

void draw_tab(Ui& ui, const Rect& rect, const TabLook& look, const AppState& state, CommandQueue& out) {
  const Press tap = press(ui, look.id, rect);
  const bool on = state.tab == look.tab;
  const std::string label = ui.tr(look.id);
  const TextStyle style{theme::kCaption, on ? theme::kOnPrimarySoft : theme::kTextSoft, on};
  const ImVec2 icon{rect.centre().x, rect.min.y + ui.px(24)};
  const Rect pill{{icon.x - ui.px(30), icon.y - ui.px(17)}, {icon.x + ui.px(30), icon.y + ui.px(17)}};
  if (on || tap.held) fill(pill, on ? theme::kPrimarySoft : theme::kTrack, ui.px(17));
  const bool offline = look.tab == Tab::sync && state.sync.phase == SyncPhase::offline;
  draw_icon(ui, icon, offline ? icon::kCloudOff : look.icon, 26, on ? theme::kPrimary : theme::kTextSoft);
  draw_line(ui, {{rect.min.x, rect.min.y + ui.px(42)}, {rect.max.x, rect.min.y + ui.px(66)}}, label, style,
            Align::centre);
  if (look.tab == Tab::sync) draw_sync_badge(ui, {icon.x + ui.px(17), icon.y - ui.px(11)}, state.sync);
  ui.add({.id = look.id, .role = Role::tab, .label = label, .value = on ? "1" : "0", .rect = rect});
  if (tap.clicked) out.push(GoTo{look.tab});
}

struct Pill {
  const char* icon;
  Tone tone;
  std::string text;
};
Pill pill_of(const Ui& ui, const SyncState& sync) {
  const std::string n = std::to_string(sync.queued);
  switch (sync.phase) {
    case SyncPhase::running: return {icon::kSync, Tone::info, ui.tr("status.syncing")};
    case SyncPhase::offline:
      return {icon::kCloudOff, Tone::caution,
              ui.tr(sync.queued > 0 ? "status.offline_queued" : "status.offline", {{"n", n}})};
    case SyncPhase::failed: return {icon::kAlert, Tone::alarm, ui.tr("status.failed", {{"n", n}})};
    case SyncPhase::idle: break;
  }
  if (sync.queued > 0) return {icon::kCloudUpload, Tone::caution, ui.tr("status.queued", {{"n", n}})};
  return {icon::kCloudDone, Tone::good, ui.tr("status.sent")};
}

struct Title {
  std::string title;
  std::string subtitle;
};
Title title_of(const Ui& ui, const AppState& state) {
  switch (state.tab) {
    case Tab::today:
      return {ui.tr("today.title"), state.today.title + (state.today.date.empty() ? "" : " · " + state.today.date)};
    case Tab::search: return {ui.tr("search.title"), state.settings.grid};
    case Tab::sync: return {ui.tr("sync.title"), state.settings.grid};
    case Tab::settings: break;
  }
  return {ui.tr("settings.title"), state.settings.worker};
}

}  // namespace

void apply_style(float scale) {
  ImGuiStyle style;
  style.ItemSpacing = style.ItemInnerSpacing = {0, 0};
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = style.ChildBorderSize = style.PopupBorderSize = style.FrameBorderSize = 0;
  style.WindowMinSize = {1, 1};
  style.ScrollbarSize = 6 * scale;
  style.ScrollbarRounding = 3 * scale;
  style.DisabledAlpha = 1.0F;
  style.CircleTessellationMaxError = 0.15F;
  style.CurveTessellationTol = 0.6F;
  const auto set = [&](ImGuiCol slot, ImU32 colour) { style.Colors[slot] = ImGui::ColorConvertU32ToFloat4(colour); };
  set(ImGuiCol_Text, theme::kText);
  set(ImGuiCol_WindowBg, theme::kGround);
  set(ImGuiCol_PopupBg, theme::kSurface);
  set(ImGuiCol_ChildBg, IM_COL32_BLACK_TRANS);
  set(ImGuiCol_ModalWindowDimBg, theme::kDim);
  set(ImGuiCol_TextSelectedBg, theme::kPrimarySoftPressed);
  set(ImGuiCol_InputTextCursor, theme::kPrimary);
  set(ImGuiCol_ScrollbarBg, IM_COL32_BLACK_TRANS);
  set(ImGuiCol_ScrollbarGrab, theme::kLineStrong);
  set(ImGuiCol_ScrollbarGrabHovered, theme::kLineStrong);
  set(ImGuiCol_ScrollbarGrabActive, theme::kTextHint);
  set(ImGuiCol_NavCursor, IM_COL32_BLACK_TRANS);
  ImGui::GetStyle() = style;
}

void draw_rail(Ui& ui, const Rect& rect, const AppState& state, CommandQueue& out) {
  fill(rect, theme::kSurface);
  fill({{rect.max.x - std::max(1.0F, ui.px(1)), rect.min.y}, rect.max}, theme::kLine);
  const float count = static_cast<float>(std::size(kTabs));
  const float height = std::min(ui.px(84), (rect.height() - ui.px(12)) / count);
  float y = rect.min.y + std::min(ui.px(16), (rect.height() - height * count) / 2);
  for (const TabLook& look : kTabs) {
    draw_tab(ui, {{rect.min.x, y}, {rect.max.x - ui.px(1), y + std::min(height, ui.px(72))}}, look, state, out);
    y += height;
  }
}

void draw_header(Ui& ui, const Rect& rect, const AppState& state, CommandQueue& out) {
  fill(rect, theme::kSurface);
  fill({{rect.min.x, rect.max.y - std::max(1.0F, ui.px(1))}, rect.max}, theme::kLine);
  const Pill pill = pill_of(ui, state.sync);
  const theme::TonePair colours = theme::tone(pill.tone);
  const TextStyle style{theme::kSmall, colours.text, false};
  const float width = text_width(ui, pill.text, style) + ui.px(52);
  const float half = ui.px(theme::kTouch) / 2;
  const Rect target{{rect.max.x - ui.px(20) - width, rect.centre().y - half},
                    {rect.max.x - ui.px(20), rect.centre().y + half}};
  if (press(ui, "status.sync", target).clicked) out.push(GoTo{Tab::sync});
  const Rect shape{{target.min.x, target.min.y + ui.px(6)}, {target.max.x, target.max.y - ui.px(6)}};
  fill(shape, colours.ground, shape.height() / 2);
  draw_icon(ui, {shape.min.x + ui.px(22), shape.centre().y}, pill.icon, 20, colours.text);
  draw_line(ui, {{shape.min.x + ui.px(38), shape.min.y}, {shape.max.x - ui.px(8), shape.max.y}}, pill.text, style);
  ui.add({.id = "status.sync", .role = Role::button, .label = pill.text, .rect = target});

  const Title title = title_of(ui, state);
  const float x = rect.min.x + ui.px(20);
  const float end = target.min.x - ui.px(12);
  const TextStyle big{23, theme::kText, true};
  const float title_end = std::min(end, x + text_width(ui, title.title, big));
  draw_line(ui, {{x, rect.min.y}, {end, rect.max.y}}, title.title, big);
  ui.add({.id = "header.title",
          .role = Role::heading,
          .label = title.title,
          .value = title.subtitle,
          .rect = {{x, rect.min.y}, {title_end, rect.max.y}}});
  const Rect rest{{title_end + ui.px(14), rect.min.y + ui.px(3)}, {end, rect.max.y + ui.px(3)}};
  if (text_width(ui, title.subtitle, style::kSmall) <= rest.width()) draw_line(ui, rest, title.subtitle, style::kSmall);
}

float practice_bar_height(const Ui& ui, const AppState& state) { return state.settings.practice ? ui.px(32) : 0.0F; }

void draw_practice_bar(Ui& ui, const Rect& rect) {
  fill(rect, theme::kPractice);
  const std::string text = ui.tr("practice.bar");
  const TextStyle style{theme::kCaption, theme::kOnPractice, true};
  const float width = text_width(ui, text, style);
  const float x = rect.centre().x - width / 2;
  draw_icon(ui, {x - ui.px(16), rect.centre().y}, icon::kSchool, 20, theme::kOnPractice);
  draw_line(ui, {{x, rect.min.y}, {x + width, rect.max.y}}, text, style);
  ui.add({.id = "practice.bar", .role = Role::status, .label = text, .rect = rect});
}

void draw_dialog(Ui& ui, const Dialog& dialog, CommandQueue& out) {
  const Overlay overlay(ui, "dialog", {.width = 460});
  if (!overlay.is_open()) return;
  const Rect picture = take(ui, ui.px(60));
  icon_disc(ui, picture.centre(), 56, icon_of(dialog.tone), dialog.tone);
  gap(ui, 12);
  const float width = available_width(ui);
  const Rect title = take(ui, wrapped_height(ui, dialog.title, style::kTitle, width));
  draw_wrapped(ui, title.min, width, dialog.title, style::kTitle, Align::centre);
  ui.add({.id = "dialog.title", .role = Role::heading, .label = dialog.title, .value = dialog.key, .rect = title});
  gap(ui, 8);
  for (const std::string& line : dialog.lines) {
    const Rect at = take(ui, wrapped_height(ui, line, style::kSoft, width));
    draw_wrapped(ui, at.min, width, line, style::kSoft, Align::centre);
  }
  gap(ui, 20);
  const bool danger = dialog.tone == Tone::alarm && !dialog.cancel.empty();
  const ButtonOptions confirm{.kind = danger ? ButtonKind::danger : ButtonKind::primary, .full_width = true};
  if (button(ui, "dialog.confirm", dialog.confirm, confirm)) out.push(AnswerDialog{dialog.key, true});
  if (dialog.cancel.empty()) return;
  gap(ui, 8);
  if (button(ui, "dialog.cancel", dialog.cancel, {.kind = ButtonKind::outlined, .full_width = true}))
    out.push(AnswerDialog{dialog.key, false});
}

float draw_toast(Ui& ui, const Toast& toast, float bottom, bool& dismissed) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const TextStyle style{theme::kBody, theme::kOnToast, false};
  const float text_max = std::min(ui.px(560), screen.x - ui.px(130));
  const TextLines& lines = wrapped(ui, toast.text, style, text_max);
  const float text_height = static_cast<float>(lines.lines.size()) * line_height(ui, style);
  const ImVec2 size{lines.widest + ui.px(72), std::max(ui.px(52), text_height + ui.px(24))};
  const ImVec2 at{(screen.x + ui.px(theme::kRail) - size.x) / 2, bottom - size.y};
  const std::string id = "toast." + toast.key;
  const float edge = ui.px(12);  // Room for the shadow.
  ImGui::SetNextWindowPos({at.x - edge, at.y - edge});
  ImGui::SetNextWindowSize({size.x + 2 * edge, size.y + 2 * edge});
  ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                           ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                           ImGuiWindowFlags_NoNav;
  if (!toast.sticky) flags |= ImGuiWindowFlags_NoInputs;
  ImGui::Begin(id.c_str(), nullptr, flags);
  const Rect rect{at, at + size};
  if (toast.sticky) dismissed = press(ui, id, rect).clicked;
  shadow(ui, rect, ui.px(14), 2);
  fill(rect, theme::kToast, ui.px(14));
  const ImU32 accent = theme::tone(toast.tone).ground;
  draw_icon(ui, {rect.min.x + ui.px(30), rect.centre().y}, icon_of(toast.tone), 24, accent);
  draw_wrapped(ui, {rect.min.x + ui.px(52), rect.centre().y - text_height / 2}, text_max, toast.text, style);
  ui.add({.id = id, .role = toast.sticky ? Role::button : Role::status, .label = toast.text, .rect = rect});
  ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  ImGui::End();
  return size.y;
}

void draw_composition(Ui& ui, const std::string& text) {
  const ImGuiPlatformImeData& ime = ImGui::GetCurrentContext()->PlatformImeData;
  if (text.empty() || !ime.WantVisible) return;
  const TextStyle style{theme::kBody, theme::kText, false};
  const float width = text_width(ui, text, style) + ui.px(20);
  const ImVec2 at{ime.InputPos.x, ime.InputPos.y + ime.InputLineHeight + ui.px(4)};
  const Rect rect{at, {at.x + width, at.y + line_height(ui, style) + ui.px(10)}};
  ImDrawList* list = ImGui::GetForegroundDrawList();
  list->AddRectFilled(rect.min, rect.max, theme::kSurface, ui.px(8));
  list->AddRect(rect.min, rect.max, theme::kPrimary, ui.px(8));
  list->AddText(ui.fonts.regular, font_size(ui, style), {at.x + ui.px(10), at.y + ui.px(5)}, style.colour,
                text.c_str());
}

}  // namespace ruhu
