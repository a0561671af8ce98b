#include "tests/support/sql_dump.hpp"

#include <algorithm>
#include <vector>

namespace ruhu::test {
namespace {

std::vector<std::string> first_column(Database& db, const std::string& sql) {
  std::vector<std::string> all;
  auto query = db.prepare(sql).value();
  while (query.step().value()) all.emplace_back(query.text(0));
  return all;
}

std::vector<std::string> columns_of(Database& db, const std::string& table, const char* order) {
  return first_column(db, "SELECT name FROM pragma_table_info('" + table + "') ORDER BY " + order);
}

std::string joined_quotes(const std::vector<std::string>& columns, const std::string& between) {
  std::string sql;
  for (const auto& column : columns)
    sql += (sql.empty() ? "" : " || '" + between + "' || ") + ("quote(" + ruhu::quoted(column) + ")");
  return sql;
}

std::vector<std::string> tables_of(Database& db) {
  return first_column(db,
                      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
}

}  // namespace

std::string dump_sql(Database& db) {
  std::string sql = "BEGIN;\n";
  for (const auto& table : tables_of(db)) {
    sql += first_column(db, "SELECT sql FROM sqlite_master WHERE name = '" + table + "'").front() + ";\n";
    for (const auto& row : first_column(db, "SELECT " + joined_quotes(columns_of(db, table, "cid"), ",") + " FROM " +
                                                ruhu::quoted(table) + " ORDER BY 1"))
      sql += "INSERT INTO " + ruhu::quoted(table) + " VALUES(" + row + ");\n";
  }
  for (const auto& index :
       first_column(db, "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"))
    sql += index + ";\n";
  return sql + "PRAGMA user_version = " + std::to_string(db.integer("PRAGMA user_version").value()) + ";\nCOMMIT;\n";
}

std::string rows_as_text(Database& db) {
  std::string out;
  for (const auto& table : tables_of(db)) {
    std::vector<std::string> columns = columns_of(db, table, "name");
    std::erase_if(columns, [&](const std::string& column) {
      return db.integer("SELECT count(" + ruhu::quoted(column) + ") FROM " + ruhu::quoted(table)).value() == 0;
    });
    out += "== " + table + "\n";
    if (columns.empty()) continue;
    for (const auto& row :
         first_column(db, "SELECT " + joined_quotes(columns, "|") + " FROM " + ruhu::quoted(table) + " ORDER BY 1"))
      out += row + "\n";
  }
  return out;
}

}  // namespace ruhu::test
