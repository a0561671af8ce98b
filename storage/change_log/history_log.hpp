#pragma once
#include <functional>
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
  /// Forgets what was written over in the record: the record has left this tablet.
  Status forget(const Record& record, const Identity& own);

 private:
  Result<std::vector<ReplacedCell>> replaced_by(const OpId& op, const Identity& own);
  /// Hands out what each op wrote over, from the record's present stamps back.
  using Visit = std::function<Status(const OpId& by, const std::vector<ReplacedCell>& cells)>;
  Status walk(const Record& record, const Identity& own, const Visit& visit);

  Database& db_;
};

}  // namespace ruhu
