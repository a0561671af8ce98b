#include "tests/contract/platform_store_contract.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::server;
using namespace ruhu::test;
namespace person = kinds::person;

namespace {

constexpr ScopeCode kGrid{350582006001003};
constexpr ScopeCode kOther{350582006001004};

RecordRef ref_of(std::uint8_t n) { return {person::kKind, Uuid{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, n}}}; }

/// A record with every kind of value that can stand in a row.
Record full_record(std::uint8_t n) {
  Record record;
  record.ref = ref_of(n);
  record.meta.created = {{1}, {{2}, 3}, {4}, {5}, {Source::self, Verified::seen, 20'000}};
  record.meta.seen = {1};
  record.set(person::name, std::string("张\xF0\xA0\xAE\xB7三"));
  record.set(person::alias, TextSet::of({"b", "a"}));
  record.set(person::gender, Gap::refused);
  record.set(person::guardian_id, Uuid{{9, 9}});
  record.set({60}, std::int64_t{-5});
  return record;
}

LogEntry entry(ScopeCode scope, std::uint64_t version, OpId op, std::uint8_t record = 1) {
  LogEntry made;
  made.scope = scope;
  made.record = ref_of(record);
  made.version = {version};
  made.op = op;
  made.made_at = {77};
  made.actor = {3};
  made.fields.push_back({person::name, std::string("张三"), {Source::booklet, Verified::seen, 9}});
  made.fields.push_back({person::phone, Value{}, {}});
  return made;
}

StoredOp op(OpId id, OpOutcome outcome, std::uint8_t record = 1) {
  StoredOp made;
  made.change.id = id;
  made.change.group_first = id.counter;
  made.change.record = ref_of(record);
  made.change.fields.push_back({person::name, {}, SetDelta{{{"a"}}, {{"b"}}}, {}});
  made.result.op = id;
  made.result.outcome = outcome;
  made.received_at = from_ms(1'772'700'000'123);
  return made;
}

/// Runs the part in a transaction that is committed.
template <class Part>
void committed(PlatformStore& store, Part part) {
  const auto tx = store.begin().value();
  part(*tx);
  REQUIRE(tx->commit().ok());
}

/// The law for every kind of store, each on a fresh one.
template <class Law>
void for_each_kind(Law law) {
  for (const StoreKind& kind : store_kinds()) {
    INFO(kind.name);
    law(*kind.make());
  }
}

}  // namespace

TEST_CASE("Platform store: what was not committed is not there", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    {
      const auto tx = store.begin().value();
      REQUIRE(tx->insert_record(full_record(1)).ok());
      REQUIRE(tx->append_log(entry(kGrid, 1, {{1}, 1})).ok());
      REQUIRE(tx->add_op(op({{1}, 1}, OpOutcome::applied)).ok());
      REQUIRE(tx->add_account("甲", "worker").ok());
    }
    const auto tx = store.begin().value();
    CHECK_FALSE(tx->find_record(ref_of(1)).value().has_value());
    CHECK(tx->log_head(kGrid).value() == Lsn{0});
    CHECK(tx->log_scopes().value().empty());
    CHECK_FALSE(tx->find_op({{1}, 1}).value().has_value());
    CHECK(tx->count_records(person::kKind).value() == 0);
    CHECK(tx->check_integrity().ok());
  });
}

TEST_CASE("Platform store: an attempt that fails is undone alone, and its error comes back", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    committed(store, [](PlatformTx& tx) {
      REQUIRE(tx.insert_record(full_record(1)).ok());
      const Status failed = tx.attempt([&]() -> Status {
        RUHU_TRY_DONE(tx.insert_record(full_record(2)));
        RUHU_TRY(const Lsn lsn, tx.append_log(entry(kGrid, 1, {{1}, 1})));
        CHECK(lsn == Lsn{1});
        return make_error(Errc::out_of_scope, "because");
      });
      CHECK(failed.error().code == Errc::out_of_scope);
      CHECK(tx.attempt([&] { return tx.insert_record(full_record(3)); }).ok());
    });
    const auto tx = store.begin().value();
    CHECK(tx->count_records(person::kKind).value() == 2);
    CHECK_FALSE(tx->find_record(ref_of(2)).value().has_value());
    CHECK(tx->log_head(kGrid).value() == Lsn{0});
  });
}

TEST_CASE("Platform store: attempts inside attempts are undone each by itself", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    committed(store, [](PlatformTx& tx) {
      const auto outer = tx.attempt([&]() -> Status {
        RUHU_TRY_DONE(tx.insert_record(full_record(1)));
        const auto inner = tx.attempt([&]() -> Status {
          RUHU_TRY_DONE(tx.insert_record(full_record(2)));
          return make_error(Errc::invalid_value);
        });
        CHECK_FALSE(inner.ok());
        return {};
      });
      CHECK(outer.ok());
      const auto undone = tx.attempt([&]() -> Status {
        RUHU_TRY_DONE(tx.attempt([&] { return tx.insert_record(full_record(3)); }));
        return make_error(Errc::invalid_value);
      });
      CHECK_FALSE(undone.ok());
      CHECK(tx.count_records(person::kKind).value() == 1);
    });
  });
}

TEST_CASE("Platform store: a failing statement inside an attempt leaves the transaction usable", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    committed(store, [](PlatformTx& tx) {
      REQUIRE(tx.insert_record(full_record(1)).ok());
      CHECK_FALSE(tx.attempt([&] { return tx.insert_record(full_record(1)); }).ok());
      CHECK(tx.insert_record(full_record(2)).ok());
    });
    CHECK(store.begin().value()->count_records(person::kKind).value() == 2);
  });
}

TEST_CASE("Platform store: records come back as written, value by value", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    Record record = full_record(1);
    committed(store, [&](PlatformTx& tx) { REQUIRE(tx.insert_record(record).ok()); });
    CHECK(store.begin().value()->find_record(record.ref).value() == record);
    record.set(person::name, std::string("李四"));
    record.set(person::gender, {});
    record.set({60}, std::string("text now"));
    record.meta.seen = {2};
    committed(store, [&](PlatformTx& tx) {
      REQUIRE(tx.update_record(record, {person::name, person::gender, {60}}).ok());
      CHECK(tx.update_record(full_record(9), {person::name}).error().code == Errc::not_found);
    });
    CHECK(store.begin().value()->find_record(record.ref).value() == record);
  });
}

TEST_CASE("Platform store: lists are by id, page on, and filter by value, also by the empty one", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    committed(store, [](PlatformTx& tx) {
      for (const std::uint8_t n : std::initializer_list<std::uint8_t>{200, 5, 130, 1}) {
        Record record = full_record(n);
        if (n != 5) record.set(person::status, std::string("active"));
        REQUIRE(tx.insert_record(record).ok());
      }
    });
    const auto tx = store.begin().value();
    const auto ids = [&](const ListOptions& options) {
      std::vector<int> last_bytes;
      for (const Record& record : tx->list_records(person::kKind, options).value())
        last_bytes.push_back(record.ref.id.bytes[15]);
      return last_bytes;
    };
    CHECK(ids({}) == std::vector<int>{1, 5, 130, 200});
    CHECK(ids({.where = {}, .after = ref_of(5).id, .limit = 1}) == std::vector<int>{130});
    CHECK(ids({.where = {{person::status, std::string("active")}}, .after = {}}) == std::vector<int>{1, 130, 200});
    CHECK(ids({.where = {{person::status, Value{}}}, .after = {}}) == std::vector<int>{5});
    CHECK(ids({.where = {{person::guardian_id, Uuid{{9, 9}}}}, .after = {}, .limit = 2}) == std::vector<int>{1, 5});
    CHECK(tx->list_records(person::kKind, {.where = {{{999}, {}}}, .after = {}}).error().code == Errc::unknown_field);
  });
}

TEST_CASE("Platform store: accounts and tablets get numbers, and the importer is there from the start", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    Tablet made;
    committed(store, [&](PlatformTx& tx) {
      const Account account = tx.add_account("王网格", "worker").value();
      CHECK(account.no.value != 0);
      CHECK(tx.add_account("李网格", "worker").value().no != account.no);
      Tablet tablet;
      tablet.public_key = std::string("\0key\xFF", 5);
      tablet.actor = account.no;
      tablet.role = "worker";
      tablet.scopes = {kGrid, kOther};
      made = tx.add_tablet(tablet).value();
      CHECK(made.no.value != 0);
      made.last_counter = 12;
      REQUIRE(tx.update_tablet(made).ok());
    });
    const auto tx = store.begin().value();
    const Tablet found = tx->find_tablet(made.no).value().value();
    CHECK(found.public_key == made.public_key);
    CHECK(found.scopes == made.scopes);
    CHECK(found.incarnation == 1);
    CHECK(found.last_counter == 12);
    CHECK_FALSE(found.revoked);
    CHECK(tx->find_account(found.actor).value()->name == "王网格");
    CHECK_FALSE(tx->find_account({99}).value().has_value());
    CHECK_FALSE(tx->find_tablet({99}).value().has_value());
    CHECK(tx->find_tablet({0}).value()->role == "import");
    CHECK(tx->tablets().value().size() == 2);
    CHECK(tx->tablets().value().front().no == TabletNo{0});
  });
}

TEST_CASE("Platform store: an enrolment code can be taken out once", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    const EnrolCode code{std::string("\x00\xFFhash", 6), {4}, "clerk", {kGrid}, from_ms(1'772'700'000'123)};
    committed(store, [&](PlatformTx& tx) { REQUIRE(tx.add_code(code).ok()); });
    { CHECK(store.begin().value()->take_code(code.code_hash).value().has_value()); }
    committed(store, [&](PlatformTx& tx) {
      const auto taken = tx.take_code(code.code_hash).value();
      REQUIRE(taken.has_value());
      CHECK(taken->actor == code.actor);
      CHECK(taken->role == code.role);
      CHECK(taken->scopes == code.scopes);
      CHECK(taken->expires_at == code.expires_at);
      CHECK_FALSE(tx.take_code(code.code_hash).value().has_value());
    });
    CHECK_FALSE(store.begin().value()->take_code(code.code_hash).value().has_value());
    CHECK_FALSE(store.begin().value()->take_code("another").value().has_value());
  });
}

TEST_CASE("Platform store: ops come back as written, by tablet and counter, and an id stands once", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    committed(store, [](PlatformTx& tx) {
      REQUIRE(tx.add_op(op({{2}, 1}, OpOutcome::applied)).ok());
      REQUIRE(tx.add_op(op({{1}, 10}, OpOutcome::applied)).ok());
      REQUIRE(tx.add_op(op({{1}, 9}, OpOutcome::conflict)).ok());
      CHECK_FALSE(tx.attempt([&] { return tx.add_op(op({{1}, 9}, OpOutcome::applied)); }).ok());
    });
    const auto tx = store.begin().value();
    const StoredOp expected = op({{1}, 9}, OpOutcome::conflict);
    const StoredOp found = tx->find_op({{1}, 9}).value().value();
    CHECK(found.change == expected.change);
    CHECK(found.result == expected.result);
    CHECK(found.received_at == expected.received_at);
    std::vector<OpId> order;
    const auto walked =
        tx->each_op([&](const StoredOp& each) -> Status { return order.push_back(each.change.id), Status{}; });
    CHECK(walked.ok());
    CHECK(order == std::vector<OpId>{{{1}, 9}, {{1}, 10}, {{2}, 1}});
    const auto stopped = tx->each_op([](const StoredOp&) -> Status { return make_error(Errc::cancelled); });
    CHECK(stopped.error().code == Errc::cancelled);
  });
}

TEST_CASE("Platform store: only ops in quarantine or waiting are listed as set aside", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    committed(store, [](PlatformTx& tx) {
      REQUIRE(tx.add_op(op({{1}, 1}, OpOutcome::conflict, 1)).ok());
      REQUIRE(tx.add_op(op({{1}, 2}, OpOutcome::waiting, 2)).ok());
      REQUIRE(tx.add_op(op({{1}, 3}, OpOutcome::quarantined, 3)).ok());
    });
    const auto tx = store.begin().value();
    CHECK(tx->asides_of(ref_of(1)).value().empty());
    CHECK(tx->asides_of(ref_of(2)).value().front().op == OpId{{1}, 2});
    CHECK(tx->asides_of(ref_of(3)).value().front().op == OpId{{1}, 3});
    CHECK(tx->asides_of(ref_of(4)).value().empty());
    CHECK(tx->asides_of({kinds::household::kKind, ref_of(2).id}).value().empty());
  });
}

TEST_CASE("Platform store: what is set aside is queued until it is placed, oldest first", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    const Instant received = op({{1}, 1}, OpOutcome::waiting).received_at;
    committed(store, [&](PlatformTx& tx) {
      REQUIRE(tx.add_op(op({{2}, 1}, OpOutcome::quarantined, 5)).ok());
      REQUIRE(tx.add_op(op({{1}, 1}, OpOutcome::waiting, 5)).ok());
      REQUIRE(tx.add_op(op({{1}, 2}, OpOutcome::applied, 5)).ok());
      REQUIRE(tx.postpone({{2}, 1}, 3, received + Millis{1'000}).ok());
    });
    const auto tx = store.begin().value();
    const auto names = [](const std::vector<Aside>& asides) {
      std::vector<OpId> all;
      for (const Aside& aside : asides) all.push_back(aside.op);
      return all;
    };
    CHECK(names(tx->asides_due(received, 9).value()) == std::vector<OpId>{{{1}, 1}});
    const auto all = tx->asides_due(received + Millis{1'000}, 9).value();
    CHECK(names(all) == std::vector<OpId>{{{2}, 1}, {{1}, 1}});
    CHECK(names(tx->asides_due(received + Millis{1'000}, 1).value()) == std::vector<OpId>{{{2}, 1}});
    CHECK(all.front().tries == 3);
    CHECK(all.front().record == ref_of(5));
    CHECK(all.front().next_at == received + Millis{1'000});
    CHECK(names(tx->asides_of(ref_of(5)).value()) == std::vector<OpId>{{{2}, 1}, {{1}, 1}});
    CHECK(tx->asides_of(ref_of(6)).value().empty());
    StoredOp placed = op({{2}, 1}, OpOutcome::merged, 5);
    REQUIRE(tx->settle_op(placed).ok());
    CHECK(tx->find_op({{2}, 1}).value()->result == placed.result);
    StoredOp still = op({{1}, 1}, OpOutcome::quarantined, 5);
    REQUIRE(tx->settle_op(still).ok());
    CHECK(names(tx->asides_due(Instant::max(), 9).value()) == std::vector<OpId>{{{1}, 1}});
  });
}

TEST_CASE("Platform store: late results are told each tablet in order, with numbers that only grow", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    committed(store, [](PlatformTx& tx) {
      for (const OpId id : {OpId{{1}, 7}, OpId{{2}, 4}, OpId{{1}, 3}, OpId{{1}, 7}}) REQUIRE(tx.tell_later(id).ok());
    });
    const auto tx = store.begin().value();
    const auto late = tx->late_ops({1}, 0, 9).value();
    REQUIRE(late.size() == 3);
    CHECK(late[0].op == OpId{{1}, 7});
    CHECK(late[1].op == OpId{{1}, 3});
    CHECK((late[0].seq < late[1].seq && late[1].seq < late[2].seq));
    CHECK(tx->late_ops({1}, late[1].seq, 9).value().size() == 1);
    CHECK(tx->late_ops({1}, 0, 2).value().size() == 2);
    CHECK(tx->late_ops({1}, late[2].seq, 9).value().empty());
    CHECK(tx->late_ops({3}, 0, 9).value().empty());
  });
}

TEST_CASE("Platform store: each log counts for itself without gaps", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    committed(store, [](PlatformTx& tx) {
      CHECK(tx.append_log(entry(kGrid, 1, {{1}, 1})).value() == Lsn{1});
      CHECK(tx.append_log(entry(kOther, 1, {{1}, 2}, 2)).value() == Lsn{1});
      CHECK(tx.append_log(entry(kGrid, 2, {{2}, 1})).value() == Lsn{2});
    });
    const auto tx = store.begin().value();
    CHECK(tx->log_head(kGrid).value() == Lsn{2});
    CHECK(tx->log_head({1}).value() == Lsn{0});
    CHECK(tx->log_scopes().value() == std::vector<ScopeCode>{kGrid, kOther});
    const auto page = tx->read_log({.scope = kGrid, .after = {0}, .without = {}}).value();
    LogEntry expected = entry(kGrid, 1, {{1}, 1});
    expected.lsn = {1};
    REQUIRE(page.entries.size() == 2);
    CHECK(page.entries.front() == expected);
    CHECK(page.upto == Lsn{2});
    CHECK(page.bytes > 0);
    CHECK_FALSE(page.more);
  });
}

TEST_CASE("Platform store: a log is read page by page, without one tablet's own entries", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    committed(store, [](PlatformTx& tx) {
      for (std::uint64_t i = 1; i <= 9; ++i) REQUIRE(tx.append_log(entry(kGrid, i, {{i % 3 == 0 ? 2U : 1U}, i})).ok());
    });
    const auto tx = store.begin().value();
    std::vector<std::uint64_t> read;
    Lsn at{};
    for (bool more = true; more;) {
      const auto page = tx->read_log({.scope = kGrid, .after = at, .without = {2}, .limit = 2}).value();
      CHECK(page.entries.size() <= 2);
      for (const LogEntry& each : page.entries) read.push_back(each.lsn.value);
      REQUIRE((page.upto > at || !page.more));
      at = page.upto;
      more = page.more;
    }
    CHECK(read == std::vector<std::uint64_t>{1, 2, 4, 5, 7, 8});
    CHECK(at == Lsn{9});
    const auto small =
        tx->read_log({.scope = kGrid, .after = {0}, .without = {}, .limit = 100, .bytes_max = 1}).value();
    CHECK(small.entries.size() == 1);
    CHECK(small.more);
    const auto end = tx->read_log({.scope = kGrid, .after = {9}, .without = {}}).value();
    CHECK(end.entries.empty());
    CHECK(end.upto == Lsn{9});
  });
}

TEST_CASE("Platform store: a record's log is newest first, up to the version asked for, over all grids", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    committed(store, [](PlatformTx& tx) {
      REQUIRE(tx.append_log(entry(kGrid, 1, {{1}, 1})).ok());
      REQUIRE(tx.append_log(entry(kOther, 2, {{1}, 2})).ok());
      REQUIRE(tx.append_log(entry(kGrid, 3, {{1}, 3})).ok());
      REQUIRE(tx.append_log(entry(kGrid, 1, {{1}, 4}, 2)).ok());
    });
    const auto tx = store.begin().value();
    const auto versions = [&](std::uint64_t upto) {
      std::vector<std::uint64_t> all;
      for (const LogEntry& each : tx->record_log(ref_of(1), {upto}).value()) all.push_back(each.version.value);
      return all;
    };
    CHECK(versions(9) == std::vector<std::uint64_t>{3, 2, 1});
    CHECK(versions(2) == std::vector<std::uint64_t>{2, 1});
    CHECK(versions(0).empty());
  });
}

TEST_CASE("Platform store: conflicts get numbers and come back as written", "[contract]") {
  for_each_kind([](PlatformStore& store) {
    Conflict conflict;
    conflict.record = ref_of(1);
    conflict.column = person::phone;
    conflict.base = TextSet{{"a", "b"}};
    conflict.mine = Gap::unknown;
    conflict.mine_stamp = {{}, {{1}, 2}, {3}, {4}, {Source::self, Verified::seen, 5}};
    conflict.theirs = std::string("13800138000");
    conflict.theirs_stamp = {{6}, {{7}, 8}, {9}, {10}, {}};
    conflict.opened_at = from_ms(1'772'700'000'123);
    std::uint64_t first = 0;
    committed(store, [&](PlatformTx& tx) {
      first = tx.add_conflict(conflict).value();
      CHECK(tx.add_conflict(conflict).value() > first);
    });
    const auto all = store.begin().value()->conflicts().value();
    REQUIRE(all.size() == 2);
    const Conflict& found = all.front();
    CHECK(found.no == first);
    CHECK(found.record == conflict.record);
    CHECK(found.column == conflict.column);
    CHECK(found.base == conflict.base);
    CHECK(found.mine == conflict.mine);
    CHECK(found.mine_stamp == conflict.mine_stamp);
    CHECK(found.theirs == conflict.theirs);
    CHECK(found.theirs_stamp == conflict.theirs_stamp);
    CHECK(found.opened_at == conflict.opened_at);
    CHECK(found.state == "open");
  });
}
