#include "storage/schema/tables.hpp"

#include <set>

#include "storage/model/stored_form.hpp"
#include "storage/schema/record_table.hpp"

namespace ruhu {
namespace {

std::string_view sql_type(FieldType type) {
  switch (type) {
    case FieldType::time:
    case FieldType::integer:
    case FieldType::boolean: return "INTEGER";
    case FieldType::number: return "REAL";
    case FieldType::ref:
    case FieldType::codes:
    case FieldType::refs:
    case FieldType::texts: return "BLOB";
    default: return "TEXT";
  }
}

std::string column_sql(const FieldDef& field) { return quoted(field.name) + " " + std::string(sql_type(field.type)); }

Result<std::set<std::string>> existing_columns(Database& db, const KindDef& kind) {
  std::set<std::string> names;
  RUHU_TRY(auto query, db.prepare("SELECT name FROM pragma_table_info(?1)"));
  query.bind_text(1, kind.name);
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return names;
    names.emplace(query.text(0));
  }
}

/// Rows that hold raw cells are read and written again: the reader puts known columns where they belong.
Status unpack_raw(Database& db, const Dictionary& dictionary, const KindDef& kind) {
  RecordTable table(db, dictionary);
  std::vector<RecordId> ids;
  {
    RUHU_TRY(auto query, db.prepare("SELECT id FROM " + quoted(kind.name) + " WHERE raw IS NOT NULL"));
    for (;;) {
      RUHU_TRY(const bool row, query.step());
      if (!row) break;
      ids.push_back(read_id(query.blob(0)));
    }
  }
  for (const RecordId& id : ids) {
    RUHU_TRY(const auto record, table.find({kind.no, id}));
    if (record) RUHU_TRY_DONE(table.replace(*record));
  }
  return {};
}

Status extend_table(Database& db, const Dictionary& dictionary, const KindDef& kind,
                    const std::set<std::string>& present) {
  bool added = false;
  for (const FieldDef& field : kind.fields) {
    if (present.contains(field.name)) continue;
    RUHU_TRY_DONE(db.exec("ALTER TABLE " + quoted(kind.name) + " ADD COLUMN " + column_sql(field)));
    added = true;
  }
  return added ? unpack_raw(db, dictionary, kind) : Status{};
}

}  // namespace

std::string create_table_sql(const KindDef& kind) {
  std::string sql = "CREATE TABLE " + quoted(kind.name) + "(id BLOB PRIMARY KEY NOT NULL, meta BLOB NOT NULL, raw BLOB";
  for (const FieldDef& field : kind.fields) sql += ", " + column_sql(field);
  return sql + ") WITHOUT ROWID";
}

Status create_or_extend_tables(Database& db, const Dictionary& dictionary) {
  for (const KindDef& kind : dictionary.kinds()) {
    RUHU_TRY(const auto present, existing_columns(db, kind));
    if (present.empty()) {
      RUHU_TRY_DONE(db.exec(create_table_sql(kind)));
    } else {
      RUHU_TRY_DONE(extend_table(db, dictionary, kind, present));
    }
    for (const FieldDef& field : kind.fields) {
      if (!field.indexed) continue;
      RUHU_TRY_DONE(db.exec("CREATE INDEX IF NOT EXISTS " + quoted(kind.name + "." + field.name) + " ON " +
                            quoted(kind.name) + "(" + quoted(field.name) + ")"));
    }
  }
  return {};
}

}  // namespace ruhu
