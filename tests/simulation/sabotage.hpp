#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "platform/base/random.hpp"
#include "server/store/platform_store.hpp"
#include "sync/protocol/messages.hpp"

namespace ruhu::simulation {

/// One thing done wrong on purpose somewhere between a tablet's disk and the platform's, as a bug would do it. Each has
/// to be noticed by the checkers, or they prove nothing.
enum class Sabotage : std::uint8_t {
  none,
  forget_op_ids,
  acknowledge_unsaved,
  last_writer_wins,
  wrong_direction,
  cursor_ahead,
  cursor_back,
  entry_dropped,
  entry_fields_dropped,
  value_mangled,
  conflict_hidden,
  outcome_hidden,
  scope_leak,
  group_split,
  op_dropped,
  platform_disk_lies,
  tablet_disk_lies,
  conflict_forgotten,
  log_entry_forgotten,
  op_forgotten,
  platform_row_altered,
  tablet_row_altered,
  queue_skipped,
  epoch_kept,
  old_bases_believed,
  leave_dropped,
  snapshot_row_dropped,
  grid_kept,
};

struct SabotageInfo {
  Sabotage what;
  std::string_view name;  ///< For the command line.
  std::string_view says;  ///< Which bug it stands for.
};
std::span<const SabotageInfo> sabotages();  ///< All but none.

/// Where on disk a fault is planted, and how. Nothing: elsewhere.
struct DiskSabotage {
  bool at_platform = false;
  std::string_view sql;
};
std::optional<DiskSabotage> disk_sabotage(Sabotage what);

/// The dictionary by which the platform merges.
std::string dictionary_of_platform(Sabotage what);

/// Changes messages under way. Its random numbers are its own: a sabotaged run is otherwise the run of its seed.
class Saboteur {
 public:
  Saboteur(Sabotage what, std::uint64_t seed) : what_(what), random_(seed ^ 0x5AB0) {}

  /// True: the request has been changed.
  bool change_request(SyncRequest& request);
  /// An answer that is given without asking the platform.
  std::optional<SyncResponse> answer_unasked(const SyncRequest& request);
  bool change_answer(SyncResponse& answer, server::PlatformStore& platform);

 private:
  static bool drop_row(SyncResponse& answer);
  bool leak(SyncResponse& answer, server::PlatformStore& platform) const;
  bool now() { return random_.chance(0.2); }

  Sabotage what_;
  SeededRandom random_;
};

}  // namespace ruhu::simulation
