#pragma once
#include <vector>

#include "platform/base/clock.hpp"
#include "server/store/platform_store.hpp"

namespace ruhu::server {

/// Codes of every grid that the platform has a record of, sorted.
Result<std::vector<ScopeCode>> all_grids(PlatformTx& tx);

/// not_found: one of them is no grid, or none of the platform's. A platform without any grid takes them on trust.
Status check_grids(PlatformTx& tx, const std::vector<ScopeCode>& grids);

/// Gives the tablet these grids from now on, own grid first, and the community of the first. What was done before in a
/// scope that it loses is still taken in, what is done later goes into quarantine, and the tablet erases the scope when
/// it next comes. No grids: it keeps nothing. tablet_unknown, not_found.
Status assign_scopes(PlatformTx& tx, TabletNo no, const std::vector<ScopeCode>& grids, Instant now);

}  // namespace ruhu::server
