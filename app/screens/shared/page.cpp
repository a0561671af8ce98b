#include "app/screens/shared/page.hpp"

#include <algorithm>

#include "app/widgets/icons.hpp"

namespace ruhu {
namespace {

constexpr float kRowPadding = 12;
constexpr float kRowText = 66;  // Where the text of a row begins.
constexpr float kRowEnd = 40;   // What the arrow takes.

std::vector<Tag> tags_of(const Ui& ui, const LinkRow& row) {
  std::vector<Tag> tags = row.tags;
  if (row.sync != RecordSync::synced) tags.insert(tags.begin(), sync_tag(ui, row.sync));  // The last are cut off first.
  return tags;
}

float tags_width(Ui& ui, const std::vector<Tag>& tags) {
  float width = 0;
  for (const Tag& tag : tags) width += tag_width(ui, tag) + ui.px(6);
  return width;
}

/// Tags stand behind the title when there is room, else on a line of their own.
bool tags_below(Ui& ui, const LinkRow& row, float text_width_max) {
  const float used = text_width(ui, row.title, style::kStrong) + ui.px(10);
  return used + tags_width(ui, tags_of(ui, row)) > text_width_max;
}

}  // namespace

Rect page_head(PageContext& page, const PageHead& head) {
  Ui& ui = page.ui;
  const Rect& rect = page.rect;
  const float radius = page.covers_all ? 0.0F : ui.px(theme::kRadius + 4);
  if (!page.covers_all) shadow(ui, rect, radius, 1.2F);
  fill(rect, theme::kSurface, radius);
  const float margin = ui.px(theme::kMargin);
  const float touch = ui.px(theme::kTouch);
  const float left = rect.min.x + (page.covers_all ? touch + ui.px(10) : margin);
  const float right = rect.max.x - (page.covers_all ? margin : touch + ui.px(8));
  const ColumnScope column(ui, left, right - left);
  set_cursor_y(ui, rect.min.y + ui.px(page.covers_all ? 10 : 16));
  const float top = cursor_y();
  page_heading(ui, head.id + ".title", head.title, head.subtitle);
  const float x = page.covers_all ? rect.min.x + touch / 2 + ui.px(4) : rect.max.x - touch / 2 - ui.px(6);
  const char* icon = page.covers_all ? icon::kArrowBack : icon::kClear;
  const std::string label = ui.tr(page.covers_all ? "action.back" : "action.close");
  if (icon_button_at(ui, head.id + ".back", {x, top + ui.px(15)}, icon, label)) page.out.push(Back{});
  if (!head.tags.empty()) {
    gap(ui, 8);
    tag_flow(ui, head.tags);
  }
  gap(ui, 10);
  return {{rect.min.x, std::max(cursor_y(), top + ui.px(40))}, rect.max};
}

Rect page_foot(PageContext& page, const Rect& body, Rect& bar) {
  Ui& ui = page.ui;
  const float height = ui.px(theme::kButton + 24);
  const float y = body.max.y - height;
  const float margin = ui.px(theme::kMargin);
  fill({{body.min.x, y}, {body.max.x, y + std::max(1.0F, ui.px(1))}}, theme::kLine);
  bar = {{body.min.x + margin, y + ui.px(12)}, {body.max.x - margin, body.max.y - ui.px(12)}};
  return {body.min, {body.max.x, y}};
}

FootTap foot_buttons(Ui& ui, const Rect& bar, const FootButtons& buttons) {
  float x = bar.min.x;
  FootTap tap = FootTap::none;
  if (!buttons.side.id.empty()) {
    const float wanted = button_width(ui, buttons.side.label, buttons.side.options);
    const float main = button_width(ui, buttons.main.label, buttons.main.options);
    const float width = std::min(wanted, std::max(ui.px(theme::kTouch), bar.width() - main - ui.px(10)));
    ButtonSpec side = buttons.side;
    if (width < wanted) side.options.icon = nullptr;
    const Rect rect{{x, bar.min.y}, {x + width, bar.max.y}};
    if (button_at(ui, side.id, rect, side.label, side.options)) tap = FootTap::side;
    x += width + ui.px(10);
  }
  const ButtonSpec& main = buttons.main;
  if (button_at(ui, main.id, {{x, bar.min.y}, bar.max}, main.label, main.options)) tap = FootTap::main;
  return tap;
}

void push_fact_tap(CommandQueue& out, const FactTap& tap) {
  if (tap.show != nullptr) out.push(RevealField{tap.show->record, tap.show->column});
  if (tap.open != nullptr) out.push(OpenHistory{tap.open->record, tap.open->column});
}

float link_row_height(Ui& ui, const LinkRow& row, float width) {
  const float inner = width - ui.px(kRowText + kRowEnd);
  float height =
      wrapped_height(ui, row.title, style::kStrong, inner) + wrapped_height(ui, row.text, style::kSmall, inner);
  if (!tags_of(ui, row).empty() && tags_below(ui, row, inner)) height += ui.px(32);
  return std::max(ui.px(64), height + 2 * ui.px(kRowPadding));
}

bool link_row_at(Ui& ui, const LinkRow& row, const Rect& rect) {
  const Press tap = press(ui, row.id, rect);
  const float radius = ui.px(12);
  framed(rect, {tap.held ? theme::kTrack : theme::kSurface, theme::kLine, radius, ui.px(1.3F)});
  icon_disc(ui, {rect.min.x + ui.px(36), rect.centre().y}, 42, row.icon, row.tone);
  const float inner = rect.width() - ui.px(kRowText + kRowEnd);
  const std::vector<Tag> tags = tags_of(ui, row);
  const bool below = !tags.empty() && tags_below(ui, row, inner);
  const float title_height = wrapped_height(ui, row.title, style::kStrong, inner);
  const float text_height = wrapped_height(ui, row.text, style::kSmall, inner);
  const float x = rect.min.x + ui.px(kRowText);
  float y = rect.centre().y - (title_height + text_height + (below ? ui.px(32) : 0.0F)) / 2;
  draw_wrapped(ui, {x, y}, inner, row.title, style::kStrong);
  const float beside = text_width(ui, row.title, style::kStrong) + ui.px(10);
  if (!below) draw_tags(ui, {x + beside, y + title_height / 2}, inner - beside, tags);
  y += title_height;
  y += draw_wrapped(ui, {x, y}, inner, row.text, style::kSmall);
  if (below) draw_tags(ui, {x, y + ui.px(17)}, inner, tags);
  draw_icon(ui, {rect.max.x - ui.px(22), rect.centre().y}, icon::kChevronRight, 24, theme::kTextHint);
  ui.add({.id = row.id, .alias = row.alias, .role = Role::row, .label = row.title, .value = row.text, .rect = rect});
  return tap.clicked;
}

bool link_row(Ui& ui, const LinkRow& row) {
  return link_row_at(ui, row, take(ui, link_row_height(ui, row, available_width(ui))));
}

}  // namespace ruhu
