#pragma once
#include "app/queries/query_context.hpp"
#include "app/state/sync.hpp"
#include "storage/store.hpp"

namespace ruhu {

/// Figures, conflicts with both sides, quarantine. Phase, progress and the hand-over answer are the caller's.
Result<SyncState> query_sync(Store& store, const QueryContext& ctx);

/// "May I hand over this tablet?": yes only when the platform has everything and no draft is open.
Result<HandoverAnswer> query_handover(Store& store, const QueryContext& ctx);

}  // namespace ruhu
