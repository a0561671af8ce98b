#include "app/queries/search.hpp"

#include "app/queries/kept_texts.hpp"
#include "app/queries/search_rows.hpp"
#include "platform/base/text.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kRowsMax = 30;  ///< Three screens full; who does not find it there types another letter.
constexpr std::size_t kHitsMax = 60;

}  // namespace

Result<std::vector<SearchRow>> query_recent(Store& store, const QueryContext& ctx) {
  RUHU_TRY(const auto moment, store.snapshot());
  SearchRows rows(store, ctx, {});
  RUHU_TRY_DONE(rows.read_ledger(store));
  RUHU_TRY(const auto ids, kept::lines(store, kept::kRecent));
  for (const std::string& id : ids)
    if (const auto household = parse_uuid(id)) rows.add_household(*household);
  std::vector<SearchRow> recent = rows.take(kRowsMax);
  RUHU_TRY_DONE(rows.status());
  for (SearchRow& row : recent) row.matched.clear();
  return recent;
}

Result<SearchState> query_search(Store& store, const QueryContext& ctx, std::string_view text) {
  SearchState state;
  state.text = text;
  const std::string_view wanted = trim(text);
  if (wanted.empty()) return state;
  RUHU_TRY(const auto moment, store.snapshot());
  SearchRows rows(store, ctx, wanted);
  RUHU_TRY_DONE(rows.read_ledger(store));
  RUHU_TRY(const auto hits, store.search(wanted, kHitsMax));
  for (const SearchHit& hit : hits) rows.add_hit(hit.ref);
  state.rows = rows.take(kRowsMax);
  state.total = rows.total();
  RUHU_TRY_DONE(rows.status());
  return state;
}

}  // namespace ruhu
