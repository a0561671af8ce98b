#pragma once
#include "app/queries/due.hpp"
#include "app/queries/query_context.hpp"
#include "app/queries/record_sync.hpp"
#include "app/state/household.hpp"
#include "storage/store.hpp"

namespace ruhu {

/// The page of one household. not_found when the tablet does not have it.
Result<HouseholdState> query_household(Store& store, const QueryContext& ctx, const RecordId& household);
/// The page of a dwelling where no household is known; of its household where there is one.
Result<HouseholdState> query_dwelling(Store& store, const QueryContext& ctx, const RecordId& dwelling);

/// What one door has, read for one page.
struct OpenDoor {
  Door door;
  std::vector<const Record*> memberships;  ///< Open ones, head first; beside `door.people` in the same order.
  std::vector<const Record*> visits;       ///< Newest first.
};
/// `household` nil: only the dwelling. Fails with not_found when neither is on this tablet.
Result<OpenDoor> open_door(Store& store, RecordCache& records, const RecordId& household, const RecordId& dwelling);

}  // namespace ruhu
