#pragma once
#include <optional>
#include <unordered_map>
#include <vector>

#include "storage/store.hpp"

namespace ruhu {

/// Records by id, each read from the store at most once. Pointers stay valid as long as the cache lives.
class RecordCache {
 public:
  explicit RecordCache(Store& store) : store_(store) {}

  /// Reads all records of a kind that have the value, and lists them in the order of their ids.
  std::vector<const Record*> list(KindNo kind, FieldFilter where);
  /// All records of a kind whose home grid is one of these.
  std::vector<const Record*> list_grids(KindNo kind, const std::vector<std::string>& grids);
  /// nullptr: a nil id, or not on this tablet.
  const Record* find(KindNo kind, const Uuid& id);

  /// The first failure of the store, after which everything looks absent.
  const Status& status() const { return status_; }

 private:
  Store& store_;
  std::unordered_map<Uuid, std::optional<Record>> known_;
  Status status_;
};

/// True unless the record has ended or was made by mistake.
bool is_open(const Record& record);

}  // namespace ruhu
