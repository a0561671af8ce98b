#include <algorithm>
#include <fstream>
#include <iterator>

#include "storage/schema/layout.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sql_dump.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/upgrade/stored_tablet.hpp"
#include "tests/upgrade/upgrade_platform.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

/// One stored database, made into a file as the old program left it.
struct OldTablet : StoreWorld {
  TemporaryFolder folder;
  DatabaseOptions options;
  std::string before;  ///< Its rows, before this program touched them.

  explicit OldTablet(const std::string& sql_file) {
    options.path = folder.file("ruhu.db");
    std::ifstream in(sql_file, std::ios::binary);
    const std::string sql{std::istreambuf_iterator<char>(in), {}};
    const auto db = Database::open(options).value();
    const auto made = db->exec(sql);
    if (!made.ok()) FAIL(to_log_line(made.error()));
    before = record_rows(*db);
  }

  std::unique_ptr<Store> opened() {
    auto store = open(options);
    if (!store.ok()) FAIL(to_log_line(store.error()));
    return std::move(*store);
  }

  /// Rows of the records and of what a tablet must not lose; search keys and numbers of forms are made anew.
  static std::string record_rows(Database& db) {
    std::string kept;
    bool keep = true;
    const std::string all = rows_as_text(db);
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = all.find('\n', at);
      const std::string line = all.substr(at, end - at);
      if (line.starts_with("== ")) keep = line.find("sys_search") == std::string::npos && line != "== sys_number";
      if (keep && !is_empty_table(all, at)) kept += line + "\n";
      at = end + 1;
    }
    return kept;
  }

 private:
  /// A heading that another heading or the end follows.
  static bool is_empty_table(const std::string& all, std::size_t at) {
    if (!all.substr(at).starts_with("== ")) return false;
    const std::size_t next = all.find('\n', at) + 1;
    return next >= all.size() || all.substr(next).starts_with("== ");
  }
};

std::size_t phones_in_history(Store& store, const RecordRef& person) {
  const RecordHistory history = store.history(person).value();
  for (const FieldHistory& field : history.fields)
    if (field.column == kinds::person::phone) return field.versions.size();
  return 0;
}

}  // namespace

TEST_CASE("Upgrade: every stored database opens with all its rows, is sound, searched and saved to", "[upgrade]") {
  REQUIRE_FALSE(stored_databases().empty());
  for (const std::string& file : stored_databases()) {
    INFO(file);
    OldTablet tablet(file);
    const auto store = tablet.opened();
    CHECK(OldTablet::record_rows(store->database()) == tablet.before);
    CHECK(store->database().integer("PRAGMA user_version").value() == kLayout);
    CHECK(audit_of(*store).empty());
    CHECK(store->search("张建国", 9).value().size() == 1);
    CHECK(store->search("8009", 9).value().size() >= 1);
    CHECK(store->text("draft.visit.1").value() == std::string("\x01half a visit", 13));
    CHECK(store->changes().queued_count().value() == 4);
    const RecordRef person = store->search("张建国", 9).value().front().ref;
    const std::size_t phones = phones_in_history(*store, person);
    CHECK(phones >= 1);  // the first release kept no past
    REQUIRE(store->save(edit_of(person, {{kinds::person::phone, std::string("13800138777")}})).ok());
    CHECK(phones_in_history(*store, person) == phones + 1);
  }
}

TEST_CASE("Upgrade: every stored database has its old records of columns that it did not know", "[upgrade]") {
  for (const std::string& file : stored_databases()) {
    INFO(file);
    OldTablet tablet(file);
    const auto store = tablet.opened();
    const auto persons = store->list(kinds::person::kKind).value();
    const auto raw = std::count_if(persons.begin(), persons.end(),
                                   [](const Record& record) { return record.text({9'000}) == "以后的栏目"; });
    CHECK(raw == 1);
  }
}

TEST_CASE("Upgrade: what every stored database had not sent yet reaches the platform", "[upgrade]") {
  for (const std::string& file : stored_databases()) {
    INFO(file);
    OldTablet tablet(file);
    UpgradePlatform platform;
    const auto store = tablet.opened();
    const Identity identity = store->identity().value().value();
    REQUIRE(identity.tablet == platform.tablet());
    REQUIRE(store->set_identity(platform.identity_for(identity)).ok());
    // This platform never saw the two ops that the old one had acknowledged, nor the news that it had sent.
    platform.believe_acknowledged(2);
    REQUIRE(store->database().exec("UPDATE sys_cursor SET lsn = 0").ok());
    const auto report = platform.sync(*store, tablet.clock, tablet.random);
    if (!report.ok()) FAIL(to_log_line(report.error()));
    CHECK(report->sent == 4);
    CHECK(store->changes().queued_count().value() == 0);
    CHECK(audit_of(*store).empty());
  }
}

// ./dev test upgrade "[.keep]" is run once for each release: it writes what this program would leave behind.
TEST_CASE("Upgrade: the present form is written for the programs to come", "[.keep]") {
  StoreWorld world;
  const auto store = world.enrolled();
  fill_stored_tablet(*store, world);
  const std::string name = "layout-" + std::to_string(kLayout) + "-dictionary-" + std::to_string(built_in().version());
  std::ofstream(std::string(RUHU_SOURCE_DIR "/tests/upgrade/databases/") + name + ".sql")
      << dump_sql(store->database());
}
