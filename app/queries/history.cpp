#include "app/queries/history.hpp"

#include <algorithm>
#include <set>

#include "app/queries/facts.hpp"
#include "app/queries/places.hpp"
#include "app/queries/record_sync.hpp"
#include "app/queries/visit_log.hpp"
#include "dictionary_constants.hpp"
#include "storage/dictionary/masking.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kDaysMax = 8;

Tone tone_of(Verified verified) {
  switch (verified) {
    case Verified::confirmed: return Tone::good;
    case Verified::seen: return Tone::info;
    case Verified::declared: return Tone::caution;
    case Verified::none: break;
  }
  return Tone::neutral;
}

/// The sheet of one field; the store is read through the cache only.
class HistorySheet {
 public:
  HistorySheet(const FactReader& reader, const SyncLedger& ledger, const RecordHistory& history,
               const HistoryWanted& wanted)
      : reader_(reader),
        ctx_(reader.ctx),
        ledger_(ledger),
        history_(history),
        wanted_(wanted),
        field_(*ctx_.dictionary.get_kind(wanted.record.kind).find(wanted.column)) {
    if (!wanted_.revealed.contains(field_.no)) mask_ = ctx_.mask_for(field_, history_.now);
  }

  HistoryState build() {
    sheet_.record = wanted_.record;
    sheet_.column = wanted_.column;
    sheet_.title = field_.label.in(ctx_.lang);
    sheet_.subtitle = record_title(ctx_, reader_.records, wanted_.record);
    const auto known = std::find_if(history_.fields.begin(), history_.fields.end(),
                                    [&](const FieldHistory& field) { return field.column == field_.no; });
    if (known != history_.fields.end()) versions(known->versions);
    sheet_.days = days_written();
    sheet_.day = wanted_.day;
    if (!wanted_.day.empty()) as_on_day();
    return std::move(sheet_);
  }

 private:
  void versions(const std::vector<FieldVersion>& versions) {
    sheet_.now = words_of(versions.front());
    for (std::size_t i = 1; i < versions.size(); ++i) {
      HistoryVersion past = words_of(versions[i]);
      add_end(versions[i], versions[i - 1], past);
      sheet_.past.push_back(std::move(past));
    }
  }

  HistoryVersion words_of(const FieldVersion& version) {
    const Stamp& stamp = version.stamp;
    const Provenance& from = stamp.provenance;
    HistoryVersion words;
    words.op = to_string(stamp.op);
    words.text = value_words(version.value);
    words.source = ctx_.code_label("field_source", code_of(from.source));
    words.verified = ctx_.code_label("verified", code_of(from.verified));
    words.verified_tone = tone_of(from.verified);
    if (from.as_of_day != 0) words.as_of = iso_of_day(from.as_of_day);
    words.who = reader_.names.of(stamp.actor);
    if (stamp.made_at.packed != 0) words.recorded = date_time_text(stamp.made_at.instant());
    if (version.visit) words.visit = visit_words(*version.visit);
    words.sync = ledger_.of_stamp(stamp);
    words.platform = platform_words(words.sync);
    return words;
  }

  std::string value_words(const Value& value) {
    if (is_empty(value)) return ctx_.tr("app.history.cleared");
    const bool masked = mask_ != Mask::none && !is_gap(value);
    sheet_.masked = sheet_.masked || masked;
    return shown_value(reader_, field_, masked ? mask_value(mask_, value) : value);
  }

  std::string visit_words(const RecordId& id) {
    namespace f = kinds::visit;
    const Record* visit = reader_.records.find(f::kKind, id);
    if (visit == nullptr) return ctx_.tr("app.history.some_visit");
    return join_facts({date_time_text(started_at(*visit)), ctx_.code_label("visit_purpose", visit->text(f::purpose))});
  }

  std::string platform_words(RecordSync sync) const {
    switch (sync) {
      case RecordSync::synced: return ctx_.tr("app.history.platform.has");
      case RecordSync::pending: return ctx_.tr("app.history.platform.here_only");
      case RecordSync::sent: return ctx_.tr("app.history.platform.sent");
      case RecordSync::waiting: return ctx_.tr("app.history.platform.waiting");
      case RecordSync::conflict: return ctx_.tr("app.history.platform.conflict");
      case RecordSync::quarantined: return ctx_.tr("app.history.platform.quarantined");
    }
    return {};
  }

  /// Until when a value stood, and why it stands no more. `newer` is the value that came after it.
  void add_end(const FieldVersion& version, const FieldVersion& newer, HistoryVersion& words) {
    const Stamp& by = newer.stamp;
    const bool stood = by.made_at > version.stamp.made_at;
    if (stood) words.until = date_time_text(by.made_at.instant());
    const std::string who = reader_.names.of(by.actor);
    const auto said = [&](const char* key, Tone tone) {
      words.why = ctx_.tr(key, {{"who", who.empty() ? ctx_.tr("app.history.somebody") : who}});
      words.why_tone = tone;
    };
    if (version.outcome == FieldOutcome::conflict && ledger_.is_open_conflict(version.stamp.op, field_.no))
      return said("app.history.why.waits", Tone::caution);
    if (version.outcome == FieldOutcome::conflict) return said("app.history.why.settled", Tone::info);
    if (version.outcome == FieldOutcome::superseded) return said("app.history.why.rule", Tone::info);
    if (version.outcome == FieldOutcome::merged) return said("app.history.why.joined", Tone::info);
    if (newer.value == version.value) return said("app.history.why.same", Tone::good);
    if (is_empty(newer.value)) return said("app.history.why.cleared", Tone::neutral);
    if (ledger_.of_stamp(by) == RecordSync::pending) return said("app.history.why.here_only", Tone::caution);
    said("app.history.why.changed", Tone::neutral);
  }

  /// Days on which something in the record was written, newest first.
  std::vector<std::string> days_written() const {
    std::set<std::int32_t, std::greater<>> days{local_day(history_.now.meta.created.made_at.instant())};
    for (const FieldHistory& field : history_.fields)
      for (const FieldVersion& version : field.versions) days.insert(local_day(version.stamp.made_at.instant()));
    std::vector<std::string> texts;
    for (const std::int32_t day : days)
      if (texts.size() < kDaysMax) texts.push_back(iso_of_day(day));
    return texts;
  }

  void as_on_day() {
    const auto day = day_of_iso(wanted_.day);
    if (!day || *day > local_day(ctx_.now)) {
      sheet_.day_problem = ctx_.tr(day ? "app.history.day.future" : "app.history.day.unreadable");
      return;
    }
    const auto then = as_it_was(history_, start_of_day(*day + 1) - Millis{1});
    if (!then) {
      sheet_.day_problem = ctx_.tr("app.history.day.before");
      return;
    }
    sheet_.then = fact_sections(reader_, {*then, history_.now, wanted_.revealed});
    for (FactSection& section : sheet_.then)
      for (Fact& fact : section.facts) say_today(*then, fact);
  }

  /// Below a fact that is no longer so: what stands today.
  void say_today(const Record& then, Fact& fact) {
    const Value& now = history_.now.get(fact.column);
    if (then.get(fact.column) == now) return;
    const FieldDef& field = *ctx_.dictionary.get_kind(then.ref.kind).find(fact.column);
    const Mask mask = fact.masked ? ctx_.mask_for(field, history_.now) : Mask::none;
    const std::string text = is_empty(now) ? ctx_.tr("app.history.cleared")
                                           : shown_value(reader_, field, is_gap(now) ? now : mask_value(mask, now));
    fact.note = ctx_.tr("app.history.day.now", {{"value", text}});
  }

  const FactReader& reader_;
  const QueryContext& ctx_;
  const SyncLedger& ledger_;
  const RecordHistory& history_;
  const HistoryWanted& wanted_;
  const FieldDef& field_;
  Mask mask_ = Mask::none;
  HistoryState sheet_;
};

}  // namespace

Result<HistoryState> query_history(Store& store, const QueryContext& ctx, const HistoryWanted& wanted) {
  const KindDef* kind = ctx.dictionary.find_kind(wanted.record.kind);
  if (kind == nullptr) return make_error(Errc::unknown_kind);
  if (kind->find(wanted.column) == nullptr) return make_error(Errc::unknown_field, kind->name);
  RUHU_TRY(const RecordHistory history, store.history(wanted.record));
  RecordCache records(store);
  RUHU_TRY(const auto ledger, SyncLedger::read(store, records, ctx.identity));
  ActorNames names(store);
  const FactReader reader{ctx, records, names};
  HistoryState sheet = HistorySheet(reader, ledger, history, wanted).build();
  RUHU_TRY_DONE(records.status());
  return sheet;
}

}  // namespace ruhu
