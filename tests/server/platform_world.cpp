#include "tests/server/platform_world.hpp"

#include <algorithm>
#include <filesystem>

#include "server/admin/audit.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

std::vector<std::string> first_column(Database& db, const std::string& sql) {
  std::vector<std::string> all;
  auto query = db.prepare(sql).value();
  while (query.step().value()) all.emplace_back(query.text(0));
  return all;
}

/// SQL that gives each row of the table as one text.
std::string row_sql(Database& db, const std::string& table) {
  std::string sql;
  for (const auto& column : first_column(db, "SELECT name FROM pragma_table_info('" + table + "')"))
    sql += (sql.empty() ? "" : " || '|' || ") + ("quote(" + ruhu::quoted(column) + ")");
  return "SELECT " + sql + " FROM " + ruhu::quoted(table) + " ORDER BY 1";
}

}  // namespace

PlatformWorld::PlatformWorld() { restart(); }

DatabaseOptions PlatformWorld::options() const {
  DatabaseOptions options;
  options.path = folder_.file("live.db");
  return options;
}

void PlatformWorld::restart(Realm realm) {
  store_.reset();
  auto opened = server::open_sqlite_store(options(), dictionary, realm, random);
  if (!opened.ok()) FAIL(to_log_line(opened.error()));
  store_ = std::move(*opened);
}

void PlatformWorld::put_back_file(const std::string& file) {
  store_.reset();
  for (const char* beside : {"-wal", "-shm"}) std::filesystem::remove(options().path + beside);
  std::filesystem::copy_file(file, options().path, std::filesystem::copy_options::overwrite_existing);
  restart();
}

server::Tablet PlatformWorld::add_tablet(char letter, std::vector<ScopeCode> scopes, const std::string& role) {
  const auto tx = store_->begin().value();
  server::Tablet tablet;
  tablet.public_key = std::string(32, letter);
  tablet.actor = tx->add_account(std::string("网格员 ") + letter, role).value().no;
  tablet.role = role;
  tablet.scopes = std::move(scopes);
  tablet = tx->add_tablet(tablet).value();
  REQUIRE(tx->commit().ok());
  return tablet;
}

server::Tablet PlatformWorld::tablet(TabletNo no) { return store_->begin().value()->find_tablet(no).value().value(); }

Result<std::vector<OpResult>> PlatformWorld::take(TabletNo no, const std::vector<Change>& changes) {
  RUHU_TRY(const auto tx, store_->begin());
  server::Tablet row = tx->find_tablet(no).value().value();
  RUHU_TRY(auto taken, server::Ingest(*tx, dictionary, clock.now()).take_batch(row, changes));
  RUHU_TRY_DONE(tx->commit());
  if (taken.is_copy) return make_error(Errc::op_id_reused);
  return std::move(taken.results);
}

OpResult PlatformWorld::take_one(const Change& change) {
  const auto results = take(change.id.tablet, {change});
  if (!results.ok()) FAIL(to_log_line(results.error()));
  REQUIRE(results->size() == 1);
  return results->front();
}

Record PlatformWorld::record(const RecordRef& ref) {
  const auto found = store_->begin().value()->find_record(ref).value();
  REQUIRE(found.has_value());
  return *found;
}

std::vector<server::Conflict> PlatformWorld::conflicts() { return store_->begin().value()->conflicts().value(); }

std::vector<std::string> PlatformWorld::audit() {
  const auto tx = store_->begin().value();
  const auto findings = server::audit_platform(*tx, dictionary);
  return findings.ok() ? *findings : std::vector<std::string>{to_log_line(findings.error())};
}

std::string PlatformWorld::export_all() {
  const auto db = Database::open(options()).value();
  std::string out;
  for (const auto& table : first_column(*db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
    out += "== " + table + "\n";
    for (const auto& row : first_column(*db, row_sql(*db, table))) out += row + "\n";
  }
  return out;
}

void PlatformWorld::plant(const std::string& sql) {
  const auto db = Database::open(options()).value();
  const auto done = db->exec(sql);
  INFO(sql);
  REQUIRE(done.ok());
}

Change OpMaker::person(const std::string& name, std::vector<FieldEdit> more, ScopeCode grid) {
  more.push_back(says(kinds::person::grid_id, to_string(grid)));
  more.push_back(says(kinds::person::status, std::string("active")));
  more.push_back(says(kinds::person::name, name));
  return edit({kinds::person::kKind, make_uuid_v7(world_.clock, world_.random)}, std::move(more));
}

Change OpMaker::edit(const RecordRef& ref, std::vector<FieldEdit> fields) {
  world_.clock.advance(std::chrono::minutes{1});
  std::sort(fields.begin(), fields.end(), [](const FieldEdit& a, const FieldEdit& b) { return a.column < b.column; });
  Change change;
  change.id = {tablet_, ++counter_};
  change.group_first = counter_;
  change.record = ref;
  change.made_at = HybridTime::from(world_.clock.now());
  change.actor = {tablet_.value};
  change.fields = std::move(fields);
  return change;
}

FieldEdit says(ColumnNo column, Value value, Base base, Provenance provenance) {
  return {column, base, std::move(value), provenance};
}
Base seen(std::uint64_t version) { return {Base::Of::server, version}; }
Base own(std::uint64_t counter) { return {Base::Of::own_op, counter}; }

std::vector<Change> grouped(std::vector<Change> changes) {
  for (Change& change : changes) {
    change.group_first = changes.front().id.counter;
    change.group_size = static_cast<std::uint32_t>(changes.size());
  }
  return changes;
}

const FieldResult* field_of(const OpResult& result, ColumnNo column) {
  const auto at = std::find_if(result.fields.begin(), result.fields.end(),
                               [&](const FieldResult& field) { return field.column == column; });
  return at == result.fields.end() ? nullptr : &*at;
}

}  // namespace ruhu::test
