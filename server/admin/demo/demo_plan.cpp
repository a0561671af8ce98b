#include "server/admin/demo/demo_plan.hpp"

#include <array>
#include <cstdint>
#include <span>

#include "platform/base/assert.hpp"
#include "server/admin/demo/days.hpp"
#include "server/admin/demo/place_tables.hpp"

namespace ruhu::demo {
namespace {

constexpr std::uint64_t kFirstCommunity = 350'582'006'001ULL;
constexpr std::uint64_t kFirstDedicated = 901;

/// The figures that a community must have, exactly.
struct CommunitySpec {
  int basic_grids = 0;
  int dedicated_grids = 0;
  int micro_grids = 0;
  std::array<int, 4> compounds{};  ///< Commercial, resettlement, urban village, self-built.
  int shops = 0;
  int needs = 0;
  int locals = 0;  ///< Households of each way of living.
  int floating = 0;
  int collectives = 0;
  int residents = 0;
  int registered = 0;
  int in_floating = 0;  ///< Residents of floating families.

  int outsiders() const { return (registered + 39) / 40; }  ///< Married in, not yet registered, back from overseas.
  int in_locals() const { return registered + outsiders(); }
  int in_collectives() const { return residents - in_locals() - in_floating; }
};

struct Size {
  std::string_view name;
  int communities;
  CommunitySpec spec;
};

constexpr std::array<Size, 3> kSizes = {{
    {"tiny", 1, {1, 0, 2, {1, 0, 0, 1}, 4, 3, 7, 3, 2, 44, 25, 7}},
    {"xilinsi", 1, {23, 3, 84, {8, 7, 3, 4}, 646, 150, 1470, 610, 277, 10318, 6240, 1708}},
    {"city", 4, {9, 1, 34, {4, 3, 2, 3}, 260, 500, 5300, 2900, 550, 25000, 15000, 6670}},
}};

/// How likely the sizes 1, 2, 3 … are before the total is made to fit.
struct SizeOdds {
  int low;
  int high;
  std::array<int, 14> weights;
};
constexpr SizeOdds kLargeFamilies{1, 9, {8, 12, 14, 20, 18, 15, 8, 4, 1}};
constexpr SizeOdds kSmallFamilies{1, 8, {18, 25, 26, 18, 9, 4}};
constexpr SizeOdds kNewcomers{1, 6, {17, 28, 30, 17, 7, 1}};
constexpr SizeOdds kSharers{3, 14, {0, 0, 0, 6, 12, 16, 20, 20, 14, 8, 4, 2}};

std::vector<int> sizes_adding_up_to(int total, int count, const SizeOdds& odds, Dice& dice) {
  RUHU_ASSERT(count * odds.low <= total && total <= count * odds.high);
  std::vector<int> sizes;
  int sum = 0;
  for (int i = 0; i < count; ++i) {
    sizes.push_back(static_cast<int>(dice.weighted(odds.weights)) + 1);
    sum += sizes.back();
  }
  while (sum != total) {
    int& size = sizes[dice.below(sizes.size())];
    if (sum < total && size < odds.high) {
      ++size, ++sum;
    } else if (sum > total && size > odds.low) {
      --size, --sum;
    }
  }
  return sizes;
}

using Pool = std::vector<HouseholdShape>;

Pool pool_of(Living living, const std::vector<int>& sizes) {
  Pool pool;
  for (const int size : sizes) pool.push_back({living, size, false});
  return pool;
}

Pool local_pool(const CommunitySpec& spec, Dice& dice) {
  const bool large = spec.in_locals() > spec.locals * 7 / 2;
  Pool pool = pool_of(Living::local,
                      sizes_adding_up_to(spec.in_locals(), spec.locals, large ? kLargeFamilies : kSmallFamilies, dice));
  int left = spec.outsiders();
  for (auto& shape : pool) {
    shape.has_outsider = shape.size > 1 && left > 0;
    if (shape.has_outsider) --left;
  }
  RUHU_ASSERT(left == 0);
  dice.mix(pool);
  return pool;
}

struct QuarterWeights {
  int locals;
  int floating;
  int collectives;
  int shops;
};

constexpr QuarterWeights weights_of(Quarter quarter) {
  switch (quarter) {
    case Quarter::estate: return {10, 8, 1, 6};
    case Quarter::resettlement: return {12, 5, 2, 5};
    case Quarter::urban_village: return {5, 12, 14, 10};
    case Quarter::self_built: return {8, 7, 7, 8};
    case Quarter::market: return {1, 6, 1, 60};
    case Quarter::works: return {0, 1, 20, 6};
    case Quarter::school: return {1, 1, 3, 4};
  }
  return {};
}

/// Splits a whole number by weights without losing any: each part is the difference of two rounded running
/// totals.
class Apportioning {
 public:
  Apportioning(int whole, std::vector<int> weights) : whole_(whole), weights_(std::move(weights)) {
    for (const int weight : weights_) total_ += weight;
    RUHU_ASSERT(total_ > 0 || whole == 0);
  }
  int next() {
    const std::int64_t before = share();
    running_ += weights_[at_++];
    return static_cast<int>(share() - before);
  }

 private:
  std::int64_t share() const { return total_ == 0 ? 0 : whole_ * running_ / total_; }
  std::int64_t whole_;
  std::vector<int> weights_;
  std::int64_t total_ = 0;
  std::int64_t running_ = 0;
  std::size_t at_ = 0;
};

std::vector<AreaPlan*> all_areas(CommunityPlan& community) {
  std::vector<AreaPlan*> areas;
  for (auto& grid : community.grids)
    for (auto& area : grid.areas) areas.push_back(&area);
  return areas;
}

Apportioning by_weight(int whole, const std::vector<AreaPlan*>& areas, int QuarterWeights::*weight, Dice& dice) {
  std::vector<int> weights;
  for (const auto* area : areas) weights.push_back((weights_of(area->quarter).*weight) * dice.between(85, 115));
  return {whole, std::move(weights)};
}

void deal_out(const Pool& pool, const std::vector<AreaPlan*>& areas, int QuarterWeights::*weight,
              std::vector<HouseholdShape> AreaPlan::*into, Dice& dice) {
  auto shares = by_weight(static_cast<int>(pool.size()), areas, weight, dice);
  auto next = pool.begin();
  for (auto* area : areas) {
    const int share = shares.next();
    (area->*into).insert((area->*into).end(), next, next + share);
    next += share;
  }
  RUHU_ASSERT(next == pool.end());
}

void settle_households(CommunityPlan& community, const CommunitySpec& spec, Dice& dice) {
  const auto areas = all_areas(community);
  deal_out(local_pool(spec, dice), areas, &QuarterWeights::locals, &AreaPlan::locals, dice);
  const auto floating = sizes_adding_up_to(spec.in_floating, spec.floating, kNewcomers, dice);
  deal_out(pool_of(Living::floating, floating), areas, &QuarterWeights::floating, &AreaPlan::lets, dice);
  const auto sharing = sizes_adding_up_to(spec.in_collectives(), spec.collectives, kSharers, dice);
  deal_out(pool_of(Living::collective, sharing), areas, &QuarterWeights::collectives, &AreaPlan::lets, dice);
  auto shops = by_weight(spec.shops, areas, &QuarterWeights::shops, dice);
  for (auto* area : areas) {
    area->shops = shops.next();
    dice.mix(area->lets);
  }
}

constexpr std::array<Quarter, 4> kCompoundQuarters = {Quarter::estate, Quarter::resettlement, Quarter::urban_village,
                                                      Quarter::self_built};

std::span<const std::string_view> names_for(Quarter quarter) {
  if (quarter == Quarter::estate) return estate_names();
  if (quarter == Quarter::resettlement) return resettlement_names();
  return village_names();
}

/// Names every compound of every community differently.
class CompoundNames {
 public:
  std::string next(Quarter quarter) {
    const auto names = names_for(quarter);
    // Urban villages and self-built quarters share one table, so they share one counter.
    std::size_t& used = used_[quarter == Quarter::self_built ? static_cast<std::size_t>(Quarter::urban_village)
                                                             : static_cast<std::size_t>(quarter)];
    const std::size_t n = used++;
    return std::string(names[n % names.size()]) + (n < names.size() ? "" : std::to_string(n / names.size() + 1) + "区");
  }

 private:
  std::array<std::size_t, 7> used_{};
};

void plan_compounds(CommunityPlan& community, const CommunitySpec& spec, CompoundNames& names, Dice& dice) {
  std::vector<Quarter> quarters;
  for (std::size_t i = 0; i < kCompoundQuarters.size(); ++i)
    quarters.insert(quarters.end(), static_cast<std::size_t>(spec.compounds[i]), kCompoundQuarters[i]);
  dice.mix(quarters);
  for (const Quarter quarter : quarters) community.compounds.push_back({quarter, names.next(quarter)});
}

struct DedicatedGrid {
  Quarter quarter;
  std::string_view name;
};
constexpr std::array<DedicatedGrid, 3> kDedicated = {
    {{Quarter::market, "布料市场专属网格"}, {Quarter::works, "制衣园专属网格"}, {Quarter::school, "学校专属网格"}}};

/// Every basic grid has at least one area and every compound too; whichever are fewer get several.
void plan_basic_areas(CommunityPlan& community) {
  const std::size_t grids = community.grids.size();
  const std::size_t compounds = community.compounds.size();
  const std::size_t areas = grids > compounds ? grids : compounds;
  for (std::size_t i = 0; i < areas; ++i) {
    const std::size_t compound = i * compounds / areas;
    AreaPlan area;
    area.quarter = community.compounds[compound].quarter;
    area.compound = compound;
    community.grids[i * grids / areas].areas.push_back(std::move(area));
  }
}

void plan_grids(CommunityPlan& community, const CommunitySpec& spec) {
  const auto scope = [&](std::uint64_t no) { return ScopeCode{community.code.value * 1000 + no}; };
  for (int i = 1; i <= spec.basic_grids; ++i) {
    const auto no = static_cast<std::uint64_t>(i);
    community.grids.push_back({scope(no), "第" + std::to_string(i) + "网格", false, 1, {}});
  }
  plan_basic_areas(community);
  for (std::size_t i = 0; i < static_cast<std::size_t>(spec.dedicated_grids); ++i) {
    AreaPlan area;
    area.quarter = kDedicated[i].quarter;
    community.grids.push_back({scope(kFirstDedicated + i), std::string(kDedicated[i].name), true, 1, {area}});
  }
  Apportioning micro_grids(spec.micro_grids, std::vector<int>(community.grids.size(), 1));
  for (auto& grid : community.grids) grid.micro_grids = micro_grids.next();
}

}  // namespace

std::optional<std::vector<CommunityPlan>> make_plan(std::string_view size, Dice& dice) {
  for (const auto& known : kSizes) {
    if (known.name != size) continue;
    std::vector<CommunityPlan> plan;
    CompoundNames names;
    for (std::size_t i = 0; i < static_cast<std::size_t>(known.communities); ++i) {
      CommunityPlan community;
      community.code = {kFirstCommunity + i};
      community.name = community_names()[i];
      community.households = known.spec.locals + known.spec.floating + known.spec.collectives;
      community.needs = known.spec.needs;
      plan_compounds(community, known.spec, names, dice);
      plan_grids(community, known.spec);
      settle_households(community, known.spec, dice);
      plan.push_back(std::move(community));
    }
    return plan;
  }
  return std::nullopt;
}

}  // namespace ruhu::demo
