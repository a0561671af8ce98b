#pragma once
#include <vector>

#include "server/desk/case_decision.hpp"
#include "server/desk/platform_source.hpp"

namespace ruhu::server {

/// What the decision writes; nothing for "keep". `clerk` stands where a record names who decided.
Result<std::vector<RecordEdit>> plan_of(PlatformSource& source, const DeskCase& one, const CaseDecision& decision,
                                        const RecordId& clerk, Instant now);

/// What takes the decision back, as far as nobody has written over it since.
Result<std::vector<RecordEdit>> plan_undo(PlatformSource& source, const DeskCase& one, const CaseDecision& decision,
                                          const RecordId& clerk, Instant now);

}  // namespace ruhu::server
