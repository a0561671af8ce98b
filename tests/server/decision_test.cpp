#include "server/desk/decision.hpp"

#include <nlohmann/json.hpp>

#include "server/desk/conflict_json.hpp"
#include "tests/server/platform_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;
using server::Decision;
namespace person = kinds::person;

namespace {

/// Two workers correct one name differently: conflict 1, "mine" is the second's.
struct TwoNames : TwoTablets {
  Change made = one.person("张三");
  OpId loser;

  TwoNames() {
    take_one(made);
    take_one(one.edit(made.record, {says(person::name, std::string("张散"), seen(1))}));
    const Change late = two.edit(made.record, {says(person::name, std::string("张伞"), seen(1))});
    loser = take_one(late).op;
    REQUIRE(conflicts().size() == 1);
  }

  Status say(Decision decision) {
    const auto tx = store().begin().value();
    RUHU_TRY_DONE(server::decide(*tx, dictionary, clock, decision));
    return tx->commit();
  }
  static Decision take(Decision::Take what, Value value = {}) {
    return {1, what, std::move(value), "刘专员", "看了户口簿"};
  }
  std::string name() { return std::string(record(made.record).text(person::name)); }
  FieldOutcome told() {
    const auto tx = store().begin().value();
    const auto late = tx->late_ops(second.no, 0, 10).value();
    REQUIRE(late.size() == 1);
    CHECK(late.front().op == loser);
    const OpResult result =
        server::Ingest(*tx, dictionary, clock.now()).result_now(second, *tx->find_op(loser).value()).value();
    CHECK(text_of(result.fields.front().current) == text_of(tx->find_record(made.record).value()->get(person::name)));
    return result.fields.front().outcome;
  }
};

}  // namespace

TEST_CASE("Decision: the value that had lost stands, under the clerk's name, and its tablet hears of it", "[desk]") {
  TwoNames w;
  REQUIRE(w.say(TwoNames::take(Decision::Take::mine)).ok());
  CHECK(w.name() == "张伞");
  CHECK(w.told() == FieldOutcome::merged);
  const Record record = w.record(w.made.record);
  const auto clerk = w.store().begin().value()->find_account(record.meta.stamp_of(person::name).actor).value();
  CHECK(clerk->name == "刘专员");
  CHECK(clerk->role == "clerk");
  CHECK(w.audit().empty());
}

TEST_CASE("Decision: the value that stands goes on standing, and nothing is written", "[desk]") {
  TwoNames w;
  const ServerVersion before = w.record(w.made.record).meta.seen;
  REQUIRE(w.say(TwoNames::take(Decision::Take::theirs)).ok());
  CHECK(w.name() == "张散");
  CHECK(w.record(w.made.record).meta.seen == before);
  CHECK(w.told() == FieldOutcome::superseded);
  CHECK(w.audit().empty());
}

TEST_CASE("Decision: a third value can be right", "[desk]") {
  TwoNames w;
  REQUIRE(w.say(TwoNames::take(Decision::Take::value, std::string("张叁"))).ok());
  CHECK(w.name() == "张叁");
  CHECK(w.told() == FieldOutcome::superseded);
  CHECK(w.audit().empty());
}

TEST_CASE("Decision: who, why and when stay with the conflict", "[desk]") {
  TwoNames w;
  REQUIRE(w.say(TwoNames::take(Decision::Take::theirs)).ok());
  const auto tx = w.store().begin().value();
  const auto conflict = tx->find_conflict(1).value();
  REQUIRE(conflict.has_value());
  const auto json = server::conflict_to_json(*tx, w.dictionary, *conflict).value();
  CHECK(json["state"] == "decided");
  CHECK(json["decision"]["take"] == "theirs");
  CHECK(json["decision"]["who"] == "刘专员");
  CHECK(json["decision"]["reason"] == "看了户口簿");
  CHECK(json["mine"]["value"] == "张伞");
}

TEST_CASE("Decision: what cannot be decided is refused and changes nothing", "[desk]") {
  TwoNames w;
  const auto refused = [&](Decision decision, Errc expected) {
    const std::string before = w.export_all();
    CHECK(w.say(std::move(decision)).error().code == expected);
    CHECK(w.export_all() == before);
  };
  Decision decision = TwoNames::take(Decision::Take::mine);
  decision.conflict = 2;
  refused(decision, Errc::not_found);
  decision = TwoNames::take(Decision::Take::mine);
  decision.reason.clear();
  refused(decision, Errc::required_missing);
  decision = TwoNames::take(Decision::Take::mine);
  decision.by.clear();
  refused(decision, Errc::required_missing);
  refused(TwoNames::take(Decision::Take::value, std::int64_t{3}), Errc::invalid_value);
  REQUIRE(w.say(TwoNames::take(Decision::Take::theirs)).ok());
  refused(TwoNames::take(Decision::Take::mine), Errc::already_ended);
}

TEST_CASE("Decision: a value that the clerk was not shown is not replaced", "[desk]") {
  TwoNames w;
  w.take_one(w.one.edit(w.made.record, {says(person::name, std::string("张山"), seen(2))}));  // meanwhile
  const std::string before = w.export_all();
  CHECK(w.say(TwoNames::take(Decision::Take::mine)).error().code == Errc::already_ended);
  CHECK(w.export_all() == before);
  CHECK(w.name() == "张山");
  REQUIRE(w.say(TwoNames::take(Decision::Take::theirs)).ok());
  CHECK(w.name() == "张山");
}

TEST_CASE("Decision: taken back, the value that had stood stands again and the conflict is open", "[desk]") {
  TwoNames w;
  REQUIRE(w.say(TwoNames::take(Decision::Take::mine)).ok());
  const auto undo = [&]() -> Status {
    const auto tx = w.store().begin().value();
    RUHU_TRY_DONE(
        server::undo_decision(*tx, w.dictionary, w.clock, {.conflict = 1, .by = "刘专员", .reason = "看错了"}));
    return tx->commit();
  };
  REQUIRE(undo().ok());
  CHECK(w.name() == "张散");
  CHECK(w.conflicts().front().state == server::kOpen);
  CHECK(w.audit().empty());
  CHECK(undo().error().code == Errc::already_ended);
  REQUIRE(w.say(TwoNames::take(Decision::Take::mine)).ok());
  CHECK(w.name() == "张伞");
  w.take_one(w.two.edit(w.made.record, {says(person::name, std::string("张山"), seen(5))}));
  CHECK(undo().error().code == Errc::already_ended);
  CHECK(w.name() == "张山");
}
