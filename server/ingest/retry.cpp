// What could not be placed is tried again. A tablet's ops on one record keep their order: a later one may build on an
// earlier one, so it does not pass it.
#include <algorithm>

#include "server/ingest/ingest.hpp"
#include "server/ingest/lineage.hpp"
#include "server/ingest/unplaced.hpp"

namespace ruhu::server {
namespace {

std::vector<Change> changes_of(const std::vector<StoredOp>& group) {
  std::vector<Change> changes;
  for (const StoredOp& op : group) changes.push_back(op.change);
  return changes;
}

}  // namespace

Status Ingest::retry(std::size_t groups_max) {
  for (std::size_t done = 0; done < groups_max; ++done) {
    RUHU_TRY(const auto due, tx_.asides_due(now_, 1));
    if (due.empty()) return {};
    RUHU_TRY(const auto group, group_of(due.front().op));
    RUHU_TRY_DONE(retry_group(group));
  }
  return {};
}

Status Ingest::retry_all() {
  RUHU_TRY(const auto all, tx_.asides_due(Instant::max(), kEveryAside));
  for (const Aside& aside : all) RUHU_TRY_DONE(tx_.postpone(aside.op, aside.tries, now_));
  return retry(all.size());
}

Result<std::vector<StoredOp>> Ingest::group_of(OpId op) {
  RUHU_TRY(const auto member, tx_.find_op(op));
  if (!member) return make_error(Errc::internal, "op set aside is missing");
  std::vector<StoredOp> group;
  for (std::uint32_t i = 0; i < member->change.group_size; ++i) {
    RUHU_TRY(auto one, tx_.find_op({op.tablet, member->change.group_first + i}));
    if (!one) return make_error(Errc::internal, "op of a group is missing");
    group.push_back(std::move(*one));
  }
  return group;
}

Result<bool> Ingest::waits_behind_another(const std::vector<StoredOp>& group) {
  const OpId first = group.front().change.id;
  for (const StoredOp& op : group) {
    RUHU_TRY(const auto asides, tx_.asides_of(op.change.record));
    for (const Aside& aside : asides) {
      RUHU_TRY(const bool earlier, is_earlier_of_same(tx_, aside.op, first));
      if (earlier) return true;
    }
  }
  return false;
}

Status Ingest::retry_group(const std::vector<StoredOp>& group) {
  const TabletNo no = group.front().change.id.tablet;
  RUHU_TRY(const auto tablet, tx_.find_tablet(no));
  if (!tablet) return make_error(Errc::internal, "tablet of an op is missing");
  RUHU_TRY(const bool waits, waits_behind_another(group));
  if (waits) return put_off(group, std::nullopt);  // the older one wakes it
  const std::vector<Change> changes = changes_of(group);
  const Keep keep = [&](const Change& change, const OpResult& result) -> Status {
    const auto known =
        std::find_if(group.begin(), group.end(), [&](const auto& op) { return op.change.id == change.id; });
    RUHU_TRY_DONE(tx_.settle_op({change, result, known->received_at}));
    return tx_.tell_later(change.id);
  };
  const Status placed = tx_.attempt([&]() -> Status {
    const auto results = apply_group(*tablet, changes, keep);
    return results.ok() ? Status{} : Status{results.error()};
  });
  if (placed.ok()) {
    RUHU_TRY_DONE(ask_rules());
    return wake(changes);
  }
  touched_.clear();
  return is_fault_of_op(placed.error().code) ? put_off(group, placed.error().code) : placed;
}

/// Without an error: it only waits for another.
Status Ingest::put_off(const std::vector<StoredOp>& group, std::optional<Errc> failed) {
  for (const StoredOp& op : group) {
    const OpId id = op.change.id;
    RUHU_TRY(const auto asides, tx_.asides_of(op.change.record));
    const auto at = std::find_if(asides.begin(), asides.end(), [&](const Aside& aside) { return aside.op == id; });
    if (at == asides.end()) return make_error(Errc::internal, "op is not in the queue");
    const int tries = at->tries + (failed ? 1 : 0);
    RUHU_TRY_DONE(tx_.postpone(id, tries, now_ + pause_after(tries)));
    if (!failed) continue;
    const OpResult result = unplaced(id, OpOutcome::quarantined, *failed);
    if (result == op.result) continue;
    RUHU_TRY_DONE(tx_.settle_op({op.change, result, op.received_at}));
    RUHU_TRY_DONE(tx_.tell_later(id));
  }
  return {};
}

}  // namespace ruhu::server
