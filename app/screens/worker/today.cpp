#include <algorithm>

#include "app/screens/worker/screens.hpp"
#include "app/widgets/choice.hpp"
#include "app/widgets/icons.hpp"
#include "platform/base/text.hpp"

namespace ruhu {
namespace {

constexpr float kPadding = 10;
constexpr float kTextX = 70;
constexpr float kEnd = 42;
constexpr float kHeading = 34;
constexpr float kLineIcon = 24;
constexpr TextStyle kRoom{theme::kTitle, theme::kText, true};

struct Look {
  const char* icon;
  Tone tone;
};
Look look_of(DueState state) {
  switch (state) {
    case DueState::overdue: return {icon::kHome, Tone::alarm};
    case DueState::draft: return {icon::kEdit, Tone::info};
    case DueState::attempted: return {icon::kClock, Tone::neutral};
    case DueState::done: return {icon::kCheck, Tone::good};
    case DueState::due: break;
  }
  return {icon::kHome, Tone::caution};
}

std::string reason_line(const TodayRow& row) {
  return row.people.empty() ? row.reason : row.people + " · " + row.reason;
}

/// What the heading above leaves to be said: "101室". Empty: the address says something else than the heading.
std::string room_of(const TodayRow& row) {
  if (row.group.empty() || !row.address.starts_with(row.group)) return {};
  return std::string(trim(std::string_view(row.address).substr(row.group.size())));
}

/// Where the lines of a card stand, in pixels.
struct RowLayout {
  std::string room;  ///< Empty: the card has a line with the whole address.
  float width = 0;   ///< Of the text.
  float name_x = 0;  ///< Behind the room …
  float name_y = 0;  ///< … or below it, where both do not fit.
  float name = 0;    ///< Height.
  float head = 0;    ///< Height of room and name.
  float address = 0;
  float reason = 0;
  float height = 0;
};
RowLayout layout_of(Ui& ui, const TodayRow& row, float card_width) {
  RowLayout at;
  at.room = room_of(row);
  at.width = card_width - ui.px(kTextX + kEnd);
  const float lines = at.width - ui.px(kLineIcon);
  const float room = at.room.empty() ? 0.0F : text_width(ui, at.room, kRoom) + ui.px(10);
  const bool beside = room + text_width(ui, row.title, style::kStrong) <= at.width;
  at.name = wrapped_height(ui, row.title, style::kStrong, at.width);
  at.head = at.name;
  if (!at.room.empty() && beside) {
    at.head = line_height(ui, kRoom);
    at.name_x = room;
    at.name_y = (at.head - at.name) / 2 + ui.px(1);
  } else if (!at.room.empty()) {
    at.name_y = wrapped_height(ui, at.room, kRoom, at.width);
    at.head = at.name_y + at.name;
  } else {
    at.address = wrapped_height(ui, row.address, style::kSmall, lines) + ui.px(4);
  }
  at.reason = wrapped_height(ui, reason_line(row), style::kSmall, lines);
  at.height = std::max(ui.px(72), at.head + ui.px(4) + at.address + at.reason + ui.px(2 * kPadding));
  return at;
}

/// An icon and wrapped text beside it; returns the height used.
float icon_line(Ui& ui, ImVec2 at, float width, const char* icon, const std::string& text, const TextStyle& style) {
  draw_icon(ui, {at.x + ui.px(8), at.y + line_height(ui, style) / 2}, icon, 18, style.colour);
  return draw_wrapped(ui, {at.x + ui.px(kLineIcon), at.y}, width - ui.px(kLineIcon), text, style);
}

bool draw_row(Ui& ui, const TodayRow& row, const Rect& rect, std::size_t index, bool open) {
  const std::string id = "today.row." + to_string(row.household);
  const Press tap = press(ui, id, rect);
  const float radius = ui.px(theme::kRadius);
  shadow(ui, rect, radius, 1);
  const ImU32 ground = tap.held ? theme::kTrack : theme::kSurface;
  framed(rect, {ground, open ? theme::kPrimary : ground, radius, ui.px(2)});
  const Look look = look_of(row.state);
  icon_disc(ui, {rect.min.x + ui.px(38), rect.min.y + ui.px(36)}, 44, look.icon, look.tone);
  const RowLayout at = layout_of(ui, row, rect.width());
  const ImVec2 text{rect.min.x + ui.px(kTextX), rect.min.y + ui.px(kPadding)};
  draw_wrapped(ui, text, at.width, at.room, kRoom);
  draw_wrapped(ui, {text.x + at.name_x, text.y + at.name_y}, at.width, row.title, style::kStrong);
  const float beside = at.name_x + text_width(ui, row.title, style::kStrong) + ui.px(10);
  std::vector<Tag> tags = row.tags;
  if (row.sync != RecordSync::synced) tags.insert(tags.begin(), sync_tag(ui, row.sync));
  draw_tags(ui, {text.x + beside, text.y + at.name_y + at.name / 2}, at.width + ui.px(kEnd - 12) - beside, tags);
  float y = text.y + at.head + ui.px(4);
  if (at.room.empty()) icon_line(ui, {text.x, y}, at.width, icon::kPlace, row.address, style::kSmall);
  y += at.address;
  const ImU32 colour = row.state == DueState::due ? theme::kTextSoft : theme::tone(look.tone).text;
  icon_line(ui, {text.x, y}, at.width, icon::kPeople, reason_line(row), in_colour(style::kSmall, colour));
  draw_icon(ui, {rect.max.x - ui.px(22), rect.centre().y}, icon::kChevronRight, 26, theme::kTextHint);
  const std::string alias = index == 0 ? "today.first" : "today." + std::to_string(index + 1);
  ui.add({.id = id,
          .alias = alias,
          .role = Role::row,
          .label = at.room.empty() ? row.title : at.room + " " + row.title,
          .value = reason_line(row),
          .rect = rect});
  return tap.clicked;
}

bool starts_group(const TodayState& state, std::size_t i) {
  return !state.rows[i].group.empty() && (i == 0 || state.rows[i - 1].group != state.rows[i].group);
}

/// Building and entrance, above the first of their cards.
float heading_height(Ui& ui, const std::string& group, float width) {
  return std::max(ui.px(kHeading), wrapped_height(ui, group, style::kSmall, width - ui.px(26)) + ui.px(10));
}

void draw_heading(Ui& ui, const Rect& rect, const std::string& group) {
  const float width = rect.width() - ui.px(26);
  const float y = rect.centre().y - wrapped_height(ui, group, style::kSmall, width) / 2;
  draw_icon(ui, {rect.min.x + ui.px(11), y + line_height(ui, style::kSmall) / 2}, icon::kApartment, 18,
            theme::kTextSoft);
  draw_wrapped(ui, {rect.min.x + ui.px(26), y}, width, group, style::kSmall);
}

void draw_rows(Ui& ui, const TodayState& state, std::optional<RecordId> open, CommandQueue& out) {
  const float width = available_width(ui);
  const auto height = [&](std::size_t i) {
    return layout_of(ui, state.rows[i], width).height +
           (starts_group(state, i) ? heading_height(ui, state.rows[i].group, width) : 0.0F);
  };
  const auto draw = [&](std::size_t i, Rect rect) {
    const TodayRow& row = state.rows[i];
    if (starts_group(state, i)) {
      const Rect heading{rect.min, {rect.max.x, rect.min.y + heading_height(ui, row.group, width)}};
      draw_heading(ui, heading, row.group);
      rect.min.y = heading.max.y;
    }
    if (draw_row(ui, row, rect, i, open == row.household)) {
      if (row.household.is_nil())
        out.push(OpenDwelling{row.dwelling});
      else
        out.push(OpenHousehold{row.household});
    }
  };
  virtual_rows(ui, {.count = state.rows.size(), .gap = ui.px(8), .height = height, .draw = draw});
}

void draw_filter(Ui& ui, const TodayState& state, CommandQueue& out) {
  const auto label = [&](const char* key, int count) { return ui.tr(key) + " " + std::to_string(count); };
  constexpr const char* kCodes[] = {"all", "due", "done"};
  std::string chosen = kCodes[static_cast<int>(state.filter)];
  const bool changed = segmented(ui, "today.filter",
                                 {{"all", label("today.all", state.count_all), nullptr},
                                  {"due", label("today.due", state.count_due), nullptr},
                                  {"done", label("today.done", state.count_done), nullptr}},
                                 chosen);
  if (!changed) return;
  const auto filter = chosen == "due" ? TodayFilter::due : chosen == "done" ? TodayFilter::done : TodayFilter::all;
  out.push(FilterToday{filter});
}

void draw_week(Ui& ui, const TodayState& state) {
  if (state.week_goal <= 0) return;
  const std::string done = std::to_string(state.week_verified);
  const std::string goal = std::to_string(state.week_goal);
  const bool reached = state.week_verified >= state.week_goal;
  const std::string text = ui.tr(reached ? "today.week_reached" : "today.week", {{"done", done}, {"goal", goal}});
  gap(ui, 12);
  paragraph(ui, text, in_colour(style::kSmall, reached ? theme::tone(Tone::good).text : theme::kTextSoft));
  gap(ui, 4);
  progress_bar(ui, "today.week", static_cast<float>(state.week_verified) / static_cast<float>(state.week_goal), text);
}

/// A tablet that has no records yet: on their way, or waiting for a network. False: neither.
bool draw_first_sync(Ui& ui, const SyncState& sync, CommandQueue& out) {
  if (sync.phase != SyncPhase::running) {
    if (!sync.last_sync.empty()) return false;
    if (empty_state(ui, {.id = "today.not_synced",
                         .icon = icon::kCloudOff,
                         .tone = Tone::caution,
                         .title = ui.tr("today.not_synced"),
                         .text = ui.tr("today.not_synced.text"),
                         .action = ui.tr("sync.now")}))
      out.push(SyncNow{});
    return true;
  }
  const std::string title = ui.tr("today.first_sync");
  empty_state(ui, {.id = "today.first_sync",
                   .icon = icon::kSync,
                   .tone = Tone::info,
                   .title = title,
                   .text = ui.tr("today.first_sync.text"),
                   .action = {}});
  gap(ui, 20);
  progress_bar(ui, "today.progress", -1, title);
  gap(ui, 6);
  if (sync.received > 0) paragraph(ui, ui.tr("today.first_sync.received", {{"n", std::to_string(sync.received)}}));
  return true;
}

void draw_no_grid(Ui& ui) {
  empty_state(ui, {.id = "today.no_grid",
                   .icon = icon::kInbox,
                   .tone = Tone::info,
                   .title = ui.tr("today.no_grid"),
                   .text = ui.tr("today.no_grid.text"),
                   .action = {}});
}

}  // namespace

void draw_today_list(Ui& ui, const Rect& rect, const TodayState& state, const SyncState& sync,
                     std::optional<RecordId> open, CommandQueue& out) {
  const ScrollArea area(ui, "list.households", rect, {.margin = 16, .margin_top = 16, .margin_bottom = 24});
  if (state.load.phase != Load::Phase::ready) {
    if (load_state(ui, "today", state.load)) out.push(Reload{});
    return;
  }
  if (state.no_grid) return draw_no_grid(ui);
  if (state.count_all == 0 && draw_first_sync(ui, sync, out)) return;
  draw_filter(ui, state, out);
  draw_week(ui, state);
  gap(ui, 14);
  if (!state.rows.empty()) return draw_rows(ui, state, open, out);
  const bool all_done = state.count_all > 0 && state.filter == TodayFilter::due;
  empty_state(ui, {.id = "today.empty",
                   .icon = all_done ? icon::kDoneAll : icon::kInbox,
                   .tone = Tone::good,
                   .title = ui.tr(all_done ? "today.all_done" : "today.empty"),
                   .text = ui.tr(all_done ? "today.all_done.text" : "today.empty.text"),
                   .action = {}});
}

void draw_today_welcome(Ui& ui, const Rect& rect, const TodayState& state) {
  const float height = std::min(rect.height(), ui.px(300));
  const ScrollArea area(ui, "today.welcome.area",
                        {{rect.min.x, rect.min.y + (rect.height() - height) * 0.42F},
                         {rect.max.x, rect.min.y + (rect.height() - height) * 0.42F + height}},
                        {.margin = 16});
  const std::string due = std::to_string(state.count_due);
  empty_state(ui, {.id = "today.welcome",
                   .icon = icon::kHome,
                   .tone = Tone::good,
                   .title = ui.tr("today.welcome"),
                   .text = ui.tr("today.welcome.text", {{"n", due}}),
                   .action = {}});
}

}  // namespace ruhu
