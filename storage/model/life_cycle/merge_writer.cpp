#include "storage/model/life_cycle/merge_writer.hpp"

#include <algorithm>

namespace ruhu {

const Value& MergeWriter::now(const Record& record, ColumnNo column) const {
  for (const MergeMove& move : moves_)
    if (move.record == record.ref && move.column == column) return move.after;
  return record.get(column);
}

void MergeWriter::write(const Record& record, ColumnNo column, Value value, std::optional<Provenance> evidence) {
  if (now(record, column) == value) return;
  if (!draft_.reaches(record)) beyond_reach_ = true;
  const auto at = std::find_if(moves_.begin(), moves_.end(), [&](const MergeMove& move) {
    return move.record == record.ref && move.column == column;
  });
  if (at != moves_.end()) {
    at->after = value;
  } else {
    moves_.push_back({record.ref, column, record.get(column), record.meta.stamp_of(column).provenance, value});
  }
  for (auto& [key, cells] : cells_)
    if (key.record == record.ref) std::erase_if(cells, [&](const Cell& cell) { return cell.column == column; });
  cells_[{record.ref, evidence.value_or(Provenance{}), evidence.has_value()}].push_back({column, std::move(value)});
}

std::vector<RecordEdit> MergeWriter::edits() const {
  std::vector<RecordEdit> edits;
  for (const auto& [key, cells] : cells_) {
    if (cells.empty()) continue;
    RecordEdit edit{key.record.kind, key.record.id, cells, {}};
    if (key.own) edit.provenance = key.evidence;
    edits.push_back(std::move(edit));
  }
  return edits;
}

}  // namespace ruhu
