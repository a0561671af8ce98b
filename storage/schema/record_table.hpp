#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "storage/dictionary/dictionary.hpp"
#include "storage/model/record.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu {

/// "Field equals value", for lists. Ids and codes; not meant for free text.
struct FieldFilter {
  ColumnNo column;
  Value value;
};

struct ListOptions {
  std::vector<FieldFilter> where;  ///< All must hold.
  std::optional<RecordId> after;   ///< Only ids greater than this: paging.
  std::size_t limit = 10'000;
};

/// Records of every kind in their tables. The tablet and the server keep the same rows; only what `meta.seen` means
/// differs. Part of the caller's transaction.
class RecordTable {
 public:
  RecordTable(Database& db, const Dictionary& dictionary);

  /// unknown_kind: the number comes from a file or message, and is of a newer dictionary or damaged.
  Result<std::optional<Record>> find(const RecordRef& ref);
  Result<std::vector<Record>> list(KindNo kind, const ListOptions& options = {});
  Result<std::int64_t> count(KindNo kind);

  /// A new row; internal error when the id exists.
  Status insert(const Record& record);
  /// A new row, unless the id exists: then nothing is written, and false.
  Result<bool> insert_unless_there(const Record& record);
  /// Writes meta and the named columns of an existing row.
  Status update(const Record& record, const std::vector<ColumnNo>& columns);
  /// Inserts or overwrites the whole row.
  Status replace(const Record& record);
  /// Takes the row out; nothing happens when there is none.
  Status erase(const RecordRef& ref);

 private:
  struct KindSql {
    std::vector<const FieldDef*> fields;  ///< By column number, as a record's cells lie and `select` names them.
    std::string select;                   ///< "SELECT id, meta, raw, fields… FROM kind"
    std::string find;                     ///< The same of one id.
    std::string insert;
    std::string replace;
    std::string insert_unless_there;
  };
  const KindSql& sql_of(const KindDef& kind);
  Result<const KindDef*> known_kind(KindNo no) const;
  Status write_all(const std::string& sql, const Record& record);
  Result<Record> read_row(const KindDef& kind, const Statement& row);

  Database& db_;
  const Dictionary& dictionary_;
  std::unordered_map<KindNo, KindSql> sql_;
};

/// Ids lie in the database as 16 bytes.
std::string_view id_bytes(const Uuid& id);
Uuid read_id(std::string_view bytes);  ///< Nil unless 16 bytes.

/// Binds a value in the form of its column: numbers and texts as such, gaps as one byte, sets in stored form.
void bind_value(Statement& statement, int index, const Value& value);
Result<Value> read_value(const FieldDef& field, const Statement& row, int column);

}  // namespace ruhu
