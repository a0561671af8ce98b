// Backup, restoring and the doctor where files, rows and statements fail them.
#include "storage/maintenance/backup.hpp"
#include "storage/maintenance/examination.hpp"
#include "tests/storage/store_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/failing_statements.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

namespace fs = std::filesystem;

/// Opening works, the integrity check does not.
constexpr const char* kDamage = "PRAGMA writable_schema=ON; UPDATE sqlite_master SET rootpage = 3 WHERE name = 'visit'";

/// A tablet's database, with a person and a photo saved before the backup and after it.
struct Tablet : StoreWorld {
  TemporaryFolder folder;
  DatabaseOptions options;
  fs::path backup = folder.path() / "backup.ruhu";
  std::string sound;    ///< Bytes of the database.
  std::string damaged;  ///< The same, with a table that no reader can use.

  Tablet() {
    options.path = (folder.path() / "ruhu.db").string();
    {
      const auto store = enrolled(options);
      REQUIRE(store->save(case_with_photo("before")).ok());
      REQUIRE(back_up(*store, backup).ok());
      REQUIRE(store->save(case_with_photo("after")).ok());
      REQUIRE(store->save(new_home(*this, "李四")).ok());
    }
    sound = read_bytes(options.path);
    change(kDamage);
    damaged = read_bytes(options.path);
  }

  /// SQL that no store runs, in the database or another file.
  void change(const std::string& sql, const std::string& path = {}) {
    DatabaseOptions file = options;
    if (!path.empty()) file.path = path;
    REQUIRE(Database::open(file).value()->exec(sql).ok());
  }
  /// Nothing lies in the folder but the backup and that database.
  void lay(const std::string& database) {
    for (const auto& entry : fs::directory_iterator(folder.path()))
      if (entry.path() != backup) fs::remove_all(entry.path());
    write_bytes(options.path, database);
  }
  Result<Restored> bring_back() { return restore(options, backup, built_in(), clock, random); }
  Errc refusal() {
    const auto told = bring_back();
    return told.ok() ? Errc::internal : told.error().code;
  }
  std::vector<std::string> examined() {
    std::vector<std::string> keys;
    for (const DoctorFinding& finding : examine_database(options, built_in())) keys.push_back(finding.key);
    return keys;
  }
};

using Keys = std::vector<std::string>;
constexpr std::int64_t kStep = 7;  ///< Files are slow: so many-th statements are enough.

}  // namespace

TEST_CASE("Restore: whichever statement is refused, it is done whole or nothing is changed", "[backup][refused]") {
  FailingStatements failing;
  Tablet tablet;
  const std::string backup = read_bytes(tablet.backup.string());
  for (const auto at : {FailingStatements::At::compiling, FailingStatements::At::running}) {
    bool reached = true;
    for (std::int64_t n = 0; reached; n += kStep) {
      tablet.lay(tablet.damaged);
      failing.fail_at(at, n);
      const auto told = tablet.bring_back();
      reached = failing.reached();
      failing.recover();
      INFO("statement " << n);
      CHECK(read_bytes(tablet.backup.string()) == backup);
      const std::string kept = told.ok() ? told->set_aside.string() : tablet.options.path;
      CHECK(read_bytes(kept) == tablet.damaged);
      if (told.ok()) CHECK(audit_of(*tablet.open(tablet.options).value()).empty());
    }
  }
}

TEST_CASE("Doctor: whichever statement is refused, nobody is told that all is well", "[backup][refused]") {
  FailingStatements failing;
  Tablet tablet;
  tablet.lay(tablet.sound);
  for (const auto at : {FailingStatements::At::compiling, FailingStatements::At::running}) {
    bool reached = true;
    for (std::int64_t n = 0; reached; ++n) {
      failing.fail_at(at, n);
      const auto findings = examine_database(tablet.options, built_in());
      reached = failing.reached();
      failing.recover();
      INFO("statement " << n);
      if (failing.struck()) CHECK(has_trouble(findings));
    }
  }
  CHECK(read_bytes(tablet.options.path) == tablet.sound);
}

TEST_CASE("Backup: whichever statement is refused, there is no backup or a whole one", "[backup][refused]") {
  FailingStatements failing;
  Tablet tablet;
  tablet.lay(tablet.sound);
  const auto store = tablet.open(tablet.options).value();
  const fs::path file = tablet.folder.path() / "other.ruhu";
  for (const auto at : {FailingStatements::At::compiling, FailingStatements::At::running}) {
    failing.fail_at(at, 0);
    const Status told = back_up(*store, file);
    failing.recover();
    CHECK(failing.struck());
    CHECK_FALSE(told.ok());
    CHECK_FALSE(fs::exists(file));
    CHECK_FALSE(fs::exists(file.string() + ".part"));
  }
  CHECK(back_up(*store, file).ok());
}

TEST_CASE("Restore: a backup without owner, from a newer program or of another tablet's ops is unfit", "[backup]") {
  Tablet tablet;
  const std::string good = read_bytes(tablet.backup.string());
  const std::pair<const char*, Errc> rows[] = {
      {"DELETE FROM sys_identity", Errc::backup_unfit},
      {"UPDATE sys_identity SET body = x'FF'", Errc::backup_unfit},
      {"DELETE FROM sys_change WHERE counter = 1", Errc::backup_unfit},
      {"PRAGMA user_version = 999", Errc::database_newer},
      {"DROP TABLE sys_number", Errc::backup_unfit},
  };
  for (const auto& [sql, code] : rows) {
    INFO(sql);
    write_bytes(tablet.backup.string(), good);
    tablet.change(sql, tablet.backup.string());
    tablet.lay(tablet.damaged);
    CHECK(tablet.refusal() == code);
    CHECK(read_bytes(tablet.options.path) == tablet.damaged);
  }
}

TEST_CASE("Restore: of what came after the backup only whole groups in order are played", "[backup]") {
  Tablet tablet;
  const std::pair<const char*, std::size_t> rows[] = {
      {"SELECT 1", 4},
      {"DELETE FROM sys_change WHERE counter = 2", 0},
      {"DELETE FROM sys_change WHERE counter = 5", 1},
      {"UPDATE sys_change SET body = x'FF' WHERE counter = 4", 1},
      {"DROP TABLE sys_change", 0},
      {"DELETE FROM sys_attachment_part", 4},
      {"DROP TABLE sys_attachment", 4},
  };
  for (const auto& [sql, rescued] : rows) {
    INFO(sql);
    tablet.lay(tablet.sound);
    tablet.change(std::string(sql) + ";" + kDamage);
    const auto restored = tablet.bring_back();
    REQUIRE(restored.ok());
    CHECK(restored->rescued == rescued);
    CHECK(restored->own_ops == 1 + rescued);
    CHECK(audit_of(*tablet.open(tablet.options).value()).empty());
  }
}

TEST_CASE("Restore: where files cannot be copied or moved it says so and the damaged one stays", "[backup]") {
  Tablet tablet;
  tablet.lay(tablet.damaged);
  const fs::path whole = tablet.backup;
  tablet.backup = tablet.folder.path() / "nothing.ruhu";
  CHECK(tablet.refusal() == Errc::file_missing);
  tablet.backup = tablet.folder.path();  // a folder
  CHECK(tablet.refusal() == Errc::io_failed);
  tablet.backup = whole;
  const std::string aside = tablet.options.path + ".damaged-" + std::to_string(to_ms(tablet.clock.now()));
  fs::create_directories(fs::path(aside) / "in the way");
  CHECK(tablet.refusal() == Errc::io_failed);
  CHECK(read_bytes(tablet.options.path) == tablet.damaged);
}

TEST_CASE("Doctor: says of every part that cannot be read that it cannot", "[backup]") {
  Tablet tablet;
  const std::pair<const char*, Keys> rows[] = {
      {"DELETE FROM sys_identity", {"not_enrolled", "unsent"}},
      {"UPDATE sys_identity SET body = x'FF'", {"unreadable", "unsent"}},
      {"DROP TABLE sys_identity", {"unreadable", "unsent"}},
      {"DROP TABLE sys_number", {"unreadable"}},
      {"DROP TABLE sys_change", {"ledger", "queue_unknown"}},
      {"DROP TABLE sys_attachment_use", {"ledger", "unsent"}},
      {"DELETE FROM sys_attachment_use", {"ledger", "unsent"}},
      {"PRAGMA user_version = 1", {"older"}},
      {"PRAGMA user_version = 999", {"newer"}},
  };
  for (const auto& [sql, keys] : rows) {
    INFO(sql);
    tablet.lay(tablet.sound);
    tablet.change(sql);
    CHECK(tablet.examined() == keys);
  }
  tablet.lay("no database at all, but long enough to be read as one");
  CHECK(tablet.examined() == Keys{"damaged"});
}
