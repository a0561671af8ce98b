#pragma once
#include <string>

#include "storage/dictionary/dictionary.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu {

/// `CREATE TABLE` of one kind: id, meta (who wrote what), raw (cells of columns this dictionary does not know) and
/// one real column per field.
std::string create_table_sql(const KindDef& kind);

/// Makes the database hold every kind of the dictionary: new tables and new columns are added, nothing is ever
/// changed or dropped. Cells that waited in `raw` for a column move into it. Part of the caller's transaction.
Status create_or_extend_tables(Database& db, const Dictionary& dictionary);

}  // namespace ruhu
