#pragma once
#include <string>

#include "platform/base/clock.hpp"
#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// What a data clerk says of a conflict.
struct Decision {
  std::uint64_t conflict = 0;
  enum class Take : unsigned char {
    mine,    ///< The value that did not get in.
    theirs,  ///< The value that has stood meanwhile.
    value,   ///< Another one.
  };
  Take take = Take::theirs;
  Value value;         ///< Of Take::value.
  std::string by;      ///< Name of the clerk; an account is made for a new one.
  std::string reason;  ///< Why; kept with the conflict.
};

/// Decides an open conflict. A value that is to stand is written by an op of its own, whose base is the value that the
/// clerk was shown: where somebody has written since, the field's rule has its say. The op that had lost is told to its
/// tablet with its new result.
/// not_found: no such conflict. already_ended: decided before, or the value shown is no longer the one that stands.
/// required_missing: no name or reason. invalid_value.
/// On an error the caller must undo the transaction.
Status decide(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, const Decision& decision);

/// Takes a decision back: the value that stood before it stands again, the conflict is open again, and the op that had
/// lost is told so. `take` and `value` do not count. Errors as above; undo_expired: after 90 days.
Status undo_decision(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, const Decision& decision);

}  // namespace ruhu::server
