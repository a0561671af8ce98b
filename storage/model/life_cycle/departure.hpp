#pragma once
#include <optional>
#include <string>
#include <vector>

#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/plan_draft.hpp"

namespace ruhu {

/// Members who go, and where to.
struct Leaving {
  std::vector<RecordId> people;
  std::string until;                  ///< ISO date of the last day here.
  std::string left_to;                ///< Empty: not said.
  std::string left_reason;            ///< Code of `leaving_reason`; empty: not said.
  std::optional<RecordId> successor;  ///< Who becomes the head where the head goes; else the only adult left.
};

/// Members move out. The household closes with the last one, and the dwelling is vacant when nobody else lives in it.
/// not_a_member; head_needed; already_ended: the household is closed; required_missing: nobody goes.
Result<LifeCyclePlan> plan_move_out(const HouseholdCircle& circle, const Leaving& leaving, const Occasion& occasion);

/// All go their ways: the household ends.
Result<LifeCyclePlan> plan_household_dissolved(const HouseholdCircle& circle, Leaving leaving,
                                               const Occasion& occasion);

// --- for the other operations ---

/// What else becomes of a household that people leave.
struct LeavingTerms {
  bool keeps_residency = false;  ///< They stay in the dwelling, in another household.
  bool let_again = false;        ///< Others come in at once: the dwelling stays occupied.
  bool moves_on = false;         ///< Their next main home is settled by the operation.
};
Status leave_household(PlanDraft& draft, const HouseholdCircle& circle, const Leaving& leaving,
                       const LeavingTerms& terms = {});

/// A household in which nobody is known.
void close_empty_household(PlanDraft& draft, const HouseholdCircle& circle);

/// Ends a stay. Another stay of the same person becomes the main one, where the main one ends and there is one.
void end_residency(PlanDraft& draft, const Record& residency, const Leaving& leaving,
                   const std::vector<Record>& all_residencies);

/// Says of a dwelling that it is vacant once nobody is left in it; to be asked when all who go have gone.
void vacate_if_left(PlanDraft& draft, const Home& home);

/// A visit that was promised will not be made.
void cancel_visit(PlanDraft& draft, const Record& visit);
/// Nobody works on it any more; done tasks stay done.
void cancel_task(PlanDraft& draft, const Record& task);

}  // namespace ruhu
