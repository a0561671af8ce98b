#pragma once
#include <vector>

#include "server/store/platform_store.hpp"
#include "sync/protocol/messages.hpp"

namespace ruhu::server {

/// What a tablet has not seen yet, within its scopes, as much as fits into one answer. Its own ops are left out, as
/// it knows them from their results, unless the request wants them.
Status collect_news(PlatformTx& tx, const Tablet& tablet, const SyncRequest& request, ServerNews& news);

/// Names of the accounts that the news mention, other than the tablet's own.
Status collect_names(PlatformTx& tx, const Tablet& tablet, ServerNews& news);

}  // namespace ruhu::server
