#pragma once
#include "app/screens/shared/page.hpp"

// The worker's screens. Each is a function of its state that writes to its input and to the command queue, no more.
namespace ruhu {

/// The list of doors, in the list pane. `open` is the household on the page beside it, if any.
void draw_today_list(Ui& ui, const Rect& rect, const TodayState& state, const SyncState& sync,
                     std::optional<RecordId> open, CommandQueue& out);
/// What the page pane says while no door is open.
void draw_today_welcome(Ui& ui, const Rect& rect, const TodayState& state);
void draw_search_list(Ui& ui, const Rect& rect, const SearchState& state, SearchInput& input, CommandQueue& out);
void draw_search_welcome(Ui& ui, const Rect& rect);
void draw_sync_screen(Ui& ui, const Rect& rect, const SyncState& state, CommandQueue& out);
void draw_settings_screen(Ui& ui, const Rect& rect, const Settings& settings, CommandQueue& out);

void draw_household_page(PageContext& page, const HouseholdState& state);
void draw_visit_page(PageContext& page, const VisitState& state, VisitInput& input);
/// A person (Page::person) or a household's or dwelling's own fields (Page::record). Ids begin with `prefix`.
void draw_record_page(PageContext& page, const FormState& state, FormInput& input, const std::string& prefix);
/// Any record, to be read.
void draw_card_page(PageContext& page, const CardState& state);

/// The sheet of one field's history, above everything.
void draw_history_sheet(Ui& ui, const HistoryState& state, HistoryInput& input, CommandQueue& out);

}  // namespace ruhu
