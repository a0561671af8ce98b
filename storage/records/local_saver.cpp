#include "storage/records/local_saver.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/dictionary/validation.hpp"
#include "storage/model/stored_form.hpp"

namespace ruhu {

/// One record on its way into the store.
struct LocalSaver::Draft {
  std::optional<Record> before;  ///< Nothing: a new record.
  Record after;
  std::vector<Cell> cells;  ///< What the worker touched, normalised, by column.
  Provenance provenance;
};

namespace {

// A group travels whole in one message, so it must stay well below what the server takes.
constexpr std::size_t kGroupOpsMax = 2'000;
constexpr std::size_t kGroupBytesMax = std::size_t{512} << 10U;

void sort_cells(std::vector<Cell>& cells) {
  std::stable_sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.column < b.column; });
}

bool has_cell(const std::vector<Cell>& cells, ColumnNo column) {
  return std::any_of(cells.begin(), cells.end(), [&](const Cell& c) { return c.column == column; });
}

/// A stamp without a version: an own op that the server has not placed yet wrote the field, or somebody else's that a
/// restored server has not told again.
Base base_of(const Record* before, ColumnNo column, const Identity& own) {
  if (before == nullptr) return {Base::Of::server, 0};
  const Stamp& stamp = before->meta.stamp_of(column);
  if (stamp.version.value == 0 && own.is_own(stamp.op)) return {Base::Of::own_op, stamp.op.counter};
  return {Base::Of::server, std::max(stamp.version, before->meta.seen).value};
}

/// Sets travel as what was put in and taken out, so that two workers' additions both stay. Clearing a set takes out
/// what was in it. A gap on either side travels whole.
Value sent_value(const FieldDef* field, const Record* before, const Cell& cell) {
  static const Value kNothing;
  static const TextSet kNone;
  const Value& present = before == nullptr ? kNothing : before->get(cell.column);
  const auto* to = is_empty(cell.value) ? &kNone : std::get_if<TextSet>(&cell.value);
  const auto* from = is_empty(present) ? &kNone : std::get_if<TextSet>(&present);
  const bool by_items = field != nullptr && is_set_type(field->type) && to != nullptr && from != nullptr;
  return by_items ? Value{difference(*from, *to)} : cell.value;
}

/// A set that only grows keeps on the tablet, too, what an edit leaves out or clears.
void keep_items(const Value& present, Value& edited) {
  const auto* kept = std::get_if<TextSet>(&present);
  if (kept == nullptr) return;
  const auto* more = std::get_if<TextSet>(&edited);
  edited = more == nullptr ? present : Value{apply(*kept, {*more, {}})};
}

/// An edit is later than what its author saw, whoever's clock was ahead.
HybridTime after_newest(const RecordMeta& meta) {
  HybridTime newest = meta.created.made_at;
  for (const auto& [column, stamp] : meta.later) newest = std::max(newest, stamp.made_at);
  return {newest.packed + 1};
}

Error first_error(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    if (finding.strength != Strength::error) continue;
    const bool missing = finding.text_key == "check.required";
    return make_error(missing ? Errc::required_missing : Errc::invalid_value, finding.field + " " + finding.text_key);
  }
  return make_error(Errc::internal);
}

}  // namespace

Result<std::vector<SavedRecord>> LocalSaver::save(const SaveRequest& request) {
  if (identity_.scopes.empty()) return make_error(Errc::out_of_scope, "no grid");
  if (request.edits.empty()) return make_error(Errc::usage, "nothing to save");
  if (request.edits.size() > kGroupOpsMax) return make_error(Errc::too_large, "records in one save");
  std::vector<SavedRecord> saved;
  RUHU_TRY(const ChangeLog::Newest last, parts_.changes.newest());
  const std::uint64_t first = last.counter + 1;
  HybridTime made_at = next_hybrid_time(last.made_at, now());
  std::size_t bytes = 0;
  for (const RecordEdit& edit : request.edits) {
    RUHU_TRY(Draft draft, prepare(edit, request));
    if (draft.before) made_at = std::max(made_at, after_newest(draft.before->meta));
    const OpId id{identity_.tablet, first + saved.size()};
    Change change = to_change(draft, id, made_at);
    change.group_first = first;
    change.group_size = static_cast<std::uint32_t>(request.edits.size());
    change.visit = request.visit;
    RUHU_TRY(const std::size_t written, write(draft, change));
    bytes += written;
    if (bytes > kGroupBytesMax) return make_error(Errc::too_large, "one save");
    saved.push_back({change.record, id});
    made_at = {made_at.packed + 1};
  }
  return saved;
}

Result<LocalSaver::Draft> LocalSaver::prepare(const RecordEdit& edit, const SaveRequest& request) {
  const KindDef* kind = parts_.dictionary.find_kind(edit.kind);
  if (kind == nullptr) return make_error(Errc::unknown_kind, std::to_string(edit.kind.value));
  Draft draft;
  draft.provenance = edit.provenance.value_or(request.provenance);
  draft.cells = edit.cells;
  sort_cells(draft.cells);
  if (edit.id) {
    RUHU_TRY(draft.before, parts_.records.find({edit.kind, *edit.id}));
  }
  if (draft.before) {
    draft.after = *draft.before;
  } else {
    const RecordId fresh = edit.id ? *edit.id : make_uuid_v7(parts_.clock, parts_.random);
    draft.after.ref = {edit.kind, fresh};
    fill_presets(*kind, draft.cells);
  }
  for (Cell& cell : draft.cells) {
    const FieldDef* field = kind->find(cell.column);
    if (field == nullptr) return make_error(Errc::unknown_field, kind->name + " " + std::to_string(cell.column.value));
    if (std::holds_alternative<SetDelta>(cell.value)) return make_error(Errc::invalid_value, field->name + " is whole");
    cell.value = normalise(*field, std::move(cell.value));
    if (field->merge == MergeRule::append && draft.before) keep_items(draft.before->get(cell.column), cell.value);
    draft.after.set(cell.column, cell.value);
  }
  RUHU_TRY_DONE(check(*kind, draft));
  return draft;
}

void LocalSaver::fill_presets(const KindDef& kind, std::vector<Cell>& cells) const {
  for (const FieldDef& field : kind.fields) {
    if (has_cell(cells, field.no)) continue;
    if (field.no == kinds::person::grid_id && !identity_.scopes.empty()) {
      cells.push_back({field.no, to_string(identity_.scopes.front())});
    } else if (!field.preset.empty()) {
      cells.push_back({field.no, field.preset});
    }
  }
  sort_cells(cells);
}

Status LocalSaver::check(const KindDef& kind, const Draft& draft) {
  std::vector<Finding> findings;
  for (const Cell& cell : draft.cells) {
    auto found = check_value(parts_.dictionary, *kind.find(cell.column), cell.value, now());
    findings.insert(findings.end(), found.begin(), found.end());
  }
  if (has_error(findings)) return first_error(findings);
  const RecordAge age = draft.before ? RecordAge::existing : RecordAge::fresh;
  findings = check_record(parts_.dictionary, kind, draft.after.cells, now(), age);
  // What stood there before must not stop a correction of another field.
  std::erase_if(findings,
                [&](const Finding& f) { return draft.before && !has_cell(draft.cells, kind.find(f.field)->no); });
  return has_error(findings) ? Status{first_error(findings)} : Status{};
}

Change LocalSaver::to_change(Draft& draft, OpId id, HybridTime made_at) const {
  const KindDef& kind = parts_.dictionary.get_kind(draft.after.ref.kind);
  const Record* before = draft.before ? &*draft.before : nullptr;
  Change change;
  change.id = id;
  change.record = draft.after.ref;
  change.made_at = made_at;
  change.actor = identity_.actor;
  const Stamp stamp{{}, id, made_at, identity_.actor, draft.provenance};
  if (before == nullptr) draft.after.meta.created = stamp;
  for (const Cell& cell : draft.cells) {
    change.fields.push_back({cell.column, base_of(before, cell.column, identity_),
                             sent_value(kind.find(cell.column), before, cell), draft.provenance});
    if (before != nullptr) draft.after.meta.set_stamp(cell.column, stamp);
  }
  return change;
}

Result<std::size_t> LocalSaver::write(const Draft& draft, const Change& change) {
  if (draft.before) {
    std::vector<ColumnNo> columns;
    for (const Cell& cell : draft.cells) columns.push_back(cell.column);
    RUHU_TRY_DONE(parts_.records.update(draft.after, columns));
  } else {
    RUHU_TRY_DONE(parts_.records.insert(draft.after));
  }
  std::vector<ReplacedCell> replaced;
  for (const Cell& cell : draft.cells)
    if (auto was = draft.before ? replaced_cell(*draft.before, cell.column) : std::nullopt)
      replaced.push_back(std::move(*was));
  RUHU_TRY(const std::size_t bytes, parts_.changes.append(change, replaced));
  const Record* before = draft.before ? &*draft.before : nullptr;
  RUHU_TRY_DONE(parts_.uses.refresh(before, draft.after));
  RUHU_TRY_DONE(parts_.search.refresh(before, draft.after));
  return bytes;
}

}  // namespace ruhu
