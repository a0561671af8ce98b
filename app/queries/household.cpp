#include "app/queries/household.hpp"

#include <algorithm>

#include "app/queries/facts.hpp"
#include "app/queries/household_people.hpp"
#include "app/queries/kept_texts.hpp"
#include "app/queries/places.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kVisitsShown = 6;

/// Builds one page; the store is read through the cache only.
class HouseholdPage {
 public:
  HouseholdPage(Store& store, const QueryContext& ctx, RecordCache& records, const SyncLedger& ledger,
                const OpenDoor& open)
      : ctx_(ctx), records_(records), ledger_(ledger), names_(store), open_(open) {}

  HouseholdState build() {
    const Door& door = open_.door;
    page_.household_kind = kinds::household::kKind;
    page_.dwelling_kind = kinds::dwelling::kKind;
    if (door.household != nullptr) page_.household = door.household->ref.id;
    if (door.dwelling != nullptr) page_.dwelling = door.dwelling->ref.id;
    page_.title = household_title(ctx_, records_, door.household, door.people.empty() ? nullptr : door.people.front());
    page_.address = address_of(records_, door.dwelling).text();
    page_.tags = door_tags(ctx_, door);
    page_.visit_open = door.has_draft;
    page_.sync = ledger_.worst({door.household, door.dwelling});
    due();
    for (std::size_t i = 0; i < door.people.size(); ++i) member(*open_.memberships[i], *door.people[i]);
    facts();
    visits();
    needs();
    conflicts();
    if (door.household != nullptr) page_.doubts = household_doubts(ctx_, household_people(ctx_, records_, open_));
    return std::move(page_);
  }

 private:
  void due() {
    if (open_.door.dwelling == nullptr) return;
    Door door = open_.door;
    door.has_draft = false;
    const Due due = due_of(ctx_, door);
    if (!due.asks) return;
    page_.due = due.reason;
    page_.due_tone = due.state == DueState::overdue ? Tone::alarm : Tone::caution;
  }

  void member(const Record& membership, const Record& person) {
    MemberRow row;
    row.person = person.ref.id;
    row.name = person_name(ctx_, person);
    row.relation = ctx_.code_label("relation", membership.text(kinds::membership::relation));
    row.about = person_about(ctx_, person);
    if (const std::string_view category = person.text(kinds::person::category); category != "01" && !category.empty())
      row.tags.push_back({ctx_.code_label("population_category", category), Tone::neutral});
    if (!person.text(kinds::person::died_on).empty()) row.tags.push_back({ctx_.tr("app.tag.died"), Tone::neutral});
    row.sync = ledger_.worst({&membership, &person});
    page_.sync = std::max(page_.sync, row.sync);
    page_.members.push_back(std::move(row));
  }

  void facts() {
    namespace h = kinds::household;
    namespace d = kinds::dwelling;
    if (const Record* household = open_.door.household) {
      for (const ColumnNo column : {h::contact_phone, h::best_time, h::language, h::kind, h::hukou_no})
        page_.household_facts.push_back(fact(*household, column));
      page_.access_note = text_of(household->get(h::access_note));
    }
    const Record* dwelling = open_.door.dwelling;
    if (dwelling == nullptr) return;
    for (const ColumnNo column : {d::use, d::occupancy, d::tenure, d::area_m2, d::rooms})
      page_.dwelling_facts.push_back(fact(*dwelling, column));
    for (const ColumnNo column : {d::owner_name, d::owner_phone, d::rental_purpose, d::rental_registered,
                                  d::rental_hazards, d::rental_contact_name, d::rental_contact_phone})
      if (!is_empty(dwelling->get(column))) page_.dwelling_facts.push_back(fact(*dwelling, column));
  }

  Fact fact(const Record& record, ColumnNo column) {
    const FieldDef& field = *ctx_.dictionary.get_kind(record.ref.kind).find(column);
    return fact_of({ctx_, records_, names_}, record, field, ctx_.mask_for(field, record));
  }

  void visits() {
    namespace f = kinds::visit;
    for (const Record* visit : open_.visits) {
      if (page_.visits.size() == kVisitsShown) break;
      PastVisitRow row;
      row.visit = visit->ref.id;
      row.when = date_time_text(started_at(*visit));
      row.who = names_.of(visit->meta.created.actor);
      if (row.who.empty()) row.who = ctx_.code_label("visit_purpose", visit->text(f::purpose));
      const std::string_view outcome = visit->text(f::outcome);
      row.outcome = ctx_.code_label("visit_outcome", outcome);
      row.tone = is_verified_outcome(outcome) ? Tone::good : outcome == "05" ? Tone::alarm : Tone::caution;
      row.note = visit->text(f::note);
      page_.visits.push_back(std::move(row));
    }
    if (const Record* last = open_.door.visits.verified) {
      const std::int32_t day = local_day(started_at(*last));
      page_.provenance.text =
          join_facts({ctx_.tr("app.last_verified", {{"date", iso_of_day(day)}}), names_.of(last->meta.created.actor)});
      page_.provenance.recent = local_day(ctx_.now) - day <= kStillValidDays;
    } else if (open_.door.household != nullptr) {
      page_.provenance = provenance_line(ctx_, names_, open_.door.household->meta.created);
    }
  }

  void needs() {
    namespace f = kinds::need;
    if (open_.door.household == nullptr) return;
    for (const Record* need : records_.list(f::kKind, {f::household_id, open_.door.household->ref.id})) {
      const std::string_view state = need->text(f::state);
      if (!is_open(*need) || state == "closed" || state == "declined" || state == "merged") continue;
      const bool done = state == "done" || state == "rated";
      page_.needs.push_back({need->ref.id,
                             std::string(need->text(f::text)),
                             join_facts({ctx_.code_label("need_category", need->text(f::category)),
                                         ctx_.code_label("need_urgency", need->text(f::urgency))}),
                             {ctx_.code_label("need_state", state), done ? Tone::good : Tone::info}});
      page_.sync = std::max(page_.sync, ledger_.of(*need));
    }
  }

  bool is_shown(const RecordRef& ref) const {
    const Door& door = open_.door;
    const auto is = [&](const Record* record) { return record != nullptr && record->ref == ref; };
    return is(door.household) || is(door.dwelling) || std::any_of(door.people.begin(), door.people.end(), is) ||
           std::any_of(open_.memberships.begin(), open_.memberships.end(), is);
  }

  void conflicts() {
    for (const OpenConflict& conflict : ledger_.conflicts()) {
      if (!is_shown(conflict.change.record)) continue;
      const FieldDef* field = ctx_.dictionary.get_kind(conflict.change.record.kind).find(conflict.mine.column);
      page_.conflicts.push_back(join_facts(
          {record_title(ctx_, records_, conflict.change.record), field == nullptr ? "" : field->label.in(ctx_.lang)}));
    }
    std::sort(page_.conflicts.begin(), page_.conflicts.end());
    page_.conflicts.erase(std::unique(page_.conflicts.begin(), page_.conflicts.end()), page_.conflicts.end());
  }

  const QueryContext& ctx_;
  RecordCache& records_;
  const SyncLedger& ledger_;
  ActorNames names_;
  const OpenDoor& open_;
  HouseholdState page_;
};

Result<HouseholdState> query_door(Store& store, const QueryContext& ctx, const RecordId& household,
                                  const RecordId& dwelling) {
  RUHU_TRY(const auto moment, store.snapshot());
  RecordCache records(store);
  RUHU_TRY(const auto ledger, SyncLedger::read(store, records, ctx.identity));
  RUHU_TRY(const OpenDoor open, open_door(store, records, household, dwelling));
  HouseholdState page = HouseholdPage(store, ctx, records, ledger, open).build();
  RUHU_TRY_DONE(records.status());
  return page;
}

}  // namespace

Result<OpenDoor> open_door(Store& store, RecordCache& records, const RecordId& household, const RecordId& dwelling) {
  OpenDoor open;
  Door& door = open.door;
  door.household = records.find(kinds::household::kKind, household);
  door.dwelling =
      records.find(kinds::dwelling::kKind,
                   door.household == nullptr ? dwelling : door.household->uuid(kinds::household::dwelling_id));
  RUHU_TRY_DONE(records.status());
  if (door.household == nullptr && (door.dwelling == nullptr || !household.is_nil()))
    return make_error(Errc::not_found);
  if (door.household != nullptr) {
    for (const Record* membership : open_memberships(records, household)) {
      const Record* person = records.find(kinds::person::kKind, membership->uuid(kinds::membership::person_id));
      if (person == nullptr) continue;
      open.memberships.push_back(membership);
      door.people.push_back(person);
    }
  }
  const Uuid place = door.dwelling != nullptr ? door.dwelling->ref.id : dwelling;
  VisitLog log;
  for (const Record* visit : records.list(kinds::visit::kKind, {kinds::visit::dwelling_id, place})) {
    log.add(*visit);
    const Uuid of = visit->uuid(kinds::visit::household_id);
    if (household.is_nil() || of.is_nil() || of == household) open.visits.push_back(visit);
  }
  std::stable_sort(open.visits.begin(), open.visits.end(),
                   [](const Record* a, const Record* b) { return started_at(*a) > started_at(*b); });
  door.visits = log.of(household, place);
  RUHU_TRY(const auto draft, store.text(kept::visit_draft(household.is_nil() ? place : household)));
  door.has_draft = !draft.empty();
  return open;
}

Result<HouseholdState> query_household(Store& store, const QueryContext& ctx, const RecordId& household) {
  return query_door(store, ctx, household, {});
}

Result<HouseholdState> query_dwelling(Store& store, const QueryContext& ctx, const RecordId& dwelling) {
  RUHU_TRY(const auto households,
           store.list(kinds::household::kKind, {.where = {{kinds::household::dwelling_id, dwelling}}, .after = {}}));
  for (const Record& household : households)
    if (is_open(household)) return query_household(store, ctx, household.ref.id);
  return query_door(store, ctx, {}, dwelling);
}

}  // namespace ruhu
