#include "server/admin/demo/area_builder.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <utility>

namespace ruhu::demo {
namespace {

constexpr std::array<std::string_view, 8> kFloorNames = {"", "一楼", "二楼", "三楼", "四楼", "五楼", "六楼", "七楼"};
constexpr std::array<std::string_view, 3> kSides = {"东", "西", "中"};
constexpr int kSmallHousehold = 3;  ///< May share a let with others.
constexpr int kSharersMax = 3;      ///< Households in one let.

int divide_up(int a, int b) { return (a + b - 1) / b; }
int lets_per_floor(int lets) { return lets > 6 ? 3 : 2; }

std::string numbered_room(int floor, int no) { return std::to_string(floor * 100 + no); }

/// "二楼东", "后楼2层左": the way rooms are called where nobody numbered them.
std::string named_room(int floor, int position) {
  if (position == 2 && floor % 2 == 0) return "后楼" + std::to_string(floor) + "层左";
  return std::string(kFloorNames[static_cast<std::size_t>(floor)]) +
         std::string(kSides[static_cast<std::size_t>(position)]);
}

}  // namespace

bool AreaBuilder::is_village() const {
  return site_.plan.quarter == Quarter::urban_village || site_.plan.quarter == Quarter::self_built;
}

void AreaBuilder::build() {
  prefixed_rooms_ = stage_.dice.per_mille(300);
  const Quarter quarter = site_.plan.quarter;
  if (quarter == Quarter::works) build_institution("9", "制衣厂");
  if (quarter == Quarter::school) build_institution("10", "实验学校");
  for (int shops = site_.plan.shops; shops > 0;) {
    const int here = std::min(shops, stage_.dice.between(4, 8));
    build_shop_house(here);
    shops -= here;
  }
  while (left() > 0) {
    if (is_village()) {
      build_family_house();
    } else if (quarter == Quarter::works || quarter == Quarter::school) {
      build_dormitory();
    } else if (quarter == Quarter::estate && left() >= 24) {
      build_tower();
    } else {
      build_stair_block();
    }
  }
}

BuildingSpec AreaBuilder::spec_at(std::string address, std::string_view kind, int floors, int from, int to) const {
  return {std::move(address), kind, floors, 0, from, to, site_.compound};
}

void AreaBuilder::move_in(const Home& home, const HouseholdShape& shape) {
  households_.move_in(home, shape);
  ++site_.grid.doors_opened;
}

// --- Shops below, flats above ---

void AreaBuilder::build_shop_house(int shops) {
  const int flats = std::min(left(), 2 * stage_.dice.between(1, 4));
  const int floors = 1 + divide_up(flats, 2);
  const auto building =
      buildings_.write_building(site_.grid, spec_at(addresses_.at_road(site_.road), "6", floors, 1992, 2016));
  for (int no = 1; no <= shops; ++no) write_shop(building, no);
  for (int i = 0; i < flats && left() > 0; ++i) fill_flat(building, kNoEntrance, numbered_room(2 + i / 2, 1 + i % 2));
}

void AreaBuilder::write_shop(const Building& building, int no) {
  Dice& dice = stage_.dice;
  const bool family_next = lets_left() > 0 && lets_[next_let_].living == Living::floating;
  const bool lived_in = family_next && dice.per_mille(220);
  DwellingSpec spec;
  spec.room = "店面" + std::to_string(no);
  spec.alias = numbered_room(1, no);
  spec.use = lived_in ? "6" : "7";
  spec.occupancy = lived_in || dice.per_mille(940) ? "occupied" : "vacant";
  spec.let = lived_in || dice.per_mille(720);
  spec.let_rooms = dice.between(1, 2);
  spec.area_m2 = dice.between(18, 90);
  spec.rooms = lived_in ? 1 : 0;
  ++stage_.counts.shops;
  const Home home = buildings_.write_dwelling(site_.grid, building, spec);
  ++site_.grid.doors_opened;
  lived_in ? move_in(home, take_let()) : households_.find_nobody(home);
}

// --- Flats ---

void AreaBuilder::build_tower() {
  const bool slim = stage_.dice.per_mille(350);
  const int floors = slim ? stage_.dice.between(14, 18) : stage_.dice.between(8, 11);
  auto spec = spec_at(addresses_.in_compound(site_.road, site_.name), "3", floors, 2004, 2021);
  spec.entrances = slim ? 1 : 2;
  build_flats(spec, 1, 2);
}

void AreaBuilder::build_stair_block() {
  const int entrances = std::clamp(left() / 11, 1, stage_.dice.between(2, 3));
  const int floors = std::clamp(divide_up(left(), 2 * entrances), 2, stage_.dice.between(6, 7));
  const std::string address =
      site_.name.empty() ? addresses_.at_road(site_.road) : addresses_.in_compound(site_.road, site_.name);
  auto spec = spec_at(address, "2", floors, 1988, 2012);
  spec.entrances = entrances;
  build_flats(spec, 1, 2);
}

void AreaBuilder::build_flats(const BuildingSpec& spec, int first_floor, int per_floor) {
  const auto building = buildings_.write_building(site_.grid, spec);
  for (int entrance = 0; entrance < spec.entrances; ++entrance) {
    for (int floor = first_floor; floor <= spec.floors; ++floor) {
      for (int no = 1; no <= per_floor; ++no) fill_flat(building, entrance, numbered_room(floor, no));
    }
  }
}

void AreaBuilder::fill_flat(const Building& building, int entrance, const std::string& room) {
  Dice& dice = stage_.dice;
  DwellingSpec spec;
  spec.entrance = entrance;
  const bool prefixed = prefixed_rooms_ && entrance != kNoEntrance;
  spec.room = prefixed ? std::to_string(entrance + 1) + "-" + room : room;
  spec.names_entrance = prefixed;
  if (prefixed) {
    spec.alias = room;
  } else if (dice.per_mille(60)) {
    spec.alias = room + "室";
  }
  spec.area_m2 = dice.between(72, 142);
  spec.rooms = std::clamp(spec.area_m2 / 34, 2, 4);
  if (left() == 0 || dice.per_mille(70)) return write_vacant(building, std::move(spec));
  const bool local = static_cast<int>(dice.below(static_cast<std::size_t>(left()))) < locals_left();
  move_into_flat(building, std::move(spec), local ? take_local() : take_let());
}

void AreaBuilder::write_vacant(const Building& building, DwellingSpec spec) {
  static constexpr std::array<std::string_view, 3> kStates = {"vacant", "second_home", "under_work"};
  spec.occupancy = kStates[stage_.dice.weighted(std::array<int, 3>{60, 30, 10})];
  spec.tenure = spec.occupancy == "vacant" ? "" : "4";
  households_.find_nobody(buildings_.write_dwelling(site_.grid, building, spec));
}

void AreaBuilder::move_into_flat(const Building& building, DwellingSpec spec, const HouseholdShape& shape) {
  static constexpr std::array<std::string_view, 4> kBought = {"3", "4", "8", "6"};
  Dice& dice = stage_.dice;
  const bool bought_resettled = site_.plan.quarter == Quarter::resettlement && dice.per_mille(800);
  spec.tenure = bought_resettled ? "9" : kBought[dice.weighted(std::array<int, 4>{55, 32, 8, 5})];
  const int let_per_mille = shape.living == Living::local ? 70 : (shape.living == Living::floating ? 860 : 1000);
  spec.let = dice.per_mille(let_per_mille);
  spec.let_rooms = spec.rooms;
  const Home home = buildings_.write_dwelling(site_.grid, building, spec);
  if (spec.let && shape.living == Living::floating) return settle_let(home, shape);
  move_in(home, shape);
}

// --- Houses of families, rooms let ---

void AreaBuilder::build_family_house() {
  Dice& dice = stage_.dice;
  const bool lived_in = locals_left() > 0;
  const int wanted = lived_in ? divide_up(lets_left(), locals_left()) + dice.between(-1, 2) : dice.between(4, 9);
  const int lets = std::clamp(wanted, 0, std::min(lets_left(), 10));
  const int floors = lets == 0 ? dice.between(1, 4) : (lived_in ? 1 : 0) + divide_up(lets, lets_per_floor(lets));
  const std::string_view kind = floors == 1 && lets == 0 ? "1" : "5";
  const auto building = buildings_.write_building(
      site_.grid, spec_at(addresses_.in_village(site_.name), kind, floors, kind == "1" ? 1955 : 1982, 2014));
  if (lived_in) {
    DwellingSpec spec;
    spec.room = lets == 0 ? "整栋" : (dice.per_mille(500) ? "一楼" : "一楼东");
    spec.tenure = dice.per_mille(880) ? "7" : "8";
    spec.area_m2 = dice.between(70, 110) * (lets == 0 ? floors : 1);
    spec.rooms = std::clamp(spec.area_m2 / 28, 2, 12);
    const HouseholdShape& family = take_local();
    move_in(buildings_.write_dwelling(site_.grid, building, spec), family);
  }
  build_lets(building, lets, dice.per_mille(450), !lived_in);
}

void AreaBuilder::build_lets(const Building& building, int lets, bool numbered, bool ground_floor_too) {
  const int ground = ground_floor_too ? 1 : 2;
  for (int i = 0; i < lets && lets_left() > 0; ++i) {
    const int per_floor = lets_per_floor(lets);
    const int floor = ground + i / per_floor;
    const int position = i % per_floor;
    write_let(building, numbered ? numbered_room(floor, position + 1) : named_room(floor, position));
  }
}

void AreaBuilder::write_let(const Building& building, const std::string& room) {
  Dice& dice = stage_.dice;
  DwellingSpec spec;
  spec.room = room;
  spec.let = true;
  if (dice.per_mille(60)) {
    spec.area_m2 = dice.between(14, 40);
    spec.occupancy = "vacant";
    return households_.find_nobody(buildings_.write_dwelling(site_.grid, building, spec));
  }
  const HouseholdShape& first = take_let();
  spec.rooms = std::clamp(divide_up(first.size, 2) + dice.between(0, 1), 1, 8);
  spec.let_rooms = spec.rooms;
  spec.area_m2 = 12 * spec.rooms + dice.between(4, 18);
  settle_let(buildings_.write_dwelling(site_.grid, building, spec), first);
}

void AreaBuilder::settle_let(const Home& home, HouseholdShape first) {
  move_in(home, first);
  if (first.living == Living::collective || first.size > kSmallHousehold) return;
  const int chance = is_village() ? 640 : 150;
  for (int sharers = 1; sharers < kSharersMax && stage_.dice.per_mille(chance); ++sharers) {
    if (!small_family_next()) return;
    move_in(home, take_let());
  }
}

/// Lets a small family jump the queue, if there is one among the next few.
bool AreaBuilder::small_family_next() {
  constexpr std::ptrdiff_t kLooksAhead = 10;
  const auto next = lets_.begin() + static_cast<std::ptrdiff_t>(next_let_);
  const auto last = next + std::min(kLooksAhead, lets_.end() - next);
  const auto small = std::find_if(next, last, [](const HouseholdShape& shape) {
    return shape.living == Living::floating && shape.size <= kSmallHousehold;
  });
  if (small == last) return false;
  std::iter_swap(next, small);
  return true;
}

// --- Works and schools ---

void AreaBuilder::build_institution(std::string_view kind, const std::string& name) {
  const std::string address = addresses_.at_road(site_.road) + name;
  buildings_.write_building(site_.grid, spec_at(address, kind, stage_.dice.between(3, 6), 1998, 2018));
}

void AreaBuilder::build_dormitory() {
  constexpr int kRoomsPerFloor = 8;
  const int floors = std::clamp(divide_up(left(), kRoomsPerFloor), 2, 6);
  const std::string address = addresses_.at_road(site_.road) + "宿舍楼";
  const auto building = buildings_.write_building(site_.grid, spec_at(address, "7", floors, 1996, 2015));
  for (int i = 0; i < floors * kRoomsPerFloor && left() > 0; ++i) {
    const HouseholdShape& shape = lets_left() > 0 ? take_let() : take_local();
    DwellingSpec spec;
    spec.room = numbered_room(1 + i / kRoomsPerFloor, 1 + i % kRoomsPerFloor);
    spec.dormitory = shape.living != Living::local;
    spec.use = shape.living == Living::collective ? "2" : (spec.dormitory ? "3" : "1");
    spec.area_m2 = stage_.dice.between(22, 38);
    spec.rooms = 1;
    move_in(buildings_.write_dwelling(site_.grid, building, spec), shape);
  }
}

}  // namespace ruhu::demo
