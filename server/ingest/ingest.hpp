#pragma once
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "platform/base/clock.hpp"
#include "server/desk/touched.hpp"
#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// Takes ops in: each ends as applied, merged, superseded, in conflict, waiting or in quarantine, and is kept for ever
/// with its result. Part of the caller's transaction; the caller acknowledges only after it has committed.
class Ingest {
 public:
  Ingest(PlatformTx& tx, const Dictionary& dictionary, Instant now) : tx_(tx), dictionary_(dictionary), now_(now) {}

  struct Taken {
    std::vector<OpResult> results;  ///< Of the ops up to the first that is another one here.
    bool is_copy = false;           ///< There is such a one: two tablets have counted on from the same point.
  };
  /// Ops of one tablet in counter order. Ops that came before give their results again and change nothing.
  /// malformed_message: a gap before the first new op.
  /// Then the desk's rules are asked about the records that were touched.
  Result<Taken> take_batch(Tablet& tablet, const std::vector<Change>& changes);
  /// The same without the rules: whoever calls it asks them about take_touched().
  Result<Taken> place_batch(Tablet& tablet, const std::vector<Change>& changes);
  std::vector<Touched> take_touched() { return std::exchange(touched_, {}); }

  /// Tries what had been set aside and is due, oldest first, at most so many groups. What is placed now is told to its
  /// tablet later; what is not waits again: 5 minutes, 10 minutes, 1 hour, 8 hours, then a day each time.
  Status retry(std::size_t groups_max);
  Status retry_all();  ///< Once each, due or not.

  /// What became of the tablet's op, with its fields as they stand now.
  Result<OpResult> result_now(const Tablet& tablet, const StoredOp& op);

 private:
  /// Keeps an op with its result: a new one, or one that had been set aside.
  using Keep = std::function<Status(const Change& change, const OpResult& result)>;

  Status keep_new(const Change& change, const OpResult& result);
  Status check_ids(const Tablet& tablet, const std::vector<Change>& changes);
  /// Nothing: the op that is here is another one.
  Result<std::optional<OpResult>> repeat(const Tablet& tablet, const Change& change);
  Result<bool> is_blocked(const Change& change);
  Result<std::vector<OpResult>> take_group(const Tablet& tablet, const std::vector<Change>& group);
  Result<std::vector<OpResult>> set_aside(const std::vector<Change>& group, OpOutcome outcome, Errc reason);
  Result<std::vector<OpResult>> apply_group(const Tablet& tablet, const std::vector<Change>& group, const Keep& keep);
  Result<std::vector<StoredOp>> group_of(OpId op);
  Status retry_group(const std::vector<StoredOp>& group);
  Result<bool> waits_behind_another(const std::vector<StoredOp>& group);
  Status put_off(const std::vector<StoredOp>& group, std::optional<Errc> failed);
  /// Whatever waits on these records may be possible now.
  Status wake(const std::vector<Change>& group);
  Status wake_behind_new(const std::vector<OpResult>& results, const std::vector<Change>& group);
  Result<OpResult> apply(const Tablet& tablet, const Change& change);
  Result<bool> did_not_know_that_it_left(const Tablet& tablet, const Change& change) const;
  Result<OpResult> as_told(const Tablet& tablet, const Change& change, OpResult result) const;
  Status check(const Tablet& tablet, const Change& change, const Record* before) const;

  void touch(const Change& change, std::optional<Record> before);
  Status ask_rules();

  PlatformTx& tx_;
  const Dictionary& dictionary_;
  Instant now_;
  std::vector<Touched> touched_;  ///< By placed ops, in their order.
};

}  // namespace ruhu::server
