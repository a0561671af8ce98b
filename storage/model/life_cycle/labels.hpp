#pragma once
#include <optional>
#include <string>
#include <vector>

#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/plan_draft.hpp"

namespace ruhu {

/// A care label that somebody proposes.
struct LabelProposal {
  std::string label;                ///< Code of `label_code`.
  std::string basis;                ///< What is known that calls for it; never empty.
  std::optional<RecordId> consent;  ///< Of the person or the guardian; not needed where the law demands the label.
  bool legal_duty = false;          ///< The law demands it.
  std::optional<RecordId> proposed_by;
  std::string since;      ///< ISO date; empty: today.
  int review_months = 0;  ///< Of the label's definition; 0: not known here, then half a year.
};

/// A proposal, to be confirmed by the lead. basis_missing: no basis, or neither a consent that stands nor a legal
/// duty; nothing_to_change: the person has the label; deceased; already_ended: the record of the person is closed.
Result<LifeCyclePlan> plan_label_proposed(const PersonCircle& circle, const LabelProposal& proposal,
                                          const Occasion& occasion);

/// The lead says yes. basis_missing: the consent was withdrawn meanwhile; already_ended; nothing_to_change; deceased.
Result<LifeCyclePlan> plan_label_confirmed(const PersonCircle& circle, const RecordId& label,
                                           const RecordId& confirmed_by, const Occasion& occasion);

/// A confirmed label stays for so many months more. A removed one never comes back by renewing it (already_ended).
Result<LifeCyclePlan> plan_label_renewed(const PersonCircle& circle, const RecordId& label, int review_months,
                                         const Occasion& occasion);

/// The label ends at once, its care visits and tasks with the person's last label.
Result<LifeCyclePlan> plan_label_removed(const PersonCircle& circle, const RecordId& label, const std::string& reason,
                                         const Occasion& occasion);

/// Labels whose review date has passed end on that date. nothing_to_change: there is none.
Result<LifeCyclePlan> plan_labels_expired(const PersonCircle& circle, const Occasion& occasion);

// --- for the other operations ---

/// State removed, closed, until the day.
void end_label(PlanDraft& draft, const Record& label, std::string_view until, const std::string& reason);
/// Without any label left there is nothing to visit somebody for.
void end_care_without_labels(PlanDraft& draft, const PersonCircle& circle);
bool has_label_ground(const Record& label, const std::vector<Record>& consents);

}  // namespace ruhu
