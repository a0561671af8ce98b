#include <nlohmann/json.hpp>
#include "dictionary_constants.hpp"

#include "tests/bench/bench_platform.hpp"
#include "tests/bench/plain_sqlite.hpp"

namespace ruhu::bench {
namespace {

std::string phone(int i) { return std::to_string(13800000000 + i); }

}  // namespace

/// One phone corrected and durable: Ruhu with key, op, stamps and search keys, against plain SQLite with one index, in
/// turns, so that both meet the same disk.
Json bench_save(const BenchContext& ctx) {
  constexpr int kSaves = 1'000;
  BenchPlatform platform(ctx, "xilinsi");
  const auto store = platform.make_tablet("save-tablet.db", 1);
  RUHU_ASSERT(sync_to_end(*platform.replicator(*store), platform).ok());
  const auto persons = store->list(kinds::person::kKind).value();
  const KindDef& kind = ctx.dictionary.get_kind(kinds::person::kKind);
  PlainSqlite plain(ctx.folder.file("save-plain.db"), kind, kinds::person::phone);
  plain.insert_all(persons);
  std::vector<double> ours;
  std::vector<double> theirs;
  for (int i = 0; i < kSaves; ++i) {
    const RecordId id = persons[static_cast<std::size_t>(i * 7) % persons.size()].ref.id;
    SaveRequest request;
    request.edits.push_back({kinds::person::kKind, id, {{kinds::person::phone, phone(i)}}, {}});
    ours.push_back(1000 * seconds_of(ctx.clock, [&] { RUHU_ASSERT(store->save(request).ok()); }));
    theirs.push_back(1000 * seconds_of(ctx.clock, [&] { plain.update_one(id, phone(i)); }));
  }
  std::sort(ours.begin(), ours.end());
  std::sort(theirs.begin(), theirs.end());
  Json json{{"ruhu", p50_p99(ours)}, {"plain_sqlite", p50_p99(theirs)}};
  json["ratio_p50"] = rounded(percentile(ours, 0.5) / percentile(theirs, 0.5), 0.01);
  return json;
}

}  // namespace ruhu::bench
