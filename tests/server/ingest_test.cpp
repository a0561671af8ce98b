#include "server/ingest/ingest.hpp"

#include "tests/server/platform_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;
namespace person = kinds::person;

namespace {

Value text(const char* s) { return std::string(s); }

}  // namespace

TEST_CASE("Ingest: a new record is there, in its grid's log, at version 1", "[ingest]") {
  TwoTablets w;
  const Change made = w.one.person("张三");
  const OpResult result = w.take_one(made);
  CHECK(result.is_clean());
  CHECK(result.version == ServerVersion{1});
  CHECK(w.record(made.record).text(person::name) == "张三");
  const auto tx = w.store().begin().value();
  CHECK(tx->log_head(kGrid).value() == Lsn{1});
  CHECK(tx->find_tablet(w.first.no).value()->last_counter == 1);
  CHECK(tx->find_op(made.id).value()->change == made);
}

TEST_CASE("Ingest: the same ops again give the same results and change no byte", "[ingest]") {
  TwoTablets w;
  const Change made = w.one.person("张三");
  const Change theirs = w.two.edit(made.record, {says(person::phone, text("13800138000"), seen(1))});
  const Change clash = w.one.edit(made.record, {says(person::phone, text("13900139000"), own(1))});
  const Change bad = w.one.person("李四", {says(person::gender, text("no code"))});
  REQUIRE(w.take(w.first.no, {made}).ok());
  REQUIRE(w.take(w.second.no, {theirs}).ok());
  const auto results = w.take(w.first.no, {clash, bad});
  REQUIRE(results.ok());
  const std::string before = w.export_all();
  const auto again = w.take(w.first.no, {clash, bad});
  REQUIRE(again.ok());
  CHECK(*again == *results);
  CHECK(w.export_all() == before);
  REQUIRE(w.take(w.first.no, {made, clash, bad}).ok());
  CHECK(w.export_all() == before);
}

TEST_CASE("Ingest: an op id with other content is refused and changes no byte", "[ingest]") {
  TwoTablets w;
  Change made = w.one.person("张三");
  REQUIRE(w.take(w.first.no, {made}).ok());
  const std::string before = w.export_all();
  made.fields.back().value = text("张四");
  CHECK(w.take(w.first.no, {made}).error().code == Errc::op_id_reused);
  made.fields.back().value = text("张三");
  made.made_at.packed += 1;
  CHECK(w.take(w.first.no, {made}).error().code == Errc::op_id_reused);
  CHECK(w.export_all() == before);
}

TEST_CASE("Ingest: a gap in the counters is refused and changes no byte", "[ingest]") {
  TwoTablets w;
  const Change made = w.one.person("张三");
  const Change skipped = w.one.person("李四");
  const Change after = w.one.person("王五");
  REQUIRE(w.take(w.first.no, {made}).ok());
  const std::string before = w.export_all();
  CHECK(w.take(w.first.no, {after}).error().code == Errc::malformed_message);
  CHECK(w.export_all() == before);
  CHECK(w.take(w.first.no, {skipped, after}).ok());
}

TEST_CASE("Ingest: another tablet's ops are refused, new or known", "[ingest]") {
  TwoTablets w;
  const Change theirs = w.two.person("李四");
  const Change mine = w.one.person("张三");
  CHECK(w.take(w.first.no, {theirs}).error().code == Errc::malformed_message);
  REQUIRE(w.take(w.second.no, {theirs}).ok());
  REQUIRE(w.take(w.first.no, {mine}).ok());
  CHECK(w.take(w.first.no, {theirs}).error().code == Errc::malformed_message);
}

TEST_CASE("Ingest: a bad op is kept in quarantine and the rest flows", "[ingest]") {
  TwoTablets w;
  const Change bad = w.one.person("张三", {says(person::gender, text("no code"))});
  const Change unknown_kind = w.one.edit({{999}, bad.record.id}, {});
  const Change missing = w.one.edit({person::kKind, Uuid{{9}}}, {says(person::name, text("甲"), seen(3))});
  const Change homeless = w.one.edit({person::kKind, Uuid{{8}}}, {says(person::name, text("甲"))});
  const Change good = w.one.person("李四");
  const auto results = w.take(w.first.no, {bad, unknown_kind, missing, homeless, good});
  REQUIRE(results.ok());
  const char* reasons[] = {"invalid_value", "unknown_kind", "not_found", "required_missing"};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK((*results)[i].outcome == OpOutcome::quarantined);
    CHECK((*results)[i].reason == reasons[i]);
    CHECK((*results)[i].version == ServerVersion{0});
  }
  CHECK((*results)[4].is_clean());
  CHECK(w.tablet(w.first.no).last_counter == 5);
  CHECK_FALSE(w.store().begin().value()->find_record(bad.record).value().has_value());
  CHECK(w.audit().empty());
}

TEST_CASE("Ingest: later ops on a record whose op is in quarantine wait, those on others do not", "[ingest]") {
  TwoTablets w;
  const Change bad = w.one.person("张三", {says(person::gender, text("no code"))});
  const Change later = w.one.edit(bad.record, {says(person::name, text("张山"), own(1))});
  const Change other = w.one.person("李四");
  const auto results = w.take(w.first.no, {bad, later, other});
  REQUIRE(results.ok());
  CHECK((*results)[1].outcome == OpOutcome::waiting);
  CHECK((*results)[2].is_clean());
  CHECK(w.audit().empty());
}

TEST_CASE("Ingest: a bad op of one tablet does not hold up another's on the same record", "[ingest]") {
  TwoTablets w;
  const Change made = w.one.person("张三");
  REQUIRE(w.take(w.first.no, {made}).ok());
  CHECK(w.take_one(w.one.edit(made.record, {says(person::gender, text("no code"), own(1))})).outcome ==
        OpOutcome::quarantined);
  CHECK(w.take_one(w.two.edit(made.record, {says(person::phone, text("13800138000"), seen(1))})).is_clean());
  CHECK(w.take_one(w.one.edit(made.record, {says(person::name, text("张山"), own(1))})).outcome == OpOutcome::waiting);
  CHECK(w.audit().empty());
}

TEST_CASE("Ingest: a group is applied whole or set aside whole", "[ingest]") {
  TwoTablets w;
  const Change good = w.one.person("张三");
  const Change bad = w.one.person("李四", {says(person::gender, text("no code"))});
  const Change also_good = w.one.person("王五");
  const auto results = w.take(w.first.no, grouped({good, bad, also_good}));
  REQUIRE(results.ok());
  for (const OpResult& result : *results) CHECK(result.outcome == OpOutcome::quarantined);
  CHECK(w.store().begin().value()->count_records(person::kKind).value() == 0);
  CHECK(w.store().begin().value()->log_head(kGrid).value() == Lsn{0});
  const auto whole = w.take(w.first.no, grouped({w.one.person("甲"), w.one.person("乙")}));
  REQUIRE(whole.ok());
  for (const OpResult& result : *whole) CHECK(result.is_clean());
  CHECK(w.audit().empty());
}

TEST_CASE("Ingest: a group with one record that must wait waits whole", "[ingest]") {
  TwoTablets w;
  const Change bad = w.one.person("张三", {says(person::gender, text("no code"))});
  REQUIRE(w.take(w.first.no, {bad}).ok());
  const auto group =
      grouped({w.one.person("李四"), w.one.edit(bad.record, {says(person::name, text("张山"), own(1))})});
  const auto results = w.take(w.first.no, group);
  REQUIRE(results.ok());
  for (const OpResult& result : *results) CHECK(result.outcome == OpOutcome::waiting);
  CHECK(w.store().begin().value()->count_records(person::kKind).value() == 0);
}

TEST_CASE("Ingest: nobody writes outside the own scopes", "[ingest]") {
  TwoTablets w;
  const auto elsewhere = w.add_tablet('e', {kElsewhere, kElsewhere.community()});
  OpMaker far(w, elsewhere.no);
  const Change mine = w.one.person("张三");
  REQUIRE(w.take(w.first.no, {mine}).ok());
  const OpResult made = w.take_one(w.one.person("李四", {}, kOtherGrid));
  CHECK(made.outcome == OpOutcome::quarantined);
  CHECK(made.reason == "out_of_scope");
  const OpResult edited = w.take_one(far.edit(mine.record, {says(person::name, text("改名"), seen(1))}));
  CHECK(edited.outcome == OpOutcome::quarantined);
  CHECK(edited.reason == "out_of_scope");
  CHECK(w.record(mine.record).text(person::name) == "张三");
}

TEST_CASE("Ingest: a worker reads the community's records, a clerk writes them too", "[ingest]") {
  TwoTablets w;
  const auto clerk = w.add_tablet('c', {kGrid, kCommunity}, "clerk");
  OpMaker desk(w, clerk.no);
  CHECK(w.take_one(w.one.person("张三", {}, kCommunity)).reason == "out_of_scope");
  CHECK(w.take_one(desk.person("李四", {}, kCommunity)).is_clean());
}

TEST_CASE("Ingest: a record is not moved into a grid that its writer does not have, nor out of every grid",
          "[ingest]") {
  TwoTablets w;
  const Change made = w.one.person("张三");
  REQUIRE(w.take(w.first.no, {made}).ok());
  const OpResult moved = w.take_one(w.one.edit(made.record, {says(person::grid_id, to_string(kElsewhere), seen(1))}));
  CHECK(moved.outcome == OpOutcome::quarantined);
  CHECK(moved.reason == "out_of_scope");
  CHECK(w.record(made.record).text(person::grid_id) == to_string(kGrid));
  const Change other = w.two.person("李四");
  REQUIRE(w.take(w.second.no, {other}).ok());
  CHECK(w.take_one(w.two.edit(other.record, {says(person::grid_id, Value{}, seen(1))})).outcome ==
        OpOutcome::quarantined);
  CHECK(w.record(other.record).text(person::grid_id) == to_string(kGrid));
  CHECK(w.store().begin().value()->log_head({}).value() == Lsn{0});
}

TEST_CASE("Ingest: a record that moves is told to the grid it leaves and whole to the grid it enters", "[ingest]") {
  PlatformWorld w;
  const auto lead = w.add_tablet('a', {kGrid, kOtherGrid, kCommunity}, "lead");
  OpMaker maker(w, lead.no);
  const Change made = maker.person("张三", {says(person::phone, text("13800138000"))});
  const auto move = [&](ScopeCode to, std::uint64_t from) {
    return maker.edit(made.record, {says(person::grid_id, to_string(to), own(from))});
  };
  const auto results = w.take(lead.no, {made, move(kOtherGrid, 1), move(kGrid, 2)});
  REQUIRE(results.ok());
  for (const OpResult& result : *results) CHECK(result.is_clean());
  const auto log_of = [&](ScopeCode scope) {
    return w.store().begin().value()->read_log({.scope = scope, .after = {}, .without = {}}).value().entries;
  };
  const auto left = log_of(kGrid);
  const auto entered = log_of(kOtherGrid);
  REQUIRE(left.size() == 3);
  REQUIRE(entered.size() == 2);
  CHECK(left[1].op == entered[0].op);
  CHECK(left[1].fields.size() == 1);
  CHECK(entered[0].fields.size() == made.fields.size());
  CHECK(left[2].fields.size() == made.fields.size());
  CHECK(w.audit().empty());
}

TEST_CASE("Ingest: columns of a newer dictionary are kept and logged", "[ingest]") {
  TwoTablets w;
  const ColumnNo newer{60};
  const Change made = w.one.person("张三", {says(newer, text("小三子"))});
  CHECK(w.take_one(made).is_clean());
  CHECK(w.record(made.record).text(newer) == "小三子");
  REQUIRE(w.take(w.second.no, {w.two.edit(made.record, {says(newer, text("阿三"), seen(1))})}).ok());
  CHECK(w.record(made.record).text(newer) == "阿三");
  CHECK(w.audit().empty());
}

TEST_CASE("Ingest: whatever stands in a field, the op is applied or set aside and the audit stays clean", "[ingest]") {
  PlatformWorld w;
  const auto tablet = w.add_tablet('a', {kGrid, kCommunity});
  OpMaker maker(w, tablet.no);
  const std::vector<Value> values = {
      Value{},   Gap::unknown, true,          std::int64_t{-1}, std::int64_t{1},
      0.5,       3.0,          std::string(), std::string("x"), std::string("a\0b", 3),
      Uuid{{1}}, Uuid{},       TextSet{},     TextSet{{"a"}},   SetDelta{{{"a"}}, {{"b"}}},
      SetDelta{}};
  std::vector<Change> changes;
  for (const KindNo kind : {kinds::person::kKind, kinds::dwelling::kKind, kinds::visit::kKind})
    for (const FieldDef& field : w.dictionary.get_kind(kind).fields)
      for (const Value& value : values) {
        std::vector<FieldEdit> fields = {says(field.no, value)};
        if (field.no != person::grid_id) fields.push_back(says(person::grid_id, to_string(kGrid)));
        changes.push_back(maker.edit({kind, make_uuid_v7(w.clock, w.random)}, fields));
      }
  const auto results = w.take(tablet.no, changes);
  REQUIRE(results.ok());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if ((*results)[i].outcome == OpOutcome::quarantined) continue;
    INFO("column " << changes[i].fields.back().column.value << " alternative "
                   << changes[i].fields.back().value.index());
    CHECK(w.store().begin().value()->find_record(changes[i].record).ok());
  }
  CHECK(w.audit().empty());
}
