#include "app/screens/worker/screens.hpp"
#include "app/widgets/icons.hpp"
#include "app/widgets/sheet.hpp"

namespace ruhu {
namespace {

struct Summary {
  const char* icon;
  Tone tone;
  std::string title;
  std::string text;
};

Summary summary_of(const Ui& ui, const SyncState& state) {
  const std::string n = std::to_string(state.queued);
  const std::string last =
      state.last_sync.empty() ? ui.tr("sync.never") : ui.tr("sync.last", {{"when", state.last_sync}});
  switch (state.phase) {
    case SyncPhase::running: return {icon::kSync, Tone::info, ui.tr("sync.running"), ui.tr("sync.running.text")};
    case SyncPhase::failed:
      return {icon::kAlert, Tone::alarm, error_title(ui, state.error), error_next(ui, state.error)};
    case SyncPhase::offline:
      return {icon::kCloudOff, Tone::caution,
              ui.tr(state.queued > 0 ? "sync.offline_queued" : "sync.offline", {{"n", n}}),
              ui.tr("sync.offline.text") + " " + last};
    case SyncPhase::idle: break;
  }
  if (state.queued > 0) return {icon::kCloudUpload, Tone::caution, ui.tr("sync.queued", {{"n", n}}), last};
  if (state.unconfirmed > 0)
    return {icon::kCloudUpload, Tone::info, ui.tr("sync.unconfirmed", {{"n", std::to_string(state.unconfirmed)}}),
            last};
  return {icon::kCloudDone, Tone::good, ui.tr("sync.all_sent"), last};
}

void draw_buttons(Ui& ui, const SyncState& state, CommandQueue& out) {
  const bool running = state.phase == SyncPhase::running;
  ButtonSpec sync{"sync.now", ui.tr("sync.now"), {.kind = ButtonKind::primary, .icon = icon::kSync}};
  if (running) sync = {"sync.stop", ui.tr("sync.stop"), {.kind = ButtonKind::danger, .icon = icon::kStop}};
  const int tapped = button_row(
      ui, {sync, {"sync.handover", ui.tr("sync.handover"), {.kind = ButtonKind::tonal, .icon = icon::kHandover}}});
  if (tapped == 0 && running) out.push(StopSync{});
  if (tapped == 0 && !running) out.push(SyncNow{});
  if (tapped == 1) out.push(AskHandover{});
}

void draw_summary(Ui& ui, const SyncState& state, CommandQueue& out) {
  const Card card(ui);
  const Summary summary = summary_of(ui, state);
  const float indent = ui.px(84);
  const float width = available_width(ui) - indent;
  const float title = wrapped_height(ui, summary.title, style::kTitle, width);
  const float text = wrapped_height(ui, summary.text, style::kSoft, width);
  const Rect head = take(ui, std::max(ui.px(64), title + text));
  icon_disc(ui, {head.min.x + ui.px(32), head.centre().y}, 64, summary.icon, summary.tone);
  float y = head.centre().y - (title + text) / 2;
  y += draw_wrapped(ui, {head.min.x + indent, y}, width, summary.title, style::kTitle);
  draw_wrapped(ui, {head.min.x + indent, y}, width, summary.text, style::kSoft);
  ui.add({.id = "sync.status", .role = Role::status, .label = summary.title, .value = summary.text, .rect = head});
  if (state.phase == SyncPhase::running) {
    gap(ui, 16);
    const float share = state.total > 0 ? static_cast<float>(state.done) / static_cast<float>(state.total) : -1.0F;
    progress_bar(ui, "sync.progress", share, summary.title);
    if (state.total > 0) {
      gap(ui, 4);
      paragraph(ui,
                ui.tr("sync.progress", {{"done", std::to_string(state.done)}, {"total", std::to_string(state.total)}}));
    }
  }
  if (!state.coverage.empty()) {
    gap(ui, 12);
    paragraph(ui, state.coverage);
  }
  gap(ui, 18);
  draw_buttons(ui, state, out);
}

/// What is on its way by other roads than the next sync of the text.
void draw_underway(Ui& ui, const SyncState& state) {
  const auto say = [&](const char* id, const char* icon, std::string title, std::string text) {
    gap(ui, 12);
    notice(ui, {.id = id, .tone = Tone::info, .icon = icon, .title = std::move(title), .lines = {std::move(text)}});
  };
  const auto count = [](int n) { return std::to_string(n); };
  if (state.handed_over > 0)
    say("sync.handed_over", icon::kHandover,
        ui.tr("sync.handed_over", {{"n", count(state.handed_over)}, {"when", state.handed_over_since}}),
        ui.tr("sync.handed_over.text"));
  if (state.photos > 0)
    say("sync.photos", icon::kCloudUpload, ui.tr("sync.photos", {{"n", count(state.photos)}}),
        ui.tr("sync.photos.text"));
  if (state.carried > 0)
    say("sync.carried", icon::kTablet, ui.tr("sync.carried", {{"n", count(state.carried)}}),
        ui.tr("sync.carried.text"));
}

void draw_side(Ui& ui, const Rect& column, const std::string& heading, const ConflictSide& side, Tone tone) {
  const ColumnScope scope(ui, column.min.x, column.width());
  set_cursor_y(ui, column.min.y);
  const ColumnScope inner(ui, column.min.x + ui.px(14), column.width() - ui.px(28));
  gap(ui, 10);
  paragraph(ui, heading, {theme::kCaption, theme::tone(tone).text, true});
  paragraph(ui, side.value.empty() ? "–" : side.value, style::kStrong);
  std::string from = side.who;
  if (!side.when.empty()) from += " · " + side.when;
  if (!side.source.empty()) from += " · " + side.source;
  paragraph(ui, from, style::kCaption);
  gap(ui, 10);
}

float side_height(Ui& ui, const ConflictSide& side, float width) {
  const float inner = width - ui.px(28);
  const std::string from = side.who + " · " + side.when + " · " + side.source;
  return ui.px(20) + line_height(ui, style::kCaption) + wrapped_height(ui, side.value + "–", style::kStrong, inner) +
         wrapped_height(ui, from, style::kCaption, inner);
}

void draw_conflict(Ui& ui, const ConflictRow& row, CommandQueue& out) {
  const Card card(ui, 16);
  const float tag = tag_width(ui, row.state);
  const float width = available_width(ui);
  const bool beside = text_width(ui, row.title, style::kStrong) + tag + ui.px(12) <= width;
  const Rect head = take(ui, wrapped_height(ui, row.title, style::kStrong, width));
  draw_wrapped(ui, head.min, width, row.title, style::kStrong);
  const std::string id = "conflict." + std::to_string(row.conflict);
  ui.add({.id = id, .role = Role::heading, .label = row.title, .value = row.state.text, .rect = head});
  if (beside)
    draw_tag(ui, {head.max.x - tag, head.centre().y}, row.state);
  else {
    gap(ui, 4);
    tag_flow(ui, {row.state});
  }
  gap(ui, 10);
  const bool two = width >= ui.px(480);
  const float between = ui.px(10);
  const float side = two ? (width - between) / 2 : width;
  const float mine = side_height(ui, row.mine, side);
  const float theirs = side_height(ui, row.theirs, side);
  const Rect all = take(ui, two ? std::max(mine, theirs) : mine + between + theirs);
  const Rect first{all.min, {all.min.x + side, two ? all.max.y : all.min.y + mine}};
  const Rect second{{two ? first.max.x + between : all.min.x, two ? all.min.y : first.max.y + between}, all.max};
  fill(first, theme::tone(Tone::info).ground, ui.px(12));
  fill(second, theme::tone(Tone::neutral).ground, ui.px(12));
  draw_side(ui, first, ui.tr("conflict.mine"), row.mine, Tone::info);
  draw_side(ui, second, ui.tr("conflict.theirs"), row.theirs, Tone::neutral);
  set_cursor_y(ui, all.max.y);
  gap(ui, 10);
  if (button(ui, id + ".open", ui.tr("conflict.open"), {.kind = ButtonKind::outlined, .icon = icon::kArrowForward}))
    out.push(OpenRecord{row.record});
}

void draw_conflicts(Ui& ui, const SyncState& state, CommandQueue& out) {
  if (state.conflicts.empty()) return;
  gap(ui, 24);
  const std::string n = std::to_string(state.conflicts.size());
  section_heading(ui, ui.tr("sync.conflicts", {{"n", n}}), icon::kConflict);
  paragraph(ui, ui.tr("sync.conflicts.text"));
  gap(ui, 10);
  for (const ConflictRow& row : state.conflicts) {
    draw_conflict(ui, row, out);
    gap(ui, 12);
  }
}

void draw_quarantine(Ui& ui, const SyncState& state) {
  if (state.quarantined.empty()) return;
  gap(ui, 16);
  section_heading(ui, ui.tr("sync.quarantine"), icon::kInbox);
  paragraph(ui, ui.tr("sync.quarantine.text"));
  gap(ui, 10);
  for (const QuarantineRow& row : state.quarantined) {
    notice(ui, {.id = "quarantine." + row.op,
                .tone = Tone::caution,
                .icon = icon::kInbox,
                .title = row.title,
                .lines = {row.reason}});
    gap(ui, 8);
  }
}

void draw_handover(Ui& ui, const HandoverAnswer& answer, CommandQueue& out) {
  const Overlay overlay(ui, "handover", {.width = 480});
  if (!overlay.is_open()) return;
  const Tone tone = answer.safe ? Tone::good : Tone::caution;
  const Rect picture = take(ui, ui.px(76));
  icon_disc(ui, picture.centre(), 72, answer.safe ? icon::kCheckCircle : icon::kAlert, tone);
  gap(ui, 12);
  const std::string title = ui.tr(answer.safe ? "handover.yes" : "handover.no");
  const float width = available_width(ui);
  const Rect at = take(ui, wrapped_height(ui, title, style::kTitle, width));
  draw_wrapped(ui, at.min, width, title, style::kTitle, Align::centre);
  ui.add(
      {.id = "handover.answer", .role = Role::status, .label = title, .value = answer.safe ? "yes" : "no", .rect = at});
  gap(ui, 6);
  const std::string text = ui.tr(answer.safe ? "handover.yes.text" : "handover.no.text");
  const Rect below = take(ui, wrapped_height(ui, text, style::kSoft, width));
  draw_wrapped(ui, below.min, width, text, style::kSoft, Align::centre);
  gap(ui, 12);
  if (!answer.reasons.empty())
    notice(ui, {.id = "handover.reasons",
                .tone = tone,
                .icon = icon::kTablet,
                .title = ui.tr("handover.still_here"),
                .lines = answer.reasons});
  gap(ui, 18);
  if (button(ui, "handover.close", ui.tr("action.understood"), {.kind = ButtonKind::primary, .full_width = true}))
    out.push(DismissHandover{});
}

}  // namespace

void draw_sync_screen(Ui& ui, const Rect& rect, const SyncState& state, CommandQueue& out) {
  const ScrollArea area(ui, "sync.page", rect,
                        {.margin = 20, .margin_top = 20, .margin_bottom = 32, .width_max = theme::kReadingWidth});
  draw_summary(ui, state, out);
  draw_underway(ui, state);
  draw_conflicts(ui, state, out);
  draw_quarantine(ui, state);
  if (state.handover) draw_handover(ui, *state.handover, out);
}

}  // namespace ruhu
