#include <filesystem>

#include "storage/schema/tables.hpp"
#include "tests/storage/store_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

const std::string kKey(32, 'k');

DatabaseOptions file_options(const std::string& path, const std::string& key = kKey) {
  DatabaseOptions options;
  options.path = path;
  options.key = key;
  return options;
}

/// A closed file with some people in it; nothing is left beside it.
void make_file(StoreWorld& world, const DatabaseOptions& options) {
  const auto store = world.enrolled(options);
  for (int i = 0; i < 8; ++i) REQUIRE(store->save(new_home(world, "欧阳建国")).ok());
  REQUIRE(store->database().checkpoint().ok());
}

/// Walks over everything that a damaged file holds. True when nothing seemed wrong.
bool uses_everything(Store& store) {
  bool fine = store.identity().ok();
  for (const KindDef& kind : built_in().kinds()) fine = store.list(kind.no).ok() && fine;
  for (std::uint64_t counter = 1; counter < 30; ++counter) fine = store.changes().find(counter).ok() && fine;
  fine = store.changes().queued(1U << 20U).ok() && fine;
  fine = store.search("欧阳", 9).ok() && fine;
  fine = store.figures().ok() && fine;
  const auto findings = store.audit();
  return findings.ok() && findings->empty() && fine;
}

struct Damage {
  int refused = 0;  ///< The file could not be opened.
  int noticed = 0;  ///< It could, and reading or the audit said what is wrong.
  int unnoticed = 0;
};

/// Flips a byte at many places, one at a time, and opens, reads and audits each such file.
Damage damage_file(const DatabaseOptions& options, std::size_t places) {
  StoreWorld world;
  const std::string sound = read_bytes(options.path);
  Damage damage;
  for (std::size_t i = 0; i < places; ++i) {
    std::string bytes = sound;
    const std::size_t at = i < 100 ? i : (i * 2'654'435'761U) % bytes.size();
    bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1U << (i % 8)));
    write_bytes(options.path, bytes);
    INFO("byte " << at);
    auto store = world.open(options);
    if (!store.ok()) {
      ++damage.refused;
      CHECK(read_bytes(options.path) == bytes);
    } else {
      ++(uses_everything(**store) ? damage.unnoticed : damage.noticed);
      store->reset();
    }
    std::filesystem::remove(options.path + "-wal");
    std::filesystem::remove(options.path + "-shm");
  }
  return damage;
}

}  // namespace

TEST_CASE("Store file: a wrong key, no key and noise are refused and the file stays as it is", "[store][file]") {
  TemporaryFolder folder;
  StoreWorld world;
  const std::string path = folder.file("tablet.db");
  make_file(world, file_options(path));
  const std::string bytes = read_bytes(path);
  CHECK(world.open(file_options(path, std::string(32, 'x'))).error().code == Errc::wrong_key);
  CHECK(world.open(file_options(path, "")).error().code == Errc::not_a_database);
  CHECK(read_bytes(path) == bytes);
  const std::string noise(8'192, 'n');
  write_bytes(path, noise);
  CHECK(world.open(file_options(path)).error().code == Errc::wrong_key);
  CHECK(read_bytes(path) == noise);
}

TEST_CASE("Store file: a missing one is made only when asked for", "[store][file]") {
  TemporaryFolder folder;
  StoreWorld world;
  DatabaseOptions options = file_options(folder.file("tablet.db"));
  options.create = false;
  CHECK(world.open(options).error().code == Errc::file_missing);
  CHECK_FALSE(std::filesystem::exists(options.path));
}

TEST_CASE("Store file: one of a newer program is refused and stays as it is", "[store][file]") {
  TemporaryFolder folder;
  StoreWorld world;
  const DatabaseOptions options = file_options(folder.file("tablet.db"));
  make_file(world, options);
  REQUIRE(Database::open(options).value()->exec("PRAGMA user_version = 999").ok());
  const std::string bytes = read_bytes(options.path);
  CHECK(world.open(options).error().code == Errc::database_newer);
  CHECK(read_bytes(options.path) == bytes);
}

TEST_CASE("Store file: damage to an encrypted file is an error or does not matter, and the file is never replaced",
          "[store][file]") {
  TemporaryFolder folder;
  StoreWorld world;
  const DatabaseOptions options = file_options(folder.file("tablet.db"));
  make_file(world, options);
  const Damage damage = damage_file(options, 400);
  CHECK(damage.refused > 0);
  CHECK(damage.noticed > 0);
  CHECK(damage.unnoticed < damage.noticed);
}

TEST_CASE("Store file: damage to a plain file never brings the program down", "[store][file]") {
  TemporaryFolder folder;
  StoreWorld world;
  const DatabaseOptions options = file_options(folder.file("tablet.db"), "");
  make_file(world, options);
  const Damage damage = damage_file(options, 500);
  CHECK(damage.refused > 0);
  CHECK(damage.noticed > 0);
}

TEST_CASE("Store file: a file cut short is an error and stays as it is", "[store][file]") {
  TemporaryFolder folder;
  StoreWorld world;
  const DatabaseOptions options = file_options(folder.file("tablet.db"));
  make_file(world, options);
  const std::string sound = read_bytes(options.path);
  for (const std::size_t part : {1U, 2U, 4U, 8U}) {
    const std::string bytes = sound.substr(0, sound.size() * part / 10 + part);
    write_bytes(options.path, bytes);
    const auto store = world.open(options);
    INFO("cut to " << bytes.size());
    CHECK((!store.ok() || !uses_everything(**store)));
    if (!store.ok()) CHECK(read_bytes(options.path) == bytes);
  }
}

TEST_CASE("Store file: neither names nor numbers lie in it in plain text", "[store][file]") {
  TemporaryFolder folder;
  StoreWorld world;
  const DatabaseOptions options = file_options(folder.file("tablet.db"));
  const auto store = world.enrolled(options);
  REQUIRE(store->save(new_person("欧阳建国", {{kinds::person::phone, std::string("13800138000")}})).ok());
  REQUIRE(store->set_text("draft.visit", "SENTENCE-BEING-TYPED").ok());
  const auto is_anywhere = [&](std::string_view text) {
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
      if (read_bytes(entry.path().string()).find(text) != std::string::npos) return true;
    return false;
  };
  for (const bool moved : {false, true}) {
    if (moved) REQUIRE(store->database().checkpoint().ok());
    for (const char* text : {"欧阳建国", "ouyangjianguo", "13800138000", "SENTENCE", "CREATE TABLE", "SQLite format"}) {
      INFO(text);
      CHECK_FALSE(is_anywhere(text));
    }
  }
}

TEST_CASE("Store file: two programs on one file never give the same counter twice", "[store][file]") {
  TemporaryFolder folder;
  StoreWorld world;
  const DatabaseOptions options = file_options(folder.file("tablet.db"));
  const auto one = world.enrolled(options);
  const auto two = world.open(options).value();
  for (int i = 0; i < 20; ++i) {
    REQUIRE(one->save(new_person("张三")).ok());
    REQUIRE(two->save(new_home(world, "李四")).ok());
  }
  CHECK(one->changes().queued_count().value() == 80);
  CHECK(one->count(kinds::person::kKind).value() == two->count(kinds::person::kKind).value());
  CHECK(audit_of(*one).empty());
  CHECK(audit_of(*two).empty());
}

TEST_CASE("Store file: while one program writes, the other says busy after waiting and loses nothing",
          "[store][file][.slow]") {
  TemporaryFolder folder;
  StoreWorld world;
  const DatabaseOptions options = file_options(folder.file("tablet.db"));
  const auto one = world.enrolled(options);
  const auto two = world.open(options).value();
  const auto tx = Transaction::begin(one->database());
  REQUIRE(tx.ok());
  CHECK(two->save(new_person("张三")).error().code == Errc::database_busy);
}

TEST_CASE("Store file: a newer dictionary adds its column, fills it from the raw cells and keeps the rest",
          "[store][file]") {
  TemporaryFolder folder;
  StoreWorld world;
  const DatabaseOptions options = file_options(folder.file("tablet.db"));
  const RecordRef ref{kinds::person::kKind, make_uuid_v7(world.clock, world.random)};
  const ColumnNo still_unknown{61};
  std::vector<Record> before;
  {
    const auto store = world.enrolled(options);
    REQUIRE(store->save(new_home(world, "张建国")).ok());
    LogEntry entry{kGrid, {1}, ref, {1}, {{2}, 1}, {5}, {9}, {}};
    entry.fields = {{kinds::person::name, std::string("李四"), {}},
                    {kNickname, std::string("小四子"), {}},
                    {still_unknown, std::int64_t{5}, {}}};
    ServerNews news;
    news.entries.push_back(entry);
    REQUIRE(store->take_in(news).ok());
    before = store->list(kinds::person::kKind).value();
  }
  const auto store = world.open(options, next_dictionary()).value();
  CHECK(store->list(kinds::person::kKind).value() == before);
  CHECK(store->database().integer("SELECT count(*) FROM person WHERE nickname = '小四子'").value() == 1);
  CHECK(store->find(ref).value()->get(still_unknown) == Value{std::int64_t{5}});
  CHECK(store->find(ref).value()->text(kNickname) == "小四子");
  REQUIRE(store->save(edit_of(ref, {{kNickname, std::string("阿四")}})).ok());
  CHECK(store->find(ref).value()->text(kNickname) == "阿四");
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Store file: a raw cell that does not fit the new column stays readable as it is", "[store][file]") {
  TemporaryFolder folder;
  StoreWorld world;
  const DatabaseOptions options = file_options(folder.file("tablet.db"));
  const RecordRef ref{kinds::person::kKind, make_uuid_v7(world.clock, world.random)};
  const Value misfit{TextSet::of({"小四子", "阿四"})};
  {
    const auto store = world.enrolled(options);
    LogEntry entry{kGrid, {1}, ref, {1}, {{2}, 1}, {5}, {9}, {}};
    entry.fields = {{kinds::person::name, std::string("李四"), {}}, {kNickname, misfit, {}}};
    ServerNews news;
    news.entries.push_back(entry);
    REQUIRE(store->take_in(news).ok());
  }
  const auto store = world.open(options, next_dictionary()).value();
  CHECK(store->find(ref).value()->get(kNickname) == misfit);
  REQUIRE(store->save(edit_of(ref, {{kinds::person::name, std::string("李思")}})).ok());
  CHECK(store->find(ref).value()->get(kNickname) == misfit);
}

TEST_CASE("Store file: records that the older dictionary could not hold are fetched again by the newer one",
          "[store][file]") {
  TemporaryFolder folder;
  StoreWorld world;
  const DatabaseOptions options = file_options(folder.file("tablet.db"));
  {
    const auto store = world.enrolled(options);
    ServerNews news;
    news.entries.push_back({kGrid, {1}, {{999}, make_uuid_v7(world.clock, world.random)}, {1}, {{2}, 1}, {5}, {9}, {}});
    news.cursors = {{kGrid, {1}}};
    REQUIRE(store->take_in(news).ok());
  }
  const auto store = world.open(options, next_dictionary()).value();
  for (const CursorAt& cursor : store->cursors().value()) CHECK(cursor.lsn == Lsn{0});
}

TEST_CASE("Store file: a program with the older dictionary still opens, reads and saves", "[store][file]") {
  TemporaryFolder folder;
  StoreWorld world;
  const DatabaseOptions options = file_options(folder.file("tablet.db"));
  RecordRef ref;
  {
    const auto store = world.open(options, next_dictionary()).value();
    REQUIRE(store->set_identity(StoreWorld::worker()).ok());
    ref = made_by(store->save(new_person("张建国", {{kNickname, std::string("小三子")}})));
  }
  {
    const auto store = world.open(options).value();
    CHECK(store->find(ref).value()->text(kinds::person::name) == "张建国");
    REQUIRE(store->save(edit_of(ref, {{kinds::person::name, std::string("张建军")}})).ok());
    REQUIRE(store->save(new_person("李四")).ok());
  }
  const auto store = world.open(options, next_dictionary()).value();
  CHECK(store->find(ref).value()->text(kNickname) == "小三子");
  CHECK(store->find(ref).value()->text(kinds::person::name) == "张建军");
}
