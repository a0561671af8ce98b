#pragma once
#include <optional>
#include <string>

#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/plan.hpp"

namespace ruhu {

/// An answer to "may we?".
struct ConsentAnswer {
  std::string scope;  ///< Code of `consent_scope`.
  bool agreed = true;
  std::string how;                   ///< Code of `consent_how`.
  RecordId notice;                   ///< The notice that was shown or read before.
  std::optional<RecordId> guardian;  ///< Who answered for a child under 14.
  std::optional<RecordId> visit;
  std::string note;
};

/// A new answer takes the place of an earlier one about the same; "no" after "yes" withdraws it.
/// required_missing: no notice was shown, or a guardian has to answer; deceased; nothing_to_change: the same answer
/// stands.
Result<LifeCyclePlan> plan_consent_answered(const PersonCircle& circle, const ConsentAnswer& answer,
                                            const Occasion& occasion);

/// Use stops at once: labels that rest on it end, with the health scope also what was noted about health, with the
/// basic scope every label that no law demands. Erasing what was collected is the lead's to see to.
/// already_ended: withdrawn, refused or closed before; not_found.
Result<LifeCyclePlan> plan_consent_withdrawn(const PersonCircle& circle, const RecordId& consent,
                                             const Occasion& occasion);

}  // namespace ruhu
