#include "storage/model/life_cycle/head_change.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/model/life_cycle/days.hpp"

namespace ruhu {

std::vector<KinMember> family_of(const HouseholdCircle& circle) {
  namespace m = kinds::membership;
  const RecordId head = circle.household.uuid(kinds::household::head_person_id);
  std::vector<KinMember> family;
  for (const Record& membership : circle.memberships) {
    KinMember member{membership.uuid(m::person_id), std::string(membership.text(m::relation)), {}, {}};
    // Who stands as the head without being it, or the other way round, is told by the household.
    if (member.person == head) member.relation = "02";
    if (member.person != head && (member.relation == "02" || member.relation == "01")) member.relation = "80";
    if (const Record* person = find_by_id(circle.people, member.person); person != nullptr) {
      member.gender = person->text(kinds::person::gender);
      member.birth_date = person->text(kinds::person::birth_date);
    }
    family.push_back(std::move(member));
  }
  return family;
}

Result<RecordId> choose_head(const HouseholdCircle& circle, const std::vector<RecordId>& staying,
                             const std::optional<RecordId>& named, std::string_view day) {
  const auto stays = [&](const RecordId& person) {
    return std::find(staying.begin(), staying.end(), person) != staying.end();
  };
  if (named) return stays(*named) ? Result<RecordId>(*named) : make_error(Errc::not_a_member, "named head");
  if (staying.size() == 1) return staying.front();
  std::vector<RecordId> adults;
  for (const RecordId& id : staying) {
    const Record* person = find_by_id(circle.people, id);
    if (person == nullptr || is_adult(person->text(kinds::person::birth_date), day)) adults.push_back(id);
  }
  if (adults.size() == 1) return adults.front();
  return make_error(Errc::head_needed, std::to_string(adults.size()) + " adults stay");
}

std::string take_relation(PlanDraft& draft, const RelationFound& found, const RecordId& person) {
  if (!found.certain) draft.remind("life.ask_relation", Audience::worker, {kinds::person::kKind, person});
  return found.code;
}

void make_head(PlanDraft& draft, const HouseholdCircle& circle, const RecordId& new_head) {
  namespace m = kinds::membership;
  const std::vector<KinMember> family = family_of(circle);
  draft.put(circle.household, kinds::household::head_person_id, new_head);
  for (const Record& membership : circle.memberships) {
    const RecordId person = membership.uuid(m::person_id);
    const RelationFound found = relation_towards(family, new_head, person);
    draft.put(membership, m::relation, take_relation(draft, found, person));
  }
  if (circle.memberships.size() > 1) draft.remind("life.check_relations", Audience::worker, circle.household.ref);
  const Record* person = find_by_id(circle.people, new_head);
  if (person != nullptr && !is_adult(person->text(kinds::person::birth_date), draft.day()))
    draft.remind("life.minor_alone", Audience::lead, person->ref);
}

Result<LifeCyclePlan> plan_head_change(const HouseholdCircle& circle, const RecordId& new_head,
                                       const Occasion& occasion) {
  if (!is_open_record(circle.household)) return make_error(Errc::already_ended, "household");
  if (membership_of(circle, new_head) == nullptr) return make_error(Errc::not_a_member, "new head");
  if (circle.household.uuid(kinds::household::head_person_id) == new_head)
    return make_error(Errc::nothing_to_change, "the head is the same");
  const Record* person = find_by_id(circle.people, new_head);
  if (person != nullptr && !person->text(kinds::person::died_on).empty()) return make_error(Errc::deceased, "new head");
  PlanDraft draft(occasion);
  make_head(draft, circle, new_head);
  return std::move(draft).finish();
}

}  // namespace ruhu
