#include "storage/store.hpp"

#include <algorithm>

#include "tests/storage/store_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

bool finds(Store& store, std::string_view text, const RecordRef& ref) {
  const auto hits = store.search(text, 50).value();
  return std::any_of(hits.begin(), hits.end(), [&](const SearchHit& hit) { return hit.ref == ref; });
}

LogEntry entry_of(const RecordRef& ref, std::uint64_t version, std::vector<FieldWrite> fields) {
  LogEntry entry;
  entry.scope = kGrid;
  entry.lsn = {version};
  entry.record = ref;
  entry.version = {version};
  entry.op = {{2}, version};
  entry.made_at = HybridTime::from(from_ms(1'772'000'000'000));
  entry.actor = {9};
  entry.fields = std::move(fields);
  return entry;
}

Result<std::vector<SavedRecord>> save_text(Store& store, const RecordRef& ref, ColumnNo column, std::string text) {
  return store.save(edit_of(ref, {{column, std::move(text)}}));
}

}  // namespace

TEST_CASE("Store: nothing can be saved, logged or audited before the tablet is enrolled", "[store]") {
  StoreWorld world;
  const auto store = world.open(StoreWorld::in_memory()).value();
  CHECK_FALSE(store->identity().value().has_value());
  CHECK(store->save(new_person("张三")).error().code == Errc::not_enrolled);
  CHECK(store->log_access({}, {}).error().code == Errc::not_enrolled);
  CHECK(store->take_in(ServerNews{}).error().code == Errc::not_enrolled);
  CHECK(store->audit().error().code == Errc::not_enrolled);
  CHECK(store->count(kinds::person::kKind).value() == 0);
}

TEST_CASE("Store: the identity comes back as it was set, with a cursor for each scope", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  CHECK(store->identity().value() == StoreWorld::worker());
  CHECK(store->cursors().value() == std::vector<CursorAt>{{kGrid, {0}}, {kCommunity, {0}}});
  CHECK(store->actor_name({3}).value() == "王网格");
  CHECK(store->actor_name({4}).value().empty());
}

TEST_CASE("Store: a save is a row, an op with its fields and search keys", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const auto saved = store->save(new_person("张建国"));
  const RecordRef ref = made_by(saved);
  CHECK(store->find(ref).value()->text(kinds::person::name) == "张建国");
  CHECK(finds(*store, "张建国", ref));
  const auto op = store->changes().find(saved->front().op.counter).value();
  REQUIRE(op.has_value());
  CHECK(op->state == OpState::queued);
  CHECK(op->change.record == ref);
  CHECK(op->change.actor == ActorNo{3});
  CHECK(op->change.id == OpId{{7}, 1});
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Store: a new record starts with its grid and its presets, unless the save says otherwise", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef usual = made_by(store->save(new_person("张三")));
  CHECK(store->find(usual).value()->text(kinds::person::grid_id) == to_string(kGrid));
  CHECK(store->find(usual).value()->text(kinds::person::status) == "active");
  const RecordRef other = made_by(store->save(new_person("李四", {{kinds::person::grid_id, to_string(kCommunity)}})));
  CHECK(store->find(other).value()->text(kinds::person::grid_id) == to_string(kCommunity));
  const auto op = store->changes().find(1).value();
  CHECK(std::any_of(op->change.fields.begin(), op->change.fields.end(),
                    [](const FieldEdit& edit) { return edit.column == kinds::person::grid_id; }));
}

TEST_CASE("Store: half a record is saved, a record without what names it is not", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  CHECK(store->save(new_person("张三")).ok());
  const SaveRequest nameless{{{kinds::person::kKind, {}, {{kinds::person::gender, std::string("1")}}, {}}}, {}, {}};
  const auto refused = store->save(nameless);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == Errc::required_missing);
  CHECK(refused.error().detail.find("name") != std::string::npos);
  CHECK(store->count(kinds::person::kKind).value() == 1);
}

TEST_CASE("Store: an invalid value stops the save and is not named in the error", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const auto refused = store->save(new_person("张三", {{kinds::person::gender, std::string("男人")}}));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == Errc::invalid_value);
  CHECK(refused.error().detail.find("男人") == std::string::npos);
  CHECK(refused.error().detail.find("gender") != std::string::npos);
  CHECK(store->save(new_person("张三", {{{999}, std::string("x")}})).error().code == Errc::unknown_field);
  CHECK(store->save({{{{999}, {}, {}, {}}}, {}, {}}).error().code == Errc::unknown_kind);
  CHECK(store->save({}).error().code == Errc::usage);
  CHECK(store->count(kinds::person::kKind).value() == 0);
  CHECK(store->changes().queued_count().value() == 0);
}

TEST_CASE("Store: no value of a wrong type gets into a row, and none stops the program", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const std::vector<Value> values = {true,      std::int64_t{-1}, 0.5,         std::string("x"),
                                     Uuid{{1}}, TextSet{{"a"}},   Gap::refused};
  for (const FieldDef& field : built_in().get_kind(kinds::dwelling::kKind).fields) {
    for (const Value& value : values) {
      const RecordId building = make_uuid_v7(world.clock, world.random);
      std::vector<Cell> cells = {{kinds::dwelling::building_id, building},
                                 {kinds::dwelling::room_no, std::string("1")}};
      std::erase_if(cells, [&](const Cell& cell) { return cell.column == field.no; });
      cells.push_back({field.no, value});
      INFO(field.name << " alternative " << value.index());
      const auto saved = store->save({{{kinds::dwelling::kKind, {}, cells, {}}}, {}, {}});
      if (!saved.ok()) {
        CHECK(saved.error().code != Errc::internal);
        continue;
      }
      CHECK(store->find(saved->front().ref).ok());
    }
  }
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Store: one bad record keeps its whole group out", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  SaveRequest request = new_home(world, "张三");
  request.edits.back().cells.push_back({kinds::membership::status, std::string("no such code")});
  CHECK_FALSE(store->save(request).ok());
  CHECK(store->count(kinds::person::kKind).value() == 0);
  CHECK(store->count(kinds::household::kKind).value() == 0);
  CHECK(store->changes().queued_count().value() == 0);
  CHECK(store->search("张三", 9).value().empty());
  CHECK(store->save(new_home(world, "张三")).ok());
  CHECK(store->changes().next_counter().value() == 4);
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Store: another field's old fault does not stop a correction", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref{kinds::person::kKind, make_uuid_v7(world.clock, world.random)};
  ServerNews news;
  news.entries.push_back(entry_of(ref, 1,
                                  {{kinds::person::name, std::string("张三"), {}},
                                   {kinds::person::id_type, std::string("111"), {}},
                                   {kinds::person::id_no, std::string("11010519491231002X"), {}},
                                   {kinds::person::gender, std::string("1"), {}}}));
  REQUIRE(store->take_in(news).ok());
  CHECK(save_text(*store, ref, kinds::person::employment, "不是代码").error().code == Errc::invalid_value);
  CHECK(store->save(edit_of(ref, {{kinds::person::phone, std::string("13800138000")}})).ok());
  CHECK(store->save(edit_of(ref, {{kinds::person::gender, std::string("2")}})).ok());
}

TEST_CASE("Store: an edit names what it started from: the server's version or the own earlier op", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref{kinds::person::kKind, make_uuid_v7(world.clock, world.random)};
  ServerNews news;
  news.entries.push_back(entry_of(ref, 4, {{kinds::person::name, std::string("张三"), {}}}));
  REQUIRE(store->take_in(news).ok());
  REQUIRE(save_text(*store, ref, kinds::person::name, "张山").ok());
  REQUIRE(save_text(*store, ref, kinds::person::name, "张珊").ok());
  const auto first = store->changes().find(1).value()->change;
  const auto second = store->changes().find(2).value()->change;
  CHECK(first.fields.front().base == Base{Base::Of::server, 4});
  CHECK(second.fields.front().base == Base{Base::Of::own_op, 1});
}

TEST_CASE("Store: later ops have later times even when the clock jumps back", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  REQUIRE(store->save(new_home(world, "张三")).ok());
  world.clock.advance(-std::chrono::hours{48});
  REQUIRE(store->save(new_person("李四")).ok());
  const auto ops = store->changes().queued(1U << 20U).value();
  REQUIRE(ops.size() == 4);
  for (std::size_t i = 1; i < ops.size(); ++i) CHECK(ops[i - 1].made_at < ops[i].made_at);
}

TEST_CASE("Store: people are found by name, pinyin, initials and last digits, homes by address", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef person =
      made_by(store->save(new_person("张建国", {{kinds::person::phone, std::string("13800138024")},
                                                {kinds::person::id_type, std::string("111")},
                                                {kinds::person::id_no, std::string("11010519491231002X")}})));
  const RecordRef building =
      made_by(store->save({{{kinds::building::kKind,
                             {},
                             {{kinds::building::std_address, std::string("福建省晋江市灵源街道林口社区3号")}},
                             {}}},
                           {},
                           {}}));
  for (const char* query : {"张建国", "建国", "zhangjianguo", "zjg", "ZJG", "8024", "002X", "002x"}) {
    INFO(query);
    CHECK(finds(*store, query, person));
  }
  CHECK(finds(*store, "林口社区3号", building));
  CHECK_FALSE(finds(*store, "林口社区3号", person));
  CHECK_FALSE(finds(*store, "王", person));
  CHECK(store->search("", 9).ok());
  CHECK(store->search("' OR 1=1 --", 9).value().empty());
}

TEST_CASE("Store: after a change the old name no longer finds, the new one does", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref = made_by(store->save(new_person("张建国")));
  REQUIRE(save_text(*store, ref, kinds::person::name, "李卫红").ok());
  CHECK_FALSE(finds(*store, "张建国", ref));
  CHECK(finds(*store, "李卫红", ref));
  CHECK(finds(*store, "lwh", ref));
}

TEST_CASE("Store: columns of a newer dictionary are kept raw through edits", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref{kinds::person::kKind, make_uuid_v7(world.clock, world.random)};
  ServerNews news;
  news.entries.push_back(
      entry_of(ref, 1, {{kinds::person::name, std::string("张三"), {}}, {kNickname, std::string("小三子"), {}}}));
  REQUIRE(store->take_in(news).ok());
  REQUIRE(save_text(*store, ref, kinds::person::name, "张山").ok());
  CHECK(store->find(ref).value()->text(kNickname) == "小三子");
  CHECK(store->list(kinds::person::kKind).value().front().text(kNickname) == "小三子");
  CHECK(store->database().integer("SELECT count(*) FROM person WHERE raw IS NOT NULL").value() == 1);
}

TEST_CASE("Store: a set that only grows keeps what an edit leaves out, and sends additions", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  namespace c = kinds::case_;
  const auto names = [](std::vector<std::string> all) { return Value{TextSet::of(std::move(all))}; };
  const RecordRef found = made_by(store->save({{{c::kKind,
                                                 {},
                                                 {{c::no, std::string("350582006001003-20260305-A001")},
                                                  {c::category, std::string("11")},
                                                  {c::level, std::string("1")},
                                                  {c::source, std::string("1")},
                                                  {c::found_at, std::int64_t{1'772'000'000'000}},
                                                  {c::reported_at, std::int64_t{1'772'000'000'000}},
                                                  {c::text, std::string("楼道里堆放杂物，挡住了消防通道。")},
                                                  {c::reporter_names, names({"张三"})}},
                                                 {}}},
                                               {},
                                               {}}));
  const auto saved = store->save(edit_of(found, {{c::reporter_names, names({"李四"})}}));
  REQUIRE(saved.ok());
  CHECK(store->find(found).value()->get(c::reporter_names) == names({"张三", "李四"}));
  const auto op = store->changes().find(saved->front().op.counter).value();
  CHECK(op->change.fields.front().value == Value{SetDelta{TextSet::of({"李四"}), {}}});
  REQUIRE(store->save(edit_of(found, {{c::reporter_names, Value{}}})).ok());
  CHECK(store->find(found).value()->get(c::reporter_names) == names({"张三", "李四"}));
}

TEST_CASE("Store: a save carries whole sets, a set change is refused", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref = made_by(store->save(new_person("张建国")));
  const SetDelta change{TextSet::of({"阿国"}), {}};
  CHECK(store->save(edit_of(ref, {{kinds::person::alias, change}})).error().code == Errc::invalid_value);
  CHECK(store->save(edit_of(ref, {{kinds::person::alias, TextSet::of({"阿国"})}})).ok());
}

TEST_CASE("Store: an unknown kind in the news is passed over, the rest is taken in", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef known{kinds::person::kKind, make_uuid_v7(world.clock, world.random)};
  ServerNews news;
  news.entries.push_back(entry_of({{999}, known.id}, 1, {{{3}, std::string("?"), {}}}));
  news.entries.push_back(entry_of(known, 2, {{kinds::person::name, std::string("张三"), {}}}));
  news.cursors = {{kGrid, {2}}};
  REQUIRE(store->take_in(news).ok());
  CHECK(store->count(kinds::person::kKind).value() == 1);
  CHECK(store->cursors().value().front() == CursorAt{kGrid, {2}});
}

TEST_CASE("Store: the same news twice leave everything as after once", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref{kinds::person::kKind, make_uuid_v7(world.clock, world.random)};
  ServerNews news;
  news.entries.push_back(entry_of(ref, 1, {{kinds::person::name, std::string("张三"), {}}}));
  news.entries.push_back(entry_of(ref, 2, {{kinds::person::name, std::string("张山"), {}}}));
  news.cursors = {{kGrid, {2}}};
  REQUIRE(store->take_in(news).ok());
  const auto before = store->find(ref).value();
  REQUIRE(store->take_in(news).ok());
  CHECK(store->find(ref).value() == before);
  news.cursors = {{kGrid, {1}}};
  REQUIRE(store->take_in(news).ok());
  CHECK(store->cursors().value().front() == CursorAt{kGrid, {2}});
}

TEST_CASE("Store: news that acknowledge what was never made are refused whole", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref = made_by(store->save(new_person("张三")));
  ServerNews news;
  news.acknowledged = 2;
  news.results.push_back({{{7}, 1}, OpOutcome::applied, {1}, "", {}});
  news.results.push_back({{{7}, 2}, OpOutcome::applied, {1}, "", {}});
  CHECK_FALSE(store->take_in(news).ok());
  CHECK(store->changes().acknowledged_up_to().value() == 0);
  CHECK(store->find(ref).value()->meta.created.version == ServerVersion{0});
  news.results.pop_back();
  CHECK_FALSE(store->take_in(news).ok());
  news.results[0].op.tablet = {8};
  news.acknowledged = 1;
  CHECK_FALSE(store->take_in(news).ok());
  CHECK(store->changes().queued_count().value() == 1);
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Store: the audit notices an op that is gone and a row that is gone", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  REQUIRE(store->save(new_home(world, "张三")).ok());
  REQUIRE(store->save(new_person("李四")).ok());
  REQUIRE(audit_of(*store).empty());
  const auto planted = [&](const std::string& sql) {
    REQUIRE(store->database().exec("BEGIN; " + sql).ok());
    const auto found = audit_of(*store);
    REQUIRE(store->database().exec("ROLLBACK").ok());
    return !found.empty();
  };
  CHECK(planted("DELETE FROM sys_change WHERE counter = 2"));
  CHECK(planted("DELETE FROM sys_change WHERE counter = 3"));
  CHECK(planted("DELETE FROM sys_change WHERE counter = 4"));
  CHECK(planted("DELETE FROM membership"));
  CHECK(planted("UPDATE sys_change SET state = 1 WHERE counter = 1"));
  CHECK(planted("REPLACE INTO sys_number VALUES ('acknowledged', 9)"));
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Store: drafts and settings are kept, replaced and removed", "[store]") {
  TemporaryFolder folder;
  StoreWorld world;
  DatabaseOptions options;
  options.path = folder.file("tablet.db");
  const std::string draft = "{\"note\":\"半句\"}" + std::string("\0x", 2);
  {
    const auto store = world.enrolled(options);
    CHECK(store->text("draft.visit").value().empty());
    REQUIRE(store->set_text("draft.visit", "old").ok());
    REQUIRE(store->set_text("draft.visit", draft).ok());
    REQUIRE(store->set_text("language", "en").ok());
  }
  const auto store = world.open(options).value();
  CHECK(store->text("draft.visit").value() == draft);
  REQUIRE(store->set_text("draft.visit", "").ok());
  CHECK(store->text("draft.visit").value().empty());
  CHECK(store->text("language").value() == "en");
}

TEST_CASE("Store: showing a field in full is noted with who, when and what", "[store]") {
  StoreWorld world;
  const auto store = world.enrolled();
  const RecordRef ref = made_by(store->save(new_person("张三")));
  REQUIRE(store->log_access(ref, kinds::person::id_no).ok());
  REQUIRE(store->log_access(ref, kinds::person::id_no).ok());
  auto query = store->database().prepare("SELECT at, actor, kind, record, col FROM sys_access").value();
  REQUIRE(query.step().value());
  CHECK(query.integer(0) == to_ms(world.clock.now()));
  CHECK(query.integer(1) == 3);
  CHECK(query.integer(2) == kinds::person::kKind.value);
  CHECK(read_id(query.blob(3)) == ref.id);
  CHECK(query.integer(4) == kinds::person::id_no.value);
  CHECK(query.step().value());
}
