#pragma once
#include <string_view>
#include <vector>

#include "server/admin/demo/days.hpp"
#include "server/admin/demo/demo_plan.hpp"
#include "server/admin/demo/dice.hpp"

namespace ruhu::demo {

/// A member's place in a household of up to four generations. `core` is the child of the elders; the line
/// runs great-grandmother → elders → core → children. In the order in which they are listed.
enum class Place { great, elder_man, elder_woman, core, partner, sibling, child, sharer };

struct Relative {
  Place place = Place::core;
  bool male = true;
  Day born = 0;
  std::string_view relation;  ///< To the head, L9.
  bool head = false;
};

/// Nobody's index.
inline constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

struct Family {
  std::vector<Relative> members;  ///< Parents before children.
  std::size_t head = 0;
  bool elders_are_hers = false;         ///< The elders are the wife's parents: she is `core`.
  std::size_t find(Place place) const;  ///< First of them, or kNobody.
};

/// Invents ages, sexes and relations that fit together; nobody is born after `today`.
Family make_family(Dice& dice, Day today, const HouseholdShape& shape);

}  // namespace ruhu::demo
