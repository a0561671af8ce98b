#pragma once
#include <vector>

#include "app/commands/at_store.hpp"
#include "app/commands/drafts.hpp"
#include "app/state/commands.hpp"

// From what was typed to atomic groups of edits. On the store's thread, since the present records decide.
namespace ruhu {

/// The visit with its needs, the answers about the roster, and what became of the dwelling.
Result<SaveRequest> visit_request(const AtStore& at, const VisitDraft& draft);

/// A person with membership and residency, new or changed. `dwelling` counts only where a household is founded.
struct PersonToSave {
  SavePerson command;
  RecordId dwelling;
  bool newborn = false;
};
Result<SaveRequest> person_request(const AtStore& at, const PersonToSave& wanted);

/// A household or a dwelling; a new head's membership follows.
Result<SaveRequest> record_request(const AtStore& at, const SaveRecord& command);

/// Id that stands for an account in `worker_ids`, the same on every tablet.
Uuid account_id(ActorNo actor);

}  // namespace ruhu
