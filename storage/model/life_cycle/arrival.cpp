#include "storage/model/life_cycle/arrival.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/model/life_cycle/days.hpp"
#include "storage/model/life_cycle/departure.hpp"
#include "storage/model/life_cycle/head_change.hpp"
#include "storage/model/life_cycle/move_in.hpp"

namespace ruhu {
namespace {

constexpr int kHukouDaysCity = 3;
constexpr int kHukouDaysCountry = 10;
constexpr int kTemporaryDays = 3;
constexpr int kPermitMonths = 6;
constexpr int kBirthMonths = 1;
constexpr const char* kHead = "02";
constexpr const char* kFromElsewhere = "4";
constexpr const char* kShortStay = "6";
constexpr const char* kSameCounty = "3";
constexpr const char* kNoDocumentYet = "000";

const Record* at_or_null(const std::optional<Record>& record) { return record ? &*record : nullptr; }

const Value& value_in(const std::vector<Cell>& cells, ColumnNo column) {
  static const Value kNothing;
  const auto at = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.column == column; });
  return at == cells.end() ? kNothing : at->value;
}

/// Puts the arrivals at one door together.
class MoveIn {
 public:
  MoveIn(PlanDraft& draft, const Destination& to, const std::vector<Arrival>& arrivals)
      : to_(to), arrivals_(arrivals), draft_(draft) {}

  Status plan() {
    RUHU_TRY_DONE(check());
    for (const Arrival& arrival : arrivals_) person(arrival);
    RUHU_TRY_DONE(leave_old_homes());
    if (!to_.household) found();
    for (const Arrival& arrival : arrivals_) {
      membership(arrival);
      residency(arrival);
      remind(arrival);
    }
    if (to_.dwelling) {
      const std::string_view occupancy = text_of(draft_.now(*to_.dwelling, kinds::dwelling::occupancy));
      if (occupancy == "vacant" || occupancy.empty()) draft_.put(*to_.dwelling, kinds::dwelling::occupancy, "occupied");
    }
    return draft_.is_empty() ? make_error(Errc::nothing_to_change) : Status{};
  }

 private:
  Status check() const {
    if (arrivals_.empty()) return make_error(Errc::required_missing, "nobody comes");
    if (!takes_people(at_or_null(to_.dwelling), at_or_null(to_.building))) return make_error(Errc::place_closed);
    if (to_.household && !is_open_record(to_.household->household)) return make_error(Errc::already_ended, "household");
    for (const Arrival& arrival : arrivals_) {
      if (!arrival.known) continue;
      const Record& person = arrival.known->person;
      if (person.ref.id != arrival.person) return make_error(Errc::not_a_member, "another person's records");
      if (!person.text(kinds::person::died_on).empty()) return make_error(Errc::deceased, "who comes");
      if (!is_open_record(person)) return make_error(Errc::already_ended, "person");
    }
    return {};
  }

  RecordId household() const { return to_.household ? to_.household->household.ref.id : to_.new_household; }
  bool is_member(const RecordId& person) const {
    return to_.household && membership_of(*to_.household, person) != nullptr;
  }

  void person(const Arrival& arrival) {
    if (!arrival.known) return draft_.add(kinds::person::kKind, arrival.person, to_.grid, arrival.cells);
    for (const Cell& cell : arrival.cells) draft_.put(arrival.known->person, cell.column, cell.value);
  }

  /// A family that moves together leaves its household together, so that it closes with them.
  Status leave_old_homes() {
    std::vector<RecordId> done;
    for (const Arrival& arrival : arrivals_) {
      if (!arrival.known) continue;
      for (const HouseholdCircle& old : arrival.known->households) {
        if (std::find(done.begin(), done.end(), old.household.ref.id) != done.end()) continue;
        done.push_back(old.household.ref.id);
        RUHU_TRY_DONE(leave(old));
      }
      if (arrival.main_home) end_old_stays(arrival);
    }
    for (const Arrival& arrival : arrivals_)
      if (arrival.known) vacate_old_homes(arrival.known->homes);
    return {};
  }

  /// A main home moves; a second one beside it leaves the household alone, unless it is behind the same door.
  bool gives_up(const Arrival& arrival, const HouseholdCircle& old) const {
    if (old.household.ref.id == household()) return false;
    const RecordId dwelling = old.household.uuid(kinds::household::dwelling_id);
    return dwelling == to_.dwelling_id || (arrival.main_home && dwelling == main_dwelling(arrival));
  }

  static RecordId main_dwelling(const Arrival& arrival) {
    namespace r = kinds::residency;
    for (const Record& residency : arrival.known->residencies)
      if (bool_of(residency.get(r::primary))) return residency.uuid(r::dwelling_id);
    return {};
  }

  Status leave(const HouseholdCircle& old) {
    Leaving leaving;
    for (const Arrival& arrival : arrivals_) {
      if (!arrival.known || membership_of(old, arrival.person) == nullptr || !gives_up(arrival, old)) continue;
      leaving.people.push_back(arrival.person);
      leaving.until = day_before(arrival.since);
      leaving.left_reason = arrival.left_reason;
      if (arrival.successor) leaving.successor = arrival.successor;
    }
    if (leaving.people.empty()) return {};
    if (!draft_.reaches(old.household)) {
      draft_.tell_grid(old.household.text(kinds::household::grid_id), old.household.ref);
      return {};
    }
    const bool same_door = old.household.uuid(kinds::household::dwelling_id) == to_.dwelling_id;
    return leave_household(draft_, old, leaving, {.keeps_residency = same_door, .moves_on = true});
  }

  /// Also a main home without a household; and the hukou is in one place only.
  void end_old_stays(const Arrival& arrival) {
    namespace r = kinds::residency;
    const Leaving leaving{{}, day_before(arrival.since), {}, arrival.left_reason, {}};
    for (const Record& residency : arrival.known->residencies) {
      if (residency.uuid(r::dwelling_id) == to_.dwelling_id) continue;
      const bool closed = text_of(draft_.now(residency, r::status)) == "closed";
      if (!closed && bool_of(residency.get(r::primary))) end_residency(draft_, residency, leaving, {});
      if (arrival.registered_here) draft_.put(residency, r::registered_here, false);
    }
  }

  void vacate_old_homes(const std::vector<Home>& homes) {
    for (const Home& home : homes)
      if (home.dwelling.ref.id != to_.dwelling_id) vacate_if_left(draft_, home);
  }

  void found() {
    namespace h = kinds::household;
    draft_.add(h::kKind, to_.new_household, to_.grid,
               {{h::dwelling_id, to_.dwelling_id}, {h::head_person_id, head().person}});
  }
  const Arrival& head() const {
    const auto at =
        std::find_if(arrivals_.begin(), arrivals_.end(), [](const Arrival& a) { return a.relation == kHead; });
    return at == arrivals_.end() ? arrivals_.front() : *at;
  }

  void membership(const Arrival& arrival) {
    namespace m = kinds::membership;
    if (is_member(arrival.person)) return;
    const bool heads = !to_.household && head().person == arrival.person;
    std::string relation = heads ? kHead : arrival.relation;
    if (!heads && relation == kHead) relation.clear();  // a household has one head; the rest is asked for
    if (relation.empty()) draft_.remind("life.ask_relation", Audience::worker, {kinds::person::kKind, arrival.person});
    draft_.add(m::kKind, std::nullopt, to_.grid,
               {{m::household_id, household()},
                {m::person_id, arrival.person},
                {m::relation, relation.empty() ? std::string("80") : relation},
                {m::since, arrival.since}});
  }

  /// Who lives behind this door already, as another household's member or a guest, keeps the stay.
  void residency(const Arrival& arrival) {
    namespace r = kinds::residency;
    if (arrival.known) {
      for (const Record& residency : arrival.known->residencies) {
        if (residency.uuid(r::dwelling_id) != to_.dwelling_id) continue;
        draft_.put(residency, r::lives_here, true);
        if (arrival.main_home) draft_.put(residency, r::primary, true);
        if (arrival.registered_here) draft_.put(residency, r::registered_here, true);
        if (!arrival.residency_kind.empty()) draft_.put(residency, r::kind, arrival.residency_kind);
        return;
      }
    }
    std::vector<Cell> cells = {{r::person_id, arrival.person},
                               {r::dwelling_id, to_.dwelling_id},
                               {r::kind, arrival.residency_kind},
                               {r::lives_here, true},
                               {r::registered_here, arrival.registered_here},
                               {r::primary, arrival.main_home},
                               {r::since, arrival.since}};
    cells.insert(cells.end(), arrival.stay.begin(), arrival.stay.end());
    draft_.add(r::kKind, std::nullopt, to_.grid, std::move(cells));
  }

  void remind(const Arrival& arrival) {
    const RecordRef about{kinds::person::kKind, arrival.person};
    const bool city = draft_.occasion().city;
    if (arrival.registered_here && arrival.known)
      draft_.remind("life.hukou_move", Audience::resident, about,
                    days_after(arrival.since, city ? kHukouDaysCity : kHukouDaysCountry));
    if (city && (arrival.residency_kind == kShortStay || arrival.residency_kind == kFromElsewhere))
      draft_.remind("life.temporary_stay", Audience::resident, about, days_after(arrival.since, kTemporaryDays));
    if (arrival.residency_kind == kFromElsewhere)
      draft_.remind("life.permit_possible", Audience::resident, about, months_after(arrival.since, kPermitMonths));
  }

  const Destination& to_;
  const std::vector<Arrival>& arrivals_;
  PlanDraft& draft_;
};

void remind_of_birth(PlanDraft& draft, const Newborn& newborn, const std::string& born) {
  const RecordRef about{kinds::person::kKind, newborn.child};
  draft.remind("life.register_birth", Audience::resident, about, months_after(born, kBirthMonths));
  if (text_of(value_in(newborn.cells, kinds::person::id_type)) == kNoDocumentYet)
    draft.remind("life.name_newborn", Audience::worker, about);
  const bool cared_for = newborn.mother || !uuid_of(value_in(newborn.cells, kinds::person::guardian_id)).is_nil() ||
                         !text_of(value_in(newborn.cells, kinds::person::emergency_name)).empty();
  if (!cared_for) draft.remind("life.guardian_missing", Audience::worker, about);
}

/// By what the mother is to the head, unless it was said.
Result<std::string> relation_of_newborn(PlanDraft& draft, const HouseholdCircle& circle, const Newborn& newborn) {
  const std::string gender(text_of(value_in(newborn.cells, kinds::person::gender)));
  if (!newborn.relation.empty()) return relation_for_gender(newborn.relation, gender);
  if (!newborn.mother) return make_error(Errc::required_missing, "relation");
  std::string head_gender;
  if (const Record* head = find_by_id(circle.people, circle.household.uuid(kinds::household::head_person_id)))
    head_gender = head->text(kinds::person::gender);
  const Record* mother = membership_of(circle, *newborn.mother);
  return take_relation(draft, relation_of_child(mother->text(kinds::membership::relation), head_gender, gender),
                       newborn.child);
}

}  // namespace

Status move_in(PlanDraft& draft, const Destination& to, const std::vector<Arrival>& arrivals) {
  return MoveIn(draft, to, arrivals).plan();
}

Destination home_of(HouseholdCircle circle) {
  Destination to;
  to.dwelling_id = circle.household.uuid(kinds::household::dwelling_id);
  to.dwelling = circle.dwelling;
  to.building = circle.building;
  to.grid = circle.household.text(kinds::household::grid_id);
  to.household = std::move(circle);
  return to;
}

Destination new_home_at(const DwellingCircle& circle, const RecordId& new_household) {
  return {std::nullopt,    new_household,   circle.dwelling.ref.id,
          circle.dwelling, circle.building, std::string(circle.dwelling.text(kinds::dwelling::grid_id))};
}

Result<LifeCyclePlan> plan_move_in(const Destination& to, const std::vector<Arrival>& arrivals,
                                   const Occasion& occasion) {
  PlanDraft draft(occasion);
  RUHU_TRY_DONE(move_in(draft, to, arrivals));
  return std::move(draft).finish();
}

Result<LifeCyclePlan> plan_household_formed(const Destination& to, std::vector<Arrival> arrivals,
                                            const Occasion& occasion) {
  if (to.household) return make_error(Errc::already_ended, "a household is there");
  return plan_move_in(to, arrivals, occasion);
}

Result<LifeCyclePlan> plan_birth(const HouseholdCircle& circle, const Newborn& newborn, const Occasion& occasion) {
  if (!is_open_record(circle.household)) return make_error(Errc::already_ended, "household");
  if (!takes_people(at_or_null(circle.dwelling), at_or_null(circle.building))) return make_error(Errc::place_closed);
  if (newborn.mother && membership_of(circle, *newborn.mother) == nullptr)
    return make_error(Errc::not_a_member, "mother");
  namespace p = kinds::person;
  namespace m = kinds::membership;
  namespace r = kinds::residency;
  PlanDraft draft(occasion);
  const std::string grid(circle.household.text(kinds::household::grid_id));
  std::string born(text_of(value_in(newborn.cells, p::birth_date)));
  if (born.empty()) born = occasion.day;
  RUHU_TRY(const std::string relation, relation_of_newborn(draft, circle, newborn));
  std::vector<Cell> cells = newborn.cells;
  if (is_empty(value_in(cells, p::birth_date))) cells.push_back({p::birth_date, born});
  if (newborn.mother && is_empty(value_in(cells, p::guardian_id))) cells.push_back({p::guardian_id, *newborn.mother});
  draft.add(p::kKind, newborn.child, grid, std::move(cells));
  draft.add(m::kKind, std::nullopt, grid,
            {{m::household_id, circle.household.ref.id},
             {m::person_id, newborn.child},
             {m::relation, relation},
             {m::since, born}});
  draft.add(r::kKind, std::nullopt, grid,
            {{r::person_id, newborn.child},
             {r::dwelling_id, circle.household.uuid(kinds::household::dwelling_id)},
             {r::kind, kSameCounty},
             {r::lives_here, true},
             {r::registered_here, false},
             {r::primary, true},
             {r::since, born}});
  remind_of_birth(draft, newborn, born);
  return std::move(draft).finish();
}

}  // namespace ruhu
