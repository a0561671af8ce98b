#include "server/ingest/lineage.hpp"

#include <algorithm>

namespace ruhu::server {

Result<OpId> own_op(PlatformTx& tx, const Tablet& tablet, std::uint64_t counter) {
  Tablet at = tablet;
  while (at.predecessor.value != 0 && counter <= at.predecessor_upto) {
    RUHU_TRY(auto before, tx.find_tablet(at.predecessor));
    if (!before) return make_error(Errc::internal, "predecessor of a tablet is missing");
    at = std::move(*before);
  }
  return OpId{at.no, counter};
}

Result<bool> is_earlier_of_same(PlatformTx& tx, const OpId& op, const OpId& later) {
  if (op.counter >= later.counter) return false;
  if (op.tablet == later.tablet) return true;
  RUHU_TRY(const auto tablet, tx.find_tablet(later.tablet));
  if (!tablet) return make_error(Errc::internal, "tablet of an op is missing");
  RUHU_TRY(const OpId own, own_op(tx, *tablet, op.counter));
  return own == op;
}

Result<Tablet> successor_of(PlatformTx& tx, const Tablet& tablet, std::uint64_t upto) {
  RUHU_TRY(auto unused, tx.find_unused_successor(tablet.no, upto));
  if (unused) return std::move(*unused);
  Tablet fresh = tablet;
  ++fresh.incarnation;
  fresh.predecessor = tablet.no;
  fresh.predecessor_upto = upto;
  fresh.last_counter = upto;
  return tx.add_tablet(fresh);
}

Result<std::vector<PlatformTx::LateOp>> late_ops_of(PlatformTx& tx, const Tablet& tablet, std::uint64_t after,
                                                    std::size_t limit) {
  RUHU_TRY(auto late, tx.late_ops(tablet.no, after, limit));
  Tablet at = tablet;
  while (at.predecessor.value != 0) {
    const std::uint64_t upto = at.predecessor_upto;
    RUHU_TRY(auto before, tx.find_tablet(at.predecessor));
    if (!before) return make_error(Errc::internal, "predecessor of a tablet is missing");
    at = std::move(*before);
    RUHU_TRY(const auto earlier, tx.late_ops(at.no, after, SIZE_MAX >> 1U));
    for (const PlatformTx::LateOp& one : earlier)
      if (one.op.counter <= upto) late.push_back(one);
  }
  std::sort(late.begin(), late.end(), [](const auto& a, const auto& b) { return a.seq < b.seq; });
  late.resize(std::min(late.size(), limit));
  return late;
}

}  // namespace ruhu::server
