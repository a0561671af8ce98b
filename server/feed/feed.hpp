#pragma once
#include <vector>

#include "server/store/platform_store.hpp"

namespace ruhu::server {

/// What a tablet has not seen yet, within its scopes, as much as fits into one answer. Its own ops are left out: it
/// knows them from their results.
Status collect_news(PlatformTx& tx, const Tablet& tablet, const std::vector<CursorAt>& cursors, ServerNews& news);

/// Names of the accounts that the news mention, other than the tablet's own.
Status collect_names(PlatformTx& tx, const Tablet& tablet, ServerNews& news);

}  // namespace ruhu::server
