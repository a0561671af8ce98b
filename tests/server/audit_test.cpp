#include "server/admin/audit.hpp"

#include <algorithm>

#include "tests/server/platform_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;
namespace person = kinds::person;

namespace {

/// A platform with something of everything: records, edits, a conflict, an op in quarantine.
struct Busy : PlatformWorld {
  server::Tablet first = add_tablet('a', {kGrid, kOtherGrid, kCommunity});
  server::Tablet second = add_tablet('b', {kGrid, kCommunity});
  Busy() {
    OpMaker one(*this, first.no);
    OpMaker two(*this, second.no);
    const Change made = one.person("张三", {says(person::phone, std::string("13800138000"))});
    REQUIRE(take(first.no, {made, one.person("李四", {}, kOtherGrid), one.person("王五", {}, kOtherGrid)}).ok());
    REQUIRE(take(second.no, {two.edit(made.record, {says(person::phone, std::string("13900139000"), seen(1))}),
                             two.person("赵六", {says(person::gender, std::string("no code"))})})
                .ok());
    const auto clash = one.edit(made.record, {says(person::phone, std::string("13700137000"), own(1))});
    REQUIRE(take_one(clash).outcome == OpOutcome::conflict);
  }
};

}  // namespace

TEST_CASE("Audit: finds nothing in a platform that is well, also after a restart", "[audit]") {
  Busy w;
  CHECK(w.audit().empty());
  w.restart();
  CHECK(w.audit().empty());
}

TEST_CASE("Audit: names every planted damage", "[audit]") {
  struct Case {
    const char* sql;
    const char* named;
  };
  const Case cases[] = {
      {"DELETE FROM sys_op WHERE tablet = 1 AND counter = 2", "gap before op 1:3"},
      {"DELETE FROM sys_op WHERE tablet = 1 AND counter = 4", "mark of tablet 1"},
      {"DELETE FROM sys_op WHERE tablet = 2", "mark of tablet 2"},
      {"UPDATE sys_tablet SET last_counter = 9 WHERE no = 1", "mark of tablet 1"},
      {"DELETE FROM sys_log WHERE scope = 350582006001003 AND lsn = 1", "gap in log 350582006001003"},
      {"DELETE FROM sys_log WHERE scope = 350582006001004 AND lsn = 2", "head of log 350582006001004"},
      {"DELETE FROM sys_log WHERE lsn = 2 AND scope = 350582006001003", "has a version but no log entry"},
      {"UPDATE sys_scope SET head = head + 1", "head of log"},
      {"UPDATE sys_log SET counter = 77 WHERE lsn = 1 AND scope = 350582006001003", "has no op"},
      {"UPDATE sys_log SET version = 9 WHERE lsn = 2 AND scope = 350582006001003", "has no op"},
      {"UPDATE person SET phone = '13300133000' WHERE phone IS NOT NULL", "is not its log's"},
      {"DELETE FROM person WHERE phone IS NOT NULL", "has no row"},
      {"DELETE FROM sys_conflict", "conflict 1 of an op is missing"},
  };
  for (const Case& damage : cases) {
    Busy w;
    w.plant(damage.sql);
    const auto findings = w.audit();
    INFO(damage.sql);
    CHECK(std::any_of(findings.begin(), findings.end(),
                      [&](const std::string& line) { return line.find(damage.named) != std::string::npos; }));
  }
}

TEST_CASE("Audit: names no personal data", "[audit]") {
  Busy w;
  w.plant("UPDATE person SET phone = '13300133000', name = '冒名'");
  const auto findings = w.audit();
  REQUIRE_FALSE(findings.empty());
  for (const std::string& line : findings) {
    CHECK(line.find("13300133000") == std::string::npos);
    CHECK(line.find("冒名") == std::string::npos);
  }
}

TEST_CASE("Platform file: keeps its epoch over a restart and refuses the other realm", "[platform]") {
  Busy w;
  const Epoch epoch = w.store().epoch();
  w.restart();
  CHECK(w.store().epoch() == epoch);
  CHECK(epoch.value != 0);
  const auto other = server::open_sqlite_store(w.options(), w.dictionary, Realm::practice, w.random);
  REQUIRE_FALSE(other.ok());
  CHECK(other.error().code == Errc::wrong_realm);
}
