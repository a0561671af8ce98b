#include "app/queries/sync.hpp"

#include <algorithm>

#include "app/queries/kept_texts.hpp"
#include "app/queries/places.hpp"
#include "app/queries/record_sync.hpp"
#include "app/queries/words.hpp"
#include "storage/dictionary/masking.hpp"

namespace ruhu {
namespace {

std::string when_text(const QueryContext& ctx, HybridTime at) {
  return at.packed == 0 ? std::string() : recent_time_text(ctx, at.instant());
}

std::string source_text(const QueryContext& ctx, const Provenance& provenance) {
  return join_facts({ctx.code_label("field_source", code_of(provenance.source)),
                     ctx.code_label("verified", code_of(provenance.verified))});
}

/// A value beside its rival: numbers stay masked, people are called by their names.
std::string side_value(const QueryContext& ctx, RecordCache& records, const RecordRef& ref, const FieldDef& field,
                       const Value& value) {
  if (const auto* delta = std::get_if<SetDelta>(&value)) return value_text(ctx, field, delta->added);
  if (const auto* id = std::get_if<Uuid>(&value)) {
    const KindDef* target = ctx.dictionary.find_kind(field.target);
    return target == nullptr ? to_string(*id) : record_title(ctx, records, {target->no, *id});
  }
  const Record* record = records.find(ref.kind, ref.id);
  const Mask mask = record == nullptr ? field.mask : ctx.mask_for(field, *record);
  return value_text(ctx, field, is_gap(value) ? value : mask_value(mask, value));
}

void add_conflict(const QueryContext& ctx, RecordCache& records, ActorNames& names, const OpenConflict& conflict,
                  SyncState& state) {
  const RecordRef& ref = conflict.change.record;
  const KindDef* kind = ctx.dictionary.find_kind(ref.kind);
  const FieldDef* field = kind == nullptr ? nullptr : kind->find(conflict.mine.column);
  if (field == nullptr) return;
  ConflictRow row;
  row.conflict = conflict.theirs.conflict;
  row.record = ref;
  row.title = join_facts({record_title(ctx, records, ref), field->label.in(ctx.lang)});
  row.mine = {side_value(ctx, records, ref, *field, conflict.mine.value), names.of(conflict.change.actor),
              when_text(ctx, conflict.change.made_at), source_text(ctx, conflict.mine.provenance)};
  const Stamp& stamp = conflict.theirs.stamp;
  row.theirs = {side_value(ctx, records, ref, *field, conflict.theirs.current), names.of(stamp.actor),
                when_text(ctx, stamp.made_at), source_text(ctx, stamp.provenance)};
  row.state = {ctx.tr("app.conflict.waits"), Tone::caution};
  state.conflicts.push_back(std::move(row));
}

std::string reason_text(const QueryContext& ctx, const LoggedOp& op) {
  if (op.result->outcome == OpOutcome::waiting) return ctx.tr("app.quarantine.waiting");
  for (const ErrorTraits& traits : error_table())
    if (traits.key == op.result->reason) return error_text(ctx.lang, traits.code);
  return ctx.tr("app.quarantine.other");
}

}  // namespace

Result<SyncState> query_sync(Store& store, const QueryContext& ctx) {
  RUHU_TRY(const auto moment, store.snapshot());
  RecordCache records(store);
  RUHU_TRY(const auto ledger, SyncLedger::read(store, records, ctx.identity));
  RUHU_TRY(const auto figures, store.figures());
  RUHU_TRY(const auto complete, store.text(kept::kSyncComplete));
  SyncState state;
  state.queued = static_cast<int>(figures.queued);
  state.unconfirmed = static_cast<int>(ledger.quarantined().size());
  state.photos = static_cast<int>(figures.photos);
  state.handed_over = static_cast<int>(figures.handed_over);
  if (figures.handed_over_since) state.handed_over_since = recent_time_text(ctx, *figures.handed_over_since);
  state.carried = static_cast<int>(figures.carried);
  if (figures.last_sync) state.last_sync = recent_time_text(ctx, *figures.last_sync);
  RUHU_TRY(const auto under_way, store.snapshots());
  if (!complete.empty() && under_way.empty())
    state.coverage = ctx.tr("app.sync.complete");
  else if (!under_way.empty() || !figures.last_sync)
    state.coverage = ctx.tr("app.sync.incomplete");
  ActorNames names(store);
  for (const OpenConflict& conflict : ledger.conflicts()) add_conflict(ctx, records, names, conflict, state);
  for (const LoggedOp& op : ledger.quarantined())
    state.quarantined.push_back(
        {to_string(op.change.id), record_title(ctx, records, op.change.record), reason_text(ctx, op)});
  RUHU_TRY_DONE(records.status());
  return state;
}

Result<HandoverAnswer> query_handover(Store& store, const QueryContext& ctx) {
  HandoverAnswer answer;
  RUHU_TRY(const auto figures, store.figures());
  RUHU_TRY(const auto drafts, kept::lines(store, kept::kDrafts));
  if (figures.queued > 0)
    answer.reasons.push_back(ctx.tr("app.handover.queued", {{"n", std::to_string(figures.queued)}}));
  if (figures.photos > 0)
    answer.reasons.push_back(ctx.tr("app.handover.photos", {{"n", std::to_string(figures.photos)}}));
  const auto visits = std::count_if(drafts.begin(), drafts.end(),
                                    [](const std::string& name) { return name.starts_with("draft.visit."); });
  const auto forms = static_cast<std::ptrdiff_t>(drafts.size()) - visits;
  if (visits > 0) answer.reasons.push_back(ctx.tr("app.handover.visits", {{"n", std::to_string(visits)}}));
  if (forms > 0) answer.reasons.push_back(ctx.tr("app.handover.forms", {{"n", std::to_string(forms)}}));
  answer.safe = answer.reasons.empty();
  return answer;
}

}  // namespace ruhu
