#pragma once
#include <string>

#include "storage/sqlite/database.hpp"

namespace ruhu::test {

/// The whole database as SQL text that makes it again: tables, rows, indexes and the layout number. The same content
/// gives the same text.
std::string dump_sql(Database& db);

/// One line per row of every table, sorted: for comparing what two databases hold. Columns stand in the order of their
/// names; those in which every row is NULL are left out, so that a column that was only added does not show.
std::string rows_as_text(Database& db);

}  // namespace ruhu::test
