#include "storage/model/snapshot.hpp"

#include "dictionary_constants.hpp"

namespace ruhu {

bool is_leave(const LogEntry& entry) {
  return entry.fields.size() == 1 && entry.fields.front().column == kinds::person::grid_id &&
         is_empty(entry.fields.front().value);
}

}  // namespace ruhu
