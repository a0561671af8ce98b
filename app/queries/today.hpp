#pragma once
#include "app/queries/query_context.hpp"
#include "app/state/today.hpp"
#include "storage/store.hpp"

namespace ruhu {

/// Today's doors in walking order: what was promised, drafts, the day's share of the longest unverified, and what was
/// done today. The day's share is what the week's goal still lacks, at least a dozen.
Result<TodayState> query_today(Store& store, const QueryContext& ctx, TodayFilter filter);

/// Name of the own grid: "第3网格".
std::string grid_name(Store& store, const QueryContext& ctx);

}  // namespace ruhu
