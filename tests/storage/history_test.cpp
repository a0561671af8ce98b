#include "storage/model/history.hpp"

#include "tests/storage/store_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

using Texts = std::vector<std::string>;
namespace p = kinds::person;

const FieldHistory& field_of(const RecordHistory& history, ColumnNo column) {
  for (const FieldHistory& field : history.fields)
    if (field.column == column) return field;
  FAIL("no history of column " << column.value);
  return history.fields.front();
}

/// Values of one field, newest first.
Texts texts_of(const RecordHistory& history, ColumnNo column) {
  Texts texts;
  for (const FieldVersion& version : field_of(history, column).versions)
    texts.push_back(std::string(text_of(version.value)));
  return texts;
}

void say(Store& store, const RecordRef& ref, ColumnNo column, const Value& value, Provenance provenance = {}) {
  SaveRequest request = edit_of(ref, {{column, value}});
  if (provenance != Provenance{}) request.provenance = provenance;
  REQUIRE(store.save(request).ok());
}

LogEntry entry_by(const RecordRef& ref, OpId op, std::uint64_t version, std::string phone) {
  LogEntry entry;
  entry.scope = kGrid;
  entry.lsn = {version};
  entry.record = ref;
  entry.version = {version};
  entry.op = op;
  entry.made_at = HybridTime::from(from_ms(1'772'000'000'000 + static_cast<std::int64_t>(version)));
  entry.actor = {9};
  entry.fields = {{p::phone, std::move(phone), {Source::family, Verified::declared, 0}}};
  return entry;
}

ServerNews news_of(std::vector<LogEntry> entries, std::vector<OpResult> results = {}) {
  ServerNews news;
  news.acknowledged = results.empty() ? 0 : results.back().op.counter;
  news.results = std::move(results);
  news.entries = std::move(entries);
  return news;
}

constexpr Millis kDay = std::chrono::hours{24};

}  // namespace

TEST_CASE("History: every value that a field had stands there, newest first, with who, when and from whom",
          "[history]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref = made_by(store->save(new_person("张三", {{p::phone, std::string("13800138001")}})));
  world.clock.advance(kDay);
  say(*store, ref, p::phone, std::string("13800138002"), {Source::family, Verified::declared, 20'000});
  world.clock.advance(kDay);
  say(*store, ref, p::phone, std::string("13800138003"), {Source::booklet, Verified::seen, 20'001});
  const RecordHistory history = store->history(ref).value();
  CHECK(texts_of(history, p::phone) == Texts{"13800138003", "13800138002", "13800138001"});
  CHECK(texts_of(history, p::name) == Texts{"张三"});
  const auto& versions = field_of(history, p::phone).versions;
  CHECK(versions[0].stamp.provenance.source == Source::booklet);
  CHECK_FALSE(versions[0].replaced_by.has_value());
  CHECK(versions[1].stamp.provenance.source == Source::family);
  REQUIRE(versions[1].replaced_by.has_value());
  CHECK(versions[1].replaced_by->op == versions[0].stamp.op);
  CHECK(versions[2].stamp.actor == ActorNo{3});
  CHECK(versions[0].stamp.made_at.instant() - versions[2].stamp.made_at.instant() >= 2 * kDay);
}

TEST_CASE("History: the record stands as it was on each day, and was not there before it was made", "[history]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const Instant start = world.clock.now();
  const RecordRef ref = made_by(store->save(new_person("张三", {{p::phone, std::string("13800138001")}})));
  world.clock.advance(2 * kDay);
  say(*store, ref, p::phone, std::string("13800138002"));
  world.clock.advance(2 * kDay);
  say(*store, ref, p::name, std::string("张三丰"));
  say(*store, ref, p::alias, TextSet::of({"阿三"}));
  const RecordHistory history = store->history(ref).value();
  const auto on = [&](Millis after) { return as_it_was(history, start + after); };
  CHECK_FALSE(on(-kDay).has_value());
  CHECK(on(kDay)->text(p::phone) == "13800138001");
  CHECK(on(3 * kDay)->text(p::phone) == "13800138002");
  CHECK(on(3 * kDay)->text(p::name) == "张三");
  CHECK(is_empty(on(3 * kDay)->get(p::alias)));
  const Record today = *on(9 * kDay);
  CHECK(today.cells == history.now.cells);
  CHECK(today.meta == history.now.meta);
}

TEST_CASE("History: a value cleared on purpose and a question refused are values too", "[history]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref = made_by(store->save(new_person("张三", {{p::ethnicity, std::string("01")}})));
  say(*store, ref, p::ethnicity, Value{});
  say(*store, ref, p::ethnicity, Gap::refused);
  const auto versions = field_of(store->history(ref).value(), p::ethnicity).versions;
  REQUIRE(versions.size() == 3);
  CHECK(versions[0].value == Value{Gap::refused});
  CHECK(is_empty(versions[1].value));
  CHECK(versions[2].value == Value{std::string("01")});
}

TEST_CASE("History: an edit made at a visit names it", "[history]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref = made_by(store->save(new_person("张三")));
  SaveRequest request = edit_of(ref, {{p::phone, std::string("13800138001")}});
  request.visit = make_uuid_v7(world.clock, world.random);
  REQUIRE(store->save(request).ok());
  CHECK(field_of(store->history(ref).value(), p::phone).versions.front().visit == request.visit);
}

TEST_CASE("History: what colleagues wrote over stays, too", "[history]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref{p::kKind, make_uuid_v7(world.clock, world.random)};
  REQUIRE(store
              ->take_in(news_of({entry_by(ref, {{2}, 1}, 1, "13800000001"), entry_by(ref, {{4}, 9}, 2, "13800000002"),
                                 entry_by(ref, {{2}, 2}, 3, "13800000003")}))
              .ok());
  CHECK(texts_of(store->history(ref).value(), p::phone) == Texts{"13800000003", "13800000002", "13800000001"});
  REQUIRE(store->take_in(news_of({entry_by(ref, {{4}, 9}, 2, "13800000002")})).ok());
  CHECK(texts_of(store->history(ref).value(), p::phone) == Texts{"13800000003", "13800000002", "13800000001"});
}

TEST_CASE("History: an own value that lost by rule stays, with what became of it, also when the winner was here before",
          "[history]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref{p::kKind, make_uuid_v7(world.clock, world.random)};
  const OpId theirs{{2}, 5};
  REQUIRE(store->take_in(news_of({entry_by(ref, {{2}, 1}, 1, "13800000001"), entry_by(ref, theirs, 2, "13800000002")}))
              .ok());
  say(*store, ref, p::phone, std::string("13800138009"));
  FieldResult lost{p::phone, FieldOutcome::conflict, 1, std::string("13800000002"), {}};
  lost.stamp = store->history(ref).value().fields.back().versions.back().stamp;
  lost.stamp = Stamp{{2}, theirs, {}, {9}, {Source::family, Verified::declared, 0}};
  REQUIRE(store->take_in(news_of({}, {{{{7}, 1}, OpOutcome::conflict, {}, "", {lost}}})).ok());
  const RecordHistory history = store->history(ref).value();
  CHECK(texts_of(history, p::phone) == Texts{"13800000002", "13800138009", "13800000002", "13800000001"});
  const auto& versions = field_of(history, p::phone).versions;
  CHECK(versions[1].outcome == FieldOutcome::conflict);
  CHECK(versions[1].replaced_by->op == theirs);
}

TEST_CASE("History: it is there after the database is opened again", "[history]") {
  StoreWorld world;
  const auto store = world.enrolled();
  CHECK(store->history({p::kKind, {}}).error().code == Errc::not_found);
  CHECK(world.open(StoreWorld::in_memory()).value()->history({p::kKind, {}}).error().code == Errc::not_enrolled);
}
