#pragma once
#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "sync/protocol/messages.hpp"

namespace ruhu::server {

/// When a tablet gets a scope's rows instead of its log: always, when it has nothing of the scope; else beyond a
/// horizon. In log entries.
struct SnapshotPolicy {
  std::uint64_t known_behind = 20'000;  ///< The horizon.
  std::uint64_t tail = 500;  ///< So many since a snapshot was made, or a quarter of its rows, do not call for another.
  std::size_t rows_per_chunk = 2'000;  ///< At most kSnapshotRowsMax.
};

/// Adds chunks of snapshots for scopes in which the tablet is far behind, about `bytes_max` of them, own grid first.
/// Makes a snapshot where there is none that is near the log's head. Scopes that are served so get no entries in the
/// same answer but those that say that a record has left.
class SnapshotFeed {
 public:
  SnapshotFeed(PlatformTx& tx, const Dictionary& dictionary, const SnapshotPolicy& policy, std::size_t bytes_max)
      : tx_(tx), dictionary_(dictionary), policy_(policy), bytes_left_(bytes_max) {}

  /// What the scope's snapshot is for the tablet; nothing: its log is.
  Result<std::optional<SnapshotInfo>> wanted(const CursorAt& cursor, const SyncRequest& request);
  /// Adds chunks from where the tablet stands. True: the last chunk is among them.
  Result<bool> add(ScopeCode scope, const SnapshotInfo& info, const SyncRequest& request, SyncResponse& response);
  bool is_full() const { return bytes_left_ == 0; }

 private:
  /// False: a record in it has left the scope since, so it is not for anybody new.
  Result<bool> holds_only_present(ScopeCode scope, Lsn lsn);
  Result<bool> has_own(const CursorAt& cursor, Lsn after, TabletNo tablet);
  std::vector<const KindDef*> kinds_in_order() const;
  Result<SnapshotInfo> make(ScopeCode scope, Lsn head);

  PlatformTx& tx_;
  const Dictionary& dictionary_;
  const SnapshotPolicy& policy_;
  std::size_t bytes_left_;
};

/// The first chunk that the tablet lacks.
std::uint32_t next_chunk(const SyncRequest& request, ScopeCode scope, Lsn lsn);

}  // namespace ruhu::server
