#include "storage/model/life_cycle/death.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/model/life_cycle/days.hpp"
#include "storage/model/life_cycle/departure.hpp"
#include "storage/model/life_cycle/head_change.hpp"
#include "storage/model/life_cycle/labels.hpp"

namespace ruhu {
namespace {

namespace p = kinds::person;
constexpr int kReportMonths = 1;
constexpr int kConfirmDays = 7;

/// Already reported: better evidence replaces the old, nothing else changes.
Result<LifeCyclePlan> confirm_report(PlanDraft draft, const PersonCircle& circle, const DeathReport& report,
                                     const Provenance& evidence) {
  if (circle.person.meta.stamp_of(p::died_on).provenance.verified >= evidence.verified)
    return make_error(Errc::deceased, "reported before");
  draft.put_again(circle.person, p::died_on, report.died_on);
  draft.put_again(circle.person, p::death_source, report.source);
  draft.on_evidence(circle.person, evidence);
  return std::move(draft).finish();
}

void note_death(PlanDraft& draft, const PersonCircle& circle, const DeathReport& report, const Provenance& evidence) {
  draft.put(circle.person, p::died_on, report.died_on);
  draft.put(circle.person, p::death_source, report.source);
  if (!report.informer.empty()) draft.put(circle.person, p::death_informer, report.informer);
  draft.on_evidence(circle.person, evidence);
  if (evidence.verified == Verified::declared)
    draft.remind("life.confirm_death", Audience::worker, circle.person.ref, days_after(draft.day(), kConfirmDays));
  draft.remind("life.report_death", Audience::resident, circle.person.ref, months_after(report.died_on, kReportMonths));
}

/// Everything but the households.
void end_what_hangs_on(PlanDraft& draft, const PersonCircle& circle, const Leaving& leaving) {
  for (const Record& residency : circle.residencies) end_residency(draft, residency, leaving, {});
  for (const Home& home : circle.homes) vacate_if_left(draft, home);
  for (const Record& label : circle.labels) end_label(draft, label, leaving.until, {});
  for (const Record& need : circle.needs) draft.end(need, draft.day());
  for (const Record& task : circle.tasks) cancel_task(draft, task);
  for (const Record& visit : circle.planned_visits) {
    cancel_visit(draft, visit);
    draft.remind("life.plan_visit", Audience::worker, visit.ref);
  }
  for (const Record& volunteer : circle.volunteers) {
    const std::string_view state = volunteer.text(kinds::volunteer::state);
    if (state == "approved") draft.put(volunteer, kinds::volunteer::state, "suspended");
    if (state == "applied") draft.put(volunteer, kinds::volunteer::state, "left");
  }
  for (const Record& ward : circle.wards) draft.remind("life.guardian_died", Audience::worker, ward.ref);
}

bool is_closed(const Record& record) { return record.text(p::status) == "closed"; }

/// Puts back what a false report ended.
class Revival {
 public:
  Revival(const DeathTrace& trace, const AliveContact& contact, const Occasion& occasion)
      : trace_(trace), contact_(contact), draft_(occasion) {}

  LifeCyclePlan plan() {
    const Provenance met{Source::self, Verified::confirmed, day_number()};
    draft_.put(trace_.person, p::died_on, Value{});
    draft_.put(trace_.person, p::death_source, Value{});
    draft_.put(trace_.person, p::death_disproved_on, contact_.seen_on);
    draft_.on_evidence(trace_.person, met);
    draft_.remind("life.false_death", Audience::worker, trace_.person.ref);
    for (const HouseholdCircle& circle : trace_.households) household(circle);
    for (const Record& residency : trace_.residencies) stay(residency);
    for (const Record& need : trace_.needs) draft_.put(need, kinds::need::status, "active");
    for (const Record& volunteer : trace_.volunteers)
      draft_.remind("life.volunteer_again", Audience::lead, volunteer.ref);
    for (const Record& label : trace_.labels) propose(label);
    if (!trace_.labels.empty() || !trace_.households.empty())
      draft_.remind("life.plan_visit", Audience::worker, trace_.person.ref);
    return std::move(draft_).finish();
  }

 private:
  std::int32_t day_number() const {
    const auto day = parse_partial_date(contact_.seen_on);
    return day ? to_day_number(first_day(*day)) : 0;
  }

  const Record* membership_in(const HouseholdCircle& circle) const {
    for (const Record& membership : trace_.memberships)
      if (membership.uuid(kinds::membership::household_id) == circle.household.ref.id) return &membership;
    return nullptr;
  }

  /// A household that closed with the person opens again; one that went on takes the person back.
  void household(const HouseholdCircle& circle) {
    namespace h = kinds::household;
    const Record* membership = membership_in(circle);
    const bool closed = is_closed(circle.household);
    const bool own = circle.household.uuid(h::head_person_id) == trace_.person.ref.id;
    if (membership == nullptr || membership_of(circle, trace_.person.ref.id) != nullptr || (closed && !own)) return;
    if (!takes_people(circle.dwelling ? &*circle.dwelling : nullptr, circle.building ? &*circle.building : nullptr))
      return;
    reopened_.push_back(circle.household.uuid(h::dwelling_id));
    if (closed) draft_.put(circle.household, h::status, "active");
    if (circle.dwelling && circle.dwelling->text(kinds::dwelling::occupancy) == "vacant")
      draft_.put(*circle.dwelling, kinds::dwelling::occupancy, "occupied");
    draft_.put(*membership, kinds::membership::status, "active");
    draft_.put(*membership, kinds::membership::until, Value{});
    settle_relation(circle, *membership, own);
  }

  /// The ended membership says what the person is to the head that followed; heads since then, and others who joined,
  /// leave only the question.
  void settle_relation(const HouseholdCircle& circle, const Record& membership, bool own) {
    const std::string_view relation = membership.text(kinds::membership::relation);
    if (own) return draft_.put(membership, kinds::membership::relation, "02");
    if (relation == "02") {
      draft_.put(membership, kinds::membership::relation, "80");
      draft_.remind("life.ask_relation", Audience::worker, trace_.person.ref);
    }
    draft_.remind("life.head_before", Audience::worker, circle.household.ref);
  }

  void stay(const Record& residency) {
    namespace r = kinds::residency;
    const RecordId dwelling = residency.uuid(r::dwelling_id);
    if (std::find(reopened_.begin(), reopened_.end(), dwelling) == reopened_.end()) {
      draft_.remind("life.resettled", Audience::worker, trace_.person.ref);
      return;
    }
    draft_.put(residency, r::status, "active");
    draft_.put(residency, r::until, Value{});
    draft_.put(residency, r::left_reason, Value{});
    draft_.put(residency, r::lives_here, true);
    if (!trace_.main_homes.empty() || has_main_) draft_.put(residency, r::primary, false);
    has_main_ = has_main_ || bool_of(draft_.now(residency, r::primary));
  }

  void propose(const Record& label) {
    namespace l = kinds::person_label;
    std::vector<Cell> cells = {
        {l::state, "proposed"}, {l::since, draft_.day()}, {l::review_on, months_after(draft_.day(), 1)}};
    for (const ColumnNo column : {l::person_id, l::label, l::basis, l::consent_id, l::legal_duty, l::left_behind})
      if (!is_empty(label.get(column))) cells.push_back({column, label.get(column)});
    draft_.add(l::kKind, std::nullopt, label.text(l::grid_id), std::move(cells));
    draft_.remind("life.propose_label_again", Audience::lead, trace_.person.ref);
  }

  const DeathTrace& trace_;
  const AliveContact& contact_;
  PlanDraft draft_;
  std::vector<RecordId> reopened_;  ///< Dwellings.
  bool has_main_ = false;
};

}  // namespace

Provenance evidence_of_death(std::string_view source, std::string_view day) {
  Provenance evidence{Source::none, Verified::declared, 0};
  if (source == "family") evidence = {Source::family, Verified::confirmed, 0};
  if (source == "committee") evidence = {Source::committee, Verified::confirmed, 0};
  if (source == "police") evidence = {Source::none, Verified::confirmed, 0};
  if (source == "document") evidence = {Source::none, Verified::seen, 0};
  if (source == "neighbour") evidence.source = Source::neighbour;
  if (source == "landlord") evidence.source = Source::landlord;
  if (const auto date = parse_partial_date(day)) evidence.as_of_day = to_day_number(first_day(*date));
  return evidence;
}

Result<LifeCyclePlan> plan_death(const PersonCircle& circle, const DeathReport& report, const Occasion& occasion) {
  if (!is_open_record(circle.person)) return make_error(Errc::already_ended, "person");
  if (report.died_on.empty()) return make_error(Errc::required_missing, "died_on");
  PlanDraft draft(occasion);
  if (!draft.reaches(circle.person)) return make_error(Errc::out_of_scope, "person");
  const Provenance evidence = evidence_of_death(report.source, occasion.day);
  if (!circle.person.text(p::died_on).empty()) return confirm_report(std::move(draft), circle, report, evidence);
  note_death(draft, circle, report, evidence);
  const Leaving leaving{{circle.person.ref.id}, report.died_on, {}, std::string(kLeftByDeath), report.successor};
  for (const HouseholdCircle& household : circle.households) {
    if (!draft.reaches(household.household)) {
      draft.tell_grid(household.household.text(kinds::household::grid_id), household.household.ref);
      continue;
    }
    Leaving here = leaving;
    if (here.successor && membership_of(household, *here.successor) == nullptr) here.successor.reset();
    RUHU_TRY_DONE(leave_household(draft, household, here, {.moves_on = true}));
  }
  end_what_hangs_on(draft, circle, leaving);
  return std::move(draft).finish();
}

Result<LifeCyclePlan> plan_death_undone(const DeathTrace& trace, const AliveContact& contact,
                                        const Occasion& occasion) {
  if (trace.person.text(p::died_on).empty()) return make_error(Errc::not_deceased);
  return Revival(trace, contact, occasion).plan();
}

}  // namespace ruhu
