#include "app/screens/worker/screens.hpp"
#include "app/widgets/field.hpp"
#include "app/widgets/icons.hpp"
#include "app/widgets/kind_look.hpp"

namespace ruhu {
namespace {

LinkRow link_of(const Ui& ui, const SearchRow& row, std::size_t index) {
  const KindLook look = look_of_kind(ui.dictionary, row.record.kind);
  LinkRow link{.id = "search.row." + to_string(row.record.id),
               .alias = index == 0 ? "search.first" : "search." + std::to_string(index + 1),
               .icon = look.icon,
               .tone = row.ended ? Tone::neutral : look.tone,
               .title = row.title,
               .text = row.subtitle,
               .tags = row.tags,
               .sync = row.sync};
  if (!row.matched.empty()) link.tags.insert(link.tags.begin(), Tag{row.matched, Tone::neutral});
  return link;
}

void draw_results(Ui& ui, const std::vector<SearchRow>& rows, CommandQueue& out) {
  const float width = available_width(ui);
  const auto height = [&](std::size_t i) { return link_row_height(ui, link_of(ui, rows[i], i), width); };
  virtual_rows(ui,
               {.count = rows.size(), .gap = ui.px(8), .height = height, .draw = [&](std::size_t i, const Rect& rect) {
                  if (link_row_at(ui, link_of(ui, rows[i], i), rect)) out.push(OpenRecord{rows[i].record});
                }});
}

}  // namespace

void draw_search_list(Ui& ui, const Rect& rect, const SearchState& state, SearchInput& input, CommandQueue& out) {
  const float margin = ui.px(16);
  const Rect box{{rect.min.x + margin, rect.min.y + margin}, {rect.max.x - margin, rect.max.y}};
  float below = 0;
  {
    const ColumnScope column(ui, box.min.x, box.width());
    set_cursor_y(ui, box.min.y);
    FieldLook look;
    look.label = ui.tr("search.text");
    if (text_box(ui, "search.text", look, input.text,
                 {.placeholder = ui.tr("search.placeholder"), .icon = icon::kSearch, .clearable = true}))
      out.push(SearchText{input.text});
    below = cursor_y();
  }
  const ScrollArea area(ui, "list.results", {{rect.min.x, below}, rect.max},
                        {.margin = 16, .margin_top = 14, .margin_bottom = 24});
  if (state.load.phase == Load::Phase::failed) {
    if (load_state(ui, "search", state.load)) out.push(Reload{});
    return;
  }
  if (input.text.empty()) {
    if (state.recent.empty()) {
      empty_state(ui, {.id = "search.hint",
                       .icon = icon::kSearch,
                       .tone = Tone::info,
                       .title = ui.tr("search.hint"),
                       .text = ui.tr("search.hint.text"),
                       .action = {}});
      return;
    }
    paragraph(ui, ui.tr("search.recent"));
    gap(ui, 8);
    return draw_results(ui, state.recent, out);
  }
  if (state.rows.empty() && state.text == input.text) {
    empty_state(ui, {.id = "search.empty",
                     .icon = icon::kSearch,
                     .tone = Tone::neutral,
                     .title = ui.tr("search.empty", {{"text", input.text}}),
                     .text = ui.tr("search.empty.text"),
                     .action = {}});
    return;
  }
  const std::string total = std::to_string(state.total);
  const std::string shown = std::to_string(state.rows.size());
  const bool more = state.total > static_cast<int>(state.rows.size());
  paragraph(ui, ui.tr(more ? "search.more" : "search.count", {{"n", total}, {"shown", shown}}));
  gap(ui, 8);
  draw_results(ui, state.rows, out);
}

void draw_search_welcome(Ui& ui, const Rect& rect) {
  const float height = std::min(rect.height(), ui.px(300));
  const float top = rect.min.y + (rect.height() - height) * 0.42F;
  const ScrollArea area(ui, "search.welcome.area", {{rect.min.x, top}, {rect.max.x, top + height}}, {.margin = 16});
  empty_state(ui, {.id = "search.welcome",
                   .icon = icon::kPeople,
                   .tone = Tone::info,
                   .title = ui.tr("search.welcome"),
                   .text = ui.tr("search.welcome.text"),
                   .action = {}});
}

}  // namespace ruhu
