#include "tests/storage/fault_scenarios.hpp"

#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "storage/attachments/attachment_table.hpp"
#include "storage/model/life_cycle/arrival.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

constexpr int kHomesBefore = 24;

Dictionary work_only(const std::string& dictionary) {
  static const std::set<std::string> kKept{"person", "household", "membership", "residency", "visit", "need", "case"};
  auto json = nlohmann::json::parse(dictionary);
  auto& kinds = json["kinds"];
  kinds.erase(
      std::remove_if(kinds.begin(), kinds.end(),
                     [](const auto& kind) { return !kKept.contains(kind["kind"].template get<std::string>()); }),
      kinds.end());
  for (auto& kind : kinds)
    for (auto& field : kind["fields"])
      if (field.contains("target") && !kKept.contains(field["target"].get<std::string>())) field.erase("target");
  return Dictionary::parse(json.dump()).value();
}

const Provenance kSaid{Source::self, Verified::declared, 0};

RecordId fresh_id(StoreWorld& world) { return make_uuid_v7(world.clock, world.random); }

SaveRequest founding(StoreWorld& world, const std::string& name) {
  Destination to;
  to.new_household = fresh_id(world);
  to.dwelling_id = fresh_id(world);
  Arrival head;
  head.person = fresh_id(world);
  head.cells = {{kinds::person::name, name}};
  head.since = "2024-05";
  head.registered_here = true;
  head.residency_kind = "1";
  return plan_household_formed(to, {head}, {}).value().request(kSaid);
}

void prepare_homes(StoreWorld& world, Store& store) {
  for (int i = 0; i < kHomesBefore; ++i) REQUIRE(store.save(founding(world, "张建国")).ok());
}

Status done(const Result<std::vector<SavedRecord>>& saved) { return saved.ok() ? Status{} : Status{saved.error()}; }

/// Ids count upwards, so step n finds what `prepare` made without looking into the random numbers.
Result<RecordRef> ref_at(Store& store, KindNo kind, int n) {
  RUHU_TRY(const auto records, store.list(kind));
  if (records.empty()) return make_error(Errc::not_found);
  return records[static_cast<std::size_t>(n) % records.size()].ref;
}

Status edit_step(StoreWorld&, Store& store, int n) {
  RUHU_TRY(const RecordRef person, ref_at(store, kinds::person::kKind, n));
  const std::string digits = std::to_string(100'000 + n);
  return done(store.save(edit_of(person, {{kinds::person::name, std::string(n % 2 == 0 ? "王晓梅" : "李建军")},
                                          {kinds::person::phone, "13800" + digits}})));
}

/// The first photo is longer than one part of an attachment, the others are short.
std::string photo_bytes(int n, char of) {
  std::string bytes(n == 0 ? 70'000 : 3'000, of);
  for (std::size_t i = 0; i < bytes.size(); i += 7) bytes[i] = static_cast<char>(static_cast<std::size_t>(n) + i);
  return bytes;
}

RecordEdit visit_edit(StoreWorld& world, RecordId visit, RecordId home) {
  namespace v = kinds::visit;
  return {v::kKind,
          visit,
          {{v::dwelling_id, fresh_id(world)},
           {v::household_id, home},
           {v::purpose, std::string("01")},
           {v::worker_ids, TextSet::of({to_string(fresh_id(world))})},
           {v::started_at, to_ms(world.clock.now())},
           {v::outcome, std::string("01")},
           {v::note, std::string("门口积水，请物业疏通。")}},
          {}};
}

RecordEdit need_edit(StoreWorld& world, RecordId visit, RecordId home) {
  namespace w = kinds::need;
  return {w::kKind,
          fresh_id(world),
          {{w::household_id, home},
           {w::visit_id, visit},
           {w::category, std::string("01")},
           {w::text, std::string("疏通下水")}},
          {}};
}

RecordEdit case_edit(StoreWorld& world, const std::vector<AttachmentId>& photos) {
  namespace c = kinds::case_;
  std::vector<std::string> ids;
  for (const AttachmentId& id : photos) ids.push_back(to_string(id));
  return {c::kKind,
          fresh_id(world),
          {{c::no, to_string(fresh_id(world))},
           {c::category, std::string("11")},
           {c::level, std::string("1")},
           {c::source, std::string("1")},
           {c::found_at, to_ms(world.clock.now())},
           {c::reported_at, to_ms(world.clock.now())},
           {c::text, std::string("楼道里堆放杂物，挡住了消防通道。")},
           {c::photos, TextSet::of(ids)},
           {c::state, std::string("reported")}},
          {}};
}

/// By turns: a photo is kept for the draft of a visit; the visit is saved with a need and a case that has this photo
/// and one more.
Status visit_step(StoreWorld& world, Store& store, int n) {
  const std::string draft = "draft.visit." + std::to_string(n / 2);
  const NewAttachment kept{photo_bytes(n / 2, 'k'), Media::jpeg, "small"};
  if (n % 2 == 0) {
    RUHU_TRY_DONE(store.attachments().add(kept, draft));
    return {};
  }
  const NewAttachment brought{photo_bytes(n, 'b'), Media::jpeg, ""};
  RUHU_TRY(const RecordRef home, ref_at(store, kinds::household::kKind, n));
  const RecordId visit = fresh_id(world);
  SaveRequest request;
  request.provenance = kSaid;
  request.visit = visit;
  request.draft = draft;
  request.attachments = {brought, kept};
  request.edits = {visit_edit(world, visit, home.id), need_edit(world, visit, home.id),
                   case_edit(world, {attachment_id_of(kept.content), attachment_id_of(brought.content)})};
  return done(store.save(request));
}

LogEntry entry_of(std::uint64_t lsn, const RecordRef& ref, std::uint64_t version, std::vector<FieldWrite> fields) {
  return {kGrid, {lsn}, ref, {version}, {{2}, lsn}, {lsn}, {9}, std::move(fields)};
}

/// The own op of each step: the next that is queued. Every third one has become a conflict.
OpResult result_of_next(Store& store, std::uint64_t counter) {
  OpResult result{{{7}, counter}, OpOutcome::applied, {counter}, "", {}};
  const auto op = store.changes().find(counter);
  if (counter % 3 != 0 || !op.ok() || !*op || (*op)->change.fields.empty()) return result;
  const FieldEdit& edit = (*op)->change.fields.front();
  result.outcome = OpOutcome::conflict;
  result.fields.push_back(
      {edit.column, FieldOutcome::conflict, counter, edit.value, {{counter}, {{2}, 1}, {5}, {9}, {}}});
  return result;
}

Status news_step(StoreWorld& world, Store& store, int n) {
  const auto round = static_cast<std::uint64_t>(n);
  ServerNews news;
  RUHU_TRY(const auto acknowledged, store.changes().acknowledged_up_to());
  RUHU_TRY(const auto queued, store.changes().queued_count());
  news.acknowledged = acknowledged + (queued > 0 ? 1 : 0);
  if (queued > 0) news.results.push_back(result_of_next(store, news.acknowledged));
  RUHU_TRY(const RecordRef known, ref_at(store, kinds::person::kKind, n));
  for (std::uint64_t i = 1; i <= 4; ++i)
    news.entries.push_back(entry_of(4 * round + i, {known.kind, fresh_id(world)}, 1,
                                    {{kinds::person::name, std::string("欧阳明"), kSaid}}));
  news.entries.back() =
      entry_of(4 * round + 4, known, 1'000 + round, {{kinds::person::name, std::string("周敏"), kSaid}});
  news.cursors = {{kGrid, {4 * round + 4}}};
  news.actors = {{{9}, "陈静"}};
  return store.take_in(news);
}

/// Takes away what layouts after the first brought, as the first release left its files.
void make_first_layout(Database& db) {
  static const std::set<std::string> kFirst{"sys_number", "sys_identity", "sys_cursor", "sys_text",
                                            "sys_access", "sys_actor",    "sys_result"};
  std::vector<std::string> later;
  {
    auto tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'sys%'").value();
    while (tables.step().value())
      if (!kFirst.contains(std::string(tables.text(0)))) later.emplace_back(tables.text(0));
  }
  std::string sql =
      "BEGIN; CREATE TABLE kept(counter INTEGER PRIMARY KEY, body BLOB NOT NULL, state INTEGER NOT NULL,"
      " acknowledged_at INTEGER); INSERT INTO kept SELECT counter, body, state, acknowledged_at FROM sys_change;";
  for (const std::string& table : later) sql += "DROP TABLE " + table + ";";
  sql +=
      "ALTER TABLE kept RENAME TO sys_change; CREATE TABLE sys_search(key TEXT NOT NULL, kind INTEGER NOT NULL,"
      " record BLOB NOT NULL, PRIMARY KEY(key, kind, record)) WITHOUT ROWID;"
      "DELETE FROM sys_number WHERE name = 'search_form'; PRAGMA user_version = 1; COMMIT";
  REQUIRE(db.exec(sql).ok());
}

/// Records of others with a field that only the next dictionary knows, long enough for a page of its own.
void prepare_raw_cells(StoreWorld& world, Store& store, int rows) {
  prepare_homes(world, store);
  ServerNews news;
  for (int i = 0; i < rows; ++i) {
    const auto lsn = static_cast<std::uint64_t>(i) + 1;
    news.entries.push_back(entry_of(lsn, {kinds::person::kKind, fresh_id(world)}, 1,
                                    {{kinds::person::name, std::string("欧阳明"), {}},
                                     {kNickname, std::string(2'500, static_cast<char>('a' + i % 26)), {}}}));
  }
  news.entries.push_back(entry_of(news.entries.size() + 1, {{999}, fresh_id(world)}, 1, {}));
  news.cursors = {{kGrid, {news.entries.size()}}};
  REQUIRE(store.take_in(news).ok());
  make_first_layout(store.database());
}

class ContentSum {
 public:
  void add(std::string_view bytes) { sum_ = (sum_ ^ std::hash<std::string_view>{}(bytes)) * 1'099'511'628'211U + 1; }
  void add(const Statement& row, int columns) {
    for (int i = 0; i < columns; ++i) {
      const auto type = row.type(i);
      add(std::string(1, static_cast<char>('0' + static_cast<int>(type))));
      if (type != Statement::ColumnType::null) add(row.blob(i));
    }
  }
  std::uint64_t sum() const { return sum_; }

 private:
  std::uint64_t sum_ = 1;
};

}  // namespace

const Dictionary& work_dictionary() {
  static const Dictionary kWork = work_only(std::string(built_in_dictionary_json()));
  return kWork;
}

const Dictionary& next_work_dictionary() {
  static const Dictionary kNext = work_only(next_dictionary_json());
  return kNext;
}

Scenario new_households() {
  return {"new household", "aegis", prepare_homes, [](StoreWorld& world, Store& store, int n) {
            return done(store.save(founding(world, n % 2 == 0 ? "欧阳建国" : "林嘉凯")));
          }};
}

Scenario edits() { return {"edit", "", prepare_homes, edit_step}; }
Scenario visits() { return {"visit", "chacha20", prepare_homes, visit_step}; }
Scenario news() { return {"news", "aegis", prepare_homes, news_step}; }

Scenario migration(int rows) {
  return {"migration",
          "aegis",
          [rows](StoreWorld& world, Store& store) { prepare_raw_cells(world, store, rows); },
          {},
          &next_work_dictionary()};
}

Scenario later(Scenario scenario) {
  scenario.name += ", later";
  scenario.prepare = [prepare = scenario.prepare, step = scenario.step](StoreWorld& world, Store& store) {
    prepare(world, store);
    REQUIRE(step(world, store, 0).ok());
  };
  scenario.step = [step = scenario.step](StoreWorld& world, Store& store, int n) { return step(world, store, n + 1); };
  return scenario;
}

DatabaseOptions options_on(const FaultDisk& disk, const Scenario& scenario) {
  DatabaseOptions options;
  options.path = "tablet.db";
  options.exclusive = true;
  options.vfs = scenario.cipher.empty() ? disk.vfs() : disk.cipher_vfs();
  if (!scenario.cipher.empty()) {
    options.key = std::string(32, 'k');
    options.cipher = scenario.cipher;
  }
  return options;
}

DiskFiles prepared(const Scenario& scenario, Ended ended) {
  FaultDisk disk("prepared");
  StoreWorld world;
  auto store = world.open(options_on(disk, scenario), work_dictionary()).value();
  REQUIRE(store->set_identity(StoreWorld::worker()).ok());
  scenario.prepare(world, *store);
  if (ended == Ended::closed) store.reset();
  return disk.files();
}

StoreWorld step_world() {
  StoreWorld world;
  world.random = SeededRandom(77);
  world.clock.advance(Millis{86'400'000});
  return world;
}

Result<std::uint64_t> content_of(Database& db) {
  ContentSum sum;
  RUHU_TRY(const auto layout, db.integer("PRAGMA user_version"));
  sum.add(std::to_string(layout));
  RUHU_TRY(auto tables, db.prepare("SELECT name, (SELECT count(*) FROM pragma_table_info(m.name)), sql"
                                   " FROM sqlite_schema m WHERE type = 'table' ORDER BY name"));
  for (;;) {
    RUHU_TRY(const bool table, tables.step());
    if (!table) return sum.sum();
    const int columns = static_cast<int>(tables.integer(1));
    sum.add(tables, 3);
    RUHU_TRY(auto rows, db.prepare("SELECT * FROM " + quoted(tables.text(0))));
    for (;;) {
      RUHU_TRY(const bool row, rows.step());
      if (!row) break;
      sum.add(rows, columns);
    }
  }
}

std::uint64_t content_of(const DiskFiles& files, const Scenario& scenario) {
  FaultDisk disk("content", files);
  const auto db = Database::open(options_on(disk, scenario)).value();
  return content_of(*db).value();
}

}  // namespace ruhu::test
