#pragma once
#include "server/store/platform_store.hpp"

// A copy of a tablet goes on under a number of its own; what was made before belongs to both. Counters do not start
// anew.
namespace ruhu::server {

/// The id of the tablet's op with that counter: under its number, or a predecessor's.
Result<OpId> own_op(PlatformTx& tx, const Tablet& tablet, std::uint64_t counter);

/// True when both ops were made on one tablet, `op` before `later`.
Result<bool> is_earlier_of_same(PlatformTx& tx, const OpId& op, const OpId& later);

/// A number for a copy of the tablet that shares its ops up to that counter. One that was given and not used yet is
/// given again: the answer may have been lost.
Result<Tablet> successor_of(PlatformTx& tx, const Tablet& tablet, std::uint64_t upto);

/// PlatformTx::late_ops of the tablet, and of what it shares with its predecessors.
Result<std::vector<PlatformTx::LateOp>> late_ops_of(PlatformTx& tx, const Tablet& tablet, std::uint64_t after,
                                                    std::size_t limit);

}  // namespace ruhu::server
