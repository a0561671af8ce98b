// Cards of any record, histories of any field, and masked values shown on demand.
#include <algorithm>

#include "app/commands/answers.hpp"
#include "app/commands/session.hpp"
#include "app/queries/card.hpp"
#include "app/queries/facts.hpp"
#include "app/queries/history.hpp"

namespace ruhu {
namespace {

/// Writes the access log, then reads the value in full.
Result<std::string> reveal(const AtStore& at, const RecordRef& ref, ColumnNo column) {
  RUHU_TRY_DONE(at.store.log_access(ref, column));
  RUHU_TRY(const auto record, at.store.find(ref));
  const FieldDef* field = at.ctx.dictionary.get_kind(ref.kind).find(column);
  if (!record || field == nullptr) return make_error(Errc::not_found);
  RecordCache records(at.store);
  ActorNames names(at.store);
  return shown_value({at.ctx, records, names}, *field, record->get(column));
}

void show_in_full(std::vector<Fact>& facts, const RecordRef& ref, ColumnNo column, const std::string& text) {
  for (Fact& fact : facts) {
    if (fact.record != ref || fact.column != column) continue;
    fact.text = text;
    fact.masked = false;
  }
}

}  // namespace

void Session::on(const OpenCard& command) {
  const bool above = !state_.pages.empty() && state_.pages.back() == Page::card;
  if (above && state_.card.record != command.record) cards_before_.push_back(state_.card.record);
  if (!above) cards_before_.clear();
  open_card(command.record);
}

void Session::open_card(const RecordRef& record) {
  if (state_.card.record != record) {
    state_.card = {};
    state_.card.record = record;
    state_.card.load.phase = Load::Phase::loading;
  }
  open_page(state_, Page::card);
  load_card();
}

void Session::load_card() {
  const auto question = [ref = state_.card.record](const AtStore& at) { return query_card(at.store, at.ctx, ref); };
  ask<CardState>(question, [ticket = ++card_ticket_](Session& session, const Result<CardState>& card) {
    if (ticket == session.card_ticket_) put_answer(session.state_.card, card);
  });
}

void Session::on(const OpenHistory& command) {
  const bool same_record = state_.history && state_.history->record == command.record;
  if (!same_record) revealed_history_.clear();
  HistoryState sheet;
  sheet.load.phase = Load::Phase::loading;
  sheet.revision = ++revisions_;
  sheet.record = command.record;
  sheet.column = command.column;
  state_.history = std::move(sheet);
  load_history();
}

void Session::on(const ShowDay& command) {
  if (!state_.history) return;
  state_.history->day = command.day;
  state_.history->day_problem.clear();
  state_.history->then.clear();
  load_history();
}

void Session::on(const CloseHistory&) {
  state_.history.reset();
  revealed_history_.clear();
}

void Session::load_history() {
  const HistoryState& sheet = *state_.history;
  const HistoryWanted wanted{sheet.record, sheet.column, sheet.day, revealed_history_};
  const auto question = [wanted](const AtStore& at) { return query_history(at.store, at.ctx, wanted); };
  const auto apply = [ticket = ++history_ticket_](Session& session, const Result<HistoryState>& answer) {
    if (ticket != session.history_ticket_ || !session.state_.history) return;
    HistoryState& now = *session.state_.history;
    const std::uint64_t revision = now.revision;
    put_answer(now, answer);
    now.revision = revision;
  };
  ask<HistoryState>(question, apply);
}

void Session::on(const RevealField& command) {
  const RecordRef ref = command.record;
  const ColumnNo column = command.column;
  if (state_.history && state_.history->record == ref) return reveal_in_history(ref, column);
  const bool form =
      !state_.pages.empty() && (state_.pages.back() == Page::person || state_.pages.back() == Page::record);
  const Page page = form ? state_.pages.back() : Page::household;
  const auto question = [ref, column](const AtStore& at) { return reveal(at, ref, column); };
  ask<std::string>(question, [ref, column, page](Session& session, const Result<std::string>& shown) {
    if (!shown.ok()) return session.show_error(shown.error());
    AppState& state = session.state_;
    show_in_full(state.household.household_facts, ref, column, shown.value());
    show_in_full(state.household.dwelling_facts, ref, column, shown.value());
    for (FactSection& section : state.card.sections) show_in_full(section.facts, ref, column, shown.value());
    if (page == Page::household || session.form_of(page).id != ref.id) return;
    session.revealed_[page == Page::record].insert(column);
    session.reload_form(page);
  });
}

/// The sheet shows all values that the field ever had, so that is one access.
void Session::reveal_in_history(const RecordRef& ref, ColumnNo column) {
  const auto question = [ref, column](const AtStore& at) { return reveal(at, ref, column); };
  ask<std::string>(question, [ref, column](Session& session, const Result<std::string>& shown) {
    if (!shown.ok()) return session.show_error(shown.error());
    if (!session.state_.history || session.state_.history->record != ref) return;
    session.revealed_history_.insert(column);
    session.load_history();
  });
}

}  // namespace ruhu
