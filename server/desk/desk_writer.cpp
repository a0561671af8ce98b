#include "server/desk/desk_writer.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "server/ingest/ingest.hpp"

namespace ruhu::server {
namespace {

constexpr TabletNo kPlatform{0};

/// Later than everything in the record, whatever the tablets' clocks said.
HybridTime after_all_of(const Record& record, Instant now) {
  HybridTime last = record.meta.created.made_at;
  for (const auto& [column, stamp] : record.meta.later) last = std::max(last, stamp.made_at);
  return next_hybrid_time(last, now);
}

/// An id that no other record of this platform has: no two of its ops share moment and counter.
RecordId id_of_op(Instant now, std::uint64_t counter) {
  Uuid id;
  const auto ms = static_cast<std::uint64_t>(to_ms(now));
  for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(ms >> (8 * (5 - i)));
  id.bytes[6] = 0x70;
  id.bytes[8] = 0x80;
  for (std::size_t i = 0; i < 7; ++i) id.bytes[15 - i] = static_cast<std::uint8_t>(counter >> (8 * i));
  return id;
}

/// Sets are changed item by item, like on a tablet.
Value value_to_send(const Value& stands, const Value& wanted) {
  const auto* set = std::get_if<TextSet>(&wanted);
  if (set == nullptr) return wanted;
  const auto* before = std::get_if<TextSet>(&stands);
  return difference(before == nullptr ? TextSet{} : *before, *set);
}

}  // namespace

Result<ActorNo> DeskWriter::actor() {
  if (!actor_) {
    RUHU_TRY(const Account rules, tx_.account_named("平台规则", std::string(kRulesRole)));
    actor_ = rules.no;
  }
  return *actor_;
}

void DeskWriter::note_moves(const Record& record, const Change& change) {
  for (const FieldEdit& edit : change.fields) {
    const Value& before = record.get(edit.column);
    Value after = edit.value;
    if (const auto* delta = std::get_if<SetDelta>(&edit.value)) {
      const auto* set = std::get_if<TextSet>(&before);
      TextSet whole = apply(set == nullptr ? TextSet{} : *set, *delta);
      after = whole.items.empty() ? Value{} : Value{std::move(whole)};
    }
    const auto known = std::find_if(moves_.begin(), moves_.end(), [&](const MergeMove& move) {
      return move.record == record.ref && move.column == edit.column;
    });
    if (known != moves_.end()) {
      known->after = std::move(after);
    } else {
      moves_.push_back(
          {record.ref, edit.column, before, record.meta.stamp_of(edit.column).provenance, std::move(after)});
    }
  }
}

Result<std::optional<Change>> DeskWriter::change_of(const RecordEdit& edit, const Provenance& evidence) {
  Change change;
  change.id = {kPlatform, next_};
  change.record = {edit.kind, edit.id ? *edit.id : id_of_op(now_, next_)};
  RUHU_TRY(change.actor, actor());
  std::optional<Record> before;
  if (edit.id) {
    RUHU_TRY(before, tx_.find_record(change.record));
  }
  const Record& stands = before ? *before : Record{};
  for (const Cell& cell : edit.cells)
    if (!before || stands.get(cell.column) != cell.value)
      change.fields.push_back({cell.column,
                               {Base::Of::server, before ? stands.meta.seen.value : 0},
                               value_to_send(stands.get(cell.column), cell.value),
                               edit.provenance.value_or(evidence)});
  if (change.fields.empty()) return std::optional<Change>{};
  std::sort(change.fields.begin(), change.fields.end(),
            [](const auto& a, const auto& b) { return a.column < b.column; });
  change.made_at = before ? after_all_of(stands, now_) : HybridTime::from(now_);
  if (before)
    note_moves(stands, change);
  else
    made_.push_back(change.record);
  ++next_;
  return std::optional<Change>{std::move(change)};
}

Status DeskWriter::write(const std::vector<RecordEdit>& edits, const Provenance& evidence) {
  RUHU_TRY(auto platform, tx_.find_tablet(kPlatform));
  if (!platform) return make_error(Errc::internal, "the platform's own tablet is missing");
  next_ = platform->last_counter + 1;
  std::vector<Change> changes;
  for (const RecordEdit& edit : edits) {
    RUHU_TRY(auto change, change_of(edit, evidence));
    if (change) changes.push_back(std::move(*change));
  }
  for (Change& change : changes) {
    change.group_first = changes.front().id.counter;
    change.group_size = static_cast<std::uint32_t>(changes.size());
  }
  if (changes.empty()) return {};
  Ingest ingest(tx_, dictionary_, now_);
  RUHU_TRY(const auto taken, ingest.place_batch(*platform, changes));
  for (const OpResult& result : taken.results)
    if (!result.is_placed()) return make_error(Errc::invalid_value, result.reason);
  for (Touched& one : ingest.take_touched()) touched_.add(std::move(one));
  return {};
}

}  // namespace ruhu::server
