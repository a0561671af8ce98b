#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/base/clock.hpp"
#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// What a data clerk says of a case.
struct CaseDecision {
  std::uint64_t no = 0;
  std::string take;              ///< One of takes_of().
  std::optional<RecordId> keep;  ///< Which record stays or holds; nothing: the first of the case.
  std::string by;                ///< Name of the clerk; an account is made for a new one.
  std::string reason;            ///< Why; kept with the case.
};

/// What may be said of a case:
///   keep       everything may stand as it is
///   merge      one thing: `keep` stays, the other goes into it
///   not_same   two things, for good; two people with one number are both marked as in doubt
///   number     the digits of the number tell birth and gender; a lunar birthday stays noted
///   alive      who was met is alive: the report of the death is void
///   head       `keep`, a person, is the head; relations are told anew
///   reopen     what had ended has not; of two households that went into each other `keep` goes on
///   end        it has ended: a stay, or of two memberships the one that is not `keep`
std::vector<std::string_view> takes_of(const DeskCase& one);

/// Decides an open case by ops of the platform's own under the clerk's name. On an error the caller must undo the
/// transaction. not_found; already_ended: decided before, or gone; required_missing: no name or reason; invalid_value:
/// nothing that may be said of this case, or `keep` is none of its records.
Status decide_case(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, const CaseDecision& decision);

/// Takes a decision back: every field that still holds what it wrote gets back what it held, and the case is open again
/// if it still holds. undo_expired: after 90 days; already_ended: not decided.
Status undo_case(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, const CaseDecision& decision);

}  // namespace ruhu::server
