#include "storage/model/life_cycle/circles.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/model/life_cycle/plan.hpp"

namespace ruhu {

const Record* membership_of(const HouseholdCircle& circle, const RecordId& person) {
  const auto at = std::find_if(circle.memberships.begin(), circle.memberships.end(), [&](const Record& membership) {
    return membership.uuid(kinds::membership::person_id) == person;
  });
  return at == circle.memberships.end() ? nullptr : &*at;
}

const Record* head_membership(const HouseholdCircle& circle) {
  return membership_of(circle, circle.household.uuid(kinds::household::head_person_id));
}

bool takes_people(const Record* dwelling, const Record* building) {
  if (dwelling != nullptr && !is_open_record(*dwelling)) return false;
  if (dwelling != nullptr && dwelling->text(kinds::dwelling::occupancy) == "sealed") return false;
  if (building == nullptr) return true;
  const std::string_view state = building->text(kinds::building::use_state);
  return is_open_record(*building) && state != "demolished" && state != "demolishing";
}

bool promises_visit(const Record& visit) {
  const std::string_view action = visit.text(kinds::visit::next_action);
  return visit.text(kinds::visit::status) != "void" &&
         (!visit.text(kinds::visit::next_on).empty() || action == "revisit" || action == "call");
}

}  // namespace ruhu
