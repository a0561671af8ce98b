#include "storage/model/life_cycle/consents.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/model/life_cycle/days.hpp"
#include "storage/model/life_cycle/labels.hpp"

namespace ruhu {
namespace {

namespace c = kinds::consent;
constexpr int kOwnAnswerAge = 14;  // PIPL Art. 31
constexpr int kEraseDays = 21;     // 15 working days

bool needs_guardian(const Record& person, std::string_view day) {
  const auto birth = parse_partial_date(person.text(kinds::person::birth_date));
  const auto today = parse_partial_date(day);
  return birth && today && age_in_years(last_day(*birth), first_day(*today)) < kOwnAnswerAge;
}

/// Labels end that rest on this consent alone.
void stop_use(PlanDraft& draft, const PersonCircle& circle, const Record& consent) {
  namespace l = kinds::person_label;
  const std::string_view scope = consent.text(c::scope);
  for (const Record& label : circle.labels) {
    if (bool_of(label.get(l::legal_duty))) continue;
    if (scope == "basic" || label.uuid(l::consent_id) == consent.ref.id) end_label(draft, label, draft.day(), {});
  }
  end_care_without_labels(draft, circle);
  if (scope == "health" || scope == "basic") {
    draft.put(circle.person, kinds::person::health_note, Value{});
    draft.put(circle.person, kinds::person::self_care, Value{});
  }
  draft.remind("life.erase_data", Audience::lead, circle.person.ref, days_after(draft.day(), kEraseDays));
}

void withdraw(PlanDraft& draft, const PersonCircle& circle, const Record& consent) {
  draft.put(consent, c::given, "withdrawn");
  draft.put(consent, c::withdrawn_at, to_ms(draft.occasion().now));
  stop_use(draft, circle, consent);
}

const Record* standing_answer(const PersonCircle& circle, std::string_view scope) {
  const Record* newest = nullptr;
  for (const Record& consent : circle.consents) {
    const bool counts = is_open_record(consent) && consent.text(c::scope) == scope;
    if (!counts || consent.text(c::given) == "withdrawn") continue;
    if (newest == nullptr || int_of(newest->get(c::given_at)) <= int_of(consent.get(c::given_at))) newest = &consent;
  }
  return newest;
}

}  // namespace

Result<LifeCyclePlan> plan_consent_answered(const PersonCircle& circle, const ConsentAnswer& answer,
                                            const Occasion& occasion) {
  if (!circle.person.text(kinds::person::died_on).empty()) return make_error(Errc::deceased, "who consents");
  if (answer.notice.is_nil()) return make_error(Errc::required_missing, "notice_id");
  if (needs_guardian(circle.person, occasion.day) && !answer.guardian)
    return make_error(Errc::required_missing, "guardian_id");
  PlanDraft draft(occasion);
  if (const Record* before = standing_answer(circle, answer.scope); before != nullptr) {
    const bool said_yes = before->text(c::given) == "yes";
    if (said_yes == answer.agreed) return make_error(Errc::nothing_to_change);
    if (said_yes) {
      withdraw(draft, circle, *before);
      return std::move(draft).finish();
    }
    draft.end(*before, occasion.day);
  }
  std::vector<Cell> cells = {{c::person_id, circle.person.ref.id},
                             {c::scope, answer.scope},
                             {c::given, answer.agreed ? "yes" : "no"},
                             {c::given_at, to_ms(occasion.now)},
                             {c::notice_id, answer.notice},
                             {c::how, answer.guardian ? std::string("guardian") : answer.how}};
  if (answer.guardian) cells.push_back({c::guardian_id, *answer.guardian});
  if (answer.visit) cells.push_back({c::visit_id, *answer.visit});
  if (!answer.note.empty()) cells.push_back({c::note, answer.note});
  draft.add(c::kKind, std::nullopt, circle.person.text(kinds::person::grid_id), std::move(cells));
  return std::move(draft).finish();
}

Result<LifeCyclePlan> plan_consent_withdrawn(const PersonCircle& circle, const RecordId& consent,
                                             const Occasion& occasion) {
  const Record* found = find_by_id(circle.consents, consent);
  if (found == nullptr) return make_error(Errc::not_found, "consent");
  if (!is_open_record(*found) || found->text(c::given) != "yes") return make_error(Errc::already_ended, "consent");
  PlanDraft draft(occasion);
  withdraw(draft, circle, *found);
  return std::move(draft).finish();
}

}  // namespace ruhu
