#pragma once
#include <optional>

#include "app/queries/query_context.hpp"
#include "app/state/common.hpp"

// How a record of any kind stands, in tags.
namespace ruhu {

/// Why a record is over: it was closed, a person died, a shop moved away, it was merged into another. Nothing while it
/// goes on.
std::optional<Tag> ended_tag(const QueryContext& ctx, const Record& record);

/// What sort of its kind the record is and how it stands: "店面", "营业". Of something that is over only why.
std::vector<Tag> standing_tags(const QueryContext& ctx, const Record& record);

}  // namespace ruhu
