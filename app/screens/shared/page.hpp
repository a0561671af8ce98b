#pragma once
#include "app/state/commands.hpp"
#include "app/widgets/facts.hpp"
#include "app/widgets/scroll.hpp"

namespace ruhu {

/// What a page needs beside its own state.
struct PageContext {
  Ui& ui;
  CommandQueue& out;
  Rect rect;                ///< The white panel.
  bool covers_all = false;  ///< On a narrow window: the panel fills it and leads back with an arrow.
};

struct PageHead {
  std::string id;  ///< "household": the title is household.title, the way back household.back.
  std::string title;
  std::string subtitle;
  std::vector<Tag> tags;
};

/// Panel, title, way back. Returns what is left below.
Rect page_head(PageContext& page, const PageHead& head);
/// A bar for the page's buttons at the foot of the panel. Returns what is left above; `bar` is inside its margins.
Rect page_foot(PageContext& page, const Rect& body, Rect& bar);
/// The usual options of a page's scrolling part.
inline ScrollArea::Options page_scroll() { return {.margin = theme::kMargin, .margin_top = 4, .margin_bottom = 24}; }

/// Two buttons in the foot: the second, main one takes what the first leaves.
struct FootButtons {
  ButtonSpec side;  ///< Empty id: none.
  ButtonSpec main;
};
enum class FootTap : std::uint8_t { none, side, main };
FootTap foot_buttons(Ui& ui, const Rect& bar, const FootButtons& buttons);

/// Asks for what was tapped among facts: the history of one, or its value in full.
void push_fact_tap(CommandQueue& out, const FactTap& tap);

/// A row that leads somewhere: disc, two lines, tags, arrow. True when tapped.
struct LinkRow {
  std::string id;
  std::string alias;
  const char* icon = nullptr;
  Tone tone = Tone::neutral;
  std::string title;
  std::string text;
  std::vector<Tag> tags;
  RecordSync sync = RecordSync::synced;
};
float link_row_height(Ui& ui, const LinkRow& row, float width);
bool link_row_at(Ui& ui, const LinkRow& row, const Rect& rect);
bool link_row(Ui& ui, const LinkRow& row);

}  // namespace ruhu
