#include "storage/model/duplicates/likeness.hpp"

#include "dictionary_constants.hpp"
#include "storage/model/duplicates/comparison.hpp"

namespace ruhu {

Likeness compare_records(const Record& one, const Record& other, const Homes& homes_of_one,
                         const Homes& homes_of_other) {
  if (one.ref.kind != other.ref.kind || one.ref == other.ref) return {};
  const KindNo kind = one.ref.kind;
  if (kind == kinds::person::kKind) return compare_persons(one, other, homes_of_one, homes_of_other);
  if (kind == kinds::volunteer::kKind) return compare_volunteers(one, other);
  if (kind == kinds::dwelling::kKind) return compare_dwellings(one, other);
  if (kind == kinds::household::kKind) return compare_households(one, other);
  if (kind == kinds::enterprise::kKind) return compare_enterprises(one, other);
  if (kind == kinds::case_::kKind) return compare_cases(one, other);
  return {};
}

bool can_be_twice(KindNo kind) { return !columns_compared(kind).empty(); }

const std::vector<ColumnNo>& columns_compared(KindNo kind) {
  namespace p = kinds::person;
  namespace v = kinds::volunteer;
  namespace d = kinds::dwelling;
  namespace h = kinds::household;
  namespace e = kinds::enterprise;
  namespace c = kinds::case_;
  static const std::vector<ColumnNo> kNone;
  static const std::vector<ColumnNo> kPerson = {p::name,        p::former_name, p::alias,  p::id_type,
                                                p::id_no,       p::birth_date,  p::gender, p::phone,
                                                p::more_phones, p::guardian_id, p::status, p::merged_into};
  static const std::vector<ColumnNo> kVolunteer = {v::person_id, v::name,       v::id_type, v::id_no,
                                                   v::phone,     v::birth_date, v::status,  v::merged_into};
  static const std::vector<ColumnNo> kDwelling = {d::building_id,  d::entrance_id, d::room_no,
                                                  d::room_aliases, d::status,      d::merged_into};
  static const std::vector<ColumnNo> kHousehold = {h::dwelling_id, h::head_person_id, h::hukou_no, h::status,
                                                   h::merged_into};
  static const std::vector<ColumnNo> kEnterprise = {e::name,        e::sign_name,   e::uscc,   e::state,
                                                    e::building_id, e::dwelling_id, e::status, e::merged_into};
  static const std::vector<ColumnNo> kCase = {c::category,      c::found_at, c::dwelling_id, c::building_id,
                                              c::enterprise_id, c::place,    c::lat,         c::lng,
                                              c::state,         c::status,   c::dup_of};
  if (kind == p::kKind) return kPerson;
  if (kind == v::kKind) return kVolunteer;
  if (kind == d::kKind) return kDwelling;
  if (kind == h::kKind) return kHousehold;
  if (kind == e::kKind) return kEnterprise;
  if (kind == c::kKind) return kCase;
  return kNone;
}

}  // namespace ruhu
