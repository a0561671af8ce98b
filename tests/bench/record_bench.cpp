#include <nlohmann/json.hpp>

#include "app/queries/household.hpp"
#include "app/queries/search.hpp"
#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "tests/bench/filled_tablet.hpp"

namespace ruhu::bench {
namespace {

constexpr int kSaves = 1'000;
constexpr int kPages = 400;

std::string phone(int i) { return std::to_string(13700000000 + i); }

/// Ours and plain in turns, so that both meet the same disk.
Json saves(const BenchContext& ctx, FilledTablet& tablet) {
  std::vector<double> ours;
  std::vector<double> theirs;
  const auto& persons = tablet.persons();
  for (int i = 0; i < kSaves; ++i) {
    const RecordId id = persons[static_cast<std::size_t>(i) * 97 % persons.size()];
    SaveRequest request;
    request.provenance = {Source::self, Verified::declared, 0};
    request.edits.push_back({kinds::person::kKind, id, {{kinds::person::phone, phone(i)}}, {}});
    ours.push_back(1000 * seconds_of(ctx.clock, [&] { RUHU_ASSERT(tablet.store().save(request).ok()); }));
    theirs.push_back(1000 * seconds_of(ctx.clock, [&] { tablet.plain().update_phone(id, phone(i)); }));
  }
  std::sort(ours.begin(), ours.end());
  std::sort(theirs.begin(), theirs.end());
  return {{"ruhu", p50_p99(ours)},
          {"plain_sqlite", p50_p99(theirs)},
          {"ratio_p50", rounded(percentile(ours, 0.5) / percentile(theirs, 0.5), 0.01)}};
}

/// What a person types on the way to one record: every beginning of it counts as a search of its own.
std::vector<std::string> typed(const std::vector<std::string>& whole) {
  std::vector<std::string> all;
  for (const std::string& text : whole) {
    const std::u32string letters = decode_utf8(text);
    for (std::size_t n = 1; n <= letters.size(); ++n) all.push_back(encode_utf8(letters.substr(0, n)));
  }
  return all;
}

Json searches(const BenchContext& ctx, FilledTablet& tablet, const QueryContext& query) {
  const std::vector<std::string> all = typed(tablet.texts_to_search());
  const auto run = [&](const auto& work) {
    return p50_p99(milliseconds_each(ctx.clock, static_cast<int>(all.size()),
                                     [&](int i) { work(all[static_cast<std::size_t>(i)]); }));
  };
  Json json{{"queries", all.size()}};
  json["store"] = run([&](const std::string& text) { RUHU_ASSERT(tablet.store().search(text, 50).ok()); });
  json["page"] = run([&](const std::string& text) { RUHU_ASSERT(query_search(tablet.store(), query, text).ok()); });
  return json;
}

/// The page of a household, and everything that its records ever were.
Json household_pages(const BenchContext& ctx, FilledTablet& tablet, const QueryContext& query) {
  const auto& households = tablet.households();
  return p50_p99(milliseconds_each(ctx.clock, kPages, [&](int i) {
    const RecordId id = households[static_cast<std::size_t>(i) * 89 % households.size()];
    const HouseholdState page = query_household(tablet.store(), query, id).value();
    RUHU_ASSERT(tablet.store().history({kinds::household::kKind, id}).ok());
    for (const MemberRow& member : page.members)
      RUHU_ASSERT(tablet.store().history({kinds::person::kKind, member.person}).ok());
  }));
}

Json file_sizes(FilledTablet& tablet) {
  const auto ours = static_cast<double>(tablet.bytes_on_disk());
  const auto theirs = static_cast<double>(tablet.plain().bytes_on_disk());
  constexpr double kMebi = 1024.0 * 1024.0;
  return {{"ruhu_mib", rounded(ours / kMebi, 0.1)},
          {"plain_sqlite_mib", rounded(theirs / kMebi, 0.1)},
          {"ratio", rounded(ours / theirs, 0.01)}};
}

}  // namespace

/// A tablet that holds a whole town: opening, saving, searching, reading a household, room in memory and on disk.
Json bench_records(const BenchContext& ctx) {
  FilledTablet tablet(ctx);
  Json json{{"records", tablet.counts()}, {"file", file_sizes(tablet)}};
  json["open"] = p50_p99(milliseconds_each(ctx.clock, 21, [&](int) { tablet.reopen(); }));
  json["save"] = saves(ctx, tablet);
  const QueryContext query{ctx.dictionary, Lang::zh_cn, ctx.clock.now(), tablet.store().identity().value().value()};
  json["search"] = searches(ctx, tablet, query);
  json["household_with_history"] = household_pages(ctx, tablet, query);
  json["resident_mib"] = tablet.resident_mib_of_a_fresh_program();
  return json;
}

/// A working day on the town's tablet in a program that does nothing else; prints how much memory was resident at most.
int measure_resident(const std::string& file, const Dictionary& dictionary, Clock& clock) {
  SeededRandom random(5);
  const auto store = Store::open(FilledTablet::options(file), dictionary, clock, random).value();
  const QueryContext query{dictionary, Lang::zh_cn, clock.now(), store->identity().value().value()};
  for (const char* text : {"张", "zhang", "z", "0017", "3-502", "502", "阳光"})
    RUHU_ASSERT(query_search(*store, query, text).ok());
  const auto households = store->list(kinds::household::kKind, {.where = {}, .after = {}, .limit = 2'000}).value();
  for (const Record& household : households) RUHU_ASSERT(query_household(*store, query, household.ref.id).ok());
  const auto persons = store->list(kinds::person::kKind, {.where = {}, .after = {}, .limit = 2'000}).value();
  for (std::size_t i = 0; i < persons.size(); ++i) {
    SaveRequest request;
    request.edits.push_back(
        {kinds::person::kKind, persons[i].ref.id, {{kinds::person::phone, phone(static_cast<int>(i))}}, {}});
    RUHU_ASSERT(store->save(request).ok());
  }
  std::printf("%.1f\n", peak_resident_mib());
  return 0;
}

}  // namespace ruhu::bench
