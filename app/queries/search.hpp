#pragma once
#include "app/queries/query_context.hpp"
#include "app/state/search.hpp"
#include "storage/store.hpp"

namespace ruhu {

/// Records of every kind by name, pinyin, initials, address and last digits; doors by address, where every word may
/// stand in the compound, the building, the entrance or the room. `recent` is left empty.
Result<SearchState> query_search(Store& store, const QueryContext& ctx, std::string_view text);

/// Households opened lately, newest first.
Result<std::vector<SearchRow>> query_recent(Store& store, const QueryContext& ctx);

}  // namespace ruhu
