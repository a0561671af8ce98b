#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/at_store.hpp"
#include "app/commands/drafts.hpp"
#include "app/commands/inbox.hpp"
#include "app/commands/place.hpp"
#include "app/commands/sync_run.hpp"
#include "app/commands/sync_schedule.hpp"
#include "app/queries/form.hpp"
#include "app/state/commands.hpp"
#include "platform/net/connectivity.hpp"
#include "platform/worker/task_runner.hpp"
#include "storage/model/duplicates/likeness.hpp"
#include "sync/attachments/attachment_mover.hpp"

namespace ruhu {

/// One worker's work at one tablet: owns what the screens show, carries out what they ask for.
/// Everything public belongs to the thread that draws. Tasks run on the two runners and answer through an inbox, so
/// the session may end while they wait; the runners end first with what they still hold, the net's before the store's.
class Session {
 public:
  struct Parts {
    const Dictionary& dictionary;
    Clock& clock;
    Random& random;                ///< Used on the store's thread only.
    std::shared_ptr<Store> store;  ///< Used on the store's thread only.
    TaskRunner& store_runner;
    TaskRunner& net_runner;
    std::function<Result<std::unique_ptr<Replicator>>()> make_replicator;
    std::function<std::unique_ptr<Transport>(const Identity&)> make_transport;
    std::function<void()> wake;  ///< An answer waits: call poll soon. From any thread.
    Lang lang = Lang::zh_cn;     ///< Until the worker chooses another.
    std::string version;
    bool syncs_by_itself = false;  ///< Without being asked: after work, and now and then.
    /// What follows the text, with or without originals of photos. Called on the store's thread; the other on the
    /// net's.
    std::function<Result<std::vector<Errand>>(AttachmentMover::Originals)> make_errands = {};
    std::function<std::unique_ptr<Transport>(const Identity&, std::string_view path)> make_errand_transport = {};
    std::function<Metering()> metering = {};  ///< What the connection costs; from any thread. None: unknown.
  };

  explicit Session(Parts parts);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Loads settings, today's list and the sync figures; opens the visit or form that was on screen when the app was
  /// killed.
  void start();
  /// Between two frames, with everything that the screens asked for.
  void handle(std::vector<Command> commands);
  /// Takes in the answers that have come. True: something changed, draw a frame.
  bool poll();

  const AppState& state() const { return state_; }
  AppState& state() { return state_; }

 private:
  enum class Asked : unsigned char { no, yes };  ///< Whether the worker has said "save anyway".

  /// What tasks share with the session and may outlive it.
  struct Wiring {
    const Dictionary& dictionary;
    Clock& clock;
    Random& random;
    std::shared_ptr<Store> store;
    Inbox inbox;
    std::atomic<std::uint64_t> newest_search{0};  ///< Older ones need not be answered.
  };
  struct VisitAnswer {
    VisitState state;
    OpenVisit open;
  };
  struct Opened;  ///< Answer to "open this record".

  template <class Answer, class Question, class Apply>
  void ask(Question question, Apply apply);

  // The front door's, before there is a session.
  void on(const Enrol&) {}
  void on(const StopEnrol&) {}
  void on(const Unlock&) {}
  void on(const TryOpenAgain&) {}
  void on(const CloseApp&) {}

  // Moving around (session_pages.cpp)
  void on(const GoTo& command);
  void on(const Back& command);
  void on(const Reload& command);
  void on(const OpenHousehold& command);
  void on(const OpenDwelling& command);
  void on(const OpenRecord& command);
  void on(const FilterToday& command);
  void on(const SearchText& command);
  void load_today();
  void load_sync();
  void load_settings();
  void load_household(const RecordId& household, const RecordId& dwelling);
  void load_recent();
  void refresh();
  void reload_texts();
  void reload_visit_texts();
  void reload_form_texts(Page page);
  void open_household_page(const RecordId& household, const RecordId& dwelling);

  // Cards and histories (session_cards.cpp)
  void on(const OpenCard& command);
  void on(const OpenHistory& command);
  void on(const ShowDay& command);
  void on(const CloseHistory& command);
  void on(const RevealField& command);
  void open_card(const RecordRef& record);
  void load_card();
  void load_history();
  void reveal_in_history(const RecordRef& record, ColumnNo column);

  // Visits (session_visits.cpp)
  void on(const StartVisit& command);
  void on(const SaveVisit& command);
  void on(const KeepVisitDraft& command);
  void save_visit(const SaveVisit& command, Asked asked);
  void open_visit(const RecordId& household, const RecordId& dwelling, const std::optional<OpenVisit>& resumed = {});
  std::vector<Finding> check_visit(const VisitInput& input) const;

  // Where the worker is (session_place.cpp)
  Place place() const;
  void remember_place();
  void load_place();
  void resume(const Place& place);
  void resume_form(Page page, const FormPlace& place);

  // Forms (session_forms.cpp)
  void on(const AddPerson& command);
  void on(const AddNewborn& command);
  void on(const EditPerson& command);
  void on(const EditRecord& command);
  void on(const CheckForm& command);
  void on(const SaveRecord& command);
  void on(const SavePerson& command);
  void on(const KeepFormDraft& command);
  void save_person(const SavePerson& command, Asked asked, const std::vector<Finding>& same = {});
  void save_record(const SaveRecord& command, Asked asked, const std::vector<Finding>& same = {});
  void look_for_same(Page page, const std::vector<Cell>& cells, const Homes& homes,
                     std::function<void(Session&, const std::vector<Finding>&)> go_on);
  void add_person(const RecordId& household, bool newborn);
  void open_new_person(const RecordId& household, const RecordId& dwelling, bool newborn);
  void open_form(Page page, std::function<Result<FormAnswer>(const AtStore&)> question, std::string draft);
  void reload_form(Page page);
  void form_saved(Page page, const Result<std::vector<SavedRecord>>& saved);
  std::vector<Finding> check_form(const FormState& form, std::vector<Cell> typed, const std::string& relation) const;
  void check_surroundings(const FormState& form, const std::vector<Cell>& values, const std::string& relation,
                          std::vector<Finding>& findings) const;
  void ask_for_number_owners(const CheckForm& command);
  bool may_save_form(Page page, const std::vector<Cell>& cells, const std::string& relation,
                     const std::vector<Finding>& more, Asked asked, const Command& again);
  std::vector<Finding> warnings_to_ask(Page page, const std::vector<Cell>& cells, const std::string& relation);
  static std::string form_draft_of(const FormState& form, const RecordId& dwelling);
  std::string form_draft_name(const FormState& form) const { return form_draft_of(form, form_dwelling_); }
  FormState& form_of(Page page) { return page == Page::person ? state_.person : state_.record; }

  // Sync, settings, messages (session_sync.cpp)
  void on(const SyncNow& command);
  void on(const StopSync& command);
  void on(const AskHandover& command);
  void on(const DismissHandover& command);
  void on(const SwitchLanguage& command);
  void on(const SetTextScale& command);
  void on(const SetPhotoNetwork& command);
  ErrandParts errand_parts() const;
  void on(const GoOffline& command);
  void on(const DismissToast& command);
  void on(const AnswerDialog& command);
  enum class SyncBy : unsigned char { worker, itself };
  void start_sync(SyncBy by);
  bool sync_if_due();  ///< True: it has begun one.
  void sync_ended(const Result<SyncReport>& result, SyncBy by);
  void tell_sync_end(const Result<SyncReport>& result);

  void show_error(const Error& error);
  void ask_about(const std::vector<Finding>& warnings, const KindDef& kind, const Command& again);
  std::string tr(std::string_view key) const { return std::string(text(state_.settings.lang, key)); }

  Parts parts_;
  std::shared_ptr<Wiring> wiring_;
  std::shared_ptr<std::atomic<bool>> cut_;
  std::shared_ptr<SyncRun> sync_run_;
  SyncSchedule schedule_;
  AppState state_;
  std::optional<OpenVisit> visit_;
  std::optional<Command> pending_;  ///< Waits for the answer to the dialog.
  std::vector<Cell> hidden_[2];     ///< Values behind masks, of the person's and the record's form.
  FormSurroundings around_[2];      ///< What the checks know of other records, of the same.
  Revealed revealed_[2];            ///< Columns shown on demand, of the same.
  RecordId form_dwelling_;          ///< Dwelling of a person form without a household.
  bool place_read_ = false;         ///< Where the last run was is known; only then this one's place is kept.
  std::string place_;               ///< As last kept.
  std::uint64_t revisions_ = 0;
  std::uint64_t household_ticket_ = 0;  ///< Answers to older questions are dropped.
  std::uint64_t visit_ticket_ = 0;
  std::uint64_t form_ticket_[2] = {0, 0};
  std::uint64_t card_ticket_ = 0;
  std::uint64_t history_ticket_ = 0;
  std::vector<RecordRef> cards_before_;  ///< Cards that led to the one on screen, the first first.
  Revealed revealed_history_;            ///< Columns shown on demand in the open history.
};

/// Runs on the store's thread, applies on the session's.
template <class Answer, class Question, class Apply>
void Session::ask(Question question, Apply apply) {
  parts_.store_runner.post([wiring = wiring_, lang = state_.settings.lang, question, apply] {
    const auto answer = [&]() -> Result<Answer> {
      RUHU_TRY(const auto identity, wiring->store->identity());
      if (!identity) return make_error(Errc::not_enrolled);
      const QueryContext ctx{wiring->dictionary, lang, wiring->clock.now(), *identity};
      return question(AtStore{*wiring->store, ctx, wiring->clock, wiring->random});
    };
    wiring->inbox.put([result = answer(), apply](Session& session) { apply(session, result); });
  });
}

}  // namespace ruhu
