#include "tests/bench/plain_town.hpp"

#include <filesystem>

#include "storage/schema/record_table.hpp"

namespace ruhu::bench {
namespace {

void must(const Status& status) { RUHU_ASSERT(status.ok()); }

bool has_plain_index(const FieldDef& field) {
  return field.indexed || field.search == SearchUse::name || field.search == SearchUse::tail ||
         field.search == SearchUse::address;
}

}  // namespace

PlainTown::PlainTown(const std::string& file, const Dictionary& dictionary) : file_(file), dictionary_(dictionary) {
  DatabaseOptions options;
  options.path = file;
  db_ = Database::open(options).value();
  for (const KindDef& kind : dictionary.kinds()) {
    std::string sql = "CREATE TABLE " + ruhu::quoted(kind.name) + "(id BLOB PRIMARY KEY NOT NULL";
    for (const FieldDef& field : kind.fields) sql += ", " + ruhu::quoted(field.name);
    must(db_->exec(sql + ") WITHOUT ROWID"));
    for (const FieldDef& field : kind.fields)
      if (has_plain_index(field))
        must(db_->exec("CREATE INDEX " + ruhu::quoted(kind.name + "." + field.name) + " ON " + ruhu::quoted(kind.name) +
                       "(" + ruhu::quoted(field.name) + ")"));
  }
}

void PlainTown::begin() { must(db_->exec("BEGIN IMMEDIATE")); }
void PlainTown::commit() { must(db_->exec("COMMIT")); }

void PlainTown::insert(const Record& record) {
  const KindDef& kind = dictionary_.get_kind(record.ref.kind);
  std::string sql = "INSERT INTO " + ruhu::quoted(kind.name) + " VALUES (?";
  for (std::size_t i = 0; i < kind.fields.size(); ++i) sql += ", ?";
  auto statement = db_->prepare(sql + ")").value();
  statement.bind_blob(1, id_bytes(record.ref.id));
  for (std::size_t i = 0; i < kind.fields.size(); ++i)
    bind_value(statement, static_cast<int>(i) + 2, record.get(kind.fields[i].no));
  must(statement.run());
}

void PlainTown::update_phone(const RecordId& person, const std::string& phone) {
  auto tx = Transaction::begin(*db_).value();
  {
    auto statement = db_->prepare("UPDATE person SET phone = ?1 WHERE id = ?2").value();
    must(statement.bind_text(1, phone).bind_blob(2, id_bytes(person)).run());
  }
  must(tx.commit());
}

std::uintmax_t PlainTown::bytes_on_disk() {
  must(db_->checkpoint());
  return std::filesystem::file_size(file_);
}

}  // namespace ruhu::bench
