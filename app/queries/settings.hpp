#pragma once
#include "app/queries/query_context.hpp"
#include "app/state/app_state.hpp"
#include "storage/store.hpp"

namespace ruhu {

/// What was chosen on this tablet, and what it is. `version` is the caller's.
/// Whether the worker lets originals of photos go over networks that cost.
Result<bool> photos_go_anywhere(Store& store);

Result<Settings> query_settings(Store& store, const QueryContext& ctx);

/// The language chosen on this tablet; the fallback when none was.
Result<Lang> stored_language(Store& store, Lang fallback);

}  // namespace ruhu
