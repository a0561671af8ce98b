#include "app/widgets/display.hpp"

#include <algorithm>
#include <cmath>

#include "app/widgets/icons.hpp"

namespace ruhu {
namespace {

constexpr TextStyle kTag{theme::kCaption, theme::kText, false};
constexpr float kTagHeight = 26;

}  // namespace

void page_heading(Ui& ui, const std::string& id, const std::string& title, const std::string& subtitle) {
  const float width = available_width(ui);
  const Rect rect = take(ui, wrapped_height(ui, title, style::kTitle, width));
  draw_wrapped(ui, rect.min, width, title, style::kTitle);
  ui.add({.id = id, .role = Role::heading, .label = title, .value = subtitle, .rect = rect});
  if (!subtitle.empty()) paragraph(ui, subtitle);
}

void section_heading(Ui& ui, const std::string& text, const char* icon) {
  const float indent = icon != nullptr ? ui.px(28) : 0.0F;
  const float width = available_width(ui) - indent;
  const Rect rect = take(ui, wrapped_height(ui, text, style::kHeading, width));
  if (icon != nullptr) {
    const ImVec2 centre{rect.min.x + ui.px(10), rect.min.y + line_height(ui, style::kHeading) / 2};
    draw_icon(ui, centre, icon, 21, theme::kPrimary);
  }
  draw_wrapped(ui, {rect.min.x + indent, rect.min.y}, width, text, style::kHeading);
  gap(ui, 6);
}

bool section_heading_with(Ui& ui, const std::string& text, const char* icon, const ButtonSpec& action) {
  const Rect row = take(ui, ui.px(theme::kTouch));
  const float width = button_width(ui, action.label, action.options);
  const float indent = ui.px(28);
  draw_icon(ui, {row.min.x + ui.px(10), row.centre().y}, icon, 21, theme::kPrimary);
  draw_line(ui, {{row.min.x + indent, row.min.y}, {row.max.x - width, row.max.y}}, text, style::kHeading);
  return button_at(ui, action.id, {{row.max.x - width, row.min.y}, row.max}, action.label, action.options);
}

void paragraph(Ui& ui, const std::string& text, const TextStyle& style) {
  const float width = available_width(ui);
  draw_wrapped(ui, take(ui, wrapped_height(ui, text, style, width)).min, width, text, style);
}

void divider(Ui& ui) {
  const Rect rect = take(ui, ui.px(25));
  const float y = std::round(rect.centre().y);
  fill({{rect.min.x, y}, {rect.max.x, y + std::max(1.0F, ui.px(1))}}, theme::kLine);
}

float tag_width(Ui& ui, const Tag& tag) { return text_width(ui, tag.text, kTag) + ui.px(20); }

void draw_tag(Ui& ui, ImVec2 left_centre, const Tag& tag) {
  const theme::TonePair pair = theme::tone(tag.tone);
  const float half = ui.px(kTagHeight / 2);
  const Rect rect{{left_centre.x, left_centre.y - half}, {left_centre.x + tag_width(ui, tag), left_centre.y + half}};
  fill(rect, pair.ground, half);
  draw_line(ui, {{rect.min.x + ui.px(10), rect.min.y}, {rect.max.x, rect.max.y}}, tag.text, in_colour(kTag, pair.text));
}

float draw_tags(Ui& ui, ImVec2 left_centre, float width, const std::vector<Tag>& tags) {
  float used = 0;
  for (const Tag& tag : tags) {
    const float needed = tag_width(ui, tag);
    if (used + needed > width) break;
    draw_tag(ui, {left_centre.x + used, left_centre.y}, tag);
    used += needed + ui.px(6);
  }
  return used;
}

void tag_flow(Ui& ui, const std::vector<Tag>& tags) {
  if (tags.empty()) return;
  const float width = available_width(ui);
  const float half = ui.px(kTagHeight / 2);
  Rect line = take(ui, half * 2);
  float x = line.min.x;
  for (const Tag& tag : tags) {
    const float needed = tag_width(ui, tag);
    if (x > line.min.x && x + needed > line.min.x + width) {
      gap(ui, 6);
      line = take(ui, half * 2);
      x = line.min.x;
    }
    draw_tag(ui, {x, line.min.y + half}, tag);
    x += needed + ui.px(6);
  }
}

Tag sync_tag(const Ui& ui, RecordSync sync) {
  switch (sync) {
    case RecordSync::synced: return {ui.tr("sync_state.synced"), Tone::good};
    case RecordSync::pending: return {ui.tr("sync_state.pending"), Tone::caution};
    case RecordSync::sent: return {ui.tr("sync_state.sent"), Tone::info};
    case RecordSync::waiting: return {ui.tr("sync_state.waiting"), Tone::info};
    case RecordSync::conflict: return {ui.tr("sync_state.conflict"), Tone::alarm};
    case RecordSync::quarantined: return {ui.tr("sync_state.quarantined"), Tone::alarm};
  }
  return {};
}

const char* icon_of(RecordSync sync) {
  switch (sync) {
    case RecordSync::synced: return icon::kCloudDone;
    case RecordSync::pending:
    case RecordSync::sent:
    case RecordSync::waiting: return icon::kCloudUpload;
    case RecordSync::conflict:
    case RecordSync::quarantined: break;
  }
  return icon::kConflict;
}

void notice(Ui& ui, const Notice& notice) {
  const theme::TonePair pair = theme::tone(notice.tone);
  const TextStyle title{theme::kSmall, pair.text, true};
  const TextStyle body{theme::kSmall, pair.text, false};
  const float margin = ui.px(14);
  const float text_x = ui.px(44);
  const float width = available_width(ui) - text_x - margin;
  float height = wrapped_height(ui, notice.title, title, width);
  for (const std::string& line : notice.lines) height += wrapped_height(ui, line, body, width);
  const Rect rect = take(ui, height + 2 * ui.px(11));
  fill(rect, pair.ground, ui.px(12));
  const char* icon = notice.icon != nullptr ? notice.icon : icon_of(notice.tone);
  float y = rect.min.y + ui.px(11);
  draw_icon(ui, {rect.min.x + ui.px(24), y + line_height(ui, title) / 2}, icon, 21, pair.text);
  y += draw_wrapped(ui, {rect.min.x + text_x, y}, width, notice.title, title);
  for (const std::string& line : notice.lines) y += draw_wrapped(ui, {rect.min.x + text_x, y}, width, line, body);
  ui.add({.id = notice.id, .role = Role::status, .label = notice.title, .rect = rect});
}

bool empty_state(Ui& ui, const EmptyState& state) {
  const float width = std::min(available_width(ui), ui.px(420));
  const float left = take(ui, ui.px(24)).min.x + (available_width(ui) - width) / 2;
  const ColumnScope column(ui, left, width);
  const Rect picture = take(ui, ui.px(112));
  const theme::TonePair pair = theme::tone(state.tone);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 centre = picture.centre();
  list->AddCircleFilled(centre, ui.px(52), pair.ground, 64);
  list->AddCircleFilled({centre.x + ui.px(54), centre.y - ui.px(34)}, ui.px(9), pair.ground, 32);
  list->AddCircleFilled({centre.x - ui.px(62), centre.y + ui.px(24)}, ui.px(6), pair.ground, 32);
  draw_icon(ui, centre, state.icon, 52, pair.text);
  gap(ui, 16);
  const Rect title = take(ui, wrapped_height(ui, state.title, style::kTitle, width));
  draw_wrapped(ui, title.min, width, state.title, style::kTitle, Align::centre);
  ui.add({.id = state.id, .role = Role::status, .label = state.title, .value = state.text, .rect = title});
  gap(ui, 6);
  const float narrow = balanced_width(ui, state.text, style::kSoft, width);
  const Rect text = take(ui, wrapped_height(ui, state.text, style::kSoft, narrow));
  draw_wrapped(ui, {text.min.x + (width - narrow) / 2, text.min.y}, narrow, state.text, style::kSoft, Align::centre);
  if (state.action.empty()) return false;
  gap(ui, 18);
  const Rect row = take(ui, ui.px(theme::kButton));
  const float half = std::clamp(button_width(ui, state.action, {}), ui.px(150), width) / 2;
  const Rect at{{row.centre().x - half, row.min.y}, {row.centre().x + half, row.max.y}};
  return button_at(ui, state.id + ".action", at, state.action, {});
}

std::string error_title(const Ui& ui, Errc code) {
  std::string title = ui.tr("error." + std::string(traits_of(code).key));
  for (const std::string_view stop : {"。", "."})
    if (title.ends_with(stop)) title.resize(title.size() - stop.size());
  return title;
}

std::string error_next(const Ui& ui, Errc code) { return ui.tr("error." + std::string(traits_of(code).key) + ".next"); }

bool load_state(Ui& ui, const std::string& id, const Load& load) {
  if (load.phase == Load::Phase::loading) {
    placeholder_rows(ui, 6);
    return false;
  }
  return empty_state(ui, {.id = id + ".error",
                          .icon = icon::kAlert,
                          .tone = Tone::alarm,
                          .title = error_title(ui, load.error),
                          .text = error_next(ui, load.error),
                          .action = ui.tr("action.retry")});
}

void placeholder_rows(Ui& ui, int count) {
  for (int i = 0; i < count; ++i) {
    const Rect card = take(ui, ui.px(104));
    fill(card, theme::kSurface, ui.px(theme::kRadius));
    const float x = card.min.x + ui.px(72);
    ImGui::GetWindowDrawList()->AddCircleFilled({card.min.x + ui.px(38), card.min.y + ui.px(40)}, ui.px(21),
                                                theme::kTrack, 32);
    for (int bar = 0; bar < 3; ++bar) {
      const float y = card.min.y + ui.px(18 + 26 * static_cast<float>(bar));
      const float share = bar == 0 ? 0.35F : bar == 1 ? 0.7F : 0.5F;
      fill({{x, y}, {x + (card.width() - ui.px(96)) * share, y + ui.px(13)}}, theme::kTrack, ui.px(6));
    }
    gap(ui, 10);
  }
}

void progress_bar(Ui& ui, const std::string& id, float share, const std::string& label) {
  const Rect rect = take(ui, ui.px(10));
  const float radius = rect.height() / 2;
  fill(rect, theme::kTrack, radius);
  Rect part = rect;
  if (share < 0) {
    const auto at = static_cast<float>(std::fmod(ui.now * 0.5, 1.0));
    part.min.x = rect.min.x + rect.width() * std::max(0.0F, at * 1.3F - 0.3F);
    part.max.x = rect.min.x + rect.width() * std::min(1.0F, at * 1.3F);
    ui.redraw_in(1.0 / 30);
  } else {
    part.max.x = rect.min.x + rect.width() * std::clamp(share, 0.0F, 1.0F);
  }
  if (part.width() > 1) {
    part.min.x = std::min(part.min.x, std::max(rect.min.x, part.max.x - 2 * radius));
    part.max.x = std::max(part.max.x, part.min.x + 2 * radius);
    fill(part, theme::kPrimary, radius);
  }
  const std::string value = share < 0 ? "" : std::to_string(static_cast<int>(share * 100)) + "%";
  ui.add({.id = id, .role = Role::progress, .label = label, .value = value, .rect = rect});
}

}  // namespace ruhu
