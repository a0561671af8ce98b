#include "storage/records/change_replayer.hpp"

namespace ruhu {
namespace {

/// The value once the edit is in: a set change is played on what is there.
Value value_after(const Value& present, const Value& edit) {
  const auto* delta = std::get_if<SetDelta>(&edit);
  if (delta == nullptr) return edit;
  const auto* set = std::get_if<TextSet>(&present);
  TextSet after = apply(set == nullptr ? TextSet{} : *set, *delta);
  return after.items.empty() ? Value{} : Value{std::move(after)};
}

}  // namespace

Status ChangeReplayer::replay(const Change& change) {
  if (parts_.dictionary.find_kind(change.record.kind) == nullptr)
    return make_error(Errc::unknown_kind, std::to_string(change.record.kind.value));
  RUHU_TRY(const auto before, parts_.records.find(change.record));
  Record after = before.value_or(Record{.ref = change.record, .cells = {}, .meta = {}});
  std::vector<ReplacedCell> replaced;
  std::vector<ColumnNo> columns;
  for (const FieldEdit& edit : change.fields) {
    const Stamp stamp{{}, change.id, change.made_at, change.actor, edit.provenance};
    after.set(edit.column, value_after(after.get(edit.column), edit.value));
    columns.push_back(edit.column);
    if (!before) {
      after.meta.created = stamp;
      continue;
    }
    if (auto was = replaced_cell(*before, edit.column)) replaced.push_back(std::move(*was));
    after.meta.set_stamp(edit.column, stamp);
  }
  RUHU_TRY_DONE(before ? parts_.records.update(after, columns) : parts_.records.insert(after));
  RUHU_TRY_DONE(parts_.changes.append(change, replaced));
  RUHU_TRY_DONE(parts_.uses.refresh(before ? &*before : nullptr, after));
  return parts_.search.refresh(before ? &*before : nullptr, after);
}

}  // namespace ruhu
