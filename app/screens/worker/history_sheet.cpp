#include <algorithm>

#include "app/screens/worker/screens.hpp"
#include "app/widgets/choice.hpp"
#include "app/widgets/icons.hpp"
#include "app/widgets/sheet.hpp"

namespace ruhu {
namespace {

void draw_head(Ui& ui, const HistoryState& state, const Rect& inner, CommandQueue& out) {
  const float touch = ui.px(theme::kTouch);
  const Rect head = take(ui, 0);
  {
    const ColumnScope column(ui, head.min.x, available_width(ui) - touch);
    const std::string title = state.title.empty() ? ui.tr("history.title") : state.title;
    page_heading(ui, "history.title", title, state.title.empty() ? "" : ui.tr("history.title"));
    if (!state.subtitle.empty()) paragraph(ui, state.subtitle, style::kCaption);
  }
  const ImVec2 corner{inner.max.x - touch / 2 + ui.px(8), inner.min.y + ui.px(15)};
  if (icon_button_at(ui, "history.close", corner, icon::kClear, ui.tr("action.close"))) out.push(CloseHistory{});
  set_cursor_y(ui, std::max(cursor_y(), inner.min.y + touch));
  gap(ui, 10);
}

/// A label with its value beside it; what nobody stated is said in a softer colour.
void stated(Ui& ui, const char* key, const std::string& value) {
  const std::string label = ui.tr(key);
  const std::string words = value.empty() ? ui.tr("history.not_stated") : value;
  const TextStyle style =
      value.empty() ? in_colour(style::kSmall, theme::kTextHint) : in_colour(style::kSmall, theme::kText);
  const float all = available_width(ui);
  const float indent = std::min(all * 0.42F, ui.px(150));
  const float height = std::max(wrapped_height(ui, label, style::kSmall, indent - ui.px(10)),
                                wrapped_height(ui, words, style, all - indent));
  const Rect rect = take(ui, height + ui.px(6));
  draw_wrapped(ui, rect.min, indent - ui.px(10), label, style::kSmall);
  draw_wrapped(ui, {rect.min.x + indent, rect.min.y}, all - indent, words, style);
  ui.add({.id = key, .role = Role::text, .label = label, .value = words, .rect = rect});
}

/// The present value in large letters, with "show" beside it where it is masked.
void draw_value(Ui& ui, const HistoryState& state, CommandQueue& out) {
  const std::string show = ui.tr("field.show");
  const ButtonOptions look{.kind = ButtonKind::plain, .icon = icon::kVisible};
  const float button = state.masked ? button_width(ui, show, look) : 0.0F;
  const float width = available_width(ui) - button;
  const float text = wrapped_height(ui, state.now->text, style::kTitle, width);
  const Rect rect = take(ui, std::max(text, state.masked ? ui.px(theme::kTouch) : 0.0F));
  draw_wrapped(ui, {rect.min.x, rect.centre().y - text / 2}, width, state.now->text, style::kTitle);
  ui.add({.id = "history.now",
          .role = Role::text,
          .label = state.title,
          .value = state.now->text,
          .rect = {rect.min, {rect.max.x - button, rect.max.y}}});
  if (!state.masked) return;
  const float top = rect.centre().y - ui.px(theme::kTouch) / 2;
  const Rect at{{rect.max.x - button, top}, {rect.max.x, top + ui.px(theme::kTouch)}};
  if (button_at(ui, "history.show", at, show, look)) out.push(RevealField{state.record, state.column});
}

void draw_now(Ui& ui, const HistoryState& state, CommandQueue& out) {
  const HistoryVersion& now = *state.now;
  paragraph(ui, ui.tr("history.now"), {theme::kCaption, theme::tone(Tone::good).text, true});
  draw_value(ui, state, out);
  gap(ui, 4);
  std::vector<Tag> tags;
  if (!now.verified.empty()) tags.push_back({now.verified, now.verified_tone});
  if (now.sync != RecordSync::synced) tags.push_back(sync_tag(ui, now.sync));
  tag_flow(ui, tags);
  gap(ui, 10);
  stated(ui, "history.source", now.source);
  stated(ui, "history.verified", now.verified);
  stated(ui, "history.as_of", now.as_of);
  stated(ui, "history.who", now.who);
  stated(ui, "history.recorded", now.recorded);
  if (!now.visit.empty()) stated(ui, "history.visit", now.visit);
  stated(ui, "history.platform", now.platform);
}

std::string joined(const Ui& ui, std::initializer_list<std::string> parts) {
  (void)ui;
  std::string all;
  for (const std::string& part : parts)
    if (!part.empty()) all += (all.empty() ? "" : " · ") + part;
  return all;
}

/// The lines of a past value, top to bottom, with the style of each.
struct Line {
  std::string text;
  TextStyle style;
};
std::vector<Line> lines_of(const Ui& ui, const HistoryVersion& past) {
  std::vector<Line> lines{{past.text, style::kStrong},
                          {joined(ui, {past.source, past.verified, past.who, past.recorded}), style::kSmall}};
  if (!past.visit.empty()) lines.push_back({ui.tr("history.at_visit", {{"visit", past.visit}}), style::kSmall});
  const std::string until =
      past.until.empty() ? ui.tr("history.never_stood") : ui.tr("history.until", {{"when", past.until}});
  lines.push_back({joined(ui, {until, past.why}), {theme::kSmall, theme::tone(past.why_tone).text, false}});
  return lines;
}

/// Past values on a line of time, newest first.
void draw_past(Ui& ui, const HistoryState& state) {
  divider(ui);
  section_heading(ui, ui.tr("history.past"), icon::kHistory);
  if (state.past.empty()) return paragraph(ui, ui.tr("history.no_past"), style::kSoft);
  const float indent = ui.px(28);
  const float width = available_width(ui) - indent;
  for (std::size_t i = 0; i < state.past.size(); ++i) {
    const HistoryVersion& past = state.past[i];
    const std::vector<Line> lines = lines_of(ui, past);
    float height = ui.px(14);
    for (const Line& line : lines) height += wrapped_height(ui, line.text, line.style, width);
    const Rect rect = take(ui, height);
    const float middle = line_height(ui, style::kStrong) / 2;
    const ImVec2 dot{rect.min.x + ui.px(10), rect.min.y + middle};
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (i + 1 < state.past.size()) list->AddLine(dot, {dot.x, rect.max.y + middle}, theme::kLineStrong, ui.px(2));
    list->AddCircleFilled(dot, ui.px(7), theme::tone(past.why_tone).text, 24);
    list->AddCircleFilled(dot, ui.px(3.5F), theme::kSurface, 24);
    float y = rect.min.y;
    for (const Line& line : lines) y += draw_wrapped(ui, {rect.min.x + indent, y}, width, line.text, line.style);
    ui.add({.id = "history.past." + past.op,
            .alias = "history.past." + std::to_string(i + 1),
            .role = Role::text,
            .label = past.text,
            .value = lines.back().text,
            .rect = rect});
  }
}

void draw_field_view(Ui& ui, const HistoryState& state, CommandQueue& out) {
  if (!state.now) {
    empty_state(ui, {.id = "history.empty",
                     .icon = icon::kHistory,
                     .tone = Tone::neutral,
                     .title = ui.tr("history.empty"),
                     .text = ui.tr("history.empty.text"),
                     .action = {}});
    return;
  }
  draw_now(ui, state, out);
  draw_past(ui, state);
}

/// The date, and the days on which something changed as chips below it.
void draw_day_choice(Ui& ui, const HistoryState& state, HistoryInput& input, CommandQueue& out) {
  FieldLook look;
  look.label = ui.tr("history.day");
  bool changed = text_field(ui, "history.day", look, input.day,
                            {.kind = TextKind::date, .placeholder = ui.tr("field.date"), .icon = icon::kCalendar});
  if (!state.days.empty()) {
    gap(ui, 10);
    paragraph(ui, ui.tr("history.days"), style::kCaption);
    gap(ui, 4);
    std::vector<Choice> choices;
    for (std::size_t i = 0; i < state.days.size(); ++i)
      choices.push_back({state.days[i], state.days[i], nullptr, "history.day." + std::to_string(i + 1)});
    changed = chips_single(ui, "history.day", choices, input.day) || changed;
  }
  constexpr std::size_t kWholeDate = 10;
  if (changed && (input.day.size() == kWholeDate || !state.day.empty()))
    out.push(ShowDay{input.day.size() == kWholeDate ? input.day : ""});
}

void draw_day_view(Ui& ui, const HistoryState& state, HistoryInput& input, CommandQueue& out) {
  draw_day_choice(ui, state, input, out);
  gap(ui, 14);
  if (state.day.empty()) return paragraph(ui, ui.tr("history.day.hint"), style::kSoft);
  if (!state.day_problem.empty()) {
    notice(ui, {.id = "history.day.problem", .tone = Tone::caution, .title = state.day_problem, .lines = {}});
    return;
  }
  notice(ui, {.id = "history.day.answer",
              .tone = Tone::info,
              .icon = icon::kHistory,
              .title = ui.tr("history.day.answer", {{"day", state.day}}),
              .lines = {}});
  gap(ui, 12);
  for (const FactSection& section : state.then) {
    section_heading(ui, section.title);
    push_fact_tap(out, fact_grid(ui, section.facts, "history.fact."));
    gap(ui, 16);
  }
}

void draw_view_choice(Ui& ui, HistoryInput& input) {
  std::string chosen = input.view == HistoryView::day ? "day" : "field";
  if (segmented(ui, "history.view",
                {{"field", ui.tr("history.view.field"), nullptr}, {"day", ui.tr("history.view.day"), nullptr}}, chosen))
    input.view = chosen == "day" ? HistoryView::day : HistoryView::field;
  gap(ui, 12);
}

}  // namespace

void draw_history_sheet(Ui& ui, const HistoryState& state, HistoryInput& input, CommandQueue& out) {
  if (input.revision != state.revision) input = {.revision = state.revision};
  const Overlay overlay(ui, "history", {.width = 640, .height = 700});
  if (!overlay.is_open()) return;
  const Rect inner = overlay.inner();
  draw_head(ui, state, inner, out);
  const bool ready = state.load.phase == Load::Phase::ready;
  if (ready) draw_view_choice(ui, input);
  constexpr float kBeside = 9;  // Room for the thumb, in units.
  const float beside = ui.px(kBeside);
  const ScrollArea area(ui, input.view == HistoryView::day ? "history.day.page" : "history.page",
                        {{inner.min.x - beside, cursor_y()}, {inner.max.x + beside, inner.max.y}},
                        {.margin = kBeside, .margin_bottom = 12});
  if (!ready) {
    if (load_state(ui, "history", state.load)) out.push(Reload{});
    return;
  }
  if (input.view == HistoryView::day)
    draw_day_view(ui, state, input, out);
  else
    draw_field_view(ui, state, out);
}

}  // namespace ruhu
