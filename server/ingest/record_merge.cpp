#include "server/ingest/record_merge.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "server/attachments/content_uses.hpp"
#include "server/ingest/lineage.hpp"
#include "storage/dictionary/citizen_id.hpp"
#include "storage/model/snapshot.hpp"
#include "sync/merge/field_merge.hpp"

namespace ruhu::server {

/// One op on its way into its record.
struct RecordMerge::Work {
  const Change& change;
  const KindDef& kind;
  const Record* before;
  Record after;
  LogEntry entry;
  OpResult result;
};

namespace {

/// A field that this server's dictionary does not know is kept as it comes; the later one stands.
const FieldDef& field_or_unknown(const KindDef& kind, ColumnNo column) {
  static const FieldDef kUnknown{};
  const FieldDef* field = kind.find(column);
  return field == nullptr ? kUnknown : *field;
}

/// An op's own view of a set for the clerk: what it added and took away, played on what it started from.
Value readable(const Value& base, const Value& value) {
  const auto* delta = std::get_if<SetDelta>(&value);
  if (delta == nullptr) return value;
  const auto* set = std::get_if<TextSet>(&base);
  return apply(set == nullptr ? TextSet{} : *set, *delta);
}

}  // namespace

OpOutcome outcome_of(const std::vector<FieldResult>& fields) {
  OpOutcome worst = OpOutcome::applied;
  for (const FieldResult& field : fields) {
    const OpOutcome outcome = field.outcome == FieldOutcome::merged       ? OpOutcome::merged
                              : field.outcome == FieldOutcome::superseded ? OpOutcome::superseded
                              : field.outcome == FieldOutcome::conflict   ? OpOutcome::conflict
                                                                          : OpOutcome::applied;
    worst = std::max(worst, outcome);
  }
  return worst;
}

Value as_stored(const FieldDef& field, const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value); whole != nullptr && field.type == FieldType::number)
    return static_cast<double>(*whole);
  if (field.check != Check::citizen_id || !std::holds_alternative<std::string>(value)) return value;
  auto longer = to_18_characters(text_of(value));
  return longer ? Value{std::move(*longer)} : value;
}

ScopeCode home_of(const Record& record) {
  return parse_scope_code(record.text(kinds::person::grid_id)).value_or(ScopeCode{});
}

Result<OpResult> RecordMerge::merge(const Change& change, const Record* before) {
  Work work{change, dictionary_.get_kind(change.record.kind), before, {}, {}, {}};
  if (before != nullptr) work.after = *before;
  work.after.ref = change.record;
  work.result.op = change.id;
  const ServerVersion next{work.after.meta.seen.value + 1};
  work.entry = {{}, {}, change.record, next, change.id, change.made_at, change.actor, {}};
  if (before == nullptr) {
    const Provenance usual = change.fields.empty() ? Provenance{} : change.fields.front().provenance;
    work.after.meta.created = {next, change.id, change.made_at, change.actor, usual};
  }
  for (const FieldEdit& edit : change.fields) RUHU_TRY_DONE(merge_field_of(work, edit));
  if (!work.entry.fields.empty() || before == nullptr) RUHU_TRY_DONE(write(work));
  work.result.outcome = outcome_of(work.result.fields);
  return std::move(work.result);
}

Status RecordMerge::merge_field_of(Work& work, const FieldEdit& edit) {
  const FieldDef& field = field_or_unknown(work.kind, edit.column);
  const Value value = as_stored(field, edit.value);
  const bool new_form = text_of(value) != text_of(edit.value);  // the tablet must be told what stands
  const Stamp mine{work.entry.version, work.change.id, work.change.made_at, work.change.actor, edit.provenance};
  RecordMeta& meta = work.after.meta;
  ResolvedBase base;
  FieldVerdict verdict;
  if (work.before == nullptr) {
    verdict = merge_field(field, {{}, {}}, {value, base.version, mine});
    verdict.writes = true;
  } else {
    RUHU_TRY(base, resolve(work.change, edit));
    // A field that nobody has ever filled in holds no statement to protect.
    const bool untold = is_empty(work.after.get(edit.column)) && !meta.has_own_stamp(edit.column);
    if (untold) base.version = std::max(base.version, meta.created.version);
    base.as_sent = base.as_sent && meta.stamp_of(edit.column).version <= base.version;
    verdict =
        merge_field(field, {work.after.get(edit.column), meta.stamp_of(edit.column)}, {value, base.version, mine});
  }
  if (verdict.writes) {
    work.after.set(edit.column, verdict.value);
    if (mine != meta.stamp_of(edit.column)) meta.set_stamp(edit.column, mine);
    work.entry.fields.push_back({edit.column, verdict.value, edit.provenance});
    // A set change played on a set that the tablet does not have as it is: it must be told what came out.
    const bool unknown_result = std::holds_alternative<SetDelta>(edit.value) && !base.as_sent;
    if (unknown_result || new_form) verdict.outcome = FieldOutcome::merged;
    if (verdict.outcome == FieldOutcome::applied || (work.before == nullptr && !new_form)) return {};
  }
  FieldResult result{edit.column, verdict.outcome, 0, verdict.value, meta.stamp_of(edit.column)};
  if (verdict.outcome == FieldOutcome::conflict) {
    RUHU_TRY(result.conflict, open_conflict(work, edit, base.version, mine));
  }
  work.result.fields.push_back(std::move(result));
  return {};
}

/// Says a base as a version of the record. The tablet's own earlier op stands for the version it was given for that
/// field, or, when it did not get in, for what it had started from itself.
Result<RecordMerge::ResolvedBase> RecordMerge::resolve(const Change& change, const FieldEdit& edit) {
  Base base = edit.base;
  bool as_sent = true;
  std::uint64_t before_counter = change.id.counter;
  while (base.of == Base::Of::own_op) {
    if (base.value >= before_counter) return make_error(Errc::malformed_message, "base is not an earlier op");
    before_counter = base.value;
    RUHU_TRY(const OpId own, own_op(tx_, tablet_, base.value));
    RUHU_TRY(const auto op, tx_.find_op(own));
    if (!op || op->change.record != change.record) return make_error(Errc::malformed_message, "base of another record");
    const auto& fields = op->result.fields;
    const auto settled =
        std::find_if(fields.begin(), fields.end(), [&](const FieldResult& f) { return f.column == edit.column; });
    if (settled == fields.end()) return ResolvedBase{op->result.version};
    const bool got_in = settled->outcome == FieldOutcome::merged || settled->outcome == FieldOutcome::equal;
    if (got_in) return ResolvedBase{settled->stamp.version, false};
    const auto& edits = op->change.fields;
    const auto earlier =
        std::find_if(edits.begin(), edits.end(), [&](const FieldEdit& e) { return e.column == edit.column; });
    if (earlier == edits.end()) return ResolvedBase{op->result.version};
    base = earlier->base;
    as_sent = false;
  }
  RUHU_TRY(const ServerVersion version, as_known_now(change.record, before_counter, {base.value}));
  return ResolvedBase{version, as_sent && version.value == base.value};
}

/// Versions given after the backup that was put back later are given again to other changes. Nobody who names one of
/// them has seen those.
Result<ServerVersion> RecordMerge::as_known_now(const RecordRef& ref, std::uint64_t counter, ServerVersion named) {
  if (counter <= tablet_.lost_bases_upto) return ServerVersion{};
  if (counter > tablet_.old_bases_upto) return named;
  RUHU_TRY(const ServerVersion common, tx_.common_version(ref));
  return std::min(named, common);
}

Result<std::uint64_t> RecordMerge::open_conflict(const Work& work, const FieldEdit& edit, ServerVersion base,
                                                 const Stamp& mine) {
  Conflict conflict;
  conflict.record = work.change.record;
  conflict.column = edit.column;
  RUHU_TRY(conflict.base, value_at(work.change.record, edit.column, base));
  conflict.mine = readable(conflict.base, edit.value);
  conflict.mine_stamp = mine;
  conflict.mine_stamp.version = {};  // it was given none
  conflict.theirs = work.after.get(edit.column);
  conflict.theirs_stamp = work.after.meta.stamp_of(edit.column);
  conflict.opened_at = now_;
  return tx_.add_conflict(conflict);
}

Result<Value> RecordMerge::value_at(const RecordRef& ref, ColumnNo column, ServerVersion version) {
  RUHU_TRY(const auto entries, tx_.record_log(ref, version));
  for (const LogEntry& entry : entries) {
    if (is_leave(entry)) continue;  // the same version stands whole in another log
    for (const FieldWrite& field : entry.fields)
      if (field.column == column) return field.value;
  }
  return Value{};
}

Status RecordMerge::write(Work& work) {
  Record& after = work.after;
  after.meta.seen = work.entry.version;
  work.result.version = work.entry.version;
  const ScopeCode home = home_of(after);
  const ScopeCode left = work.before == nullptr ? home : home_of(*work.before);
  work.entry.scope = left;
  if (work.before == nullptr) {
    RUHU_TRY_DONE(tx_.insert_record(after));
  } else {
    std::vector<ColumnNo> columns;
    for (const FieldWrite& field : work.entry.fields) columns.push_back(field.column);
    RUHU_TRY_DONE(tx_.update_record(after, columns));
  }
  RUHU_TRY_DONE(refresh_content_uses(tx_, dictionary_, work.before, after));
  return home == left ? append(work.entry) : move(work, home);
}

Status RecordMerge::append(const LogEntry& entry) {
  const auto lsn = tx_.append_log(entry);
  return lsn.ok() ? Status{} : Status{lsn.error()};
}

/// The grid that the record leaves is told that and no more; the one that it enters is told it whole, as nobody there
/// has seen it.
Status RecordMerge::move(const Work& work, ScopeCode home) {
  LogEntry leave = work.entry;
  leave.fields = {{kinds::person::grid_id, {}, work.after.meta.stamp_of(kinds::person::grid_id).provenance}};
  RUHU_TRY(const Lsn lsn, tx_.append_log(leave));
  RUHU_TRY_DONE(tx_.add_leave(leave.scope, lsn, leave.record));
  LogEntry whole = work.entry;
  whole.scope = home;
  whole.fields.clear();
  for (const Cell& cell : work.after.cells)
    whole.fields.push_back({cell.column, cell.value, work.after.meta.stamp_of(cell.column).provenance});
  for (const FieldWrite& field : work.entry.fields)
    if (is_empty(field.value)) whole.fields.push_back(field);
  return append(whole);
}

}  // namespace ruhu::server
