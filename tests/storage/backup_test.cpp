#include "storage/maintenance/backup.hpp"

#include <fstream>

#include "storage/maintenance/examination.hpp"
#include "tests/storage/store_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

namespace fs = std::filesystem;

/// A tablet's encrypted database in a folder of its own, with a backup in the making.
struct BackupWorld : StoreWorld {
  TemporaryFolder folder;
  DatabaseOptions options;
  fs::path backup = folder.path() / "backup.ruhu";

  BackupWorld() {
    options.path = (folder.path() / "ruhu.db").string();
    options.key = std::string(32, 'k');
  }
  Result<Restored> bring_back() { return restore(options, backup, built_in(), clock, random); }
  std::size_t persons() { return open(options).value()->list(kinds::person::kKind).value().size(); }

  /// Overwrites the middle of the file: pages that SQLite reads late.
  void damage(std::size_t from, std::size_t length) {
    std::string bytes = read_bytes(options.path);
    REQUIRE(bytes.size() > from + length);
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(from), length, '\x5A');
    write_bytes(options.path, bytes);
  }
};

std::vector<std::string> keys_of(const std::vector<DoctorFinding>& findings) {
  std::vector<std::string> keys;
  for (const DoctorFinding& finding : findings) keys.push_back(finding.key);
  return keys;
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("Backup: it is whole, encrypted, and never replaces another file", "[backup]") {
  BackupWorld world;
  const auto store = world.enrolled(world.options);
  REQUIRE(store->save(new_person("张三")).ok());
  REQUIRE(back_up(*store, world.backup).ok());
  CHECK(read_bytes(world.backup.string()).find("张三") == std::string::npos);
  const std::string bytes = read_bytes(world.backup.string());
  REQUIRE(store->save(new_person("李四")).ok());
  CHECK(back_up(*store, world.backup).error().code == Errc::io_failed);
  CHECK(read_bytes(world.backup.string()) == bytes);
  CHECK_FALSE(fs::exists(world.backup.string() + ".part"));
}

TEST_CASE("Restore: a sound database is never replaced", "[backup]") {
  BackupWorld world;
  {
    const auto store = world.enrolled(world.options);
    REQUIRE(back_up(*store, world.backup).ok());
    REQUIRE(store->save(new_person("张三")).ok());
  }
  CHECK(world.bring_back().error().code == Errc::not_damaged);
  CHECK(world.persons() == 1);
}

TEST_CASE("Restore: a database that is gone comes back as it was backed up, without the old log", "[backup]") {
  BackupWorld world;
  {
    const auto store = world.enrolled(world.options);
    REQUIRE(store->save(new_person("张三")).ok());
    REQUIRE(back_up(*store, world.backup).ok());
  }
  fs::remove(world.options.path);
  write_bytes(world.options.path + "-wal", "left over");
  const auto restored = world.bring_back();
  REQUIRE(restored.ok());
  CHECK(restored->own_ops == 1);
  CHECK(restored->rescued == 0);
  CHECK(restored->set_aside.empty());
  CHECK(world.persons() == 1);
  CHECK(audit_of(*world.open(world.options).value()).empty());
}

TEST_CASE("Restore: changes after the backup are read out of the damaged file, which is kept", "[backup]") {
  BackupWorld world;
  RecordRef person;
  {
    const auto store = world.enrolled(world.options);
    person = made_by(store->save(new_person("张三")));
    REQUIRE(back_up(*store, world.backup).ok());
    REQUIRE(store
                ->save(edit_of(person, {{kinds::person::phone, std::string("13800138001")},
                                        {kinds::person::alias, TextSet::of({"阿三"})}}))
                .ok());
    REQUIRE(store->save(new_home(world, "李四")).ok());
    // The table of visits goes: opening works, the integrity check does not.
    REQUIRE(store->save(new_person("王五")).ok());
    REQUIRE(store->database()
                .exec("PRAGMA writable_schema=ON; UPDATE sqlite_master SET rootpage = 3 WHERE name = "
                      "'visit'; PRAGMA writable_schema=OFF")
                .ok());
  }
  const std::string damaged = read_bytes(world.options.path);
  const auto restored = world.bring_back();
  REQUIRE(restored.ok());
  CHECK(restored->rescued == 5);
  CHECK(restored->own_ops == 6);
  CHECK(read_bytes(restored->set_aside.string()) == damaged);
  const auto store = world.open(world.options).value();
  CHECK(audit_of(*store).empty());
  const Record found = store->find(person).value().value();
  CHECK(found.text(kinds::person::phone) == "13800138001");
  CHECK(std::get<TextSet>(found.get(kinds::person::alias)).contains("阿三"));
  CHECK(store->search("李四", 9).value().size() == 1);
  CHECK(store->search("8001", 9).value().size() == 1);
  CHECK(store->changes().queued_count().value() == 6);
  CHECK(store->save(new_person("赵六")).value().front().op.counter == 7);
}

TEST_CASE("Restore: photos of changes after the backup are brought back with them, those before are in it",
          "[backup]") {
  BackupWorld world;
  const std::string before = "what the camera saw before";
  const std::string after(150'000, 'p');
  {
    const auto store = world.enrolled(world.options);
    REQUIRE(store->save(case_with_photo(before)).ok());
    REQUIRE(back_up(*store, world.backup).ok());
    REQUIRE(store->save(case_with_photo(after)).ok());
    REQUIRE(store->database()
                .exec("PRAGMA writable_schema=ON; UPDATE sqlite_master SET rootpage = 3 WHERE name = "
                      "'visit'; PRAGMA writable_schema=OFF")
                .ok());
  }
  const auto restored = world.bring_back();
  REQUIRE(restored.ok());
  CHECK(restored->rescued == 1);
  const auto store = world.open(world.options).value();
  CHECK(store->attachments().content(attachment_id_of(before)).value() == before);
  CHECK(store->attachments().content(attachment_id_of(after)).value() == after);
  CHECK(store->attachments().thumbnail(attachment_id_of(after)).value() == "small");
  CHECK(store->attachments().unsent()->size() == 2);
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Restore: a file that does not open at all is kept beside the restored one", "[backup]") {
  BackupWorld world;
  {
    const auto store = world.enrolled(world.options);
    REQUIRE(store->save(new_person("张三")).ok());
    REQUIRE(back_up(*store, world.backup).ok());
    REQUIRE(store->save(new_person("李四")).ok());
  }
  world.damage(0, 4096);
  const auto restored = world.bring_back();
  REQUIRE(restored.ok());
  CHECK(restored->rescued == 0);
  CHECK(fs::exists(restored->set_aside));
  CHECK(world.persons() == 1);
}

TEST_CASE("Restore: a backup that is damaged, missing or another key's changes nothing", "[backup]") {
  BackupWorld world;
  {
    const auto store = world.enrolled(world.options);
    REQUIRE(back_up(*store, world.backup).ok());
  }
  world.damage(0, 4096);
  const std::string damaged = read_bytes(world.options.path);
  const std::string good = read_bytes(world.backup.string());
  write_bytes(world.backup.string(), good.substr(0, good.size() / 2));
  CHECK(world.bring_back().error().code == Errc::backup_unfit);
  world.options.key = std::string(32, 'x');
  write_bytes(world.backup.string(), good);
  CHECK(world.bring_back().error().code == Errc::backup_unfit);
  fs::remove(world.backup);
  CHECK(world.bring_back().error().code == Errc::file_missing);
  CHECK(read_bytes(world.options.path) == damaged);
  CHECK_FALSE(fs::exists(world.options.path + ".restoring"));
}

TEST_CASE("Doctor: says what is sound, what is unsent and what is damaged, and writes nothing", "[backup]") {
  BackupWorld world;
  const auto look = [&] { return examine_database(world.options, built_in()); };
  CHECK(keys_of(look()) == Keys{"missing"});
  {
    const auto store = world.open(world.options).value();
    REQUIRE(store->set_identity(StoreWorld::worker()).ok());
  }
  CHECK(keys_of(look()) == Keys{"sound", "all_sent"});
  {
    const auto store = world.open(world.options).value();
    REQUIRE(store->save(new_person("张三")).ok());
  }
  auto findings = look();
  CHECK(keys_of(findings) == Keys{"sound", "unsent"});
  CHECK(findings.back().amount == "1");
  CHECK_FALSE(has_trouble(findings));
  {
    const auto store = world.open(world.options).value();
    REQUIRE(store->database().exec("DELETE FROM sys_change").ok());
  }
  const std::string bytes = read_bytes(world.options.path);
  findings = look();
  CHECK(keys_of(findings) == Keys{"ledger", "all_sent"});
  CHECK(has_trouble(findings));
  CHECK(read_bytes(world.options.path) == bytes);
  world.options.key = std::string(32, 'x');
  CHECK(keys_of(look()) == Keys{"wrong_key"});
}

TEST_CASE("Doctor: an older file is brought up later, a newer one is another program's", "[backup]") {
  BackupWorld world;
  { REQUIRE(world.open(world.options, next_dictionary()).ok()); }
  CHECK(keys_of(examine_database(world.options, built_in())) == Keys{"not_enrolled", "all_sent"});
  {
    const auto store = world.open(world.options, next_dictionary()).value();
    REQUIRE(store->database().exec("UPDATE sys_number SET value = 1 WHERE name = 'dictionary_version'").ok());
  }
  CHECK(keys_of(examine_database(world.options, next_dictionary())) == Keys{"older"});
  {
    const auto store = world.open(world.options, next_dictionary()).value();
    REQUIRE(store->database().exec("PRAGMA user_version = 999").ok());
  }
  CHECK(keys_of(examine_database(world.options, built_in())) == Keys{"newer"});
}
