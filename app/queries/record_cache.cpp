#include "app/queries/record_cache.hpp"

#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kEverything = 1'000'000;

}  // namespace

std::vector<const Record*> RecordCache::list(KindNo kind, FieldFilter where) {
  std::vector<const Record*> found;
  auto records = store_.list(kind, {.where = {std::move(where)}, .after = {}, .limit = kEverything});
  if (!records.ok()) {
    if (status_.ok()) status_ = records.error();
    return found;
  }
  found.reserve(records->size());
  for (Record& record : *records) {
    const Uuid id = record.ref.id;
    const auto at = known_.try_emplace(id, std::move(record)).first;
    if (at->second) found.push_back(&*at->second);
  }
  return found;
}

std::vector<const Record*> RecordCache::list_grids(KindNo kind, const std::vector<std::string>& grids) {
  std::vector<const Record*> all;
  for (const std::string& grid : grids) {
    const auto of_grid = list(kind, {kinds::person::grid_id, grid});
    all.insert(all.end(), of_grid.begin(), of_grid.end());
  }
  return all;
}

const Record* RecordCache::find(KindNo kind, const Uuid& id) {
  if (id.is_nil()) return nullptr;
  const auto at = known_.find(id);
  if (at != known_.end()) return at->second ? &*at->second : nullptr;
  auto record = store_.find({kind, id});
  if (!record.ok()) {
    if (status_.ok()) status_ = record.error();
    return nullptr;
  }
  const auto kept = known_.emplace(id, std::move(*record)).first;
  return kept->second ? &*kept->second : nullptr;
}

bool is_open(const Record& record) {
  const std::string_view status = record.text(kinds::person::status);
  return status != "closed" && status != "void";
}

}  // namespace ruhu
