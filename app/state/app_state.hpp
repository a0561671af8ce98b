#pragma once
#include "app/state/card.hpp"
#include "app/state/form.hpp"
#include "app/state/gate.hpp"
#include "app/state/history.hpp"
#include "app/state/household.hpp"
#include "app/state/search.hpp"
#include "app/state/sync.hpp"
#include "app/state/today.hpp"
#include "app/state/visit.hpp"
#include "platform/base/texts.hpp"

namespace ruhu {

enum class Tab : std::uint8_t { today, search, sync, settings };

/// What stands in the detail pane (or covers the list on a narrow window). Its content is the state of that name.
enum class Page : std::uint8_t { household, visit, person, record, card };

struct Settings {
  Lang lang = Lang::zh_cn;
  float text_scale = 1.0F;          ///< 1.0 to 2.0
  bool photos_on_wifi_only = true;  ///< Originals wait where the network costs.
  bool practice = false;            ///< Practice realm: marked on every screen.
  std::string worker;               ///< "李晓"
  std::string grid;                 ///< "第3网格"
  std::string community;
  std::string tablet;  ///< "平板 7"
  std::string server;  ///< Host only.
  std::string version;
  std::string dictionary_version;
};

/// A short message that goes by itself. Its widget id is "toast." + key.
struct Toast {
  std::uint64_t serial = 0;  ///< Unique in a run; DismissToast names it.
  std::string key;           ///< "saved"
  std::string text;
  Tone tone = Tone::good;
  bool sticky = false;  ///< Stays until tapped: errors that the worker must have read.
};

/// A question or a message that must be answered. Widget ids: "dialog.confirm", "dialog.cancel".
struct Dialog {
  std::string key;  ///< Comes back in AnswerDialog.
  Tone tone = Tone::info;
  std::string title;
  std::vector<std::string> lines;
  std::string confirm;  ///< Button texts; an empty `cancel` leaves one button.
  std::string cancel;
};

/// Everything that the screens of one tablet show. Owner: the thread that draws; changed between frames only.
struct AppState {
  GateState gate;  ///< Until it is open, nothing else is shown.
  Tab tab = Tab::today;
  std::vector<Page> pages;  ///< Detail pane, bottom to top; empty: the list alone.
  TodayState today;
  SearchState search;
  HouseholdState household;
  VisitState visit;
  FormState person;                     ///< Page::person
  FormState record;                     ///< Page::record: a household or a dwelling
  CardState card;                       ///< Page::card: any record, to be read
  std::optional<HistoryState> history;  ///< A sheet above the page; it takes all taps.
  SyncState sync;
  Settings settings;
  std::vector<Toast> toasts;     ///< Added by show_toast, removed by DismissToast.
  std::uint64_t last_toast = 0;  ///< Serial of the newest toast of this run.
  std::optional<Dialog> dialog;
};

// Navigation is pure, so that handlers, tests and the training replay do the same.
void go_to(AppState& state, Tab tab);        ///< Keeps the detail pane of today and search, closes it elsewhere.
void open_page(AppState& state, Page page);  ///< On top; a page that is open already becomes the top.
void close_page(AppState& state);            ///< What Back does: the top page, else the first tab.

/// Adds a toast with the next serial; one with the same key replaces the former.
void show_toast(AppState& state, std::string key, std::string text, Tone tone = Tone::good, bool sticky = false);

/// Everything that screens write beside commands: what is typed and not yet sent. Owner: the shell.
struct Inputs {
  WelcomeInput welcome;
  UnlockInput unlock;
  SearchInput search;
  VisitInput visit;
  FormInput person;
  FormInput record;
  HistoryInput history;
};

}  // namespace ruhu
