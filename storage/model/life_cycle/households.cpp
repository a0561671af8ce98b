#include "storage/model/life_cycle/households.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/model/life_cycle/days.hpp"
#include "storage/model/life_cycle/departure.hpp"
#include "storage/model/life_cycle/head_change.hpp"

namespace ruhu {
namespace {

namespace h = kinds::household;
namespace m = kinds::membership;
namespace r = kinds::residency;

const Record* at_or_null(const std::optional<Record>& record) { return record ? &*record : nullptr; }

bool contains(const std::vector<RecordId>& ids, const RecordId& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

const Record* stay_at(const HouseholdCircle& circle, const RecordId& person, const RecordId& dwelling) {
  for (const Record& residency : circle.residencies)
    if (residency.uuid(r::person_id) == person && residency.uuid(r::dwelling_id) == dwelling) return &residency;
  return nullptr;
}

void add_membership(PlanDraft& draft, std::string_view grid, const RecordId& household, const RecordId& person,
                    const std::string& relation, const std::string& since) {
  draft.add(m::kKind, std::nullopt, grid,
            {{m::household_id, household}, {m::person_id, person}, {m::relation, relation}, {m::since, since}});
}

bool has_main_home(const HouseholdCircle& circle, const RecordId& person) {
  return std::any_of(circle.residencies.begin(), circle.residencies.end(), [&](const Record& residency) {
    return residency.uuid(r::person_id) == person && bool_of(residency.get(r::primary));
  });
}

/// Somebody's stay behind the new door: the one that is there, or one like that behind the old door.
void move_stay(PlanDraft& draft, const HouseholdCircle& circle, const RecordId& person, const RecordId& to,
               const std::string& since, std::string_view grid) {
  const RecordId from = circle.household.uuid(h::dwelling_id);
  const Record* old = stay_at(circle, person, from);
  const Record* there = stay_at(circle, person, to);
  const bool main = old == nullptr ? !has_main_home(circle, person) : bool_of(old->get(r::primary));
  if (there != nullptr) {
    draft.put(*there, r::lives_here, true);
    if (main) draft.put(*there, r::primary, true);
    return;
  }
  const std::string_view kind = old == nullptr ? std::string_view{} : old->text(r::kind);
  draft.add(r::kKind, std::nullopt, grid,
            {{r::person_id, person},
             {r::dwelling_id, to},
             {r::kind, std::string(kind.empty() || kind == "1" ? "3" : kind)},
             {r::lives_here, true},
             {r::registered_here, false},
             {r::primary, main},
             {r::since, since}});
}

void occupy(PlanDraft& draft, const std::optional<Record>& dwelling) {
  if (dwelling && text_of(draft.now(*dwelling, kinds::dwelling::occupancy)) == "vacant")
    draft.put(*dwelling, kinds::dwelling::occupancy, "occupied");
}

class Splitter {
 public:
  Splitter(const HouseholdCircle& circle, const Split& split, const Occasion& occasion)
      : circle_(circle), split_(split), draft_(occasion), since_(split.since.empty() ? occasion.day : split.since) {}

  Result<LifeCyclePlan> plan() {
    RUHU_TRY_DONE(check());
    const std::vector<KinMember> family = family_of(circle_);
    const RecordId dwelling = new_dwelling();
    const bool same_door = dwelling == circle_.household.uuid(h::dwelling_id);
    const Leaving leaving{split_.people, day_before(since_), {}, {}, split_.successor};
    RUHU_TRY_DONE(leave_household(draft_, circle_, leaving, {.keeps_residency = same_door, .moves_on = true}));
    draft_.add(h::kKind, split_.new_household, grid(),
               {{h::dwelling_id, dwelling},
                {h::head_person_id, split_.new_head},
                {h::split_from_id, circle_.household.ref.id}});
    for (const RecordId& person : split_.people) {
      const std::string relation = take_relation(draft_, relation_towards(family, split_.new_head, person), person);
      add_membership(draft_, grid(), split_.new_household, person, relation, since_);
      if (!same_door) move_stay(draft_, circle_, person, dwelling, since_, grid());
    }
    if (split_.elsewhere) occupy(draft_, split_.elsewhere->dwelling);
    for (const Record& need : circle_.needs)
      if (contains(split_.people, need.uuid(kinds::need::for_person_id)))
        draft_.put(need, kinds::need::household_id, split_.new_household);
    return std::move(draft_).finish();
  }

 private:
  Status check() const {
    if (!contains(split_.people, split_.new_head)) return make_error(Errc::not_a_member, "new head");
    const bool all = std::all_of(circle_.memberships.begin(), circle_.memberships.end(), [&](const Record& membership) {
      return contains(split_.people, membership.uuid(m::person_id));
    });
    if (all) return make_error(Errc::nothing_to_change, "all leave");
    const Record* dwelling = split_.elsewhere ? &split_.elsewhere->dwelling : at_or_null(circle_.dwelling);
    const auto& building = split_.elsewhere ? split_.elsewhere->building : circle_.building;
    return takes_people(dwelling, at_or_null(building)) ? Status{} : make_error(Errc::place_closed);
  }
  RecordId new_dwelling() const {
    return split_.elsewhere ? split_.elsewhere->dwelling.ref.id : circle_.household.uuid(h::dwelling_id);
  }
  std::string_view grid() const {
    return split_.elsewhere ? split_.elsewhere->dwelling.text(h::grid_id) : circle_.household.text(h::grid_id);
  }

  const HouseholdCircle& circle_;
  const Split& split_;
  PlanDraft draft_;
  std::string since_;
};

/// Everybody as the family of the head whose household ends: only so can the two heads' families be told apart.
std::vector<KinMember> joint_family(const HouseholdCircle& kept, const HouseholdCircle& ended,
                                    const std::string& relation) {
  std::vector<KinMember> family = family_of(ended);
  const RecordId head = kept.household.uuid(h::head_person_id);
  const RecordId other = ended.household.uuid(h::head_person_id);
  std::vector<KinMember> theirs = family_of(kept);
  const bool joined = std::any_of(theirs.begin(), theirs.end(), [&](const KinMember& k) { return k.person == other; });
  if (!joined) {
    KinMember link{other, relation, {}, {}};
    for (const KinMember& member : family)
      if (member.person == other) link.gender = member.gender, link.birth_date = member.birth_date;
    theirs.push_back(link);
  }
  const std::vector<KinMember> frame = theirs;
  for (KinMember& member : theirs) {
    const bool known =
        std::any_of(family.begin(), family.end(), [&](const KinMember& k) { return k.person == member.person; });
    if (known) continue;
    const RelationFound found = relation_towards(frame, other, member.person);
    if (!found.certain && member.person != head) continue;
    member.relation = found.code;
    family.push_back(member);
  }
  return family;
}

class Merger {
 public:
  Merger(const HouseholdCircle& kept, const HouseholdCircle& ended, const HouseholdMerge& merge,
         const Occasion& occasion)
      : kept_(kept),
        ended_(ended),
        merge_(merge),
        draft_(occasion),
        since_(merge.since.empty() ? occasion.day : merge.since) {}

  Result<LifeCyclePlan> plan() {
    if (!takes_people(at_or_null(kept_.dwelling), at_or_null(kept_.building))) return make_error(Errc::place_closed);
    // Which needs and promises move is settled before the household that had them closes.
    for (const Record& need : ended_.needs) draft_.put(need, kinds::need::household_id, kept_.household.ref.id);
    for (const Record& visit : ended_.planned_visits)
      draft_.remind("life.visit_moves", Audience::worker, kept_.household.ref,
                    std::string(visit.text(kinds::visit::next_on)));
    HouseholdCircle leaving_circle = ended_;
    leaving_circle.needs.clear();
    RUHU_TRY_DONE(leave(leaving_circle));
    const RecordId head = kept_.household.uuid(h::head_person_id);
    const std::vector<KinMember> family = joint_family(kept_, ended_, merge_.relation);
    for (const Record& membership : ended_.memberships) join(membership.uuid(m::person_id), head, family);
    draft_.put(ended_.household, h::merged_into, kept_.household.ref.id);
    occupy(draft_, kept_.dwelling);
    draft_.remind("life.check_relations", Audience::worker, kept_.household.ref);
    return std::move(draft_).finish();
  }

 private:
  Status leave(const HouseholdCircle& circle) {
    const bool same_door = circle.household.uuid(h::dwelling_id) == kept_.household.uuid(h::dwelling_id);
    Leaving leaving{{}, day_before(since_), {}, {}, {}};
    for (const Record& membership : circle.memberships) leaving.people.push_back(membership.uuid(m::person_id));
    if (leaving.people.empty()) return make_error(Errc::required_missing, "nobody is in it");
    return leave_household(draft_, circle, leaving, {.keeps_residency = same_door, .moves_on = true});
  }

  void join(const RecordId& person, const RecordId& head, const std::vector<KinMember>& family) {
    const std::string_view grid = kept_.household.text(h::grid_id);
    if (membership_of(kept_, person) == nullptr) {
      const bool known =
          std::any_of(family.begin(), family.end(), [&](const KinMember& k) { return k.person == head; });
      const RelationFound found = known ? relation_towards(family, head, person) : RelationFound{"80", false};
      const bool is_other_head = person == ended_.household.uuid(h::head_person_id) && !merge_.relation.empty();
      const std::string code = is_other_head ? merge_.relation : take_relation(draft_, found, person);
      add_membership(draft_, grid, kept_.household.ref.id, person, code, since_);
    }
    const RecordId dwelling = kept_.household.uuid(h::dwelling_id);
    if (dwelling != ended_.household.uuid(h::dwelling_id)) move_stay(draft_, ended_, person, dwelling, since_, grid);
  }

  const HouseholdCircle& kept_;
  const HouseholdCircle& ended_;
  const HouseholdMerge& merge_;
  PlanDraft draft_;
  std::string since_;
};

}  // namespace

Result<LifeCyclePlan> plan_split(const HouseholdCircle& circle, const Split& split, const Occasion& occasion) {
  return Splitter(circle, split, occasion).plan();
}

Result<LifeCyclePlan> plan_households_merged(const HouseholdCircle& one, const HouseholdCircle& other,
                                             const HouseholdMerge& merge, const Occasion& occasion) {
  if (one.household.ref == other.household.ref) return make_error(Errc::nothing_to_change);
  if (!is_open_record(one.household) || !is_open_record(other.household)) return make_error(Errc::already_ended);
  const bool first = one.household.uuid(h::dwelling_id) == merge.shared_dwelling;
  const bool second = other.household.uuid(h::dwelling_id) == merge.shared_dwelling;
  if (!first && !second) return make_error(Errc::place_closed, "neither lives there");
  const bool keeps_other = second && (!first || merge.kept == other.household.ref.id);
  const HouseholdCircle& kept = keeps_other ? other : one;
  const HouseholdCircle& ended = keeps_other ? one : other;
  return Merger(kept, ended, merge, occasion).plan();
}

}  // namespace ruhu
