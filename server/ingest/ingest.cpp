#include "server/ingest/ingest.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "server/attachments/content_uses.hpp"
#include "server/desk/rule_engine.hpp"
#include "server/ingest/lineage.hpp"
#include "server/ingest/record_merge.hpp"
#include "server/ingest/unplaced.hpp"
#include "storage/dictionary/validation.hpp"
#include "storage/model/duplicates/likeness.hpp"
#include "storage/model/life_cycle/plan.hpp"
#include "storage/model/snapshot.hpp"

namespace ruhu::server {
namespace {

bool covers(const Tablet& tablet, ScopeCode scope) {
  if (tablet.no.value == 0) return scope.value != 0;  // the importer may write everywhere
  const bool listed = std::find(tablet.scopes.begin(), tablet.scopes.end(), scope) != tablet.scopes.end();
  const bool may_write_community = tablet.role == "clerk" || tablet.role == "lead";
  return listed && (scope.is_grid() || may_write_community);
}

/// The scope was the tablet's when the op was made, by the tablet's clock as the platform last corrected it.
bool covered_then(const Tablet& tablet, ScopeCode scope, const Change& change) {
  return std::any_of(tablet.withdrawn.begin(), tablet.withdrawn.end(), [&](const Withdrawn& withdrawn) {
    return withdrawn.scope == scope && scope.is_grid() && change.made_at.instant() <= withdrawn.at;
  });
}

bool may_work_in(const Tablet& tablet, ScopeCode scope, const Change& change) {
  return covers(tablet, scope) || covered_then(tablet, scope, change);
}

Record as_record(const Change& change) {
  Record record;
  record.ref = change.record;
  for (const FieldEdit& edit : change.fields)
    if (!std::holds_alternative<SetDelta>(edit.value)) record.set(edit.column, edit.value);
  return record;
}

/// Versions that the op names are older than that one.
bool starts_before(const Change& change, ServerVersion version) {
  return std::all_of(change.fields.begin(), change.fields.end(), [&](const FieldEdit& edit) {
    return edit.base.of == Base::Of::own_op || edit.base.value < version.value;
  });
}

/// A record is not given away into somebody else's grid, nor taken out of every grid: nobody would see it again.
Status check_new_home(const Tablet& tablet, const Change& change, const Value& value) {
  const ScopeCode home = parse_scope_code(text_of(value)).value_or(ScopeCode{});
  if (home.value == 0) return make_error(Errc::required_missing, "grid_id");
  if (!may_work_in(tablet, home, change)) return make_error(Errc::out_of_scope, to_string(home));
  return {};
}

/// A set change is checked as the set of what it adds.
Value checkable(const Value& value) {
  const auto* delta = std::get_if<SetDelta>(&value);
  return delta == nullptr ? value : Value{delta->added};
}

}  // namespace

Status Ingest::check_ids(const Tablet& tablet, const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    if (change.id.tablet == tablet.no && change.id.counter > tablet.predecessor_upto) continue;
    RUHU_TRY(const OpId own, own_op(tx_, tablet, change.id.counter));
    if (change.id != own) return make_error(Errc::malformed_message, "op of another tablet");
  }
  return {};
}

Result<Ingest::Taken> Ingest::take_batch(Tablet& tablet, const std::vector<Change>& changes) {
  RUHU_TRY(auto taken, place_batch(tablet, changes));
  RUHU_TRY_DONE(ask_rules());
  if (tablet.no.value != 0) return taken;
  RUHU_TRY(const auto platform, tx_.find_tablet(tablet.no));  // the rules may have counted on
  if (!platform) return make_error(Errc::internal, "the platform's own tablet is missing");
  tablet = *platform;
  return taken;
}

Result<Ingest::Taken> Ingest::place_batch(Tablet& tablet, const std::vector<Change>& changes) {
  RUHU_TRY_DONE(check_ids(tablet, changes));
  Taken taken;
  std::size_t next = 0;
  while (next < changes.size() && changes[next].id.counter <= tablet.last_counter) {
    RUHU_TRY(auto result, repeat(tablet, changes[next++]));
    if (!result) {
      taken.is_copy = true;
      return taken;
    }
    taken.results.push_back(std::move(*result));
  }
  while (next < changes.size()) {
    const Change& first = changes[next];
    if (first.id.counter != tablet.last_counter + 1) return make_error(Errc::malformed_message, "gap in counters");
    const auto from = changes.begin() + static_cast<std::ptrdiff_t>(next);
    const std::vector<Change> group(from, from + static_cast<std::ptrdiff_t>(first.group_size));
    RUHU_TRY(auto of_group, take_group(tablet, group));
    for (std::size_t i = 0; i < group.size(); ++i) {
      RUHU_TRY(auto told, as_told(tablet, group[i], std::move(of_group[i])));
      taken.results.push_back(std::move(told));
    }
    next += group.size();
    tablet.last_counter += group.size();
  }
  RUHU_TRY_DONE(tx_.update_tablet(tablet));
  return taken;
}

Result<std::optional<OpResult>> Ingest::repeat(const Tablet& tablet, const Change& change) {
  RUHU_TRY(const auto op, tx_.find_op(change.id));
  if (!op) return make_error(Errc::internal, "op below the mark is missing");
  if (op->change != change) return std::optional<OpResult>{};
  RUHU_TRY(OpResult result, result_now(tablet, *op));
  return std::optional<OpResult>{std::move(result)};
}

/// An earlier op of the same tablet on the record was set aside: this one may build on it.
Result<bool> Ingest::is_blocked(const Change& change) {
  RUHU_TRY(const auto asides, tx_.asides_of(change.record));
  for (const Aside& aside : asides) {
    RUHU_TRY(const bool earlier, is_earlier_of_same(tx_, aside.op, change.id));
    if (earlier) return true;
  }
  return false;
}

Result<OpResult> Ingest::result_now(const Tablet& tablet, const StoredOp& op) {
  const Change& change = op.change;
  OpResult result = op.result;
  if (!result.is_placed()) return result;
  RUHU_TRY(const auto record, tx_.find_record(change.record));
  if (!record) return make_error(Errc::internal, "record of an applied op is missing");
  for (const FieldEdit& edit : change.fields) {
    const Stamp& stamp = record->meta.stamp_of(edit.column);
    const auto at = std::find_if(result.fields.begin(), result.fields.end(),
                                 [&](const FieldResult& f) { return f.column == edit.column; });
    if (at != result.fields.end()) {
      at->current = record->get(edit.column);
      at->stamp = stamp;
    } else if (stamp.op != change.id) {
      result.fields.push_back({edit.column, FieldOutcome::applied, 0, record->get(edit.column), stamp});
    }
  }
  return as_told(tablet, change, std::move(result));
}

Result<std::vector<OpResult>> Ingest::take_group(const Tablet& tablet, const std::vector<Change>& group) {
  for (const Change& change : group) {
    RUHU_TRY(const bool blocked, is_blocked(change));
    if (blocked) return set_aside(group, OpOutcome::waiting, Errc::not_found);
  }
  const Keep keep = [this](const Change& change, const OpResult& result) { return keep_new(change, result); };
  std::vector<OpResult> results;
  const std::size_t touched = touched_.size();
  const Status applied = tx_.attempt([&]() -> Status {
    RUHU_TRY(results, apply_group(tablet, group, keep));
    return {};
  });
  if (!applied.ok()) touched_.resize(touched);
  if (!applied.ok() && !is_fault_of_op(applied.error().code)) return applied.error();
  if (!applied.ok()) return set_aside(group, OpOutcome::quarantined, applied.error().code);
  RUHU_TRY_DONE(wake_behind_new(results, group));
  return results;
}

Status Ingest::keep_new(const Change& change, const OpResult& result) {
  RUHU_TRY_DONE(note_named_contents(tx_, dictionary_, change));
  return tx_.add_op({change, result, now_});
}

/// Each op is kept as soon as it is merged: a later one of the same group may have it as its base.
Result<std::vector<OpResult>> Ingest::apply_group(const Tablet& tablet, const std::vector<Change>& group,
                                                  const Keep& keep) {
  std::vector<OpResult> results;
  for (const Change& change : group) {
    RUHU_TRY(OpResult result, apply(tablet, change));
    RUHU_TRY_DONE(keep(change, result));
    results.push_back(std::move(result));
  }
  return results;
}

Result<std::vector<OpResult>> Ingest::set_aside(const std::vector<Change>& group, OpOutcome outcome, Errc reason) {
  std::vector<OpResult> results;
  for (const Change& change : group) {
    results.push_back(unplaced(change.id, outcome, reason));
    RUHU_TRY_DONE(keep_new(change, results.back()));
    RUHU_TRY_DONE(tx_.postpone(change.id, 0, now_ + pause_after(0)));
  }
  return results;
}

/// An edit may have come before the record that it edits, from another tablet.
Status Ingest::wake_behind_new(const std::vector<OpResult>& results, const std::vector<Change>& group) {
  std::vector<Change> fresh;
  for (std::size_t i = 0; i < group.size(); ++i)
    if (results[i].version.value == 1) fresh.push_back(group[i]);
  return wake(fresh);
}

Status Ingest::wake(const std::vector<Change>& group) {
  for (const Change& change : group) {
    RUHU_TRY(const auto asides, tx_.asides_of(change.record));
    for (const Aside& aside : asides) RUHU_TRY_DONE(tx_.postpone(aside.op, aside.tries, now_));
  }
  return {};
}

Result<OpResult> Ingest::apply(const Tablet& tablet, const Change& change) {
  if (dictionary_.find_kind(change.record.kind) == nullptr) return make_error(Errc::unknown_kind);
  RUHU_TRY(auto before, tx_.find_record(change.record));
  const Record* present = before ? &*before : nullptr;
  RUHU_TRY_DONE(check(tablet, change, present));
  RUHU_TRY(OpResult result, RecordMerge(tx_, dictionary_, now_, tablet).merge(change, present));
  touch(change, std::move(before));
  return result;
}

void Ingest::touch(const Change& change, std::optional<Record> before) {
  Touched one{change.record, {}, {change.id}, !before, before && !is_open_record(*before), {}};
  for (const FieldEdit& edit : change.fields) {
    one.columns.push_back(edit.column);
    if (edit.column == kinds::person::status && text_of(edit.value) != "active") one.was_ended = true;
  }
  const auto& compared = columns_compared(change.record.kind);
  const bool keys_may_change = std::any_of(one.columns.begin(), one.columns.end(), [&](ColumnNo column) {
    return std::find(compared.begin(), compared.end(), column) != compared.end();
  });
  if (before && keys_may_change) one.before = std::move(before);
  touched_.push_back(std::move(one));
}

Status Ingest::ask_rules() {
  if (touched_.empty()) return {};
  TouchedRecords touched;
  for (Touched& one : take_touched()) touched.add(std::move(one));
  return RuleEngine(tx_, dictionary_, now_).run(touched.take());
}

/// A border was moved while the tablet was away: work done on what the record was then is taken, and belongs to the
/// grid that has the record now.
Result<bool> Ingest::did_not_know_that_it_left(const Tablet& tablet, const Change& change) const {
  RUHU_TRY(const auto log, tx_.record_log(change.record, {UINT64_MAX >> 1U}));
  return std::any_of(log.begin(), log.end(), [&](const LogEntry& entry) {
    return is_leave(entry) && may_work_in(tablet, entry.scope, change) && starts_before(change, entry.version);
  });
}

/// What became of a field of a record that is none of the tablet's any more is not told.
Result<OpResult> Ingest::as_told(const Tablet& tablet, const Change& change, OpResult result) const {
  if (result.fields.empty()) return result;
  RUHU_TRY(const auto record, tx_.find_record(change.record));
  if (record && !covers(tablet, home_of(*record))) result.fields.clear();
  return result;
}

Status Ingest::check(const Tablet& tablet, const Change& change, const Record* before) const {
  const KindDef& kind = *dictionary_.find_kind(change.record.kind);
  // The platform's own ops stand under the name of whoever had them made: the importer, a clerk.
  if (change.actor != tablet.actor && tablet.no.value != 0)
    return make_error(Errc::not_authorised, "another account's name");
  const bool starts_from_something = std::any_of(change.fields.begin(), change.fields.end(), [](const FieldEdit& edit) {
    return edit.base.of == Base::Of::server && edit.base.value != 0;
  });
  if (before == nullptr && starts_from_something)
    return make_error(Errc::not_found, "edit of a record that is not here");
  const ScopeCode home = before == nullptr ? home_of(as_record(change)) : home_of(*before);
  if (home.value == 0) return make_error(Errc::required_missing, "grid_id");
  if (!may_work_in(tablet, home, change)) {
    RUHU_TRY(const bool unaware, did_not_know_that_it_left(tablet, change));
    if (!unaware) return make_error(Errc::out_of_scope, to_string(home));
  }
  for (const FieldEdit& edit : change.fields) {
    if (edit.column == kinds::person::grid_id) RUHU_TRY_DONE(check_new_home(tablet, change, edit.value));
    const FieldDef* field = kind.find(edit.column);
    if (field == nullptr) continue;  // a newer dictionary's column is kept as it is
    if (has_error(check_value(dictionary_, *field, checkable(as_stored(*field, edit.value)), now_)))
      return make_error(Errc::invalid_value, field->name);
  }
  return {};
}

}  // namespace ruhu::server
