#pragma once
#include <vector>

#include "storage/model/life_cycle/arrival.hpp"
#include "storage/model/life_cycle/plan_draft.hpp"

namespace ruhu {

/// Moving in as a part of another operation.
Status move_in(PlanDraft& draft, const Destination& to, const std::vector<Arrival>& arrivals);

}  // namespace ruhu
