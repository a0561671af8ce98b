#pragma once
#include "server/admin/demo/family.hpp"

namespace ruhu::demo {

/// Writes every member's relation to the head (L9, GB/T 4761), from their places, sexes and ages.
void state_relations(Family& family);

}  // namespace ruhu::demo
