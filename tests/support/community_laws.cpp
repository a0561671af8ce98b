#include "tests/support/community_laws.hpp"

#include <map>

#include "dictionary_constants.hpp"
#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/kinship.hpp"
#include "storage/model/life_cycle/plan.hpp"

namespace ruhu::test {
namespace {

class LawBook {
 public:
  explicit LawBook(Store& store) {
    for (const KindNo kind : {kinds::building::kKind, kinds::dwelling::kKind, kinds::household::kKind,
                              kinds::membership::kKind, kinds::person::kKind, kinds::residency::kKind,
                              kinds::visit::kKind, kinds::task::kKind, kinds::person_label::kKind})
      for (Record& record : store.list(kind).value()) records_[kind].emplace(record.ref.id, std::move(record));
  }

  std::vector<std::string> check() {
    for (const auto& [id, membership] : records_[kinds::membership::kKind]) member(membership);
    for (const auto& [id, household] : records_[kinds::household::kKind]) head(household);
    for (const auto& [id, residency] : records_[kinds::residency::kKind]) stay(residency);
    for (const auto& [id, person] : records_[kinds::person::kKind]) main_home(person);
    for (const auto& [id, visit] : records_[kinds::visit::kKind]) promise(visit);
    for (const auto& [id, label] : records_[kinds::person_label::kKind]) labelled(label);
    for (const auto& [id, task] : records_[kinds::task::kKind]) due(task);
    for (const auto& [id, dwelling] : records_[kinds::dwelling::kKind]) occupancy(dwelling);
    return std::move(broken_);
  }

 private:
  const Record* find(KindNo kind, const RecordId& id) {
    const auto at = records_[kind].find(id);
    return at == records_[kind].end() ? nullptr : &at->second;
  }
  void broken(std::string_view law, const Record& record) {
    broken_.push_back(std::string(law) + " " + to_string(record.ref.id));
  }
  bool is_alive(const RecordId& person) {
    const Record* record = find(kinds::person::kKind, person);
    return record != nullptr && is_open_record(*record) && record->text(kinds::person::died_on).empty();
  }
  bool is_standing(const RecordId& dwelling) {
    const Record* record = find(kinds::dwelling::kKind, dwelling);
    if (record == nullptr) return false;
    const Record* building = find(kinds::building::kKind, record->uuid(kinds::dwelling::building_id));
    return takes_people(record, building);
  }

  void member(const Record& membership) {
    namespace m = kinds::membership;
    if (!is_open_record(membership)) return;
    const RecordId person = membership.uuid(m::person_id);
    const Record* household = find(kinds::household::kKind, membership.uuid(m::household_id));
    if (!is_alive(person)) broken("membership of somebody dead or merged away", membership);
    if (household == nullptr || !is_open_record(*household))
      return broken("membership of a closed household", membership);
    const bool heads = household->uuid(kinds::household::head_person_id) == person;
    const std::string_view relation = membership.text(m::relation);
    if (heads != (relation == "02")) broken("relation 02 is the head's and nobody else's", membership);
    const Record* record = find(kinds::person::kKind, person);
    const std::string_view said = gender_of_relation(relation);
    const std::string_view gender = record == nullptr ? std::string_view{} : record->text(kinds::person::gender);
    if (!said.empty() && (gender == "1" || gender == "2") && said != gender)
      broken("relation of the other gender", membership);
    ++members_[household->ref.id];
    if (heads) ++heads_[household->ref.id];
  }

  void head(const Record& household) {
    if (!is_open_record(household)) return;
    if (heads_[household.ref.id] != 1) broken("household without exactly one head", household);
    if (!is_standing(household.uuid(kinds::household::dwelling_id)))
      broken("household behind a closed door", household);
    ++households_[household.uuid(kinds::household::dwelling_id)];
  }

  void stay(const Record& residency) {
    namespace r = kinds::residency;
    if (!is_open_record(residency)) return;
    const RecordId person = residency.uuid(r::person_id);
    if (!is_alive(person)) broken("stay of somebody dead or merged away", residency);
    if (!is_standing(residency.uuid(r::dwelling_id))) broken("stay behind a closed door", residency);
    if (bool_of(residency.get(r::lives_here))) ++stays_[person], ++guests_[residency.uuid(r::dwelling_id)];
    if (bool_of(residency.get(r::primary))) ++main_homes_[person];
  }

  void main_home(const Record& person) {
    if (main_homes_[person.ref.id] > 1) broken("two main homes", person);
    if (stays_[person.ref.id] > 0 && main_homes_[person.ref.id] == 0) broken("no main home", person);
  }

  void promise(const Record& visit) {
    namespace v = kinds::visit;
    if (!promises_visit(visit)) return;
    const RecordId respondent = visit.uuid(v::respondent_id);
    const Record* household = find(kinds::household::kKind, visit.uuid(v::household_id));
    if (!respondent.is_nil() && !is_alive(respondent)) broken("visit promised to the dead", visit);
    if (household != nullptr && !is_open_record(*household)) broken("visit promised to a closed household", visit);
    if (!is_standing(visit.uuid(v::dwelling_id))) broken("visit promised behind a closed door", visit);
  }

  void labelled(const Record& label) {
    const bool ends = label.text(kinds::person_label::state) == "removed" || !is_open_record(label);
    if (!ends && !is_alive(label.uuid(kinds::person_label::person_id))) broken("label of the dead", label);
  }

  void due(const Record& task) {
    const std::string_view state = task.text(kinds::task::state);
    const RecordId person = task.uuid(kinds::task::person_id);
    if (!is_open_record(task) || (state != "open" && state != "doing" && state != "proposed")) return;
    if (!person.is_nil() && !is_alive(person)) broken("task about the dead", task);
  }

  void occupancy(const Record& dwelling) {
    const bool empty = dwelling.text(kinds::dwelling::occupancy) != "occupied";
    if (empty && households_[dwelling.ref.id] > 0) broken("household in a vacant dwelling", dwelling);
    if (!empty && is_open_record(dwelling) && households_[dwelling.ref.id] + guests_[dwelling.ref.id] == 0)
      broken("occupied dwelling without anybody", dwelling);
  }

  std::map<KindNo, std::map<RecordId, Record>> records_;
  std::map<RecordId, int> members_;
  std::map<RecordId, int> heads_;
  std::map<RecordId, int> households_;  ///< By dwelling.
  std::map<RecordId, int> guests_;      ///< Stays by dwelling.
  std::map<RecordId, int> stays_;
  std::map<RecordId, int> main_homes_;
  std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> broken_laws(Store& store) { return LawBook(store).check(); }

}  // namespace ruhu::test
