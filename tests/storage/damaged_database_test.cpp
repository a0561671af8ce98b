#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "storage/sqlite/database.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace ruhu {
namespace {

namespace fs = std::filesystem;

DatabaseOptions options_of(const std::string& path) {
  DatabaseOptions options;
  options.path = path;
  options.key = std::string(32, 'k');
  options.create = false;
  return options;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// A database whose process died with rows that stand in its log only: copied away while it was open.
void make_crashed(const test::TemporaryFolder& folder, const std::string& copy) {
  auto options = options_of(folder.file("alive.db"));
  options.create = true;
  const auto db = Database::open(options).value();
  REQUIRE(db->exec("CREATE TABLE t(a TEXT)").ok());
  REQUIRE(db->checkpoint().ok());
  for (int i = 0; i < 50; ++i) REQUIRE(db->exec("INSERT INTO t VALUES (hex(randomblob(400)))").ok());
  fs::copy_file(options.path, copy);
  fs::copy_file(options.path + "-wal", copy + "-wal");
}

/// Opening must fail with that error and leave database and log byte for byte.
void check_left_alone(const DatabaseOptions& options, Errc expected) {
  const auto before = bytes_of(options.path);
  const auto log_before = bytes_of(options.path + "-wal");
  REQUIRE_FALSE(log_before.empty());
  const auto opened = Database::open(options);
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().code == expected);
  CHECK(bytes_of(options.path) == before);
  CHECK(bytes_of(options.path + "-wal") == log_before);
}

}  // namespace

TEST_CASE("Database: opens with what stands in its log only, after a crash", "[database]") {
  const test::TemporaryFolder folder;
  make_crashed(folder, folder.file("copy.db"));
  const auto db = Database::open(options_of(folder.file("copy.db")));
  REQUIRE(db.ok());
  CHECK((*db)->integer("SELECT count(*) FROM t").value() == 50);
}

TEST_CASE("Database: a file that cannot be opened keeps its bytes and its log", "[database]") {
  const test::TemporaryFolder folder;
  auto options = options_of(folder.file("copy.db"));
  make_crashed(folder, options.path);
  SECTION("emptied") {
    write(options.path, "");
    check_left_alone(options, Errc::database_damaged);
  }
  SECTION("emptied, and a new one may be made") {
    write(options.path, "");
    options.create = true;
    check_left_alone(options, Errc::database_damaged);
  }
  SECTION("another key") {
    options.key = std::string(32, 'x');
    check_left_alone(options, Errc::wrong_key);
  }
  SECTION("text instead, and no log to stand in for it") {
    const std::string note = "This is a note and no database.\n";
    write(options.path, note);
    fs::remove(options.path + "-wal");
    const auto opened = Database::open(options);
    REQUIRE_FALSE(opened.ok());
    CHECK(bytes_of(options.path) == note);
  }
}

TEST_CASE("Database: an empty file without a log is a new database only where one may be made", "[database]") {
  const test::TemporaryFolder folder;
  auto options = options_of(folder.file("new.db"));
  write(options.path, "");
  CHECK(Database::open(options).error().code == Errc::database_damaged);
  CHECK(bytes_of(options.path).empty());
  options.create = true;
  CHECK(Database::open(options).ok());
}

}  // namespace ruhu
