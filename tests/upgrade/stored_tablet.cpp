#include "tests/upgrade/stored_tablet.hpp"

#include <algorithm>
#include <filesystem>

#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

constexpr ColumnNo kUnknownColumn{9'000};

/// Something that may stand in the field; the n-th of its kind.
Value value_for(const FieldDef& field, const Dictionary& dictionary, StoreWorld& world, int n) {
  switch (field.type) {
    case FieldType::time: return std::int64_t{1'772'000'000'000 + n};
    case FieldType::integer: return std::int64_t{2 + n % 3};
    case FieldType::number: return 24.5 + n;
    case FieldType::boolean: return n % 2 == 0;
    case FieldType::ref: return make_uuid_v7(world.clock, world.random);
    case FieldType::refs: return TextSet::of({to_string(make_uuid_v7(world.clock, world.random))});
    case FieldType::texts: return TextSet::of({"𠅤娣", "阿" + std::to_string(n)});
    case FieldType::code: return dictionary.find_list(field.list)->codes.back().code;
    case FieldType::codes: return TextSet::of({dictionary.find_list(field.list)->codes.front().code});
    case FieldType::date: return std::string("1947-08");
    case FieldType::phone: return std::string("1380013800") + std::to_string(n % 10);
    case FieldType::digits: return std::string("350582006001003");
    default: return "欧阳雪梅" + std::to_string(n);
  }
}

LogEntry entry_of(const KindDef& kind, StoreWorld& world, std::uint64_t lsn) {
  LogEntry entry;
  entry.scope = kGrid;
  entry.lsn = {lsn};
  entry.record = {kind.no, make_uuid_v7(world.clock, world.random)};
  entry.version = {1};
  entry.op = {{2}, lsn};
  entry.made_at = HybridTime::from(world.clock.now());
  entry.actor = {9};
  return entry;
}

/// Per kind one record with everything, one with answers that were not given, one with a column of a later dictionary.
void fill_news(Store& store, StoreWorld& world) {
  ServerNews news;
  int n = 0;
  for (const KindDef& kind : store.dictionary().kinds()) {
    LogEntry full = entry_of(kind, world, news.entries.size() + 1);
    for (const FieldDef& field : kind.fields)
      full.fields.push_back(
          {field.no, value_for(field, store.dictionary(), world, ++n), {Source::booklet, Verified::seen, 20'000}});
    news.entries.push_back(std::move(full));
    LogEntry gaps = entry_of(kind, world, news.entries.size() + 1);
    for (const FieldDef& field : kind.fields)
      gaps.fields.push_back({field.no, static_cast<Gap>(1 + ++n % 3), {Source::self, Verified::declared, 20'001}});
    gaps.fields.push_back({kUnknownColumn, std::string("以后的栏目"), {}});
    news.entries.push_back(std::move(gaps));
  }
  news.cursors = {{kGrid, {news.entries.size()}}};
  news.actors = {{{9}, "陈静"}};
  REQUIRE(store.take_in(news).ok());
}

void fill_own(Store& store, StoreWorld& world) {
  const RecordRef person =
      made_by(store.save(new_person("张建国", {{kinds::person::phone, std::string("13800138000")}})));
  world.clock.advance(std::chrono::hours{24});
  REQUIRE(store.save(edit_of(person, {{kinds::person::phone, std::string("13800138001")}})).ok());
  REQUIRE(store.save(edit_of(person, {{kinds::person::alias, TextSet::of({"阿国", "老张"})}})).ok());
  FieldResult overruled{kinds::person::phone, FieldOutcome::conflict, 4, std::string("13800138009"), {}};
  overruled.stamp = {
      {2}, {{2}, 900}, HybridTime::from(world.clock.now()), {9}, {Source::family, Verified::declared, 0}};
  ServerNews answer;
  answer.acknowledged = 2;
  answer.results = {{{{7}, 1}, OpOutcome::applied, {1}, "", {}}, {{{7}, 2}, OpOutcome::conflict, {}, "", {overruled}}};
  REQUIRE(store.take_in(answer).ok());
  REQUIRE(store.save(new_home(world, "李四")).ok());
  REQUIRE(store.set_text("draft.visit.1", std::string("\x01half a visit", 13)).ok());
  REQUIRE(store.log_access(person, kinds::person::id_no).ok());
}

}  // namespace

void fill_stored_tablet(Store& store, StoreWorld& world) {
  fill_news(store, world);
  fill_own(store, world);
}

std::vector<std::string> stored_databases() {
  std::vector<std::string> files;
  for (const auto& file : std::filesystem::directory_iterator(RUHU_SOURCE_DIR "/tests/upgrade/databases"))
    if (file.path().extension() == ".sql") files.push_back(file.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace ruhu::test
