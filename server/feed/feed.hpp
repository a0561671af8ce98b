#pragma once
#include <vector>

#include "server/feed/snapshots.hpp"

namespace ruhu::server {

/// What a tablet has not seen yet, within its scopes, as much as fits into one answer: entries of their logs, or, far
/// behind, chunks of their snapshots. Its own ops are left out, as it knows them from their results, unless the request
/// wants them. Of a record that has left the tablet's scopes it hears no more than that, and only if it knew it.
Status collect_news(PlatformTx& tx, const Dictionary& dictionary, const SnapshotPolicy& policy, const Tablet& tablet,
                    const SyncRequest& request, SyncResponse& response);

}  // namespace ruhu::server
