#pragma once
#include <optional>

#include "storage/attachments/attachment_uses.hpp"
#include "storage/change_log/history_log.hpp"
#include "storage/model/identity.hpp"
#include "storage/schema/record_table.hpp"
#include "storage/search/search_table.hpp"

namespace ruhu {

/// Records that are not this tablet's any more: they moved to a grid that it does not have, or a grid was taken from
/// it. Their rows go, with search keys, history and photos, once the platform has everything that was done to them
/// here. Own ops stay in the change log: they are this tablet's work. Part of the caller's transaction.
class Departures {
 public:
  struct Parts {
    Database& db;
    RecordTable& records;
    ChangeLog& changes;
    HistoryLog& history;
    SearchTable& search;
    AttachmentUses& uses;
  };
  Departures(Parts parts, const Identity& own) : parts_(parts), own_(own) {}

  /// Takes the record off the tablet if it has left and nothing of it is queued.
  Status consider(const Record& record);
  /// Does that with every record that is at home in the scope.
  Status consider_all(const Dictionary& dictionary, ScopeCode scope);
  /// The record is here again.
  Status came_back(const RecordRef& ref);
  /// Its row was taken off, and has not come back.
  Result<bool> has_left(const RecordRef& ref);

 private:
  bool is_at_home_here(const Record& record) const;
  Result<bool> has_queued(const Record& record);

  Parts parts_;
  const Identity& own_;
  std::optional<bool> none_;  ///< Nothing ever left, which is usual; unset: not looked yet.
};

}  // namespace ruhu
