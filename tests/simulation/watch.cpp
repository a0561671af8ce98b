// What is looked at while the story runs: every answer, and every tablet after its sync.
#include <algorithm>

#include "dictionary_constants.hpp"
#include "server/ingest/record_merge.hpp"
#include "sync/protocol/snapshot_rows.hpp"
#include "tests/simulation/world.hpp"

namespace ruhu::simulation {
namespace {

bool contains(const std::vector<ScopeCode>& scopes, ScopeCode scope) {
  return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

constexpr std::size_t kAnswerMax = std::size_t{8} << 20U;

}  // namespace

bool World::may_know(const server::Tablet& tablet, const RecordRef& ref) {
  const auto tx = platform_->begin().value();
  const auto record = tx->find_record(ref);
  return record.ok() && *record && contains(tablet.scopes, server::home_of(**record));
}

/// A tablet that has the record, passed it over as of a kind that it does not know, worked on it once, is in the middle
/// of a snapshot, or has forgotten how far it had come, is told of no secret when it hears that the record has left.
bool World::knew(Tablet& tablet, const RecordRef& ref) {
  const auto marks = tablet.store->marks();
  const auto under_way = tablet.store->snapshots();
  if (!under_way.ok() || !under_way->empty()) return true;
  if (tablet.dictionary->find_kind(ref.kind) == nullptr || !marks.ok() || marks->own_too) return true;
  const auto here = tablet.store->find(ref);
  if (!here.ok() || *here) return true;
  for (std::uint64_t counter = 1; counter <= marks->newest; ++counter) {
    const auto op = tablet.store->changes().find(counter);
    if (op.ok() && *op && (*op)->change.record == ref) return true;
  }
  return false;
}

void World::watch_answer(Tablet& tablet, const std::string& sealed) {
  const auto opened = open_envelope(sealed, [](TabletNo, std::string_view, std::string_view) { return true; });
  if (!opened.ok()) return;  // cut, or somebody else's
  const auto response = decode_response(opened->message);
  if (!response.ok()) return;
  if (opened->message.size() > kAnswerMax) see("bounded", "an answer of " + std::to_string(opened->message.size()));
  const auto row = platform_->begin().value()->find_tablet(opened->tablet).value();
  if (!row) return;  // enrolled after a backup that was put back
  for (const LogEntry& entry : response->news.entries)
    if (!may_know(*row, entry.record) && !(is_leave(entry) && knew(tablet, entry.record)))
      see("no leak", "entry of " + to_string(entry.record.id) + " to tablet " + std::to_string(row->no.value));
  for (const PackedChunk& chunk : response->chunks)
    for (const Record& record : decode_snapshot_rows(chunk.rows).value())
      if (!may_know(*row, record.ref)) see("no leak", "row of " + to_string(record.ref.id));
  for (const auto* results : {&response->news.results, &response->news.late}) {
    for (const OpResult& result : *results) {
      if (result.fields.empty()) continue;
      const auto op = platform_->begin().value()->find_op(result.op).value();
      if (op && !may_know(*row, op->change.record)) see("no leak", "result of op " + to_string(result.op));
    }
  }
}

void World::watch_cursors(const std::vector<CursorAt>& before, const Tablet& tablet) {
  const auto after = tablet.store->cursors();
  if (!after.ok()) return;
  for (const CursorAt& was : before)
    for (const CursorAt& now : *after)
      if (now.scope == was.scope && now.lsn < was.lsn) see("cursors", "moved back in " + to_string(was.scope));
}

/// Whatever a record refers to is there, unless it is none of the tablet's.
void World::watch_references(Tablet& tablet) {
  const auto row = platform_->begin().value()->find_tablet(tablet.no).value();
  if (!row) return;
  for (const KindDef& kind : tablet.dictionary->kinds()) {
    const auto records = tablet.store->list(kind.no);
    if (!records.ok()) return;
    for (const Record& record : *records) {
      for (const FieldDef& field : kind.fields) {
        const KindDef* target = tablet.dictionary->find_kind(field.target);
        if (field.type != FieldType::ref || target == nullptr || record.uuid(field.no).is_nil()) continue;
        const RecordRef ref{target->no, record.uuid(field.no)};
        const auto there = tablet.store->find(ref);
        if (there.ok() && !*there && may_know(*row, ref))
          see("references", kind.name + "." + field.name + " of " + to_string(record.ref.id));
      }
    }
  }
}

}  // namespace ruhu::simulation
