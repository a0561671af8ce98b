#pragma once
#include <string>
#include <vector>

#include "storage/dictionary/dictionary.hpp"
#include "storage/model/record.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu::bench {

/// The limit that others are measured against: one table with the same columns, one index, no key, no outbox, the same
/// durability (WAL, synchronous=FULL).
class PlainSqlite {
 public:
  PlainSqlite(const std::string& path, const KindDef& kind, ColumnNo indexed);

  void insert_all(const std::vector<Record>& records);                            ///< One transaction.
  void update_one(const RecordId& id, const std::string& value);                  ///< One durable transaction.
  void update_all(const std::vector<Record>& records, const std::string& value);  ///< One transaction.

 private:
  void insert(const Record& record);
  void update(const RecordId& id, const std::string& value);
  const KindDef& kind_;
  std::string column_;
  std::unique_ptr<Database> db_;
};

}  // namespace ruhu::bench
