#include "storage/model/life_cycle.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

constexpr const char* kHead = "02";

bool has(const std::vector<RecordId>& ids, const Uuid& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

void add_grid(RecordEdit& edit, const std::string& grid) {
  if (!grid.empty()) edit.cells.push_back({kinds::person::grid_id, grid});
}

RecordEdit person_edit(const Home& home, const Newcomer& newcomer) {
  RecordEdit edit{kinds::person::kKind, newcomer.person, newcomer.cells, {}};
  const bool has_grid = std::any_of(newcomer.cells.begin(), newcomer.cells.end(),
                                    [](const Cell& cell) { return cell.column == kinds::person::grid_id; });
  if (!has_grid) add_grid(edit, home.grid);
  return edit;
}

RecordEdit household_edit(const Home& home, const Newcomer& newcomer) {
  namespace f = kinds::household;
  RecordEdit edit{f::kKind, home.household, {}, {}};
  add_grid(edit, home.grid);
  edit.cells.push_back({f::dwelling_id, home.dwelling});
  edit.cells.push_back({f::head_person_id, newcomer.person});
  return edit;
}

RecordEdit membership_edit(const Home& home, const Newcomer& newcomer) {
  namespace f = kinds::membership;
  RecordEdit edit{f::kKind, newcomer.membership, {}, {}};
  add_grid(edit, home.grid);
  edit.cells.push_back({f::household_id, home.household});
  edit.cells.push_back({f::person_id, newcomer.person});
  edit.cells.push_back({f::relation, home.founds_household ? std::string(kHead) : newcomer.relation});
  edit.cells.push_back({f::since, newcomer.since});
  return edit;
}

RecordEdit residency_edit(const Home& home, const Newcomer& newcomer) {
  namespace f = kinds::residency;
  RecordEdit edit{f::kKind, newcomer.residency, {}, {}};
  add_grid(edit, home.grid);
  edit.cells.push_back({f::person_id, newcomer.person});
  edit.cells.push_back({f::dwelling_id, home.dwelling});
  edit.cells.push_back({f::kind, newcomer.residency_kind});
  edit.cells.push_back({f::lives_here, true});
  edit.cells.push_back({f::registered_here, newcomer.registered_here});
  edit.cells.push_back({f::primary, true});
  edit.cells.push_back({f::since, newcomer.since});
  return edit;
}

void end_membership(const Departure& departure, const Record& membership, std::vector<RecordEdit>& edits) {
  namespace f = kinds::membership;
  edits.push_back({f::kKind, membership.ref.id, {{f::status, "closed"}, {f::until, departure.until}}, {}});
}

void end_residency(const Departure& departure, const Record& residency, std::vector<RecordEdit>& edits) {
  namespace f = kinds::residency;
  RecordEdit edit{f::kKind, residency.ref.id, {{f::status, "closed"}, {f::lives_here, false}}, {}};
  edit.cells.push_back({f::until, departure.until});
  if (!departure.left_to.empty()) edit.cells.push_back({f::left_to, departure.left_to});
  if (!departure.left_reason.empty()) edit.cells.push_back({f::left_reason, departure.left_reason});
  edits.push_back(std::move(edit));
}

/// What becomes of the household with those who stay.
void settle_household(const Departure& departure, const std::vector<const Record*>& staying,
                      std::vector<RecordEdit>& edits) {
  namespace f = kinds::household;
  const RecordId id = departure.household.ref.id;
  if (staying.empty()) {
    edits.push_back({f::kKind, id, {{f::status, "closed"}}, {}});
    if (departure.dwelling)
      edits.push_back(
          {kinds::dwelling::kKind, departure.dwelling->ref.id, {{kinds::dwelling::occupancy, "vacant"}}, {}});
    return;
  }
  if (!has(departure.leaving, departure.household.uuid(f::head_person_id))) return;
  if (staying.size() > 1) {
    edits.push_back({f::kKind, id, {{f::head_person_id, Value{}}}, {}});
    return;
  }
  const Record& last = *staying.front();
  edits.push_back({f::kKind, id, {{f::head_person_id, last.uuid(kinds::membership::person_id)}}, {}});
  edits.push_back({kinds::membership::kKind, last.ref.id, {{kinds::membership::relation, kHead}}, {}});
}

}  // namespace

SaveRequest add_member(const Home& home, const Newcomer& newcomer, const Provenance& provenance) {
  SaveRequest request;
  request.provenance = provenance;
  request.edits.push_back(person_edit(home, newcomer));
  if (home.founds_household) request.edits.push_back(household_edit(home, newcomer));
  request.edits.push_back(membership_edit(home, newcomer));
  request.edits.push_back(residency_edit(home, newcomer));
  return request;
}

SaveRequest register_birth(const Home& home, Newcomer child, const Provenance& provenance) {
  const auto text = [&](ColumnNo column) {
    const auto at =
        std::find_if(child.cells.begin(), child.cells.end(), [&](const Cell& cell) { return cell.column == column; });
    return at == child.cells.end() ? std::string() : std::string(text_of(at->value));
  };
  child.relation = relation_for_gender(child.relation, text(kinds::person::gender));
  if (const std::string born = text(kinds::person::birth_date); !born.empty()) child.since = born;
  child.registered_here = false;
  child.residency_kind = "3";
  return add_member(home, child, provenance);
}

std::vector<RecordEdit> move_out(const Departure& departure) {
  std::vector<RecordEdit> edits;
  std::vector<const Record*> staying;
  for (const Record& membership : departure.memberships) {
    if (has(departure.leaving, membership.uuid(kinds::membership::person_id))) {
      end_membership(departure, membership, edits);
    } else {
      staying.push_back(&membership);
    }
  }
  if (edits.empty()) return edits;
  for (const Record& residency : departure.residencies)
    if (has(departure.leaving, residency.uuid(kinds::residency::person_id))) end_residency(departure, residency, edits);
  settle_household(departure, staying, edits);
  return edits;
}

std::string relation_for_gender(const std::string& relation, std::string_view gender) {
  if (gender != "1" && gender != "2") return relation;
  const bool male = gender == "1";
  if (relation == "20" || relation == "30") return male ? "20" : "30";
  if (relation == "40" || relation == "41" || relation == "42") return male ? "41" : "42";
  return relation;
}

}  // namespace ruhu
