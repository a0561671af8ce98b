#include "server/feed/snapshots.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "dictionary_constants.hpp"
#include "sync/protocol/snapshot_rows.hpp"

namespace ruhu::server {

std::uint32_t next_chunk(const SyncRequest& request, ScopeCode scope, Lsn lsn) {
  for (const SnapshotAt& at : request.snapshots)
    if (at.scope == scope && at.lsn == lsn) return at.next;
  return 0;
}

Result<std::optional<SnapshotInfo>> SnapshotFeed::wanted(const CursorAt& cursor, const SyncRequest& request) {
  for (const SnapshotAt& at : request.snapshots) {
    if (at.scope != cursor.scope) continue;
    RUHU_TRY(auto begun, tx_.find_snapshot(at.scope, at.lsn));
    if (!begun || at.next >= begun->count) continue;
    RUHU_TRY(const bool fresh, holds_only_present(at.scope, at.lsn));
    if (fresh) return begun;
  }
  RUHU_TRY(const Lsn head, tx_.log_head(cursor.scope));
  const std::uint64_t far = cursor.lsn.value == 0 ? 1 : policy_.known_behind;
  if (head.value < cursor.lsn.value + far) return std::optional<SnapshotInfo>{};
  RUHU_TRY(auto latest, tx_.latest_snapshot(cursor.scope));
  // What came since is played from the log: it must be little beside the rows.
  const std::uint64_t little = latest ? std::max(policy_.tail, latest->rows / 4) : 0;
  if (latest && latest->lsn > cursor.lsn && head.value - latest->lsn.value < std::min(little, policy_.known_behind)) {
    RUHU_TRY(const bool fresh, holds_only_present(cursor.scope, latest->lsn));
    RUHU_TRY(const bool own_after, has_own(cursor, latest->lsn, request.tablet));
    if (fresh && !own_after) return latest;
  }
  RUHU_TRY(const SnapshotInfo made, make(cursor.scope, head));
  return std::optional<SnapshotInfo>{made};
}

Result<bool> SnapshotFeed::holds_only_present(ScopeCode scope, Lsn lsn) {
  RUHU_TRY(const auto left, tx_.leaves(scope, lsn));
  return left.empty();
}

/// A tablet that had the scope once, and has it again, has none of its own work there any more; the log would leave it
/// out.
Result<bool> SnapshotFeed::has_own(const CursorAt& cursor, Lsn after, TabletNo tablet) {
  if (cursor.lsn.value != 0) return false;
  RUHU_TRY(const auto tail,
           tx_.read_log({.scope = cursor.scope, .after = after, .without = {}, .limit = SIZE_MAX >> 1U}));
  return std::any_of(tail.entries.begin(), tail.entries.end(),
                     [&](const LogEntry& entry) { return entry.op.tablet == tablet; });
}

/// Records that others refer to come before them.
std::vector<const KindDef*> SnapshotFeed::kinds_in_order() const {
  std::vector<const KindDef*> order;
  std::set<KindNo> seen;
  const std::function<void(const KindDef&)> visit = [&](const KindDef& kind) {
    if (!seen.insert(kind.no).second) return;  // there are circles
    for (const FieldDef& field : kind.fields)
      if (const KindDef* target = dictionary_.find_kind(field.target)) visit(*target);
    order.push_back(&kind);
  };
  for (const KindDef& kind : dictionary_.kinds()) visit(kind);
  return order;
}

Result<SnapshotInfo> SnapshotFeed::make(ScopeCode scope, Lsn head) {
  SnapshotInfo info{.lsn = head};
  std::vector<std::string> chunks;
  std::vector<Record> rows;
  std::set<ActorNo> actors;
  const auto pack = [&] {
    chunks.push_back(encode_snapshot_rows(rows));
    rows.clear();
  };
  for (const KindDef* kind : kinds_in_order()) {
    ListOptions page{
        .where = {{kinds::person::grid_id, to_string(scope)}}, .after = {}, .limit = policy_.rows_per_chunk};
    for (;;) {
      RUHU_TRY(auto some, tx_.list_records(kind->no, page));
      if (some.empty()) break;
      page.after = some.back().ref.id;
      info.rows += some.size();
      for (Record& record : some) {
        actors.insert(record.meta.created.actor);
        for (const auto& later : record.meta.later) actors.insert(later.second.actor);
        rows.push_back(std::move(record));
        if (rows.size() == policy_.rows_per_chunk) pack();
      }
    }
  }
  if (!rows.empty() || chunks.empty()) pack();
  info.actors.assign(actors.begin(), actors.end());
  info.count = static_cast<std::uint32_t>(chunks.size());
  RUHU_TRY_DONE(tx_.add_snapshot(scope, info, chunks));
  return info;
}

Result<bool> SnapshotFeed::add(ScopeCode scope, const SnapshotInfo& info, const SyncRequest& request,
                               SyncResponse& response) {
  for (std::uint32_t no = next_chunk(request, scope, info.lsn); no < info.count; ++no) {
    if (bytes_left_ == 0 || response.chunks.size() == kChunksPerMessageMax) return false;
    RUHU_TRY(std::string rows, tx_.snapshot_chunk(scope, info.lsn, no));
    bytes_left_ -= std::min(bytes_left_, rows.size());
    response.chunks.push_back({scope, info.lsn, no, info.count, std::move(rows)});
  }
  return true;
}

}  // namespace ruhu::server
