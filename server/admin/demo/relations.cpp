#include "server/admin/demo/relations.hpp"

#include <algorithm>
#include <array>

namespace ruhu::demo {
namespace {

/// "22" 长子, "23" 次子 … for a child among all children of the same parents, "21" 独生子 when alone.
std::string_view child_code(const std::vector<const Relative*>& children, const Relative& child) {
  static constexpr std::array<std::string_view, 4> kSons = {"22", "23", "24", "25"};
  static constexpr std::array<std::string_view, 4> kDaughters = {"32", "33", "34", "35"};
  if (children.size() == 1) return child.male ? "21" : "31";
  std::size_t older = 0;
  std::size_t same_sex = 0;
  for (const Relative* other : children) {
    if (other->male != child.male) continue;
    ++same_sex;
    if (other != &child && (other->born < child.born || (other->born == child.born && other < &child))) ++older;
  }
  if (same_sex == 1) return child.male ? "20" : "30";
  const std::size_t at = std::min(older, kSons.size() - 1);
  return child.male ? kSons[at] : kDaughters[at];
}

std::vector<const Relative*> all_of(const Family& family, Place a, Place b) {
  std::vector<const Relative*> found;
  for (const auto& member : family.members)
    if (member.place == a || member.place == b) found.push_back(&member);
  return found;
}

std::string_view to_elder(const Family& family, const Relative& head, const Relative& member) {
  switch (member.place) {
    case Place::great: return head.male ? "52" : "54";
    case Place::elder_man: return "11";
    case Place::elder_woman: return "12";
    case Place::core:
    case Place::sibling: return child_code(all_of(family, Place::core, Place::sibling), member);
    case Place::partner: return member.male ? "28" : "38";
    case Place::child:
      if (family.elders_are_hers) return member.male ? "43" : "44";
      return member.male ? "41" : "42";
    case Place::sharer: break;
  }
  return "99";
}

std::string_view to_core(const Family& family, const Relative& head, const Relative& member) {
  const bool older = member.born < head.born;
  switch (member.place) {
    case Place::great: return "62";
    case Place::elder_man: return "51";
    case Place::elder_woman: return "52";
    case Place::partner: return member.male ? "11" : "12";
    case Place::sibling:
      if (member.male) return older ? "71" : "73";
      return older ? "75" : "77";
    case Place::child: return child_code(all_of(family, Place::child, Place::child), member);
    case Place::core:
    case Place::sharer: break;
  }
  return "99";
}

std::string_view to_partner(const Family& family, const Relative& head, const Relative& member) {
  switch (member.place) {
    case Place::elder_man: return head.male ? "55" : "53";
    case Place::elder_woman: return head.male ? "56" : "54";
    case Place::core: return member.male ? "11" : "12";
    case Place::child: return child_code(all_of(family, Place::child, Place::child), member);
    case Place::great: return "65";
    case Place::sibling: return "97";
    case Place::partner:
    case Place::sharer: break;
  }
  return "99";
}

}  // namespace

void state_relations(Family& family) {
  const Relative& head = family.members[family.head];
  for (auto& member : family.members) {
    if (&member == &head) {
      member.relation = "02";
    } else if (head.place == Place::core) {
      member.relation = to_core(family, head, member);
    } else if (head.place == Place::partner) {
      member.relation = to_partner(family, head, member);
    } else {
      member.relation = to_elder(family, head, member);
    }
  }
}

}  // namespace ruhu::demo
