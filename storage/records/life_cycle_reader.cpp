#include "storage/records/life_cycle_reader.hpp"

#include "dictionary_constants.hpp"
#include "storage/dictionary/partial_date.hpp"

namespace ruhu {
namespace {

class StoreSource final : public RecordSource {
 public:
  explicit StoreSource(Store& store) : store_(store) {}
  const Dictionary& dictionary() const override { return store_.dictionary(); }
  Result<std::optional<Record>> find(const RecordRef& ref) override { return store_.find(ref); }
  Result<std::vector<Record>> list(KindNo kind, ColumnNo column, const Value& value) override {
    return store_.list(kind, {.where = {{column, value}}, .after = {}});
  }
  Result<std::vector<Record>> list(KindNo kind) override { return store_.list(kind); }

 private:
  Store& store_;
};

/// Grids whose records the server takes from this tablet; the community's own only from clerks and leads.
std::vector<std::string> writable_grids(const Identity& identity) {
  const bool community = identity.role == "clerk" || identity.role == "lead";
  std::vector<std::string> grids;
  for (const ScopeCode scope : identity.scopes)
    if (scope.is_grid() || community) grids.push_back(to_string(scope));
  return grids;
}

}  // namespace

Result<LifeCycleReader> LifeCycleReader::open(Store& store, Instant now) {
  constexpr std::string_view kCountryside = "2";
  RUHU_TRY(const auto identity, store.identity());
  if (!identity) return make_error(Errc::not_enrolled);
  Occasion occasion;
  const CivilDate today = civil_date(now);
  occasion.now = now;
  occasion.day = to_string(PartialDate{today.year, today.month, today.day});
  occasion.grids = writable_grids(*identity);
  if (!identity->scopes.empty()) {
    occasion.home_grid = to_string(identity->scopes.front());
    RUHU_TRY(const auto communities, store.list(kinds::community::kKind));
    const std::string code = to_string(identity->scopes.front().community());
    for (const Record& community : communities)
      if (community.text(kinds::community::code) == code)
        occasion.city = community.text(kinds::community::kind) != kCountryside;
  }
  return LifeCycleReader(std::make_unique<StoreSource>(store), std::move(occasion));
}

}  // namespace ruhu
