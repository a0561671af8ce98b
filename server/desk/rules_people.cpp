// What must hold of one person: number, birth, death, names, consent. Situations 6, 9, 10, 16, 17, 23.
#include <algorithm>

#include "dictionary_constants.hpp"
#include "server/desk/concurrency.hpp"
#include "server/desk/rules.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/dictionary/validation.hpp"
#include "storage/model/duplicates/comparison.hpp"
#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/departure.hpp"
#include "storage/model/life_cycle/labels.hpp"

namespace ruhu::server {
namespace {

namespace p = kinds::person;
namespace v = kinds::visit;
namespace c = kinds::consent;

using Cases = Result<std::vector<Found>>;

// --- number against birth and gender (6, 10) ---

/// What the form warns of, asked again of what the merge has put together from several people.
Cases find_number_and_birth(RuleContext& ctx, const Record& person) {
  std::vector<Found> all;
  if (!is_open_record(person) || comparable_number(person).empty()) return all;
  Found found;
  found.situation = 6;
  for (const Finding& finding : check_record(ctx.dictionary(), ctx.dictionary().get_kind(p::kKind), person.cells,
                                             ctx.now(), RecordAge::existing)) {
    const bool differs =
        finding.text_key == "check.birth_differs_from_id" || finding.text_key == "check.gender_differs_from_id";
    const bool lunar = finding.text_key == "check.birth_looks_lunar";
    if (!differs && !lunar) continue;
    found.reasons.push_back(finding.text_key);
    if (lunar) found.situation = 10;
  }
  if (found.reasons.empty()) return all;
  found.subject = subject_of(person.ref);
  found.sides = {side_of(person, {p::name, p::id_no, p::id_verified, p::gender, p::birth_date, p::birth_calendar})};
  all.push_back(std::move(found));
  return all;
}

// --- names (9) ---

/// Of two names that did not know of each other the better evidenced stands, by the field's rule. Where a paper was
/// seen, the other one is what people also call the person.
Status keep_other_name(RuleContext& ctx, const Record& person, const Touched& touched) {
  if (touched.is_new || person.meta.stamp_of(p::name).provenance.verified < Verified::seen) return {};
  RUHU_TRY(const auto unseen, values_not_seen(ctx.tx(), person, p::name, touched.ops));
  TextSet aliases;
  if (const auto* known = std::get_if<TextSet>(&person.get(p::alias))) aliases = *known;
  TextSet more = aliases;
  for (const Value& name : unseen)
    if (!text_of(name).empty() && name != person.get(p::name)) more.items.emplace_back(text_of(name));
  more = TextSet::of(std::move(more.items));
  return more == aliases ? Status{} : ctx.put(person, {{p::alias, more}});
}

// --- death (16, 17) ---

bool is_contact(const Record& visit) {
  const std::string_view outcome = visit.text(v::outcome);
  return outcome == "01" || outcome == "02" || outcome == "09";
}

std::string day_of(const Record& visit, ColumnNo column) {
  const CivilDate day = civil_date(from_ms(int_of(visit.get(column))));
  return to_string(PartialDate{day.year, day.month, day.day});
}

/// True when somebody met the person on a day after the one on which they are said to have died.
bool disproves(const Record& visit, const Record& person) {
  return is_contact(visit) && is_open_record(visit) && day_of(visit, v::started_at) > person.text(p::died_on);
}

Cases contacts_after_death(RuleContext& ctx, const Record& person) {
  std::vector<Found> all;
  if (person.text(p::died_on).empty() || !is_open_record(person)) return all;
  RUHU_TRY(const auto visits, ctx.open(v::kKind, v::respondent_id, person.ref.id));
  Found found;
  found.sides = {side_of(person, {p::name, p::died_on, p::death_source, p::death_informer})};
  for (const Record& visit : visits)
    if (disproves(visit, person))
      found.sides.push_back(side_of(visit, {v::started_at, v::outcome, v::purpose, v::worker_ids, v::respondent_id}));
  if (found.sides.size() < 2) return all;
  found.situation = 16;
  found.subject = subject_of(person.ref);
  all.push_back(std::move(found));
  return all;
}

Cases find_contact_after_death(RuleContext& ctx, const Record& at) {
  if (at.ref.kind == p::kKind) return contacts_after_death(ctx, at);
  RUHU_TRY(const auto person, ctx.find(p::kKind, at.uuid(v::respondent_id)));
  return person ? contacts_after_death(ctx, *person) : Cases{std::vector<Found>{}};
}

Status write_plan(RuleContext& ctx, PlanDraft draft) {
  const LifeCyclePlan plan = std::move(draft).finish();
  return plan.edits.empty() ? Status{} : ctx.write(plan.edits);
}

/// Nobody knocks at a door to look in on the dead. A visit at which the person was met since is evidence, not a
/// promise.
Status end_care_of_dead(RuleContext& ctx, const Record& person) {
  if (person.text(p::died_on).empty() || !is_open_record(person)) return {};
  Occasion occasion;
  occasion.now = ctx.now();
  occasion.day = ctx.today();
  PlanDraft draft(occasion);
  RUHU_TRY(const auto visits, ctx.open(v::kKind, v::respondent_id, person.ref.id));
  for (const Record& visit : visits)
    if (promises_visit(visit) && !disproves(visit, person)) cancel_visit(draft, visit);
  RUHU_TRY(const auto tasks, ctx.open(kinds::task::kKind, kinds::task::person_id, person.ref.id));
  for (const Record& task : tasks)
    if (task.text(kinds::task::state) == "open" || task.text(kinds::task::state) == "proposed")
      cancel_task(draft, task);
  RUHU_TRY(const auto labels, ctx.open(kinds::person_label::kKind, kinds::person_label::person_id, person.ref.id));
  for (const Record& label : labels) end_label(draft, label, person.text(p::died_on), {});
  return write_plan(ctx, std::move(draft));
}

Status end_care(RuleContext& ctx, const Record& at, const Touched&) {
  if (at.ref.kind == p::kKind) return end_care_of_dead(ctx, at);
  const bool visit = at.ref.kind == v::kKind;
  const bool label = at.ref.kind == kinds::person_label::kKind;
  const RecordId id = at.uuid(visit   ? v::respondent_id
                              : label ? kinds::person_label::person_id
                                      : kinds::task::person_id);
  RUHU_TRY(const auto person, ctx.find(p::kKind, id));
  return person ? end_care_of_dead(ctx, *person) : Status{};
}

// --- consent (23) ---

/// The answers about health, or about everything, of which none stands any more and one was taken back.
Result<bool> is_health_withdrawn(RuleContext& ctx, const RecordId& person) {
  RUHU_TRY(const auto consents, ctx.all(c::kKind, c::person_id, person));
  bool withdrawn = false;
  for (const Record& consent : consents) {
    const std::string_view scope = consent.text(c::scope);
    if (scope != "health" && scope != "basic") continue;
    if (consent.text(c::given) == "withdrawn") withdrawn = true;
    if (scope == "health" && consent.text(c::given) == "yes" && is_open_record(consent)) return false;
  }
  return withdrawn;
}

Status clear_withdrawn(RuleContext& ctx, const RecordId& id) {
  RUHU_TRY(const auto person, ctx.find(p::kKind, id));
  if (!person || (is_empty(person->get(p::health_note)) && is_empty(person->get(p::self_care)))) return {};
  RUHU_TRY(const bool withdrawn, is_health_withdrawn(ctx, id));
  return withdrawn ? ctx.put(*person, {{p::health_note, {}}, {p::self_care, {}}}) : Status{};
}

/// Labels that rest on an answer that was taken back end with it.
Status end_labels_on(RuleContext& ctx, const Record& consent) {
  namespace l = kinds::person_label;
  if (consent.text(c::given) != "withdrawn") return {};
  Occasion occasion;
  occasion.now = ctx.now();
  occasion.day = ctx.today();
  PlanDraft draft(occasion);
  RUHU_TRY(const auto labels, ctx.open(l::kKind, l::consent_id, consent.ref.id));
  for (const Record& label : labels)
    if (!bool_of(label.get(l::legal_duty))) end_label(draft, label, occasion.day, {});
  return write_plan(ctx, std::move(draft));
}

/// Whichever came first, withdrawal or data: the withdrawal stands.
Status keep_withdrawn(RuleContext& ctx, const Record& at, const Touched&) {
  if (at.ref.kind == p::kKind) return clear_withdrawn(ctx, at.ref.id);
  if (at.ref.kind == c::kKind) {
    RUHU_TRY_DONE(end_labels_on(ctx, at));
    return clear_withdrawn(ctx, at.uuid(c::person_id));
  }
  RUHU_TRY(const auto consent, ctx.find(c::kKind, at.uuid(kinds::person_label::consent_id)));
  return consent ? end_labels_on(ctx, *consent) : Status{};
}

/// What the rule cleared has to be erased, and the worker told; the case names the field, never what it held.
Cases find_data_without_consent(RuleContext& ctx, const Record& at) {
  std::vector<Found> all;
  const RecordId id = at.ref.kind == p::kKind ? at.ref.id : at.uuid(c::person_id);
  RUHU_TRY(const auto person, ctx.find(p::kKind, id));
  if (!person) return all;
  RUHU_TRY(const bool withdrawn, is_health_withdrawn(ctx, id));
  if (!withdrawn) return all;
  CaseSide side{person->ref, {}};
  for (const ColumnNo column : {p::health_note, p::self_care}) {
    const Stamp& stamp = person->meta.stamp_of(column);
    if (!is_empty(person->get(column)) || !person->meta.has_own_stamp(column)) continue;
    RUHU_TRY(const bool cleared, ctx.is_own(stamp));
    if (cleared) side.fields.push_back({column, {}, stamp});
  }
  if (side.fields.empty()) return all;
  all.push_back({subject_of(person->ref), {std::move(side)}, 23, {}, 0, true});
  return all;
}

}  // namespace

std::vector<Rule> rules_of_people() {
  namespace l = kinds::person_label;
  namespace t = kinds::task;
  return {
      {"number_and_birth",
       "desk.number_and_birth",
       2,
       {{p::kKind, {p::id_no, p::id_type, p::birth_date, p::birth_calendar, p::gender, p::status}}},
       nullptr,
       find_number_and_birth},
      {"name_alias", "desk.name_alias", 9, {{p::kKind, {p::name}}}, keep_other_name, nullptr},
      {"contact_after_death",
       "desk.contact_after_death",
       1,
       {{p::kKind, {p::died_on, p::status}}, {v::kKind, {v::respondent_id, v::outcome, v::started_at, v::status}}},
       nullptr,
       find_contact_after_death},
      {"care_of_dead",
       "desk.care_of_dead",
       9,
       {{p::kKind, {p::died_on}},
        {v::kKind, {v::respondent_id, v::next_action, v::next_on, v::outcome}},
        {l::kKind, {l::person_id, l::state, l::status}},
        {t::kKind, {t::person_id, t::state}}},
       end_care,
       nullptr},
      {"consent_withdrawn",
       "desk.consent_withdrawn",
       2,
       {{p::kKind, {p::health_note, p::self_care}},
        {c::kKind, {c::given, c::person_id, c::scope, c::status}},
        {l::kKind, {l::consent_id, l::state, l::status}}},
       keep_withdrawn,
       find_data_without_consent},
  };
}

}  // namespace ruhu::server
