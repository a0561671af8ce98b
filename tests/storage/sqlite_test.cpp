#include <filesystem>

#include "storage/sqlite/database.hpp"
#include "tests/storage/store_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

std::unique_ptr<Database> with_table() {
  auto db = Database::open(StoreWorld::in_memory()).value();
  REQUIRE(db->exec("CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT UNIQUE)").ok());
  return db;
}

std::int64_t rows(Database& db) { return db.integer("SELECT count(*) FROM t").value(); }

}  // namespace

TEST_CASE("Transaction: what was not committed is undone", "[sqlite]") {
  const auto db = with_table();
  {
    const auto tx = Transaction::begin(*db).value();
    REQUIRE(db->exec("INSERT INTO t VALUES (1, 'a')").ok());
    CHECK(db->in_transaction());
  }
  CHECK_FALSE(db->in_transaction());
  CHECK(rows(*db) == 0);
  {
    auto tx = Transaction::begin(*db).value();
    REQUIRE(db->exec("INSERT INTO t VALUES (1, 'a')").ok());
    REQUIRE(tx.commit().ok());
    CHECK_FALSE(db->in_transaction());
  }
  CHECK(rows(*db) == 1);
}

TEST_CASE("Transaction: a second one inside the first is refused and leaves the first alone", "[sqlite]") {
  const auto db = with_table();
  auto tx = Transaction::begin(*db).value();
  REQUIRE(db->exec("INSERT INTO t VALUES (1, 'a')").ok());
  CHECK_FALSE(Transaction::begin(*db).ok());
  CHECK(db->in_transaction());
  CHECK(tx.commit().ok());
  CHECK(rows(*db) == 1);
}

TEST_CASE("Transaction: moving it does not end it", "[sqlite]") {
  const auto db = with_table();
  auto tx = Transaction::begin(*db).value();
  REQUIRE(db->exec("INSERT INTO t VALUES (1, 'a')").ok());
  {
    Transaction moved = std::move(tx);
    CHECK(moved.commit().ok());
  }
  CHECK(rows(*db) == 1);
}

TEST_CASE("Savepoint: undoes its own part alone, also when nested", "[sqlite]") {
  const auto db = with_table();
  auto tx = Transaction::begin(*db).value();
  REQUIRE(db->exec("INSERT INTO t VALUES (1, 'a')").ok());
  {
    auto outer = Savepoint::begin(*db).value();
    REQUIRE(db->exec("INSERT INTO t VALUES (2, 'b')").ok());
    {
      const auto inner = Savepoint::begin(*db).value();
      REQUIRE(db->exec("INSERT INTO t VALUES (3, 'c')").ok());
    }
    CHECK(rows(*db) == 2);
    REQUIRE(outer.release().ok());
  }
  {
    const auto dropped = Savepoint::begin(*db).value();
    REQUIRE(db->exec("DELETE FROM t").ok());
  }
  REQUIRE(tx.commit().ok());
  CHECK(rows(*db) == 2);
}

TEST_CASE("Statement: is ready for other values after an error", "[sqlite]") {
  const auto db = with_table();
  auto insert = db->prepare("INSERT INTO t(id, body) VALUES (?1, ?2)").value();
  REQUIRE(insert.bind(1, std::int64_t{1}).bind_text(2, "a").run().ok());
  CHECK_FALSE(insert.bind(1, std::int64_t{1}).bind_text(2, "b").run().ok());
  CHECK(insert.bind(1, std::int64_t{2}).bind_text(2, "b").run().ok());
  CHECK(rows(*db) == 2);
}

TEST_CASE("Statement: a value bound out of range is reported by the next step and forgotten after", "[sqlite]") {
  const auto db = with_table();
  {
    auto insert = db->prepare("INSERT INTO t(id, body) VALUES (?1, ?2)").value();
    CHECK_FALSE(insert.bind(1, std::int64_t{1}).bind(9, std::int64_t{1}).run().ok());
  }
  auto again = db->prepare("INSERT INTO t(id, body) VALUES (?1, ?2)").value();
  CHECK(again.bind(1, std::int64_t{1}).run().ok());
}

TEST_CASE("Statement: two of the same text at once do not disturb each other", "[sqlite]") {
  const auto db = with_table();
  REQUIRE(db->exec("INSERT INTO t VALUES (1, 'a'), (2, 'b')").ok());
  auto one = db->prepare("SELECT id FROM t ORDER BY id").value();
  REQUIRE(one.step().value());
  {
    auto two = db->prepare("SELECT id FROM t ORDER BY id").value();
    REQUIRE(two.step().value());
    CHECK(two.integer(0) == 1);
  }
  REQUIRE(one.step().value());
  CHECK(one.integer(0) == 2);
  CHECK_FALSE(one.step().value());
}

TEST_CASE("Statement: keeps no values of its last use", "[sqlite]") {
  const auto db = with_table();
  {
    REQUIRE(db->prepare("INSERT INTO t(id, body) VALUES (?1, ?2)")
                .value()
                .bind(1, std::int64_t{1})
                .bind_text(2, "a")
                .run()
                .ok());
  }
  { REQUIRE(db->prepare("INSERT INTO t(id, body) VALUES (?1, ?2)").value().bind(1, std::int64_t{2}).run().ok()); }
  CHECK(db->integer("SELECT body IS NULL FROM t WHERE id = 2").value() == 1);
}

TEST_CASE("Statement: texts and blobs keep their zeros, and empty is not null", "[sqlite]") {
  const auto db = Database::open(StoreWorld::in_memory()).value();
  auto query = db->prepare("SELECT ?1, ?2, ?3, ?4").value();
  const std::string zeros("a\0b\0", 4);
  query.bind_text(1, zeros).bind_blob(2, zeros).bind_text(3, {}).bind_blob(4, {});
  REQUIRE(query.step().value());
  CHECK(query.text(0) == zeros);
  CHECK(query.blob(1) == zeros);
  CHECK(query.type(2) == Statement::ColumnType::text);
  CHECK(query.type(3) == Statement::ColumnType::blob);
}

TEST_CASE("Database: errors are told apart and hold no values", "[sqlite]") {
  TemporaryFolder folder;
  DatabaseOptions options;
  options.path = folder.file("no/such/folder.db");
  CHECK(Database::open(options).error().code == Errc::io_failed);
  options.path = folder.file("missing.db");
  options.create = false;
  CHECK(Database::open(options).error().code == Errc::file_missing);
  const auto db = with_table();
  REQUIRE(db->exec("INSERT INTO t VALUES (1, 'secret')").ok());
  const auto twice = db->exec("INSERT INTO t VALUES (2, 'secret')");
  REQUIRE_FALSE(twice.ok());
  CHECK(twice.error().detail.find("secret") == std::string::npos);
  CHECK(db->prepare("SELECT * FROM nowhere").error().code == Errc::internal);
  auto big = db->prepare("SELECT zeroblob(2000000000)").value();
  CHECK(big.step().error().code == Errc::too_large);
}

TEST_CASE("Database: both ciphers hide the bytes and open only with their key", "[sqlite]") {
  for (const char* cipher : {"aegis", "chacha20"}) {
    TemporaryFolder folder;
    DatabaseOptions options;
    options.path = folder.file("a.db");
    options.key = std::string(32, '\x05');
    options.cipher = cipher;
    INFO(cipher);
    {
      const auto db = Database::open(options).value();
      REQUIRE(db->exec("CREATE TABLE t(body TEXT); INSERT INTO t VALUES ('PLAIN-SENTENCE')").ok());
    }
    CHECK(read_bytes(options.path).find("PLAIN") == std::string::npos);
    CHECK(Database::open(options).value()->integer("SELECT count(*) FROM t").value() == 1);
    options.key[31] = '\x06';
    CHECK(Database::open(options).error().code == Errc::wrong_key);
  }
}

TEST_CASE("Database: a copy made in use is whole, under the same key, and never over another file", "[sqlite]") {
  TemporaryFolder folder;
  DatabaseOptions options;
  options.path = folder.file("a.db");
  options.key = std::string(32, '\x05');
  const auto db = Database::open(options).value();
  REQUIRE(db->exec("CREATE TABLE t(body TEXT); INSERT INTO t VALUES ('PLAIN-SENTENCE')").ok());
  const std::string copy = folder.file("copy.db");
  REQUIRE(db->copy_to(copy).ok());
  CHECK_FALSE(db->copy_to(copy).ok());
  CHECK(read_bytes(copy).find("PLAIN") == std::string::npos);
  options.path = copy;
  CHECK(Database::open(options).value()->integer("SELECT count(*) FROM t").value() == 1);
}

TEST_CASE("Quoted: words that SQL reserves can be names", "[sqlite]") {
  const auto db = Database::open(StoreWorld::in_memory()).value();
  for (const char* name : {"primary", "text", "use", "order", "group"})
    CHECK(db->exec("CREATE TABLE " + quoted(name) + "(" + quoted("select") + " TEXT)").ok());
}
