// Rows that are not what a store wrote: questions and tasks say so and nothing breaks; the audit says what it is.
#include <set>

#include "storage/model/stored_form.hpp"
#include "tests/storage/stored_town.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

struct BlobColumn {
  std::string table;
  std::string column;
};

/// Columns of which some row holds bytes in a form of their own, not an id alone.
std::vector<BlobColumn> blob_columns(Database& db) {
  std::vector<BlobColumn> found;
  auto columns = db.prepare(
                       "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c"
                       " WHERE m.type = 'table' AND c.pk = 0 AND c.name <> 'id' ORDER BY 1, 2")
                     .value();
  while (columns.step().value()) {
    BlobColumn one{std::string(columns.text(0)), std::string(columns.text(1))};
    const auto rows =
        db.integer("SELECT count(*) FROM " + quoted(one.table) + " WHERE typeof(" + quoted(one.column) + ") = 'blob'");
    if (rows.value() > 0) found.push_back(std::move(one));
  }
  return found;
}

void spoil(Database& db, const BlobColumn& where, const std::string& bytes) {
  const std::string column = quoted(where.column);
  REQUIRE(db.exec("UPDATE " + quoted(where.table) + " SET " + column + " = " + bytes + " WHERE typeof(" + column +
                  ") = 'blob'")
              .ok());
}

/// What may be said of bytes that mean nothing: never done wrong, never another trouble's name.
bool is_honest(const Status& told) {
  static const std::set<Errc> kSaid = {Errc::database_damaged, Errc::not_found, Errc::malformed_message,
                                       Errc::invalid_value, Errc::attachment_missing};
  return told.ok() || kSaid.contains(told.error().code);
}

/// The audit's words after SQL that no store runs.
std::string findings_after(const StoredTown& town, const std::string& sql) {
  TownTablet tablet(town);
  REQUIRE(tablet.store().database().exec(sql).ok());
  const auto findings = tablet.store().audit();
  if (!findings.ok()) return std::string(traits_of(findings.error().code).key);
  std::string all;
  for (const std::string& finding : *findings) all += finding + "\n";
  return all;
}

}  // namespace

TEST_CASE("Spoilt rows: a question about bytes that mean nothing is answered or says damaged", "[store][spoilt]") {
  const StoredTown town = stored_town();
  const auto columns = blob_columns(TownTablet(town).store().database());
  CHECK(columns.size() > 20);
  for (const BlobColumn& where : columns) {
    for (const char* bytes : {"x'FF'", "x''", "x'01'"}) {
      TownTablet tablet(town);
      spoil(tablet.store().database(), where, bytes);
      INFO(where.table << "." << where.column << " = " << bytes);
      int troubled = 0;
      for (const TownCall& call : questions(town)) {
        const Status told = call.run(tablet);
        if (!told.ok()) ++troubled;
        if (!is_honest(told)) FAIL_CHECK(call.name + ": " + to_log_line(told.error()));
      }
      if (where.column == "meta" || where.column == "body") CHECK(troubled > 0);
    }
  }
}

TEST_CASE("Spoilt rows: a task that meets bytes that mean nothing is done or says damaged", "[store][spoilt]") {
  const StoredTown town = stored_town();
  const auto columns = blob_columns(TownTablet(town).store().database());
  for (const BlobColumn& where : columns) {
    for (const TownCall& call : tasks(town)) {
      TownTablet tablet(town);
      spoil(tablet.store().database(), where, "x'FF'");
      INFO(where.table << "." << where.column << ", " << call.name);
      const Status told = call.run(tablet);
      if (!is_honest(told)) FAIL_CHECK(to_log_line(told.error()));
    }
  }
}

TEST_CASE("Spoilt rows: a cell that is not of its field's type is read as something or says damaged",
          "[store][spoilt]") {
  const StoredTown town = stored_town();
  TownTablet whole(town);
  for (const KindDef& kind : whole.store().dictionary().kinds()) {
    if (whole.store().count(kind.no).value() == 0) continue;
    for (const char* cell : {"x'FF'", "x'01'", "x'0102'", "'text'", "7", "2.5", "zeroblob(16)"}) {
      TownTablet tablet(town);
      std::string sql = "UPDATE " + quoted(kind.name) + " SET ";
      for (const FieldDef& field : kind.fields)
        sql += (&field == &kind.fields.front() ? "" : ", ") + quoted(field.name) + " = " + cell;
      REQUIRE(tablet.store().database().exec(sql).ok());
      INFO(sql);
      const auto rows = tablet.store().list(kind.no);
      CHECK((rows.ok() || rows.error().code == Errc::database_damaged));
      for (const TownCall& call : questions(town))
        if (const Status told = call.run(tablet); !is_honest(told))
          FAIL_CHECK(call.name + ": " + to_log_line(told.error()));
    }
  }
}

TEST_CASE("Audit: says of every own op what is wrong with it", "[store][spoilt]") {
  const StoredTown town = stored_town();
  const std::pair<std::function<void(Change&)>, const char*> rows[] = {
      {[](Change& change) { change.id.tablet = {8}; }, "op of another tablet"},
      {[](Change& change) { change.id.counter += 1; }, "gap before op"},
      {[](Change& change) { change.record.kind = {999}; }, "is of an unknown kind"},
      {[](Change& change) { change.record.id = {}; }, "is missing"},
      {[](Change& change) { change.group_size += 1; }, "group before op"},
      {[](Change& change) { change.group_first += 1; }, "belongs to no group"},
  };
  constexpr std::uint64_t kCounter = 1;
  for (const auto& [spoil_op, words] : rows) {
    TownTablet tablet(town);
    Change change = tablet.store().changes().find(kCounter).value().value().change;
    spoil_op(change);
    auto update = tablet.store().database().prepare("UPDATE sys_change SET body = ?1 WHERE counter = ?2").value();
    REQUIRE(update.bind_blob(1, encode_change(change)).bind(2, std::int64_t{kCounter}).run().ok());
    std::string all;
    for (const std::string& finding : tablet.store().audit().value()) all += finding + "\n";
    CHECK_THAT(all, Catch::Contains(words));
  }
}

TEST_CASE("Audit: says what is wrong with the ledger and with the photos", "[store][spoilt]") {
  const StoredTown town = stored_town();
  CHECK(findings_after(town, "SELECT 1") == "");
  const std::pair<const char*, const char*> rows[] = {
      {"DELETE FROM sys_change WHERE counter = 3", "3"},
      {"DELETE FROM sys_change WHERE counter = (SELECT max(counter) FROM sys_change)", "not open"},
      {"UPDATE sys_change SET state = 1 - state WHERE counter = 9", "is not where the acknowledged mark says"},
      {"UPDATE sys_number SET value = 100000 WHERE name = 'acknowledged'", "acknowledged mark is beyond the last op"},
      {"DELETE FROM person", "record of op"},
      {"DELETE FROM sys_attachment_use", "is in a row and not in the list of uses"},
      {"INSERT INTO sys_attachment_use VALUES (zeroblob(32), 1, zeroblob(16), 1)", "names fields that do not refer"},
      {"DELETE FROM sys_attachment WHERE state = 0", "is referred to and neither here nor to be fetched"},
      {"DELETE FROM sys_attachment WHERE state = 1", "is kept by a draft and neither here nor to be fetched"},
      {"DELETE FROM sys_attachment_draft", "is here and nobody refers to it"},
      {"INSERT INTO sys_attachment_part VALUES (99999999, x'00')", "1 parts belong to no attachment"},
      {"DELETE FROM sys_attachment_part", "is not what its id says"},
      {"UPDATE sys_attachment_part SET content = x'00'", "is not what its id says"},
      {"DELETE FROM sys_identity", "not_enrolled"},
      {"UPDATE sys_change SET body = x'00'", "database_damaged"},
      {"UPDATE person SET meta = x'00'", "database_damaged"},
  };
  for (const auto& [sql, words] : rows) {
    INFO(sql);
    CHECK_THAT(findings_after(town, sql), Catch::Contains(words));
  }
}
