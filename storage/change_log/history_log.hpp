#pragma once
#include <string>
#include <vector>

#include "storage/change_log/change_log.hpp"
#include "storage/model/history.hpp"
#include "storage/model/identity.hpp"

namespace ruhu {

/// What ops wrote over on this tablet. Own ops keep it in their own row of the change log, so that a save writes no
/// page more; other people's ops have a table. Part of the caller's transaction.
class HistoryLog {
 public:
  explicit HistoryLog(Database& db) : db_(db) {}

  /// Files cells under the op that wrote over them, beside what is filed there already.
  Status keep(const OpId& by, const Identity& own, const std::vector<ReplacedCell>& cells);
  /// Everything the tablet knows of the record's fields.
  Result<RecordHistory> of(Record record, const Identity& own, ChangeLog& changes);

 private:
  Result<std::vector<ReplacedCell>> replaced_by(const OpId& op, const Identity& own);

  Database& db_;
};

}  // namespace ruhu
