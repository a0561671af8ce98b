#pragma once
#include <vector>

#include "server/desk/touched.hpp"
#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "storage/model/life_cycle/merge_moves.hpp"

namespace ruhu::server {

/// Role of the account under which rules write.
inline constexpr std::string_view kRulesRole = "rules";

/// Writes ops of the platform's own: tablet number 0, under the name of whoever decided, or of the rules. They have
/// seen what stands, so they stand themselves, and tablets hear of them through the logs like of everybody's.
class DeskWriter {
 public:
  DeskWriter(PlatformTx& tx, const Dictionary& dictionary, Instant now) : tx_(tx), dictionary_(dictionary), now_(now) {}

  void set_actor(ActorNo actor) { actor_ = actor; }  ///< Until then the account of the rules.

  /// As one group, all or nothing. What stands already is left out. An edit without an id makes a record.
  /// invalid_value: an op was set aside.
  Status write(const std::vector<RecordEdit>& edits, const Provenance& evidence);

  /// Records written since the last call.
  std::vector<Touched> take_touched() { return touched_.take(); }
  /// Every field written over so far, with what stood there.
  const std::vector<MergeMove>& moves() const { return moves_; }
  /// Records made so far.
  const std::vector<RecordRef>& made() const { return made_; }

 private:
  Result<ActorNo> actor();
  Result<std::optional<Change>> change_of(const RecordEdit& edit, const Provenance& evidence);
  void note_moves(const Record& record, const Change& change);

  PlatformTx& tx_;
  const Dictionary& dictionary_;
  Instant now_;
  std::optional<ActorNo> actor_;
  std::uint64_t next_ = 0;  ///< Counter of the next op, while a group is put together.
  TouchedRecords touched_;
  std::vector<MergeMove> moves_;
  std::vector<RecordRef> made_;
};

}  // namespace ruhu::server
