#include "app/shell/shell.hpp"

#include <algorithm>

#include "imgui.h"

#include "app/screens/shared/gate.hpp"
#include "app/screens/worker/screens.hpp"
#include "app/shell/frame.hpp"
#include "app/widgets/sheet.hpp"

namespace ruhu {
namespace {

constexpr double kToastSeconds = 4;

std::optional<RecordId> open_household(const AppState& state) {
  if (state.pages.empty()) return std::nullopt;
  return state.pages.front() == Page::visit ? state.visit.household : state.household.household;
}

}  // namespace

Shell::Shell(const Dictionary& dictionary, const UiFonts& fonts) : ui_(registry_, dictionary) { ui_.fonts = fonts; }

double Shell::next_frame_in() const {
  double next = ui_.redraw_at == 0 ? -1 : std::max(0.0, ui_.redraw_at - ui_.now);
  const double draft = drafts_.due_in(ui_.now);
  if (draft >= 0) next = next < 0 ? draft : std::min(next, draft);
  return next;
}

void Shell::begin(const AppState& state, const FrameInfo& frame) {
  ui_.passed = static_cast<float>(std::clamp(frame.now - ui_.now, 0.001, 0.1));
  ui_.now = frame.now;
  ui_.redraw_at = 0;
  ui_.scale = frame.display_scale * std::clamp(state.settings.text_scale, 1.0F, 2.0F);
  if (ui_.tr.lang() != state.settings.lang) {
    auto on_missing = std::move(ui_.tr.on_missing);
    ui_.tr = Texts(state.settings.lang);
    ui_.tr.on_missing = std::move(on_missing);
  }
  if (styled_for_ != ui_.scale) {
    apply_style(ui_.scale);
    ui_.text_memory.clear();
    styled_for_ = ui_.scale;
  }
  registry_.begin_frame();
}

void Shell::go_back(const AppState& state, CommandQueue& out) {
  if (state.dialog) {
    if (!state.dialog->cancel.empty()) out.push(AnswerDialog{state.dialog->key, false});
  } else if (!ui_.open_sheet.empty()) {
    ui_.open_sheet.clear();
  } else if (state.history) {
    out.push(CloseHistory{});
  } else if (state.sync.handover) {
    out.push(DismissHandover{});
  } else {
    out.push(Back{});
  }
}

void Shell::draw(const AppState& state, Inputs& inputs, CommandQueue& out, const FrameInfo& frame) {
  begin(state, frame);
  if (frame.back) go_back(state, out);
  draw_window(state, inputs, out);
  float bottom = ImGui::GetIO().DisplaySize.y - ui_.px(92);
  for (auto toast = state.toasts.rbegin(); toast != state.toasts.rend(); ++toast) {
    const double since = toast_since_.try_emplace(toast->serial, frame.now).first->second;
    bool dismissed = false;
    bottom -= draw_toast(ui_, *toast, bottom, dismissed) + ui_.px(8);
    if (!toast->sticky && frame.now - since >= kToastSeconds)
      dismissed = true;
    else if (!toast->sticky)
      ui_.redraw_in(kToastSeconds - (frame.now - since));
    if (dismissed) out.push(DismissToast{toast->serial});
  }
  draw_composition(ui_, frame.composition);
  close_stale_overlays(ui_);
  drafts_.watch(state, inputs, ui_.dictionary, frame.now, out);
  registry_.end_frame();
}

void Shell::draw_window(const AppState& state, Inputs& inputs, CommandQueue& out) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(screen);
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                                      ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav;
  ImGui::Begin("ruhu", nullptr, kFlags);
  if (state.gate.step != GateStep::open) {
    draw_gate(ui_, {{0, 0}, screen}, state.gate, inputs, out);
    ImGui::End();
    return;
  }
  const float practice = practice_bar_height(ui_, state);
  if (practice > 0) draw_practice_bar(ui_, {{0, 0}, {screen.x, practice}});
  const float rail = ui_.px(theme::kRail);
  draw_rail(ui_, {{0, practice}, {rail, screen.y}}, state, out);
  draw_content(state, inputs, out, {{rail, practice}, screen});
  if (state.dialog)
    draw_dialog(ui_, *state.dialog, out);
  else if (state.history)
    draw_history_sheet(ui_, *state.history, inputs.history, out);
  ImGui::End();
}

void Shell::draw_content(const AppState& state, Inputs& inputs, CommandQueue& out, const Rect& rect) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const bool side_by_side = screen.x >= ui_.px(theme::kSideBySide);
  if (!side_by_side && !state.pages.empty()) return draw_page(state, inputs, out, rect, true);
  const float header = ui_.px(screen.y < ui_.px(480) ? 56 : theme::kHeader);
  draw_header(ui_, {rect.min, {rect.max.x, rect.min.y + header}}, state, out);
  const Rect below{{rect.min.x, rect.min.y + header}, rect.max};
  if (state.tab == Tab::sync) return draw_sync_screen(ui_, below, state.sync, out);
  if (state.tab == Tab::settings) return draw_settings_screen(ui_, below, state.settings, out);
  const float list_width = side_by_side ? std::min(ui_.px(theme::kListPane), below.width() * 0.42F) : below.width();
  const Rect list{below.min, {below.min.x + list_width, below.max.y}};
  if (state.tab == Tab::today)
    draw_today_list(ui_, list, state.today, state.sync, open_household(state), out);
  else
    draw_search_list(ui_, list, state.search, inputs.search, out);
  if (!side_by_side) return;
  const float margin = ui_.px(16);
  const Rect page{{list.max.x, below.min.y + margin}, {below.max.x - margin, below.max.y - margin}};
  if (!state.pages.empty()) return draw_page(state, inputs, out, page, false);
  if (state.tab == Tab::today && state.today.count_all > 0) draw_today_welcome(ui_, page, state.today);
  if (state.tab == Tab::search) draw_search_welcome(ui_, page);
}

void Shell::draw_page(const AppState& state, Inputs& inputs, CommandQueue& out, const Rect& rect, bool covers_all) {
  PageContext page{ui_, out, rect, covers_all};
  switch (state.pages.back()) {
    case Page::household: return draw_household_page(page, state.household);
    case Page::visit: return draw_visit_page(page, state.visit, inputs.visit);
    case Page::person: return draw_record_page(page, state.person, inputs.person, "person");
    case Page::record: return draw_record_page(page, state.record, inputs.record, "record");
    case Page::card: return draw_card_page(page, state.card);
  }
}

}  // namespace ruhu
