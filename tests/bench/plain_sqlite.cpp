#include "tests/bench/plain_sqlite.hpp"

#include "storage/schema/record_table.hpp"

namespace ruhu::bench {
namespace {

void must(const Status& status) { RUHU_ASSERT(status.ok()); }

}  // namespace

PlainSqlite::PlainSqlite(const std::string& path, const KindDef& kind, ColumnNo indexed)
    : kind_(kind), column_(quoted(kind.find(indexed)->name)) {
  DatabaseOptions options;
  options.path = path;
  db_ = Database::open(options).value();
  std::string sql = "CREATE TABLE plain(id BLOB PRIMARY KEY NOT NULL";
  for (const FieldDef& field : kind.fields) sql += ", " + quoted(field.name);
  must(db_->exec(sql + ") WITHOUT ROWID; CREATE INDEX plain_one ON plain(" + column_ + ")"));
}

void PlainSqlite::insert(const Record& record) {
  std::string sql = "INSERT INTO plain VALUES (?";
  for (std::size_t i = 0; i < kind_.fields.size(); ++i) sql += ", ?";
  auto statement = db_->prepare(sql + ")").value();
  statement.bind_blob(1, id_bytes(record.ref.id));
  for (std::size_t i = 0; i < kind_.fields.size(); ++i)
    bind_value(statement, static_cast<int>(i) + 2, record.get(kind_.fields[i].no));
  must(statement.run());
}

void PlainSqlite::insert_all(const std::vector<Record>& records) {
  auto tx = Transaction::begin(*db_).value();
  for (const Record& record : records) insert(record);
  must(tx.commit());
}

void PlainSqlite::update(const RecordId& id, const std::string& value) {
  auto statement = db_->prepare("UPDATE plain SET " + column_ + " = ?1 WHERE id = ?2").value();
  must(statement.bind_text(1, value).bind_blob(2, id_bytes(id)).run());
}

void PlainSqlite::update_one(const RecordId& id, const std::string& value) {
  auto tx = Transaction::begin(*db_).value();
  update(id, value);
  must(tx.commit());
}

void PlainSqlite::update_all(const std::vector<Record>& records, const std::string& value) {
  auto tx = Transaction::begin(*db_).value();
  for (const Record& record : records) update(record.ref.id, value);
  must(tx.commit());
}

}  // namespace ruhu::bench
