#pragma once
#include <optional>
#include <unordered_map>
#include <vector>

#include "storage/model/record.hpp"

namespace ruhu::server {

/// A record that ops have just been placed in.
struct Touched {
  RecordRef record;
  std::vector<ColumnNo> columns;  ///< That the ops named, whether their values got in or not.
  std::vector<OpId> ops;
  bool is_new = false;
  bool was_ended = false;        ///< Closed or void before one of the ops, or by it.
  std::optional<Record> before;  ///< As it was before the first of them; only where match keys may change.
};

/// Several records, each once, in the order in which they were first touched.
class TouchedRecords {
 public:
  /// Adds what happened to one record to what is known of it.
  void add(Touched one);
  std::vector<Touched> take();

 private:
  std::vector<Touched> all_;
  std::unordered_map<RecordId, std::size_t> places_;
};

}  // namespace ruhu::server
