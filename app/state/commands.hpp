#pragma once
#include <utility>
#include <variant>

#include "app/state/app_state.hpp"

// What a worker asks for. Screens push, the loop hands the whole queue to the handlers after each frame.
namespace ruhu {

// --- Before the records are open (FrontDoor) ---
struct Enrol {
  std::string server;
  std::string code;
  std::string pin;  ///< Empty: none.
};
struct StopEnrol {};
struct Unlock {
  std::string pin;
};
struct TryOpenAgain {};
struct CloseApp {};

// --- Moving around ---
struct GoTo {
  Tab tab = Tab::today;
};
struct Back {};
struct Reload {};  ///< The content on screen failed to load: run its query again.
struct OpenHousehold {
  RecordId household;
};
/// A dwelling where no household is known.
struct OpenDwelling {
  RecordId dwelling;
};
struct OpenRecord {
  RecordRef record;
};  ///< From a list or a conflict: a person opens the household with the person, most other kinds their card.
/// The card of a record that the card on screen names; Back leads to that one again.
struct OpenCard {
  RecordRef record;
};
/// What one field holds and held, in a sheet.
struct OpenHistory {
  RecordRef record;
  ColumnNo column;
};
/// In the open sheet: the record as it stood at the end of that day.
struct ShowDay {
  std::string day;  ///< ISO date as typed; empty: none.
};
struct CloseHistory {};
struct FilterToday {
  TodayFilter filter = TodayFilter::all;
};

// --- Visit ---
struct StartVisit {
  RecordId household;
};  ///< Opens today's draft if there is one.
/// Roster answer `left` ends that member's residency and membership in the same group of changes.
struct SaveVisit {
  VisitInput draft;
};
struct KeepVisitDraft {
  VisitInput draft;
};  ///< At every pause; says nothing on success.

// --- Persons and records ---
struct AddPerson {
  RecordId household;
};
struct AddNewborn {
  RecordId household;
};  ///< Presets: name "某某之子(未命名)", id_type 000, relation, today's date.
struct EditPerson {
  RecordId person;
  std::optional<RecordId> household;
};
struct EditRecord {
  RecordRef record;
};  ///< A household or a dwelling.
/// The form changed: validate all of it and answer in the form's `findings`. Sent at each change, so keep it quick.
struct CheckForm {
  KindNo kind;
  std::optional<RecordId> id;
  std::vector<Cell> values;
  std::string relation = {};  ///< Person forms in a household: as chosen.
};
/// Only the touched fields; `findings` with errors refuse it and come back in the state.
struct SaveRecord {
  KindNo kind;
  std::optional<RecordId> id;
  std::vector<Cell> cells;
  Provenance provenance;
};
struct SavePerson {
  std::optional<RecordId> id;  ///< Nothing: a new person, with membership and residency in `household`.
  std::optional<RecordId> household;
  std::string relation;  ///< Code; empty: unchanged.
  std::vector<Cell> cells;
  Provenance provenance;
};
struct KeepFormDraft {
  KindNo kind;
  std::optional<RecordId> id;
  std::optional<RecordId> household;
  std::string relation;
  std::vector<Cell> cells;
  std::string source;  ///< As chosen on the form.
  std::string verified;
};
/// Shows one masked field in full. The handler writes the access log first.
struct RevealField {
  RecordRef record;
  ColumnNo column;
};

// --- Search, sync, settings ---
struct SearchText {
  std::string text;
};
struct SyncNow {};
struct StopSync {};
struct AskHandover {};
struct DismissHandover {};
struct SwitchLanguage {
  Lang lang = Lang::zh_cn;
};
struct SetTextScale {
  float scale = 1.0F;
};
/// Whether originals of photos wait for a network that costs nothing.
struct SetPhotoNetwork {
  bool wifi_only = true;
};
/// Cuts or restores the network for this run. Sent by the driver only, never by a screen.
struct GoOffline {
  bool offline = true;
};

// --- Messages ---
struct DismissToast {
  std::uint64_t serial = 0;
};
struct AnswerDialog {
  std::string key;
  bool confirmed = false;
};

using Command =
    std::variant<Enrol, StopEnrol, Unlock, TryOpenAgain, CloseApp, GoTo, Back, Reload, OpenHousehold, OpenDwelling,
                 OpenRecord, OpenCard, OpenHistory, ShowDay, CloseHistory, FilterToday, StartVisit, SaveVisit,
                 KeepVisitDraft, AddPerson, AddNewborn, EditPerson, EditRecord, CheckForm, SaveRecord, SavePerson,
                 KeepFormDraft, RevealField, SearchText, SyncNow, StopSync, AskHandover, DismissHandover,
                 SwitchLanguage, SetTextScale, SetPhotoNetwork, GoOffline, DismissToast, AnswerDialog>;

/// Filled while a frame is drawn, emptied by the handlers before the next.
class CommandQueue {
 public:
  void push(Command command) { waiting_.push_back(std::move(command)); }
  bool empty() const { return waiting_.empty(); }
  const std::vector<Command>& waiting() const { return waiting_; }
  /// Everything that waits, in order; the queue is empty afterwards.
  std::vector<Command> take() { return std::exchange(waiting_, {}); }

 private:
  std::vector<Command> waiting_;
};

}  // namespace ruhu
