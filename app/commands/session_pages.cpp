// Moving around: what is opened, loaded, loaded again.
#include <algorithm>

#include "app/commands/answers.hpp"
#include "app/commands/session.hpp"
#include "app/queries/household.hpp"
#include "app/queries/kept_texts.hpp"
#include "app/queries/places.hpp"
#include "app/queries/search.hpp"
#include "app/queries/settings.hpp"
#include "app/queries/sync.hpp"
#include "app/queries/today.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kRecentMax = 8;

bool is_on_screen(const AppState& state, Page page) {
  return std::find(state.pages.begin(), state.pages.end(), page) != state.pages.end();
}

Status remember_opened(Store& store, const RecordId& household) {
  if (household.is_nil()) return {};
  RUHU_TRY(auto ids, kept::lines(store, kept::kRecent));
  const std::string id = to_string(household);
  if (!ids.empty() && ids.front() == id) return {};
  std::erase(ids, id);
  ids.insert(ids.begin(), id);
  if (ids.size() > kRecentMax) ids.resize(kRecentMax);
  return kept::set_lines(store, kept::kRecent, ids);
}

/// The household that a record belongs to; nil where it is a dwelling or unknown.
RecordId household_of(RecordCache& records, const RecordRef& ref) {
  if (ref.kind == kinds::household::kKind) return ref.id;
  if (ref.kind == kinds::person::kKind) return household_of_person(records, ref.id);
  const Record* record = records.find(ref.kind, ref.id);
  if (record == nullptr) return {};
  if (ref.kind == kinds::membership::kKind) return record->uuid(kinds::membership::household_id);
  if (ref.kind == kinds::need::kKind) return record->uuid(kinds::need::household_id);
  if (ref.kind == kinds::visit::kKind) return record->uuid(kinds::visit::household_id);
  if (ref.kind == kinds::residency::kKind)
    return household_of_person(records, record->uuid(kinds::residency::person_id));
  return {};
}

}  // namespace

/// The page of a door, or nothing: then the person's own form, or the card of anything else.
struct Session::Opened {
  std::optional<HouseholdState> household;
};

void Session::on(const GoTo& command) {
  go_to(state_, command.tab);
  if (command.tab == Tab::sync) load_sync();
  if (command.tab == Tab::today) load_today();
  if (command.tab == Tab::search) load_recent();
}

void Session::on(const Back&) {
  const bool page = !state_.pages.empty();
  if (page && state_.pages.back() == Page::card && !cards_before_.empty()) {
    const RecordRef before = cards_before_.back();
    cards_before_.pop_back();
    return open_card(before);
  }
  close_page(state_);
  if (page) refresh();
}

void Session::on(const Reload&) {
  refresh();
  if (is_on_screen(state_, Page::visit) && state_.visit.load.phase == Load::Phase::failed)
    open_visit(state_.visit.household, state_.household.dwelling);
  for (const Page page : {Page::person, Page::record})
    if (is_on_screen(state_, page) && form_of(page).load.phase == Load::Phase::failed) reload_form(page);
  if (!state_.search.text.empty()) on(SearchText{state_.search.text});
}

void Session::on(const OpenHousehold& command) { open_household_page(command.household, {}); }

void Session::on(const OpenDwelling& command) { open_household_page({}, command.dwelling); }

void Session::open_household_page(const RecordId& household, const RecordId& dwelling) {
  const bool same = !household.is_nil() && state_.household.household == household;
  if (!same) {
    state_.household = {};
    state_.household.household = household;
    state_.household.dwelling = dwelling;
    state_.household.load.phase = Load::Phase::loading;
  }
  open_page(state_, Page::household);
  load_household(household, dwelling);
  const auto remember = [household](const AtStore& at) -> Result<bool> {
    RUHU_TRY_DONE(remember_opened(at.store, household));
    return true;
  };
  ask<bool>(remember, [](Session&, const Result<bool>&) {});  // a list of conveniences: a failure costs nothing
}

void Session::load_household(const RecordId& household, const RecordId& dwelling) {
  const auto question = [household, dwelling](const AtStore& at) {
    return household.is_nil() ? query_dwelling(at.store, at.ctx, dwelling)
                              : query_household(at.store, at.ctx, household);
  };
  ask<HouseholdState>(question, [ticket = ++household_ticket_](Session& session, const Result<HouseholdState>& page) {
    if (ticket == session.household_ticket_) put_answer(session.state_.household, page);
  });
}

void Session::on(const OpenRecord& command) {
  const RecordRef ref = command.record;
  const auto question = [ref](const AtStore& at) -> Result<Opened> {
    RecordCache records(at.store);
    const RecordId household = household_of(records, ref);
    RUHU_TRY_DONE(records.status());
    Opened opened;
    if (!household.is_nil()) {
      RUHU_TRY(opened.household, query_household(at.store, at.ctx, household));
      RUHU_TRY_DONE(remember_opened(at.store, household));
    } else if (ref.kind == kinds::dwelling::kKind) {
      RUHU_TRY(opened.household, query_dwelling(at.store, at.ctx, ref.id));
    }
    return opened;
  };
  const auto apply = [ref, ticket = ++household_ticket_](Session& session, const Result<Opened>& opened) {
    if (ticket != session.household_ticket_) return;
    if (!opened.ok()) return session.show_error(opened.error());
    if (!opened.value().household && ref.kind == kinds::person::kKind)
      return session.on(EditPerson{ref.id, std::nullopt});
    if (!opened.value().household) {
      session.cards_before_.clear();
      return session.open_card(ref);
    }
    session.state_.household = *opened.value().household;
    open_page(session.state_, Page::household);
  };
  if (state_.tab != Tab::today && state_.tab != Tab::search) state_.tab = Tab::search;  // where a page has its list
  ask<Opened>(question, apply);
}

void Session::on(const FilterToday& command) {
  state_.today.filter = command.filter;
  load_today();
}

void Session::on(const SearchText& command) {
  const std::uint64_t ticket = ++wiring_->newest_search;
  const auto question = [text = command.text, wiring = wiring_.get(),
                         ticket](const AtStore& at) -> Result<SearchState> {
    if (wiring->newest_search.load() != ticket) return make_error(Errc::cancelled);
    return query_search(at.store, at.ctx, text);
  };
  ask<SearchState>(question, [ticket](Session& session, const Result<SearchState>& found) {
    if (session.wiring_->newest_search.load() != ticket) return;
    SearchState& search = session.state_.search;
    const auto recent = std::move(search.recent);
    put_answer(search, found);
    search.recent = recent;
  });
}

void Session::load_today() {
  const auto question = [filter = state_.today.filter](const AtStore& at) {
    return query_today(at.store, at.ctx, filter);
  };
  ask<TodayState>(question, [](Session& session, const Result<TodayState>& today) {
    const TodayFilter filter = session.state_.today.filter;
    if (!today.ok() || today.value().filter == filter) put_answer(session.state_.today, today);
  });
}

void Session::load_sync() {
  const auto question = [](const AtStore& at) { return query_sync(at.store, at.ctx); };
  ask<SyncState>(question, [](Session& session, const Result<SyncState>& answer) {
    if (!answer.ok()) return session.show_error(answer.error());
    SyncState& now = session.state_.sync;
    SyncState fresh = answer.value();
    fresh.phase = now.phase;
    fresh.error = now.error;
    fresh.done = now.done;
    fresh.total = now.total;
    fresh.received = now.received;
    fresh.handover = std::move(now.handover);
    now = std::move(fresh);
    if (now.queued > 0) session.schedule_.work_came(session.parts_.clock.ticks());
  });
}

void Session::load_settings() {
  const auto question = [](const AtStore& at) { return query_settings(at.store, at.ctx); };
  ask<Settings>(question, [](Session& session, const Result<Settings>& answer) {
    if (!answer.ok()) return session.show_error(answer.error());
    const Settings before = session.state_.settings;
    session.state_.settings = answer.value();
    session.state_.settings.version = before.version;
    session.state_.settings.lang = before.lang;
    session.state_.settings.text_scale = before.text_scale;
  });
}

void Session::load_recent() {
  const auto question = [](const AtStore& at) { return query_recent(at.store, at.ctx); };
  ask<std::vector<SearchRow>>(question, [](Session& session, const Result<std::vector<SearchRow>>& rows) {
    if (rows.ok()) session.state_.search.recent = rows.value();
  });
}

/// After something changed: everything on screen is read again; what is being typed stays.
void Session::refresh() {
  load_today();
  load_sync();
  load_recent();
  if (is_on_screen(state_, Page::household)) load_household(state_.household.household, state_.household.dwelling);
  if (is_on_screen(state_, Page::visit)) reload_visit_texts();
  if (is_on_screen(state_, Page::card)) load_card();
  if (state_.history) load_history();
}

/// After a switch of language.
void Session::reload_texts() {
  load_settings();
  refresh();
  for (const Page page : {Page::person, Page::record})
    if (is_on_screen(state_, page)) reload_form_texts(page);
  if (!state_.search.text.empty()) on(SearchText{state_.search.text});
}

void Session::reload_visit_texts() {
  if (!visit_ || state_.visit.load.phase != Load::Phase::ready) return;
  const auto question = [start = visit_->start](const AtStore& at) { return query_visit(at.store, at.ctx, start); };
  ask<VisitState>(question, [ticket = visit_ticket_](Session& session, const Result<VisitState>& answer) {
    if (ticket != session.visit_ticket_ || !answer.ok()) return;
    const VisitState before = std::move(session.state_.visit);
    session.state_.visit = answer.value();
    session.state_.visit.revision = before.revision;
    session.state_.visit.initial = before.initial;
    session.state_.visit.draft_restored = before.draft_restored;
    session.state_.visit.findings = before.findings;
    session.state_.visit.saving = before.saving;
  });
}

void Session::reload_form_texts(Page page) {
  const FormState& form = form_of(page);
  if (form.load.phase != Load::Phase::ready) return;
  const RecordId dwelling = form_dwelling_;
  const auto question = [id = form.id, kind = form.kind, household = form.household, newborn = form.newborn,
                         dwelling](const AtStore& at) -> Result<FormAnswer> {
    if (!id) return query_new_person(at.store, at.ctx, {household.value_or(RecordId{}), dwelling, newborn});
    if (kind == kinds::person::kKind) return query_person_form(at.store, at.ctx, *id, household);
    return query_record_form(at.store, at.ctx, {kind, *id});
  };
  const int slot = page == Page::record ? 1 : 0;
  ask<FormAnswer>(question,
                  [page, slot, ticket = form_ticket_[slot]](Session& session, const Result<FormAnswer>& answer) {
                    if (ticket != session.form_ticket_[slot] || !answer.ok()) return;
                    FormState& now = session.form_of(page);
                    now.title = answer.value().state.title;
                    now.subtitle = answer.value().state.subtitle;
                    now.choices = answer.value().state.choices;
                    now.provenance = answer.value().state.provenance;
                  });
}

}  // namespace ruhu
