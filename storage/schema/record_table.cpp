#include "storage/schema/record_table.hpp"

#include <algorithm>
#include <cstring>

#include "storage/model/stored_form.hpp"

namespace ruhu {
namespace {

constexpr int kFirstFieldColumn = 3;  // after id, meta, raw

std::vector<const FieldDef*> fields_by_column(const KindDef& kind) {
  std::vector<const FieldDef*> fields;
  for (const FieldDef& field : kind.fields) fields.push_back(&field);
  std::sort(fields.begin(), fields.end(), [](const FieldDef* a, const FieldDef* b) { return a->no < b->no; });
  return fields;
}

std::string select_sql(const KindDef& kind, const std::vector<const FieldDef*>& fields) {
  std::string sql = "SELECT id, meta, raw";
  for (const FieldDef* field : fields) sql += ", " + quoted(field->name);
  return sql + " FROM " + quoted(kind.name);
}

std::string write_sql(const KindDef& kind, std::string_view verb) {
  std::string sql = std::string(verb) + " INTO " + quoted(kind.name) + "(id, meta, raw";
  std::string marks = "?, ?, ?";
  for (const FieldDef& field : kind.fields) {
    sql += ", " + quoted(field.name);
    marks += ", ?";
  }
  return sql + ") VALUES (" + marks + ")";
}

/// May the value stand in the field's column? What may not (from a newer dictionary, a foreign client) stays raw.
bool fits(const FieldDef& field, const Value& value) {
  if (is_empty(value) || is_gap(value)) return true;
  switch (field.type) {
    case FieldType::time:
    case FieldType::integer: return std::holds_alternative<std::int64_t>(value);
    case FieldType::number: return std::holds_alternative<double>(value);
    case FieldType::boolean: return std::holds_alternative<bool>(value);
    case FieldType::ref: return std::holds_alternative<Uuid>(value);
    case FieldType::codes:
    case FieldType::refs:
    case FieldType::texts: return std::holds_alternative<TextSet>(value);
    default: return std::holds_alternative<std::string>(value);
  }
}

/// Cells whose column the dictionary does not know, or knows as something else.
std::vector<Cell> raw_cells(const KindDef& kind, const Record& record) {
  std::vector<Cell> raw;
  for (const Cell& cell : record.cells) {
    const FieldDef* field = kind.find(cell.column);
    if (field == nullptr || !fits(*field, cell.value)) raw.push_back(cell);
  }
  return raw;
}

void bind_cell(Statement& statement, int index, const FieldDef& field, const Record& record) {
  const Value& value = record.get(field.no);
  bind_value(statement, index, fits(field, value) ? value : Value{});
}

void bind_raw(Statement& statement, int index, const std::vector<Cell>& raw) {
  if (raw.empty()) {
    statement.bind_null(index);
  } else {
    statement.bind_blob(index, encode_cells(raw));
  }
}

struct ValueBinder {
  Statement& statement;
  int index;
  void operator()(std::monostate) { statement.bind_null(index); }
  void operator()(Gap gap) {
    const char byte = static_cast<char>(gap);
    statement.bind_blob(index, {&byte, 1});
  }
  void operator()(bool b) { statement.bind(index, std::int64_t{b}); }
  void operator()(std::int64_t n) { statement.bind(index, n); }
  void operator()(double d) { statement.bind(index, d); }
  void operator()(const std::string& s) { statement.bind_text(index, s); }
  void operator()(const Uuid& id) { statement.bind_blob(index, id_bytes(id)); }
  void operator()(const TextSet& set) { statement.bind_blob(index, encode_value(set)); }
  void operator()(const SetDelta&) { RUHU_ASSERT(!"a set change never stands in a row"); }
};

Result<Value> read_blob(const FieldDef& field, std::string_view bytes) {
  if (bytes.size() == 1 && bytes[0] >= 1 && bytes[0] <= 3) return Value{static_cast<Gap>(bytes[0])};
  if (is_set_type(field.type)) return decode_value(bytes);
  if (bytes.size() == 16) return Value{read_id(bytes)};
  return make_error(Errc::database_damaged, "cell of " + field.name);
}

}  // namespace

std::string_view id_bytes(const Uuid& id) { return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()}; }

Uuid read_id(std::string_view bytes) {
  Uuid id;
  if (bytes.size() == id.bytes.size()) std::memcpy(id.bytes.data(), bytes.data(), bytes.size());
  return id;
}

void bind_value(Statement& statement, int index, const Value& value) {
  std::visit(ValueBinder{statement, index}, value);
}

Result<Value> read_value(const FieldDef& field, const Statement& row, int column) {
  switch (row.type(column)) {
    case Statement::ColumnType::null: return Value{};
    case Statement::ColumnType::integer:
      if (field.type == FieldType::boolean) return Value{row.integer(column) != 0};
      if (field.type == FieldType::number) return Value{row.number(column)};
      return Value{row.integer(column)};
    case Statement::ColumnType::number: return Value{row.number(column)};
    case Statement::ColumnType::text: return Value{std::string(row.text(column))};
    case Statement::ColumnType::blob: return read_blob(field, row.blob(column));
  }
  return Value{};
}

RecordTable::RecordTable(Database& db, const Dictionary& dictionary) : db_(db), dictionary_(dictionary) {}

const RecordTable::KindSql& RecordTable::sql_of(const KindDef& kind) {
  const auto [at, fresh] = sql_.try_emplace(kind.no);
  if (fresh) {
    const auto fields = fields_by_column(kind);
    const std::string select = select_sql(kind, fields);
    at->second = {fields, select, select + " WHERE id = ?1", write_sql(kind, "INSERT"), write_sql(kind, "REPLACE"),
                  write_sql(kind, "INSERT OR IGNORE")};
  }
  return at->second;
}

Result<Record> RecordTable::read_row(const KindDef& kind, const Statement& row) {
  Record record;
  record.ref = {kind.no, read_id(row.blob(0))};
  RUHU_TRY(record.meta, decode_meta(row.blob(1)));
  if (!row.is_null(2)) {
    RUHU_TRY(record.cells, decode_cells(row.blob(2)));
  }
  int column = kFirstFieldColumn;
  for (const FieldDef* field : sql_of(kind).fields) {
    const int at = column++;
    if (row.is_null(at)) continue;
    RUHU_TRY(Value value, read_value(*field, row, at));
    if (record.cells.empty() || record.cells.back().column < field->no) {
      record.cells.push_back({field->no, std::move(value)});
    } else {
      record.set(field->no, std::move(value));  // raw cells stand behind it
    }
  }
  return record;
}

Result<const KindDef*> RecordTable::known_kind(KindNo no) const {
  const KindDef* kind = dictionary_.find_kind(no);
  if (kind == nullptr) return make_error(Errc::unknown_kind, std::to_string(no.value));
  return kind;
}

Result<std::optional<Record>> RecordTable::find(const RecordRef& ref) {
  RUHU_TRY(const KindDef* known, known_kind(ref.kind));
  const KindDef& kind = *known;
  RUHU_TRY(auto query, db_.prepare(sql_of(kind).find));
  query.bind_blob(1, id_bytes(ref.id));
  RUHU_TRY(const bool row, query.step());
  if (!row) return std::optional<Record>{};
  RUHU_TRY(Record record, read_row(kind, query));
  return std::optional<Record>{std::move(record)};
}

Result<std::vector<Record>> RecordTable::list(KindNo kind_no, const ListOptions& options) {
  const KindDef& kind = dictionary_.get_kind(kind_no);
  std::string sql = sql_of(kind).select + " WHERE id > ?1";
  for (const FieldFilter& filter : options.where) {
    const FieldDef* field = kind.find(filter.column);
    if (field == nullptr) return make_error(Errc::unknown_field, kind.name);
    sql += " AND " + quoted(field->name) + " IS ?";
  }
  RUHU_TRY(auto query, db_.prepare(sql + " ORDER BY id LIMIT ?"));
  int index = 1;
  query.bind_blob(index++, options.after ? id_bytes(*options.after) : std::string_view{});
  for (const FieldFilter& filter : options.where) bind_value(query, index++, filter.value);
  query.bind(index, static_cast<std::int64_t>(options.limit));
  std::vector<Record> records;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return records;
    RUHU_TRY(Record record, read_row(kind, query));
    records.push_back(std::move(record));
  }
}

Result<std::int64_t> RecordTable::count(KindNo kind) {
  return db_.integer("SELECT count(*) FROM " + quoted(dictionary_.get_kind(kind).name));
}

Status RecordTable::write_all(const std::string& sql, const Record& record) {
  const KindDef& kind = dictionary_.get_kind(record.ref.kind);
  RUHU_TRY(auto statement, db_.prepare(sql));
  statement.bind_blob(1, id_bytes(record.ref.id));
  statement.bind_blob(2, encode_meta(record.meta));
  bind_raw(statement, 3, raw_cells(kind, record));
  for (std::size_t i = 0; i < kind.fields.size(); ++i)
    bind_cell(statement, kFirstFieldColumn + 1 + static_cast<int>(i), kind.fields[i], record);
  return statement.run();
}

Status RecordTable::insert(const Record& record) {
  return write_all(sql_of(dictionary_.get_kind(record.ref.kind)).insert, record);
}

Status RecordTable::replace(const Record& record) {
  return write_all(sql_of(dictionary_.get_kind(record.ref.kind)).replace, record);
}

Result<bool> RecordTable::insert_unless_there(const Record& record) {
  RUHU_TRY_DONE(write_all(sql_of(dictionary_.get_kind(record.ref.kind)).insert_unless_there, record));
  return db_.changes() == 1;
}

Status RecordTable::erase(const RecordRef& ref) {
  RUHU_TRY(auto statement, db_.prepare("DELETE FROM " + quoted(dictionary_.get_kind(ref.kind).name) + " WHERE id = ?1"));
  return statement.bind_blob(1, id_bytes(ref.id)).run();
}

Status RecordTable::update(const Record& record, const std::vector<ColumnNo>& columns) {
  const KindDef& kind = dictionary_.get_kind(record.ref.kind);
  std::string sql = "UPDATE " + quoted(kind.name) + " SET meta = ?, raw = ?";
  std::vector<const FieldDef*> fields;
  for (const ColumnNo column : columns) {
    const FieldDef* field = kind.find(column);
    if (field == nullptr) continue;  // stands in raw
    fields.push_back(field);
    sql += ", " + quoted(field->name) + " = ?";
  }
  RUHU_TRY(auto statement, db_.prepare(sql + " WHERE id = ?"));
  int index = 1;
  statement.bind_blob(index++, encode_meta(record.meta));
  bind_raw(statement, index++, raw_cells(kind, record));
  for (const FieldDef* field : fields) bind_cell(statement, index++, *field, record);
  statement.bind_blob(index, id_bytes(record.ref.id));
  RUHU_TRY_DONE(statement.run());
  if (db_.changes() != 1) return make_error(Errc::not_found, kind.name);
  return {};
}

}  // namespace ruhu
