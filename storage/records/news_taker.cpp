#include "storage/records/news_taker.hpp"

#include <algorithm>
#include <map>

#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

const FieldResult* result_of(const OpResult& result, ColumnNo column) {
  const auto at = std::find_if(result.fields.begin(), result.fields.end(),
                               [&](const FieldResult& f) { return f.column == column; });
  return at == result.fields.end() ? nullptr : &*at;
}

Record new_record(const LogEntry& entry) {
  Record record;
  record.ref = entry.record;
  record.meta.created = {entry.version, entry.op, entry.made_at, entry.actor,
                         entry.fields.empty() ? Provenance{} : entry.fields.front().provenance};
  record.meta.seen = entry.version;
  for (const FieldWrite& write : entry.fields) {
    record.set(write.column, write.value);
    if (write.provenance != record.meta.created.provenance) {
      Stamp stamp = record.meta.created;
      stamp.provenance = write.provenance;
      record.meta.set_stamp(write.column, stamp);
    }
  }
  return record;
}

/// The op got that version: so did every field whose stamp names it, also those that it left empty.
void place(RecordMeta& meta, const OpId& op, ServerVersion version) {
  if (meta.created.op == op && meta.created.version.value == 0) meta.created.version = version;
  for (auto& [column, stamp] : meta.later)
    if (stamp.op == op && stamp.version.value == 0) stamp.version = version;
  std::erase_if(meta.later, [&](const auto& later) { return later.second == meta.created; });  // which says it already
}

}  // namespace

Status NewsTaker::take_result(const OpResult& result, Instant at) {
  RUHU_TRY(const auto op, parts_.changes.find(result.op.counter));
  if (!op || op->change.id != result.op) return make_error(Errc::malformed_message, "result of an unknown op");
  if (op->state == OpState::queued) {
    RUHU_TRY_DONE(parts_.changes.acknowledge(result, at));
  } else {
    RUHU_TRY_DONE(parts_.changes.note_result(result));
  }
  if (result.is_placed()) return settle(op->change, result);
  // Nothing is settled yet: the worker's value stays on screen, marked as waiting at the server, unless the record is
  // none of this tablet's any more.
  RUHU_TRY(const auto record, parts_.records.find(op->change.record));
  return record ? parts_.departures.consider(*record) : Status{};
}

Status NewsTaker::settle(const Change& change, const OpResult& result) {
  RUHU_TRY(auto record, parts_.records.find(change.record));
  if (!record) {
    RUHU_TRY(const bool left, parts_.departures.has_left(change.record));
    return left ? Status{} : Status{make_error(Errc::database_damaged, "row of an own op is missing")};
  }
  const Record before = *record;
  RecordMeta& meta = record->meta;
  place(meta, change.id, result.version);
  std::vector<ColumnNo> columns;
  for (const FieldEdit& edit : change.fields) {
    const Stamp present = meta.stamp_of(edit.column);
    const FieldResult* field = result_of(result, edit.column);
    const bool still_mine = present.op == change.id;
    // Without a result it stands as sent, and what somebody else's op has written here since, entries bring.
    if (field == nullptr) continue;
    const bool newer = !waits_for_own_result(present) && field->stamp.version > present.version;
    if (!still_mine && !newer) continue;  // a later own edit, or later news, stands here
    record->set(edit.column, field->current);
    meta.set_stamp(edit.column, field->stamp);
    columns.push_back(edit.column);
  }
  RUHU_TRY_DONE(write(before, *record, columns));
  return parts_.departures.consider(*record);
}

std::vector<ColumnNo> NewsTaker::take_told(Record& record, const std::vector<Told>& fields) const {
  std::vector<ColumnNo> columns;
  for (const Told& told : fields) {
    const Stamp& present = record.meta.stamp_of(told.column);
    const bool own_echo = present.op == told.stamp.op;
    if (waits_for_own_result(present) && !own_echo) continue;
    if (told.stamp.version <= present.version) continue;
    record.set(told.column, *told.value);
    record.meta.set_stamp(told.column, told.stamp);
    columns.push_back(told.column);
  }
  return columns;
}

Status NewsTaker::take_entry(const LogEntry& entry) {
  if (parts_.dictionary.find_kind(entry.record.kind) == nullptr)
    return {};  // a newer dictionary's kind: kept by the server
  RUHU_TRY(auto record, parts_.records.find(entry.record));
  if (!record && is_leave(entry)) return {};
  if (!record) {
    const Record fresh = new_record(entry);
    RUHU_TRY_DONE(parts_.records.insert(fresh));
    RUHU_TRY_DONE(parts_.departures.came_back(fresh.ref));
    RUHU_TRY_DONE(parts_.uses.refresh(nullptr, fresh));
    return parts_.search.refresh(nullptr, fresh);
  }
  const Record before = *record;
  std::vector<Told> told;
  for (const FieldWrite& write : entry.fields)
    told.push_back(
        {write.column, &write.value, {entry.version, entry.op, entry.made_at, entry.actor, write.provenance}});
  const auto columns = take_told(*record, told);
  place(record->meta, entry.op, entry.version);
  record->meta.seen = std::max(record->meta.seen, entry.version);
  RUHU_TRY_DONE(write(before, *record, columns));
  const bool moves = std::any_of(entry.fields.begin(), entry.fields.end(), [](const FieldWrite& field) {
    return field.column == kinds::person::grid_id;
  });
  return moves ? parts_.departures.consider(*record) : Status{};
}

Status NewsTaker::take_row(const Record& row) {
  RUHU_TRY(auto record, parts_.records.find(row.ref));
  if (!record) return make_error(Errc::internal, "no row to take in");
  static const Value kEmpty;
  const Record before = *record;
  std::vector<Told> told;
  for (const Cell& cell : row.cells) told.push_back({cell.column, &cell.value, row.meta.stamp_of(cell.column)});
  for (const auto& [column, stamp] : row.meta.later)
    if (is_empty(row.get(column))) told.push_back({column, &kEmpty, stamp});
  const auto columns = take_told(*record, told);
  place(record->meta, row.meta.created.op, row.meta.created.version);
  for (const auto& [column, stamp] : row.meta.later) place(record->meta, stamp.op, stamp.version);
  record->meta.seen = std::max(record->meta.seen, row.meta.seen);
  return write(before, *record, columns);
}

Status NewsTaker::write(const Record& before, const Record& after, const std::vector<ColumnNo>& columns) {
  if (after == before) return {};
  RUHU_TRY_DONE(parts_.records.update(after, columns));
  std::map<OpId, std::vector<ReplacedCell>> replaced;  // the fields of one result may have been written by several ops
  for (const ColumnNo column : columns) {
    const OpId by = after.meta.stamp_of(column).op;
    auto was = replaced_cell(before, column);
    if (was && by != was->stamp.op) replaced[by].push_back(std::move(*was));
  }
  for (const auto& [by, cells] : replaced) RUHU_TRY_DONE(parts_.history.keep(by, own_, cells));
  RUHU_TRY_DONE(parts_.uses.refresh(&before, after));
  return parts_.search.refresh(&before, after);
}

}  // namespace ruhu
