#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/ids.hpp"
#include "server/admin/demo/dice.hpp"

namespace ruhu::demo {

enum class Living {
  local,       ///< A family with its hukou here.
  floating,    ///< A family from elsewhere, mostly tenants.
  collective,  ///< People who share a let or a dormitory.
};

struct HouseholdShape {
  Living living = Living::local;
  int size = 1;
  bool has_outsider = false;  ///< Local families only: exactly one member's hukou is not here.
};

enum class Quarter { estate, resettlement, urban_village, self_built, market, works, school };

inline constexpr std::size_t kNoCompound = static_cast<std::size_t>(-1);

/// A piece of one grid with one way of building.
struct AreaPlan {
  Quarter quarter = Quarter::estate;
  std::size_t compound = kNoCompound;  ///< Index into the community's compounds.
  std::vector<HouseholdShape> locals;
  std::vector<HouseholdShape> lets;
  int shops = 0;
};

struct GridPlan {
  ScopeCode code;
  std::string name;
  bool dedicated = false;
  int micro_grids = 1;
  std::vector<AreaPlan> areas;
};

struct CompoundPlan {
  Quarter quarter = Quarter::estate;
  std::string name;
};

/// Who and what there is to be, in numbers that add up exactly; names and faces come later.
struct CommunityPlan {
  ScopeCode code;
  std::string name;
  std::vector<CompoundPlan> compounds;
  std::vector<GridPlan> grids;
  int households = 0;
  int needs = 0;
};

/// Nothing for an unknown size.
std::optional<std::vector<CommunityPlan>> make_plan(std::string_view size, Dice& dice);

}  // namespace ruhu::demo
