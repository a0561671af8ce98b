#pragma once
#include "app/queries/query_context.hpp"
#include "app/state/card.hpp"
#include "storage/store.hpp"

namespace ruhu {

/// A record of any kind, to be read. not_found when the tablet does not have it, unknown_kind for a newer one.
Result<CardState> query_card(Store& store, const QueryContext& ctx, const RecordRef& ref);

/// True for kinds that have a page of their own, where work is done: persons, households, dwellings.
bool has_own_page(KindNo kind);

}  // namespace ruhu
