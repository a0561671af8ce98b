#pragma once
#include <vector>

#include "platform/base/clock.hpp"
#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// Takes ops in: each ends as applied, merged, superseded, in conflict, waiting or in quarantine, and is kept for ever
/// with its result. Part of the caller's transaction; the caller acknowledges only after it has committed.
class Ingest {
 public:
  Ingest(PlatformTx& tx, const Dictionary& dictionary, Instant now) : tx_(tx), dictionary_(dictionary), now_(now) {}

  /// Ops of one tablet in counter order. Ops that came before give their results again and change nothing.
  /// op_id_reused: an op came again with other content. malformed_message: a gap before the first new op.
  Result<std::vector<OpResult>> take_batch(Tablet& tablet, const std::vector<Change>& changes);

 private:
  Result<OpResult> repeat(const Change& change);
  Result<std::vector<OpResult>> take_group(const Tablet& tablet, const std::vector<Change>& group);
  Result<std::vector<OpResult>> set_aside(const std::vector<Change>& group, OpOutcome outcome, Errc reason);
  Status apply_group(const Tablet& tablet, const std::vector<Change>& group, std::vector<OpResult>& results);
  Result<OpResult> apply(const Tablet& tablet, const Change& change);
  Status check(const Tablet& tablet, const Change& change, const Record* before) const;

  PlatformTx& tx_;
  const Dictionary& dictionary_;
  Instant now_;
};

}  // namespace ruhu::server
