#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/admin/demo/address_book.hpp"
#include "server/admin/demo/building_writer.hpp"
#include "server/admin/demo/demo_plan.hpp"
#include "server/admin/demo/household_writer.hpp"

namespace ruhu::demo {

/// Where an area stands and whose it is.
struct AreaSite {
  GridSite& grid;
  const AreaPlan& plan;
  RecordId compound;  ///< Nil: outside the compounds.
  std::string name;   ///< Of the compound; empty outside.
  std::string_view road;
};

/// Builds one area the way its quarter is built, and lets the planned households move in.
class AreaBuilder {
 public:
  AreaBuilder(Stage& stage, AddressBook& addresses, HouseholdWriter& households, const AreaSite& site)
      : stage_(stage),
        addresses_(addresses),
        households_(households),
        buildings_(stage),
        site_(site),
        lets_(site.plan.lets) {}
  void build();

 private:
  int locals_left() const { return static_cast<int>(site_.plan.locals.size() - next_local_); }
  int lets_left() const { return static_cast<int>(lets_.size() - next_let_); }
  int left() const { return locals_left() + lets_left(); }
  const HouseholdShape& take_local() { return site_.plan.locals[next_local_++]; }
  const HouseholdShape& take_let() { return lets_[next_let_++]; }
  bool is_village() const;

  void build_shop_house(int shops);
  void write_shop(const Building& building, int no);
  void build_tower();
  void build_stair_block();
  void build_flats(const BuildingSpec& spec, int first_floor, int per_floor);
  void fill_flat(const Building& building, int entrance, const std::string& room);
  void write_vacant(const Building& building, DwellingSpec spec);
  void move_into_flat(const Building& building, DwellingSpec spec, const HouseholdShape& shape);

  void build_family_house();
  void build_lets(const Building& building, int lets, bool numbered, bool ground_floor_too);
  void write_let(const Building& building, const std::string& room);
  bool small_family_next();
  void settle_let(const Home& home, HouseholdShape first);

  void build_institution(std::string_view kind, const std::string& name);
  void build_dormitory();

  BuildingSpec spec_at(std::string address, std::string_view kind, int floors, int from, int to) const;
  void move_in(const Home& home, const HouseholdShape& shape);

  Stage& stage_;
  AddressBook& addresses_;
  HouseholdWriter& households_;
  BuildingWriter buildings_;
  const AreaSite& site_;
  bool prefixed_rooms_ = false;       ///< "3-502" instead of "502".
  std::vector<HouseholdShape> lets_;  ///< The plan's, in the order in which they move in.
  std::size_t next_local_ = 0;
  std::size_t next_let_ = 0;
};

}  // namespace ruhu::demo
