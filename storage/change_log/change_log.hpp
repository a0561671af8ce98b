#pragma once
#include <optional>
#include <vector>

#include "storage/model/history.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu {

/// How far one of the tablet's own ops has come.
enum class OpState : std::uint8_t {
  queued = 0,        ///< Durable here only.
  acknowledged = 1,  ///< Durable at the server too; kept here all the same.
};

struct LoggedOp {
  Change change;
  OpState state = OpState::queued;
  std::optional<OpResult> result;  ///< Of acknowledged ops that did not simply stand as sent.
};

/// The tablet's own edits in the order made: outbox and ledger in one. Counters run from 1 without gaps.
class ChangeLog {
 public:
  explicit ChangeLog(Database& db) : db_(db) {}

  /// Counter that the next op gets. Inside a write transaction nobody else can take it.
  Result<std::uint64_t> next_counter();
  /// The latest own op; zeros when there is none.
  struct Newest {
    std::uint64_t counter = 0;
    HybridTime made_at;
  };
  Result<Newest> newest();
  /// `replaced`: what the change wrote over, part of the record's history (history.hpp). Bytes of the stored change.
  Result<std::size_t> append(const Change& change, const std::vector<ReplacedCell>& replaced);

  /// Queued ops in counter order, whole groups only, about `bytes_max` of them but at least one group.
  Result<std::vector<Change>> queued(std::size_t bytes_max);
  /// The same of those after a counter.
  Result<std::vector<Change>> after(std::uint64_t counter, std::size_t bytes_max);
  Result<std::int64_t> queued_count();
  Result<std::uint64_t> acknowledged_up_to();  ///< 0: none yet.
  Result<std::optional<LoggedOp>> find(std::uint64_t counter);
  /// Acknowledged ops whose result a person may want to see, newest first.
  Result<std::vector<LoggedOp>> with_results(std::size_t limit);

  Status acknowledge(const OpResult& result, Instant at);
  /// What became of an acknowledged op is told anew: it had been set aside, or its fields have changed since.
  Status note_result(const OpResult& result);

  /// Every op is queued again, with no result: the server is to say anew what it has.
  Status requeue_all();
  /// The queued ops, and what they wrote over, get ids with another tablet number. Gives them, renumbered.
  Result<std::vector<Change>> renumber_queued(TabletNo fresh);

 private:
  Database& db_;
};

}  // namespace ruhu
