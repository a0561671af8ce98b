#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "storage/dictionary/household_checks.hpp"
#include "storage/model/change.hpp"

// Relations to the head (GB/T 4761, list `relation`) as paths through a family, so that they can be told anew when
// the head changes: the son's wife of A is the wife of the new head B.
namespace ruhu {

/// A member as the present head's family sees them. The head is in the list too, with code 02.
struct KinMember {
  RecordId person;
  std::string relation;    ///< Code of `relation` to the present head.
  std::string gender;      ///< Code of `gender`; where it does not tell, the relation does.
  std::string birth_date;  ///< ISO, may be partial or empty; tells elder from younger.
};

/// A relation worked out from two others.
struct RelationFound {
  std::string code;
  bool certain = true;  ///< False: the door has to be asked; the code is 80, or the nearest that is surely true.
  auto operator<=>(const RelationFound&) const = default;
};

/// What `member` is to `new_head`. Both are in `family`. The wife of a son whose brothers live here too is nobody's
/// for certain: who is meant counts only where one person alone can be meant.
RelationFound relation_towards(const std::vector<KinMember>& family, const RecordId& new_head, const RecordId& member);

/// What a child of this member is to the head. `gender` is the child's.
RelationFound relation_of_child(std::string_view parent_relation, std::string_view head_gender,
                                std::string_view gender);

/// 子 20 or 女 30, 夫 11 or 妻 12 …: the same relation of somebody of this gender. 孙辈 40 becomes 41 or 42.
std::string relation_for_gender(const std::string& relation, std::string_view gender);

}  // namespace ruhu
