#pragma once
#include "app/queries/query_context.hpp"
#include "app/state/visit.hpp"
#include "storage/store.hpp"

namespace ruhu {

/// One knock: at which door, since when.
struct VisitStart {
  RecordId household;  ///< Nil: nobody is known at the dwelling.
  RecordId dwelling;   ///< Nil: the household's.
  Instant started_at{};
};

/// The visit form with the roster as it is now. `initial` holds presets; drafts are laid over it by the caller.
Result<VisitState> query_visit(Store& store, const QueryContext& ctx, const VisitStart& start);

/// Item of `verified_fields` and `changed_fields` for one person on the roster.
std::string roster_item(const RecordId& person);

}  // namespace ruhu
