#include "storage/model/life_cycle/departure.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/model/life_cycle/days.hpp"
#include "storage/model/life_cycle/head_change.hpp"

namespace ruhu {
namespace {

constexpr int kHukouDaysCity = 3;
constexpr int kHukouDaysCountry = 10;

bool contains(const std::vector<RecordId>& ids, const RecordId& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::vector<RecordId> who_stays(const HouseholdCircle& circle, const Leaving& leaving) {
  std::vector<RecordId> staying;
  for (const Record& membership : circle.memberships) {
    const RecordId person = membership.uuid(kinds::membership::person_id);
    if (!contains(leaving.people, person)) staying.push_back(person);
  }
  return staying;
}

/// The place of a head who goes is taken before anything ends.
Status replace_head(PlanDraft& draft, const HouseholdCircle& circle, const Leaving& leaving,
                    const std::vector<RecordId>& staying) {
  const RecordId head = circle.household.uuid(kinds::household::head_person_id);
  if (contains(staying, head)) return {};
  auto chosen = choose_head(circle, staying, leaving.successor, draft.day());
  if (chosen.ok()) {
    make_head(draft, circle, *chosen);
    return {};
  }
  if (contains(leaving.people, head)) return std::move(chosen).error();
  // The household had no head before; that is no reason to hold back who goes.
  draft.remind("life.name_head", Audience::worker, circle.household.ref);
  return {};
}

bool somebody_else_lives(const PlanDraft& draft, const HouseholdCircle& circle, const RecordId& dwelling) {
  namespace r = kinds::residency;
  return std::any_of(circle.residencies.begin(), circle.residencies.end(), [&](const Record& residency) {
    return residency.uuid(r::dwelling_id) == dwelling && text_of(draft.now(residency, r::status)) != "closed" &&
           bool_of(residency.get(r::lives_here));
  });
}

void close_household(PlanDraft& draft, const HouseholdCircle& circle, const LeavingTerms& terms) {
  draft.put(circle.household, kinds::household::status, "closed");
  for (const Record& visit : circle.planned_visits) cancel_visit(draft, visit);
  for (const Record& need : circle.needs) draft.end(need, draft.day());
  for (const Record& task : circle.tasks) cancel_task(draft, task);
  if (!circle.dwelling || circle.shares_dwelling || terms.let_again || terms.keeps_residency) return;
  if (!is_open_record(*circle.dwelling) || circle.dwelling->text(kinds::dwelling::occupancy) == "sealed") return;
  if (!somebody_else_lives(draft, circle, circle.dwelling->ref.id))
    draft.put(*circle.dwelling, kinds::dwelling::occupancy, "vacant");
}

/// Of several stays the one with the hukou is the main one, else the longest.
const Record* next_main(const PlanDraft& draft, const Record& ended, const std::vector<Record>& all) {
  namespace r = kinds::residency;
  const Record* best = nullptr;
  const auto better = [&](const Record& a, const Record& b) {
    const bool home = bool_of(a.get(r::registered_here));
    if (home != bool_of(b.get(r::registered_here))) return home;
    return a.text(r::since) < b.text(r::since);
  };
  for (const Record& other : all) {
    if (other.ref == ended.ref || other.uuid(r::person_id) != ended.uuid(r::person_id)) continue;
    if (text_of(draft.now(other, r::status)) == "closed" || !bool_of(draft.now(other, r::lives_here))) continue;
    if (best == nullptr || better(other, *best)) best = &other;
  }
  return best;
}

void remind_leavers(PlanDraft& draft, const HouseholdCircle& circle, const Leaving& leaving) {
  namespace r = kinds::residency;
  const int days = draft.occasion().city ? kHukouDaysCity : kHukouDaysCountry;
  for (const Record& residency : circle.residencies) {
    const RecordId person = residency.uuid(r::person_id);
    const bool here = circle.dwelling && residency.uuid(r::dwelling_id) == circle.dwelling->ref.id;
    if (!here || !contains(leaving.people, person) || !bool_of(residency.get(r::registered_here))) continue;
    draft.remind("life.hukou_move", Audience::resident, {kinds::person::kKind, person},
                 days_after(leaving.until, days));
  }
  for (const Record& label : circle.labels) {
    const RecordId person = label.uuid(kinds::person_label::person_id);
    if (contains(leaving.people, person) && label.text(kinds::person_label::state) == "confirmed")
      draft.remind("life.hand_over_labels", Audience::worker, {kinds::person::kKind, person});
  }
  if (leaving.left_to.empty()) draft.remind("life.ask_left_to", Audience::worker, circle.household.ref);
}

}  // namespace

void close_empty_household(PlanDraft& draft, const HouseholdCircle& circle) { close_household(draft, circle, {}); }

void cancel_visit(PlanDraft& draft, const Record& visit) {
  draft.put(visit, kinds::visit::next_action, "none");
  draft.put(visit, kinds::visit::next_on, Value{});
}

void cancel_task(PlanDraft& draft, const Record& task) {
  const std::string_view state = task.text(kinds::task::state);
  if (state == "proposed") draft.put(task, kinds::task::state, "rejected");
  if (state == "open" || state == "doing") draft.put(task, kinds::task::state, "cancelled");
}

void end_residency(PlanDraft& draft, const Record& residency, const Leaving& leaving,
                   const std::vector<Record>& all_residencies) {
  namespace r = kinds::residency;
  draft.end(residency, leaving.until);
  draft.put(residency, r::lives_here, false);
  if (!leaving.left_to.empty()) draft.put(residency, r::left_to, leaving.left_to);
  if (!leaving.left_reason.empty()) draft.put(residency, r::left_reason, leaving.left_reason);
  if (!bool_of(draft.now(residency, r::primary))) return;
  const Record* next = next_main(draft, residency, all_residencies);
  if (next == nullptr) return;
  draft.put(*next, r::primary, true);
  draft.remind("life.check_main_home", Audience::worker, {kinds::person::kKind, residency.uuid(r::person_id)});
}

void vacate_if_left(PlanDraft& draft, const Home& home) {
  namespace d = kinds::dwelling;
  const auto is_left = [&](const Record& record) {
    return text_of(draft.now(record, kinds::household::status)) == "closed";
  };
  const auto lives = [&](const Record& residency) {
    return !is_left(residency) && bool_of(draft.now(residency, kinds::residency::lives_here));
  };
  if (text_of(draft.now(home.dwelling, d::occupancy)) != "occupied" || !draft.reaches(home.dwelling)) return;
  if (!std::all_of(home.households.begin(), home.households.end(), is_left)) return;
  if (std::none_of(home.residencies.begin(), home.residencies.end(), lives))
    draft.put(home.dwelling, d::occupancy, "vacant");
}

Status leave_household(PlanDraft& draft, const HouseholdCircle& circle, const Leaving& leaving,
                       const LeavingTerms& terms) {
  namespace r = kinds::residency;
  if (!is_open_record(circle.household)) return make_error(Errc::already_ended, "household");
  if (leaving.people.empty()) return make_error(Errc::required_missing, "nobody goes");
  for (const RecordId& person : leaving.people)
    if (membership_of(circle, person) == nullptr) return make_error(Errc::not_a_member, "who goes");
  const std::vector<RecordId> staying = who_stays(circle, leaving);
  if (!staying.empty()) RUHU_TRY_DONE(replace_head(draft, circle, leaving, staying));
  for (const RecordId& person : leaving.people) draft.end(*membership_of(circle, person), leaving.until);
  const RecordId dwelling = circle.household.uuid(kinds::household::dwelling_id);
  for (const Record& residency : circle.residencies) {
    const bool here = residency.uuid(r::dwelling_id) == dwelling;
    if (!here || terms.keeps_residency || !contains(leaving.people, residency.uuid(r::person_id))) continue;
    end_residency(draft, residency, leaving, terms.moves_on ? std::vector<Record>{} : circle.residencies);
  }
  if (staying.empty()) close_household(draft, circle, terms);
  return {};
}

Result<LifeCyclePlan> plan_move_out(const HouseholdCircle& circle, const Leaving& leaving, const Occasion& occasion) {
  PlanDraft draft(occasion);
  RUHU_TRY_DONE(leave_household(draft, circle, leaving));
  remind_leavers(draft, circle, leaving);
  return std::move(draft).finish();
}

Result<LifeCyclePlan> plan_household_dissolved(const HouseholdCircle& circle, Leaving leaving,
                                               const Occasion& occasion) {
  leaving.people.clear();
  for (const Record& membership : circle.memberships)
    leaving.people.push_back(membership.uuid(kinds::membership::person_id));
  if (!leaving.people.empty()) return plan_move_out(circle, leaving, occasion);
  if (!is_open_record(circle.household)) return make_error(Errc::already_ended, "household");
  PlanDraft draft(occasion);
  close_empty_household(draft, circle);
  return std::move(draft).finish();
}

}  // namespace ruhu
