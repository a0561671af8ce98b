#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/admin/demo/stage.hpp"

namespace ruhu::demo {

/// A community while it is being built.
struct CommunitySite {
  ScopeCode code;
  std::uint64_t buildings = 0;  ///< So far; the last five digits of a building's code.
};

/// A grid while it is being built.
struct GridSite {
  CommunitySite& community;
  ScopeCode code;
  std::vector<RecordId> micro_grids;
  int worker = 1;
  int doors = 0;         ///< Households and shops that are to be here …
  int doors_opened = 0;  ///< … and those that are; decides the micro-grid.
  int lat_micro = 0;     ///< Middle of the grid, millionths of a degree, WGS-84.
  int lng_micro = 0;
};

struct BuildingSpec {
  std::string address;
  std::string_view kind;  ///< L3
  int floors = 1;
  int entrances = 0;  ///< With a record each; 0: one door, no record.
  int built_from = 1980;
  int built_to = 2020;
  RecordId compound;  ///< Nil: none.
};

struct Building {
  RecordId id;
  std::vector<RecordId> entrances;
  std::string address;
  int built_year = 0;
};

inline constexpr int kNoEntrance = -1;

struct DwellingSpec {
  std::string room;
  std::string alias;  ///< Another spelling of the room; may be empty.
  int entrance = kNoEntrance;
  bool names_entrance = false;  ///< The room says it: "3-502".
  std::string_view use = "1";   ///< L4
  std::string_view occupancy = "occupied";
  std::string_view tenure;  ///< L5; for lets always "2".
  int area_m2 = 0;
  int rooms = 0;
  bool let = false;
  bool dormitory = false;
  int let_rooms = 0;
};

/// Hands out buildings with their entrances, and dwellings.
class BuildingWriter {
 public:
  explicit BuildingWriter(Stage& stage) : stage_(stage) {}
  Building write_building(GridSite& grid, const BuildingSpec& spec);
  Home write_dwelling(const GridSite& grid, const Building& building, const DwellingSpec& spec);

 private:
  void write_entrances(const GridSite& grid, Building& building, int count);
  void add_rental(RecordDraft& draft, const DwellingSpec& spec);
  Stage& stage_;
};

}  // namespace ruhu::demo
