#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/queries/query_context.hpp"
#include "app/queries/visit_log.hpp"
#include "app/state/today.hpp"

// Why a door is due (domain.md W2): what was promised, what is longest unverified, tenancies, people at risk.
namespace ruhu {

/// One door as the due list sees it. Pointers belong to the query's cache.
struct Door {
  const Record* dwelling = nullptr;
  const Record* household = nullptr;  ///< nullptr: nobody is known here.
  std::vector<const Record*> people;
  VisitSummary visits;
  bool has_draft = false;
};

/// An elder who lives alone, computed from ages and members. A hint for the worker, never a label of the person.
struct AloneHint {
  int age = 0;
  std::int32_t every_days = 30;  ///< Interval that the hint suggests.
};
std::optional<AloneHint> alone_hint(const QueryContext& ctx, const Door& door);

/// How much a door asks for a visit, and why.
struct Due {
  DueState state = DueState::due;
  std::string reason;
  std::int32_t weight = 0;  ///< Larger: sooner.
  bool promised = false;    ///< A day was agreed and has come.
  bool asks = false;        ///< Worth a notice on the household's page.
};
Due due_of(const QueryContext& ctx, const Door& door);

/// Computed hints and notable facts, most important first.
std::vector<Tag> door_tags(const QueryContext& ctx, const Door& door);

}  // namespace ruhu
