// Where the worker is: remembered while a visit or a form is open, so that a killed app comes back there.
#include <algorithm>

#include "app/commands/place.hpp"
#include "app/commands/session.hpp"
#include "app/queries/kept_texts.hpp"
#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

bool is_open(const AppState& state, Page page) {
  return std::find(state.pages.begin(), state.pages.end(), page) != state.pages.end();
}

/// Takes out of the place what has become a record already (the app was killed between the save and the page's end),
/// and forms of new records that nothing was typed into.
Result<Place> still_open(const AtStore& at, Place place, const std::string& person_draft) {
  const auto leave = [&](Page page) { std::erase(place.pages, page); };
  if (place.visit) {
    RUHU_TRY(const auto saved, at.store.find({kinds::visit::kKind, place.visit->visit}));
    if (saved) {
      place.visit.reset();
      leave(Page::visit);
    }
  }
  if (place.person && !place.person->id) {
    RUHU_TRY(const std::string draft, at.store.text(person_draft));
    if (draft.empty()) {
      place.person.reset();
      leave(Page::person);
    }
  }
  return place;
}

FormState form_at(const FormPlace& place) {
  FormState form;
  form.kind = place.kind;
  form.id = place.id;
  form.household = place.household;
  form.newborn = place.newborn;
  return form;
}

}  // namespace

Place Session::place() const {
  Place place;
  place.tab = state_.tab;
  place.pages = state_.pages;
  std::erase(place.pages, Page::card);  // to be read, no work to go on with
  if (is_open(state_, Page::household)) {
    place.household = state_.household.household;
    place.dwelling = state_.household.dwelling;
  }
  if (visit_ && is_open(state_, Page::visit)) place.visit = visit_;
  const auto form_place = [&](const FormState& form) {
    return FormPlace{form.kind, form.id, form.household, form_dwelling_, form.newborn};
  };
  if (is_open(state_, Page::person)) place.person = form_place(state_.person);
  if (is_open(state_, Page::record)) place.record = form_place(state_.record);
  return place;
}

void Session::remember_place() {
  if (!place_read_) return;  // the place of the run before is still to be read
  const bool opening = is_open(state_, Page::visit) && !visit_ && state_.visit.load.phase == Load::Phase::loading;
  if (opening) return;  // its id and start come with the answer
  const Place now = place();
  std::string bytes = now.is_work() ? encode_place(now) : "";
  if (bytes == place_) return;
  place_ = std::move(bytes);
  const auto keep = [bytes = place_](const AtStore& at) -> Result<bool> {
    RUHU_TRY_DONE(at.store.set_text(kept::kPlace, bytes));
    return true;
  };
  ask<bool>(keep, [](Session&, const Result<bool>&) {});  // a convenience: what was typed lies in the drafts
}

void Session::load_place() {
  const auto question = [](const AtStore& at) -> Result<std::optional<Place>> {
    RUHU_TRY(const std::string bytes, at.store.text(kept::kPlace));
    auto place = decode_place(bytes);
    if (!place) return place;
    const std::string draft = place->person ? form_draft_of(form_at(*place->person), place->person->dwelling) : "";
    RUHU_TRY(place, still_open(at, *place, draft));
    return place;
  };
  ask<std::optional<Place>>(question, [](Session& session, const Result<std::optional<Place>>& place) {
    session.place_read_ = true;
    const bool untouched = session.state_.pages.empty() && session.state_.tab == Tab::today;
    if (place.ok() && place.value() && place.value()->is_work() && untouched) session.resume(*place.value());
  });
}

void Session::resume(const Place& place) {
  state_.tab = place.tab;
  for (const Page page : place.pages) {
    switch (page) {
      case Page::household: open_household_page(place.household, place.dwelling); break;
      case Page::visit:
        if (place.visit) open_visit(place.visit->start.household, place.visit->start.dwelling, place.visit);
        break;
      case Page::person:
        if (place.person) resume_form(Page::person, *place.person);
        break;
      case Page::record:
        if (place.record) resume_form(Page::record, *place.record);
        break;
      case Page::card: break;  // never in a place
    }
  }
}

void Session::resume_form(Page page, const FormPlace& place) {
  if (!place.id) return open_new_person(place.household.value_or(RecordId{}), place.dwelling, place.newborn);
  form_of(page) = form_at(place);
  form_dwelling_ = place.dwelling;
  open_page(state_, page);
  reload_form(page);
}

}  // namespace ruhu
