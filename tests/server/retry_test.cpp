// What the server set aside is tried again, and its tablet hears what became of it.
#include <chrono>
#include <nlohmann/json.hpp>

#include "server/desk/quarantine_json.hpp"
#include "server/ingest/unplaced.hpp"
#include "tests/server/earlier_layout.hpp"
#include "tests/server/platform_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;
using namespace std::chrono_literals;
namespace person = kinds::person;

namespace {

/// A platform with two tablets of one grid; the second edits what the first has not sent yet.
struct Early : TwoTablets {
  const Change made = one.person("张三");

  void retry() {
    const auto tx = store().begin().value();
    REQUIRE(server::Ingest(*tx, dictionary, clock.now()).retry(50).ok());
    REQUIRE(tx->commit().ok());
  }
  OpResult result(const OpId& op) { return store().begin().value()->find_op(op).value()->result; }
  std::vector<OpId> told(TabletNo tablet) {
    std::vector<OpId> ops;
    for (const auto& late : store().begin().value()->late_ops(tablet, 0, 100).value()) ops.push_back(late.op);
    return ops;
  }
  std::vector<server::Aside> queue() { return store().begin().value()->asides_due(Instant::max(), 100).value(); }
};

FieldEdit phone(const char* digits, Base base) { return says(person::phone, std::string(digits), base); }

}  // namespace

TEST_CASE("Retry: an edit that came before its record is placed when the record comes", "[ingest][retry]") {
  Early w;
  const Change early = w.two.edit(w.made.record, {phone("13800138000", seen(1))});
  CHECK(w.take_one(early).reason == "not_found");
  w.retry();
  CHECK(w.told(w.second.no).empty());
  CHECK(w.take_one(w.made).is_clean());
  w.retry();
  CHECK(w.result(early.id).is_clean());
  CHECK(w.result(early.id).version == ServerVersion{2});
  CHECK(w.record(w.made.record).text(person::phone) == "13800138000");
  CHECK(w.told(w.second.no) == std::vector<OpId>{early.id});
  CHECK(w.queue().empty());
  CHECK(w.audit().empty());
}

TEST_CASE("Retry: what waits behind it follows at once and in order", "[ingest][retry]") {
  Early w;
  const Change early = w.two.edit(w.made.record, {phone("13800138001", seen(1))});
  const Change later = w.two.edit(w.made.record, {phone("13800138002", own(1))});
  const Change last = w.two.edit(w.made.record, {phone("13800138003", own(2))});
  const auto aside = w.take(w.second.no, {early, later, last});
  REQUIRE(aside.ok());
  CHECK((*aside)[2].outcome == OpOutcome::waiting);
  w.clock.advance(25h);  // all are due; the first fails again, the others do not pass it
  w.retry();
  CHECK(w.queue().size() == 3);
  REQUIRE(w.take(w.first.no, {w.made}).ok());
  w.retry();
  for (const Change* op : {&early, &later, &last}) CHECK(w.result(op->id).is_clean());
  CHECK(w.record(w.made.record).text(person::phone) == "13800138003");
  CHECK(w.told(w.second.no) == std::vector<OpId>{early.id, later.id, last.id});
  CHECK(w.conflicts().empty());
  CHECK(w.audit().empty());
}

TEST_CASE("Retry: pauses grow from five minutes to a day", "[ingest][retry]") {
  Early w;
  REQUIRE(w.take(w.second.no, {w.two.edit(w.made.record, {phone("13800138000", seen(1))})}).ok());
  for (const Millis pause : {Millis{5min}, Millis{10min}, Millis{1h}, Millis{8h}, Millis{24h}, Millis{24h}}) {
    CHECK(w.queue().front().next_at - w.clock.now() == pause);
    w.clock.advance(pause - 1ms);
    const int tries = w.queue().front().tries;
    w.retry();
    CHECK(w.queue().front().tries == tries);
    w.clock.advance(1ms);
    w.retry();
    CHECK(w.queue().front().tries == tries + 1);
  }
  CHECK(w.told(w.second.no).empty());
}

TEST_CASE("Retry: a group is placed whole", "[ingest][retry]") {
  Early w;
  const auto group =
      grouped({w.two.person("李四"), w.two.edit(w.made.record, {phone("13800138000", seen(1))}), w.two.person("王五")});
  REQUIRE(w.take(w.second.no, group).ok());
  CHECK(w.store().begin().value()->count_records(person::kKind).value() == 0);
  REQUIRE(w.take(w.first.no, {w.made}).ok());
  w.retry();
  for (const Change& op : group) CHECK(w.result(op.id).is_clean());
  CHECK(w.store().begin().value()->count_records(person::kKind).value() == 3);
  CHECK(w.told(w.second.no).size() == 3);
  CHECK(w.audit().empty());
}

TEST_CASE("Retry: a clash found late is a conflict like any other", "[ingest][retry]") {
  Early w;
  const Change early = w.two.edit(w.made.record, {phone("13800138000", seen(1))});
  REQUIRE(w.take(w.second.no, {early}).ok());
  const Change own_phone = w.one.edit(w.made.record, {phone("13900139000", own(1))});
  REQUIRE(w.take(w.first.no, {w.made, own_phone}).ok());
  w.retry();
  CHECK(w.result(early.id).is_placed());
  CHECK_FALSE(w.result(early.id).is_clean());
  CHECK(w.audit().empty());
}

TEST_CASE("Retry: a tablet is told of another reason, and not of the same one again", "[ingest][retry]") {
  Early w;
  const Change bad = w.two.edit(w.made.record, {says(person::gender, std::string("no code"), seen(1))});
  CHECK(w.take_one(bad).reason == "not_found");
  REQUIRE(w.take(w.first.no, {w.made}).ok());
  w.retry();
  CHECK(w.result(bad.id).reason == "invalid_value");
  CHECK(w.told(w.second.no) == std::vector<OpId>{bad.id});
  w.clock.advance(25h);
  w.retry();
  CHECK(w.told(w.second.no).size() == 1);
  CHECK(w.queue().size() == 1);
  CHECK(w.audit().empty());
}

TEST_CASE("Retry: a platform of the first layout queues what it had set aside", "[ingest][retry]") {
  Early w;
  const Change early = w.two.edit(w.made.record, {phone("13800138000", seen(1))});
  REQUIRE(w.take(w.second.no, {early}).ok());
  w.plant(kBackToLayoutThree);
  w.plant(
      "INSERT INTO sys_number(name, value) SELECT 'epoch', epoch FROM sys_epoch; DROP TABLE sys_epoch;"
      "DROP TABLE sys_epoch_head; DELETE FROM sys_number WHERE name = 'numbers_given';"
      "ALTER TABLE sys_tablet DROP COLUMN predecessor; ALTER TABLE sys_tablet DROP COLUMN predecessor_upto;"
      "ALTER TABLE sys_tablet DROP COLUMN old_bases_upto; ALTER TABLE sys_tablet DROP COLUMN lost_bases_upto;"
      "ALTER TABLE sys_tablet DROP COLUMN from_lost_epoch;"
      "ALTER TABLE sys_conflict DROP COLUMN take; ALTER TABLE sys_conflict DROP COLUMN decided_by;"
      "ALTER TABLE sys_conflict DROP COLUMN reason; ALTER TABLE sys_conflict DROP COLUMN decided_at;"
      "DROP TABLE sys_aside; DROP TABLE sys_late; PRAGMA user_version = 1;"
      "CREATE INDEX sys_op_unplaced ON sys_op(record) WHERE outcome >= 4;");
  w.restart();
  REQUIRE(w.queue().size() == 1);
  CHECK(w.queue().front().op == early.id);
  REQUIRE(w.take(w.first.no, {w.made}).ok());
  w.retry();
  CHECK(w.result(early.id).is_clean());
}

TEST_CASE("Retry: everything is tried once more when somebody says so, due or not", "[ingest][retry]") {
  Early w;
  const Change early = w.two.edit(w.made.record, {phone("13800138000", seen(1))});
  const Change lost = w.two.edit({person::kKind, Uuid{{9}}}, {phone("13800138001", seen(1))});
  REQUIRE(w.take(w.second.no, {early, lost}).ok());
  REQUIRE(w.take(w.first.no, {w.made}).ok());
  const auto tx = w.store().begin().value();
  REQUIRE(server::Ingest(*tx, w.dictionary, w.clock.now()).retry_all().ok());
  REQUIRE(tx->asides_due(Instant::max(), server::kEveryAside).value().size() == 1);
  CHECK(tx->asides_due(Instant::max(), 1).value().front().op == lost.id);
  CHECK(tx->asides_due(Instant::max(), 1).value().front().tries == 1);
}

TEST_CASE("Quarantine: the list says which op, why and when it is tried next, and nothing that anybody told",
          "[ingest][retry]") {
  Early w;
  const Change early = w.two.edit(w.made.record, {phone("13800138000", seen(1))});
  REQUIRE(w.take(w.second.no, {early}).ok());
  const auto list = server::quarantine_to_json(*w.store().begin().value(), w.dictionary).value();
  REQUIRE(list.size() == 1);
  CHECK(list[0]["op"] == to_string(early.id));
  CHECK(list[0]["state"] == "quarantined");
  CHECK(list[0]["reason"] == "not_found");
  CHECK(list[0]["kind"] == "person");
  CHECK(list[0]["id"] == to_string(w.made.record.id));
  CHECK(list[0]["tries"] == 0);
  CHECK(list.dump().find("13800138000") == std::string::npos);
}
