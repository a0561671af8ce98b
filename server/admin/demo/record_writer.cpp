#include "server/admin/demo/record_writer.hpp"

#include <algorithm>
#include <utility>

#include "dictionary_constants.hpp"

namespace ruhu::demo {

RecordDraft& RecordDraft::text(ColumnNo column, std::string_view value) {
  return value.empty() ? *this : put(column, std::string(value));
}

RecordDraft& RecordDraft::ref(ColumnNo column, const Uuid& id) { return id.is_nil() ? *this : put(column, id); }

RecordDraft& RecordDraft::set(ColumnNo column, std::vector<std::string> items) {
  return items.empty() ? *this : put(column, TextSet::of(std::move(items)));
}

RecordDraft& RecordDraft::put(ColumnNo column, Value value) {
  cells_.push_back({column, std::move(value)});
  return *this;
}

RecordId RecordWriter::new_id() { return make_uuid_v7(clock_, dice_.random()); }

void RecordWriter::write(RecordRef ref, ScopeCode scope, RecordDraft&& draft, Provenance provenance,
                         std::string_view status) {
  // Column numbers 1 and 2 are common to all kinds.
  draft.text(kinds::person::grid_id, to_string(scope)).text(kinds::person::status, status);
  std::sort(draft.cells_.begin(), draft.cells_.end(), [](const Cell& a, const Cell& b) { return a.column < b.column; });
  RUHU_ASSERT(ref.kind.value < kKindsMax);
  ++written_[ref.kind.value];
  sink_({ref, scope, std::move(draft.cells_), provenance});
}

}  // namespace ruhu::demo
