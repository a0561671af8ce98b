// The rows by which sync engines are compared: one population, what each asks of network and time, and what becomes of
// values that two people wrote.
#include <zstd.h>

#include <nlohmann/json.hpp>

#include "dictionary_constants.hpp"
#include "storage/model/record_json.hpp"
#include "tests/bench/bench_platform.hpp"
#include "tests/bench/peers_population.hpp"
#include "tests/bench/plain_sqlite.hpp"

namespace ruhu::bench {
namespace {

namespace person = kinds::person;

constexpr std::size_t kPersons = 100'000;
constexpr std::size_t kEdits = 10'000;
constexpr std::size_t kMeeting = 500;

std::vector<Record> as_rows(const std::vector<server::ImportRecord>& records) {
  std::vector<Record> rows;
  for (const auto& record : records) rows.push_back({record.ref, record.cells, {}});
  return rows;
}

/// What anybody would do first: one stream of JSON, compressed.
std::pair<double, std::size_t> naive_stream(const BenchContext& ctx, const std::vector<Record>& rows) {
  const KindDef& kind = ctx.dictionary.get_kind(person::kKind);
  std::string json;
  for (const Record& row : rows) json += record_to_json(kind, row).dump() + "\n";
  std::string frame(ZSTD_compressBound(json.size()), '\0');
  const std::size_t size = ZSTD_compress(frame.data(), frame.size(), json.data(), json.size(), 3);
  return {static_cast<double>(json.size()) / static_cast<double>(rows.size()), size};
}

struct Timed {
  Json json;
  double seconds = 0;  ///< To the last answer; search keys come after.
};

Timed timed_sync(const BenchContext& ctx, BenchPlatform& platform, Store& store) {
  const auto replicator = platform.replicator(store);
  const auto began = ctx.clock.ticks();
  double rows_seconds = 0;
  double first_seconds = 0;
  const auto since = [&] { return std::chrono::duration<double>(ctx.clock.ticks() - began).count(); };
  const SyncReport report = sync_to_end(*replicator, platform, {}, [&](const SyncReport& so_far) {
                              rows_seconds = since();
                              if (so_far.trips == 1) first_seconds = rows_seconds;
                            }).value();
  return {{{"seconds", rounded(rows_seconds)},
           {"first_answer_seconds", rounded(first_seconds)},
           {"with_search_keys_seconds", rounded(since())},
           {"bytes_up", report.bytes_up},
           {"bytes_down", report.bytes_down},
           {"sent", report.sent},
           {"received", report.received},
           {"trips", report.trips},
           {"conflicts", report.conflicts}},
          rows_seconds};
}

void with_ratio(Timed& timed, double plain_seconds) {
  timed.json["plain_sqlite_seconds"] = rounded(plain_seconds);
  timed.json["ratio"] = rounded(timed.seconds / plain_seconds, 0.01);
}

void save_all(Store& store, std::vector<RecordEdit> edits) {
  constexpr std::size_t kPerGroup = 100;
  for (std::size_t from = 0; from < edits.size(); from += kPerGroup) {
    SaveRequest request;
    for (std::size_t i = from; i < std::min(edits.size(), from + kPerGroup); ++i)
      request.edits.push_back(std::move(edits[i]));
    RUHU_ASSERT(store.save(request).ok());
  }
}

Json first_sync(const BenchContext& ctx, BenchPlatform& platform, Store& store, PlainSqlite& plain,
                const std::vector<Record>& rows) {
  const double plain_seconds = seconds_of(ctx.clock, [&] { plain.insert_all(rows); });
  const auto [row_bytes, stream_bytes] = naive_stream(ctx, rows);
  Timed timed = timed_sync(ctx, platform, store);
  with_ratio(timed, plain_seconds);
  timed.json["json_bytes_a_person"] = rounded(row_bytes, 1);
  timed.json["naive_zstd_bytes"] = stream_bytes;
  return timed.json;
}

Json edits_up(const BenchContext& ctx, BenchPlatform& platform, Store& store, PlainSqlite& plain,
              std::vector<Record> rows) {
  rows.resize(std::min(rows.size(), kEdits));
  std::vector<RecordEdit> edits;
  for (std::size_t i = 0; i < rows.size(); ++i)
    edits.push_back({person::kKind, rows[i].ref.id, {{person::phone, std::to_string(13'900'000'000 + i)}}, {}});
  save_all(store, std::move(edits));
  const double plain_seconds = seconds_of(ctx.clock, [&] { plain.update_all(rows, "13900000000"); });
  Timed timed = timed_sync(ctx, platform, store);
  with_ratio(timed, plain_seconds);
  return timed.json;
}

Json new_up(const BenchContext& ctx, BenchPlatform& platform, Store& store, PlainSqlite& plain) {
  std::vector<Record> rows;
  std::vector<RecordEdit> edits;
  auto population = peers_population(kPersons + kEdits);
  for (std::size_t i = kPersons; i < population.size(); ++i) {
    rows.push_back({population[i].ref, population[i].cells, {}});
    edits.push_back({person::kKind, {}, std::move(population[i].cells), {}});
  }
  save_all(store, std::move(edits));
  const double plain_seconds = seconds_of(ctx.clock, [&] { plain.insert_all(rows); });
  Timed timed = timed_sync(ctx, platform, store);
  with_ratio(timed, plain_seconds);
  return timed.json;
}

/// Two tablets edit the same records: other fields of them, then the same one.
Json meeting(BenchPlatform& platform, Store& one, Store& two, const std::vector<Record>& rows) {
  const auto edit = [&](Store& store, ColumnNo column, const std::string& value) {
    std::vector<RecordEdit> edits;
    for (std::size_t i = 0; i < kMeeting; ++i) edits.push_back({person::kKind, rows[i].ref.id, {{column, value}}, {}});
    save_all(store, std::move(edits));
  };
  const auto sync = [&](Store& store) {
    const auto replicator = platform.replicator(store);
    return sync_to_end(*replicator, platform).value().conflicts;
  };
  edit(one, person::education, "12");
  edit(two, person::emergency_name, "陈静");
  const auto false_conflicts = sync(one) + sync(two) + sync(one);
  std::size_t merged = 0;
  for (std::size_t i = 0; i < kMeeting; ++i) {
    const auto row = two.find(rows[i].ref).value().value();
    merged += row.text(person::education) == "12" && row.text(person::emergency_name) == "陈静" ? 1U : 0U;
  }
  edit(one, person::phone, "13100000001");
  edit(two, person::phone, "13100000002");
  sync(one);
  const auto listed = sync(two);
  sync(one);
  return {{"different_fields", {{"records", kMeeting}, {"merged", merged}, {"conflicts", false_conflicts}}},
          {"same_field", {{"records", kMeeting}, {"losers_kept_and_listed", listed}}}};
}

}  // namespace

Json bench_peers(const BenchContext& ctx) {
  const auto population = peers_population(kPersons);
  const std::vector<Record> rows = as_rows(population);
  BenchPlatform platform(ctx, population);
  Json json{{"persons", population.size()},
            {"fields", population.front().cells.size()},
            {"import_seconds", rounded(platform.import_seconds)}};
  PlainSqlite plain(ctx.folder.file("peers-plain.db"), ctx.dictionary.get_kind(person::kKind), person::phone);
  json["snapshots_made_seconds"] = rounded(seconds_of(ctx.clock, [&] {
    const auto store = platform.make_tablet("peers-first.db");
    timed_sync(ctx, platform, *store);
  }));
  const auto store = platform.make_tablet("peers-all.db");
  json["first_sync"] = first_sync(ctx, platform, *store, plain, rows);
  const auto grid = platform.make_tablet("peers-grid.db", 1);
  json["own_grid"] = timed_sync(ctx, platform, *grid).json;
  json["edits_10k_up"] = edits_up(ctx, platform, *store, plain, rows);
  json["new_10k_up"] = new_up(ctx, platform, *store, plain);
  timed_sync(ctx, platform, *grid);
  json["nothing_to_do"] = timed_sync(ctx, platform, *grid).json;
  json["nothing_to_do_40_grids"] = timed_sync(ctx, platform, *store).json;
  const auto other = platform.make_tablet("peers-other.db");
  timed_sync(ctx, platform, *other);
  json["meeting"] = meeting(platform, *store, *other, rows);
  return json;
}

}  // namespace ruhu::bench
