#pragma once
#include <vector>

#include "storage/records/news_taker.hpp"

namespace ruhu {

/// Puts the rows of snapshots into a tablet, and remembers how far it has come. Part of the caller's transaction.
///
/// New rows get their search keys later (`make_search_keys`): they cost more than the rows, and a worker who waits for
/// a first sync wants the rows.
class SnapshotTaker {
 public:
  struct Parts {
    Database& db;
    const Dictionary& dictionary;
    RecordTable& records;
    AttachmentUses& uses;
    Departures& departures;
    NewsTaker& news;
  };
  explicit SnapshotTaker(Parts parts) : parts_(parts) {}

  /// malformed_message unless it is the first chunk of a snapshot or the next of the one that is on its way. A scope
  /// that the tablet no longer has: nothing is taken. True: a row was of a kind that this program does not know.
  Result<bool> take(const SnapshotChunk& chunk);

 private:
  Result<bool> is_wanted(ScopeCode scope);
  Status check_place(const SnapshotChunk& chunk);
  Status note_progress(const SnapshotChunk& chunk);
  Status take_row(const Record& row);

  Parts parts_;
  std::vector<RecordRef> fresh_;
};

/// Snapshots that are on their way.
Result<std::vector<SnapshotAt>> snapshots_under_way(Database& db);

/// Makes search keys of rows that came with snapshots, one chunk's. False: there is none left.
Result<bool> make_search_keys(Database& db, RecordTable& records, SearchTable& search);

}  // namespace ruhu
