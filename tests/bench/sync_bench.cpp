#include <nlohmann/json.hpp>
#include "dictionary_constants.hpp"

#include "tests/bench/bench_platform.hpp"
#include "tests/bench/plain_sqlite.hpp"

namespace ruhu::bench {
namespace {

Json timed_sync(const BenchContext& ctx, BenchPlatform& platform, Store& store, double plain_seconds) {
  SyncReport report;
  const auto replicator = platform.replicator(store);
  const double seconds = seconds_of(ctx.clock, [&] { report = sync_to_end(*replicator, platform).value(); });
  Json json{{"seconds", rounded(seconds)}, {"bytes_up", report.bytes_up}, {"bytes_down", report.bytes_down},
            {"sent", report.sent},         {"received", report.received}, {"trips", report.trips}};
  if (plain_seconds > 0) {
    json["plain_sqlite_seconds"] = rounded(plain_seconds);
    json["ratio"] = rounded(seconds / plain_seconds, 0.01);
  }
  return json;
}

void edit_phones(Store& store, const std::vector<Record>& persons) {
  constexpr std::size_t kPerGroup = 100;
  for (std::size_t from = 0; from < persons.size(); from += kPerGroup) {
    SaveRequest request;
    for (std::size_t i = from; i < std::min(persons.size(), from + kPerGroup); ++i)
      request.edits.push_back(
          {kinds::person::kKind, persons[i].ref.id, {{kinds::person::phone, std::to_string(13900000000 + i)}}, {}});
    RUHU_ASSERT(store.save(request).ok());
  }
}

}  // namespace

/// A new tablet fetches everything, edits 10,000 phones and sends them; plain SQLite writes the same rows in one
/// transaction each time.
Json bench_sync(const BenchContext& ctx, const std::string& size) {
  constexpr std::size_t kEdits = 10'000;
  BenchPlatform platform(ctx, size);
  const auto store = platform.make_tablet("sync-tablet.db");
  const KindDef& kind = ctx.dictionary.get_kind(kinds::person::kKind);
  Json json{{"persons", platform.persons}, {"import_seconds", rounded(platform.import_seconds)}};

  Json first = timed_sync(ctx, platform, *store, 0);
  auto persons = store->list(kinds::person::kKind, {.limit = SIZE_MAX >> 1U}).value();
  PlainSqlite plain(ctx.folder.file("sync-plain.db"), kind, kinds::person::phone);
  const double insert_seconds = seconds_of(ctx.clock, [&] { plain.insert_all(persons); });
  first["plain_sqlite_persons_seconds"] = rounded(insert_seconds);
  first["ratio_to_persons_only"] = rounded(first["seconds"].get<double>() / insert_seconds, 0.01);
  json["first_sync"] = std::move(first);

  const auto one_grid = platform.make_tablet("sync-grid.db", 1);
  json["first_sync_one_grid"] = timed_sync(ctx, platform, *one_grid, 0);

  if (persons.size() > kEdits) persons.resize(kEdits);
  edit_phones(*store, persons);
  const double update_seconds = seconds_of(ctx.clock, [&] { plain.update_all(persons, "13900000000"); });
  json["edits_10k_up"] = timed_sync(ctx, platform, *store, update_seconds);
  json["nothing_to_do"] = timed_sync(ctx, platform, *store, 0);
  json["edits_10k_down"] = timed_sync(ctx, platform, *one_grid, 0);
  return json;
}

}  // namespace ruhu::bench
