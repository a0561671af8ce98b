#pragma once
#include <string>
#include <vector>

#include "storage/dictionary/dictionary.hpp"
#include "storage/model/record.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu::bench {

/// The limit for a tablet's database: the same records in the same columns of plain SQLite, not encrypted, with an
/// index where ours looks records up and one on each column that ours searches by; nothing else. Same durability.
class PlainTown {
 public:
  PlainTown(const std::string& file, const Dictionary& dictionary);

  void begin();
  void insert(const Record& record);
  void commit();
  void update_phone(const RecordId& person, const std::string& phone);  ///< One durable transaction.
  std::uintmax_t bytes_on_disk();

 private:
  std::string file_;
  const Dictionary& dictionary_;
  std::unique_ptr<Database> db_;
};

}  // namespace ruhu::bench
