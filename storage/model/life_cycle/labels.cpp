#include "storage/model/life_cycle/labels.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/model/life_cycle/days.hpp"
#include "storage/model/life_cycle/departure.hpp"

namespace ruhu {
namespace {

namespace l = kinds::person_label;
constexpr int kUsualReviewMonths = 6;
constexpr const char* kCareVisit = "04";

bool stands(const std::vector<Record>& consents, const RecordId& id) {
  const Record* consent = find_by_id(consents, id);
  return consent != nullptr && is_open_record(*consent) && consent->text(kinds::consent::given) == "yes";
}

bool is_over(const PlanDraft& draft, const Record& label) {
  const std::string_view state = text_of(draft.now(label, l::state));
  return !is_open_record(label) || state == "removed" || state == "declined";
}

/// The label, if it may still change.
Result<const Record*> living_label(const PersonCircle& circle, const RecordId& id, const PlanDraft& draft) {
  if (!circle.person.text(kinds::person::died_on).empty()) return make_error(Errc::deceased, "labelled person");
  const Record* label = find_by_id(circle.labels, id);
  if (label == nullptr) return make_error(Errc::not_found, "label");
  if (is_over(draft, *label)) return make_error(Errc::already_ended, "label");
  return label;
}

}  // namespace

bool has_label_ground(const Record& label, const std::vector<Record>& consents) {
  return bool_of(label.get(l::legal_duty)) || stands(consents, label.uuid(l::consent_id));
}

void end_label(PlanDraft& draft, const Record& label, std::string_view until, const std::string& reason) {
  if (is_over(draft, label)) return;
  draft.put(label, l::state, "removed");
  draft.end(label, until);
  if (!reason.empty()) draft.put(label, l::end_reason, reason);
}

void end_care_without_labels(PlanDraft& draft, const PersonCircle& circle) {
  const bool cared_for = std::any_of(circle.labels.begin(), circle.labels.end(),
                                     [&](const Record& label) { return !is_over(draft, label); });
  if (cared_for) return;
  for (const Record& visit : circle.planned_visits)
    if (visit.text(kinds::visit::purpose) == kCareVisit) cancel_visit(draft, visit);
}

Result<LifeCyclePlan> plan_label_proposed(const PersonCircle& circle, const LabelProposal& proposal,
                                          const Occasion& occasion) {
  if (!is_open_record(circle.person)) return make_error(Errc::already_ended, "person");
  if (!circle.person.text(kinds::person::died_on).empty()) return make_error(Errc::deceased, "labelled person");
  const bool agreed = proposal.consent && stands(circle.consents, *proposal.consent);
  if (proposal.basis.empty() || !(proposal.legal_duty || agreed)) return make_error(Errc::basis_missing);
  PlanDraft draft(occasion);
  for (const Record& label : circle.labels)
    if (label.text(l::label) == proposal.label && !is_over(draft, label)) return make_error(Errc::nothing_to_change);
  const std::string since = proposal.since.empty() ? occasion.day : proposal.since;
  const int months = proposal.review_months > 0 ? proposal.review_months : kUsualReviewMonths;
  std::vector<Cell> cells = {{l::person_id, circle.person.ref.id},
                             {l::label, proposal.label},
                             {l::basis, proposal.basis},
                             {l::state, "proposed"},
                             {l::legal_duty, proposal.legal_duty},
                             {l::since, since},
                             {l::review_on, months_after(since, months)}};
  if (agreed) cells.push_back({l::consent_id, *proposal.consent});
  if (proposal.proposed_by) cells.push_back({l::proposed_by, *proposal.proposed_by});
  draft.add(l::kKind, std::nullopt, circle.person.text(kinds::person::grid_id), std::move(cells));
  return std::move(draft).finish();
}

Result<LifeCyclePlan> plan_label_confirmed(const PersonCircle& circle, const RecordId& label,
                                           const RecordId& confirmed_by, const Occasion& occasion) {
  PlanDraft draft(occasion);
  RUHU_TRY(const Record* found, living_label(circle, label, draft));
  if (found->text(l::state) == "confirmed") return make_error(Errc::nothing_to_change);
  if (found->text(l::basis).empty() || !has_label_ground(*found, circle.consents))
    return make_error(Errc::basis_missing);
  draft.put(*found, l::state, "confirmed");
  draft.put(*found, l::confirmed_by, confirmed_by);
  draft.remind("life.review_label", Audience::lead, found->ref, std::string(found->text(l::review_on)));
  return std::move(draft).finish();
}

Result<LifeCyclePlan> plan_label_renewed(const PersonCircle& circle, const RecordId& label, int review_months,
                                         const Occasion& occasion) {
  PlanDraft draft(occasion);
  RUHU_TRY(const Record* found, living_label(circle, label, draft));
  if (!has_label_ground(*found, circle.consents)) return make_error(Errc::basis_missing);
  const std::string review = months_after(occasion.day, review_months > 0 ? review_months : kUsualReviewMonths);
  if (review <= found->text(l::review_on)) return make_error(Errc::nothing_to_change);
  draft.put(*found, l::review_on, review);
  draft.remind("life.review_label", Audience::lead, found->ref, review);
  return std::move(draft).finish();
}

Result<LifeCyclePlan> plan_label_removed(const PersonCircle& circle, const RecordId& label, const std::string& reason,
                                         const Occasion& occasion) {
  PlanDraft draft(occasion);
  const Record* found = find_by_id(circle.labels, label);
  if (found == nullptr) return make_error(Errc::not_found, "label");
  if (is_over(draft, *found)) return make_error(Errc::already_ended, "label");
  end_label(draft, *found, occasion.day, reason);
  end_care_without_labels(draft, circle);
  return std::move(draft).finish();
}

Result<LifeCyclePlan> plan_labels_expired(const PersonCircle& circle, const Occasion& occasion) {
  PlanDraft draft(occasion);
  for (const Record& label : circle.labels) {
    const std::string_view review = label.text(l::review_on);
    if (review.empty() || review >= occasion.day || is_over(draft, label)) continue;
    end_label(draft, label, review, {});
    draft.remind("life.label_expired", Audience::lead, label.ref);
  }
  end_care_without_labels(draft, circle);
  LifeCyclePlan plan = std::move(draft).finish();
  const bool ended = !plan.reminders.empty();
  if (!ended) return make_error(Errc::nothing_to_change);
  return plan;
}

}  // namespace ruhu
