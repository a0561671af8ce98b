#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "storage/model/change.hpp"
#include "storage/model/record.hpp"

namespace ruhu {

struct DemoOptions {
  std::uint64_t seed = 1;
  std::string size = "xilinsi";  ///< "xilinsi"; "tiny": one grid, 12 households; "city": 40 grids, 100,000 people.
  Instant today;                 ///< Everything lies before this day (China time), in the two years or lives before it.
};

/// One invented record, whole: every required field, grid_id and status are set.
struct DemoRecord {
  RecordRef ref;
  ScopeCode scope;          ///< The same code as in grid_id: a community or a grid.
  std::vector<Cell> cells;  ///< Sorted by column, no empty values.
  Provenance provenance;
};

/// What was handed out, by kind; `registered`, `floating` … count living residents, `shops` dwellings of use
/// 6 and 7.
struct DemoCounts {
  std::size_t communities = 0;
  std::size_t grids = 0;
  std::size_t micro_grids = 0;
  std::size_t compounds = 0;
  std::size_t buildings = 0;
  std::size_t entrances = 0;
  std::size_t dwellings = 0;
  std::size_t households = 0;
  std::size_t memberships = 0;
  std::size_t persons = 0;
  std::size_t residencies = 0;
  std::size_t visits = 0;
  std::size_t needs = 0;
  std::size_t registered = 0;
  std::size_t floating = 0;
  std::size_t overseas = 0;
  std::size_t pending = 0;
  std::size_t shops = 0;
  auto operator<=>(const DemoCounts&) const = default;
};

using DemoSink = std::function<void(DemoRecord&&)>;

/// Invents communities with all their people and hands out one record at a time; whatever a record refers to
/// has been handed out before it, except workers and supervisors, who are accounts. The same seed, size and
/// day give the same bytes on every machine. Nobody in it is real: citizen numbers are of the unassigned
/// practice area 350599. Fails with Errc::usage for an unknown size, Errc::unknown_kind when the dictionary
/// lacks one of the 13 kinds.
Result<DemoCounts> generate_demo(const Dictionary& dictionary, const DemoOptions& options, const DemoSink& sink);

/// Id of the account behind a short ASCII login (at most 6 characters). Worker and supervisor of the n-th
/// grid handed out are "w01" and "s01", "w02" and "s02" … ; grids, visits and their companions name them by
/// these ids.
Uuid demo_account_id(std::string_view login);

}  // namespace ruhu
