#pragma once
#include "storage/attachments/attachment_uses.hpp"
#include "storage/change_log/history_log.hpp"
#include "storage/model/identity.hpp"
#include "storage/model/snapshot.hpp"
#include "storage/records/departures.hpp"
#include "storage/schema/record_table.hpp"
#include "storage/search/search_table.hpp"

namespace ruhu {

/// Puts what the server said into the tablet's rows. Part of the caller's transaction.
///
/// A field written by an own op that the server has not placed yet keeps the worker's value: the op's own result
/// settles it later. Everything else follows the server's order of versions, so that taking in the same news twice,
/// or results and entries in any interleaving, ends in the same rows.
class NewsTaker {
 public:
  struct Parts {
    const Dictionary& dictionary;
    RecordTable& records;
    ChangeLog& changes;
    HistoryLog& history;
    SearchTable& search;
    AttachmentUses& uses;
    Departures& departures;
  };
  NewsTaker(Parts parts, const Identity& own) : parts_(parts), own_(own) {}

  Status take_result(const OpResult& result, Instant at);
  Status take_entry(const LogEntry& entry);
  /// A row of a snapshot that is here already: what it says that is newer.
  Status take_row(const Record& row);

 private:
  Status settle(const Change& change, const OpResult& result);
  struct Told {
    ColumnNo column;
    const Value* value;
    Stamp stamp;
  };
  /// Writes what is newer than what stands, and no own edit waits for; returns the columns written.
  std::vector<ColumnNo> take_told(Record& record, const std::vector<Told>& fields) const;
  /// Writes the row anew, with its search keys, and files what was written over.
  Status write(const Record& before, const Record& after, const std::vector<ColumnNo>& columns);
  bool waits_for_own_result(const Stamp& stamp) const { return stamp.version.value == 0 && own_.is_own(stamp.op); }

  Parts parts_;
  const Identity& own_;
};

}  // namespace ruhu
