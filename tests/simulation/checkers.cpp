#include "tests/simulation/checkers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "dictionary_constants.hpp"
#include "server/admin/audit.hpp"
#include "storage/model/snapshot.hpp"

namespace ruhu::simulation {
namespace {

using Findings = std::vector<std::string>;

/// Bytes of a trip with four scopes that carries nothing.
constexpr std::size_t kNothingToSayMax = 400;
using server::StoredOp;

struct Platform {
  std::map<TabletNo, server::Tablet> tablets;
  std::map<RecordRef, ServerVersion> common;  ///< PlatformTx::common_version of every record.
  std::unordered_map<OpId, StoredOp> ops;
  std::vector<LogEntry> log;
  std::vector<server::Conflict> conflicts;
};

/// A record that moved stands in two logs with one version: as left, and whole where it entered. What the op itself
/// wrote is what counts.
void forget_moves(Platform& all) {
  std::set<OpId> movers;
  for (const LogEntry& entry : all.log)
    if (is_leave(entry)) movers.insert(entry.op);
  std::erase_if(all.log, [](const LogEntry& entry) { return is_leave(entry); });
  for (LogEntry& entry : all.log) {
    const auto op = all.ops.find(entry.op);
    if (!movers.contains(entry.op) || op == all.ops.end()) continue;
    std::erase_if(entry.fields, [&](const FieldWrite& field) {
      const auto& edits = op->second.change.fields;
      return std::none_of(edits.begin(), edits.end(), [&](const FieldEdit& e) { return e.column == field.column; });
    });
  }
}

/// The log of records that moved lies in several scopes: by version, as it was written.
void sort_by_version(std::vector<LogEntry>& log) {
  std::stable_sort(log.begin(), log.end(), [](const LogEntry& a, const LogEntry& b) {
    return std::pair(a.record, a.version) < std::pair(b.record, b.version);
  });
}

Platform read_platform(World& world) {
  Platform all;
  const auto tx = world.platform().begin().value();
  const auto walked = tx->each_op([&](const StoredOp& op) -> Status {
    all.ops.emplace(op.change.id, op);
    return {};
  });
  RUHU_ASSERT(walked.ok());
  for (const ScopeCode scope : tx->log_scopes().value()) {
    const auto page =
        tx->read_log({.scope = scope, .after = {}, .without = {}, .limit = SIZE_MAX, .bytes_max = SIZE_MAX});
    all.log.insert(all.log.end(), page->entries.begin(), page->entries.end());
  }
  forget_moves(all);
  sort_by_version(all.log);
  all.conflicts = tx->conflicts().value();
  for (const server::Tablet& tablet : tx->tablets().value()) all.tablets.emplace(tablet.no, tablet);
  for (const LogEntry& entry : all.log)
    if (!all.common.contains(entry.record)) all.common[entry.record] = tx->common_version(entry.record).value();
  return all;
}

std::string name_of(const RecordRef& ref, ColumnNo column) {
  return to_string(ref.id) + " column " + std::to_string(column.value);
}

const FieldEdit* edit_of(const Change& change, ColumnNo column) {
  for (const FieldEdit& edit : change.fields)
    if (edit.column == column) return &edit;
  return nullptr;
}

const FieldResult* result_of(const OpResult& result, ColumnNo column) {
  for (const FieldResult& field : result.fields)
    if (field.column == column) return &field;
  return nullptr;
}

/// The tablet's own op with that counter, which may have been made under an earlier number of its.
const StoredOp* own_op(const Platform& platform, TabletNo no, std::uint64_t counter) {
  while (platform.tablets.at(no).predecessor_upto >= counter && counter > 0) no = platform.tablets.at(no).predecessor;
  const auto at = platform.ops.find({no, counter});
  return at == platform.ops.end() ? nullptr : &at->second;
}

/// Had the worker who made the op seen the field's value of that version? What was seen of a database that is no more
/// counts as far as it was the same.
bool had_seen(const Platform& platform, const StoredOp& op, ColumnNo column, ServerVersion version) {
  const Change& change = op.change;
  const server::Tablet& tablet = platform.tablets.at(change.id.tablet);
  const FieldEdit* edit = edit_of(change, column);
  std::uint64_t counter = change.id.counter;
  while (edit != nullptr && edit->base.of == Base::Of::own_op) {
    counter = edit->base.value;
    const StoredOp* found = own_op(platform, change.id.tablet, counter);
    if (found == nullptr) return false;
    const StoredOp& earlier = *found;
    const FieldResult* field = result_of(earlier.result, column);
    const bool stood =
        field == nullptr || field->outcome == FieldOutcome::merged || field->outcome == FieldOutcome::equal;
    if (stood) return (field == nullptr ? earlier.result.version : field->stamp.version) >= version;
    edit = edit_of(earlier.change, column);
  }
  if (edit == nullptr || ServerVersion{edit->base.value} < version) return false;
  const ServerVersion common = platform.common.at(change.record);
  if (op.result.version <= common) return true;  // placed before there was any backup to put back
  if (counter <= tablet.lost_bases_upto) return version.value == 0;
  return counter > tablet.old_bases_upto || common >= version;
}

/// One value in the log, and the one that replaced it without its author having seen it.
class Replacement {
 public:
  Replacement(const FieldDef& field, const StoredOp& loser, const StoredOp& winner, const Value& value_after)
      : field_(field), loser_(loser), winner_(winner), value_after_(value_after) {}

  /// Does the field's declared rule allow it?
  bool is_allowed() const {
    const FieldEdit& lost = *edit_of(loser_.change, field_.no);
    const FieldEdit& won = *edit_of(winner_.change, field_.no);
    const bool later = winner_.change.made_at > loser_.change.made_at ||
                       (winner_.change.made_at == loser_.change.made_at && winner_.change.id > loser_.change.id);
    switch (field_.merge) {
      case MergeRule::ask: return false;
      case MergeRule::latest: return later;
      case MergeRule::source: return evidence(won.provenance) > evidence(lost.provenance) || by_day();
      case MergeRule::set: return keeps_additions(lost, won) || later;
      case MergeRule::append: return keeps_all(lost);
      case MergeRule::max: return stands_over(won.value, lost.value, 1);
      case MergeRule::min: return stands_over(won.value, lost.value, -1);
      case MergeRule::flow: return field_.allows_step(text_of(lost.value), text_of(won.value));
    }
    return false;
  }

 private:
  static int evidence(const Provenance& p) {
    static constexpr int kRanks[] = {0, 8, 8, 7, 6, 5, 4, 3, 2, 1};  // by Source; booklet and ID card weigh the same
    return static_cast<int>(p.verified) * 100 + kRanks[static_cast<std::size_t>(p.source)];
  }
  bool by_day() const {
    const FieldEdit& lost = *edit_of(loser_.change, field_.no);
    const FieldEdit& won = *edit_of(winner_.change, field_.no);
    const auto day = [](const Change& c) {
      return std::chrono::floor<std::chrono::days>(c.made_at.instant() + kChinaOffset);
    };
    return evidence(won.provenance) == evidence(lost.provenance) && day(winner_.change) > day(loser_.change);
  }
  /// A set that only grows has everything that the loser put in.
  bool keeps_all(const FieldEdit& lost) const {
    const auto* delta = std::get_if<SetDelta>(&lost.value);
    const auto* put_in = delta != nullptr ? &delta->added : std::get_if<TextSet>(&lost.value);
    const auto* now = std::get_if<TextSet>(&value_after_);
    return put_in == nullptr || std::all_of(put_in->items.begin(), put_in->items.end(), [&](const std::string& item) {
             return now != nullptr && now->contains(item);
           });
  }
  /// The winner is an answer where the loser was none, or lies further in the direction (1 up, -1 down).
  static bool stands_over(const Value& won, const Value& lost, int direction) {
    if (is_empty(lost) || is_gap(lost)) return !is_empty(won);
    if (won.index() != lost.index()) return false;
    return direction > 0 ? won > lost : won < lost;
  }
  /// Everything that the loser put in is still there, or was taken out by name. A cleared set put in nothing.
  bool keeps_additions(const FieldEdit& lost, const FieldEdit& won) const {
    const auto* lost_delta = std::get_if<SetDelta>(&lost.value);
    const auto* lost_whole = std::get_if<TextSet>(&lost.value);
    const auto* delta = std::get_if<SetDelta>(&won.value);
    const auto* now = std::get_if<TextSet>(&value_after_);
    if (delta == nullptr) return false;
    if (lost_delta == nullptr && lost_whole == nullptr) return is_empty(lost.value);
    const TextSet& put_in = lost_delta != nullptr ? lost_delta->added : *lost_whole;
    return std::all_of(put_in.items.begin(), put_in.items.end(), [&](const std::string& item) {
      return delta->removed.contains(item) || (now != nullptr && now->contains(item));
    });
  }

  const FieldDef& field_;
  const StoredOp& loser_;
  const StoredOp& winner_;
  const Value& value_after_;
};

void check_replacements(World& world, const Platform& platform, Findings& findings) {
  struct Write {
    const StoredOp* op;
    ServerVersion version;
  };
  std::map<std::pair<RecordRef, ColumnNo>, Write> last;
  for (const LogEntry& entry : platform.log) {
    const auto found = platform.ops.find(entry.op);
    if (found == platform.ops.end()) continue;  // check_applied_once tells of it
    const StoredOp& op = found->second;
    const KindDef& kind = world.dictionary().get_kind(entry.record.kind);
    for (const FieldWrite& field : entry.fields) {
      const auto [at, first] = last.try_emplace({entry.record, field.column}, Write{&op, entry.version});
      if (first) continue;
      const Write before = std::exchange(at->second, {&op, entry.version});
      if (had_seen(platform, op, field.column, before.version)) continue;
      if (!Replacement(*kind.find(field.column), *before.op, op, field.value).is_allowed())
        findings.push_back("replaced unseen and against its rule: " + name_of(entry.record, field.column) + ", op " +
                           to_string(before.op->change.id) + " by " + to_string(op.change.id));
    }
  }
}

/// The op's fields that did not get in must say so.
void check_outcomes(World& world, const Platform& platform, Findings& findings) {
  std::map<std::pair<OpId, ColumnNo>, const FieldWrite*> written;
  for (const LogEntry& entry : platform.log)
    for (const FieldWrite& field : entry.fields) written[{entry.op, field.column}] = &field;
  std::set<std::pair<OpId, ColumnNo>> in_conflict;
  for (const auto& conflict : platform.conflicts) in_conflict.insert({conflict.mine_stamp.op, conflict.column});
  for (const auto& [id, op] : platform.ops) {
    if (op.result.outcome == OpOutcome::quarantined || op.result.outcome == OpOutcome::waiting) continue;
    for (const FieldEdit& edit : op.change.fields) {
      const FieldResult* result = result_of(op.result, edit.column);
      const bool is_written = written.contains({id, edit.column});
      const bool says_so =
          result != nullptr && (result->outcome == FieldOutcome::equal || result->outcome == FieldOutcome::superseded ||
                                in_conflict.contains({id, edit.column}));
      if (!is_written && !says_so)
        findings.push_back("vanished: op " + to_string(id) + " " + name_of(op.change.record, edit.column));
      const FieldDef* field = world.dictionary().get_kind(op.change.record.kind).find(edit.column);
      const bool joined =
          std::holds_alternative<SetDelta>(edit.value) || (field != nullptr && field->merge == MergeRule::append);
      if (is_written && !joined && written.at({id, edit.column})->value != edit.value)
        findings.push_back("mangled: op " + to_string(id) + " " + name_of(op.change.record, edit.column));
    }
  }
}

/// Word for word, the group and the moment included.
void check_ops_as_made(World& world, const Platform& platform, Findings& findings) {
  for (std::size_t i = 0; i < world.tablets().size(); ++i) {
    const Identity own = world.store_of(i).identity().value().value();
    for (const auto& [id, op] : platform.ops) {
      if (!own.is_own(id)) continue;
      const auto made = world.store_of(i).changes().find(id.counter);
      if (made.ok() && *made && (*made)->change != op.change) findings.push_back("not as made: op " + to_string(id));
    }
  }
}

}  // namespace

namespace {

/// The value waits for its op to be placed: the platform has the op in quarantine. Or it was written by a rule of the
/// platform's after the backup that was put back; who had heard of it keeps it, nobody says it again.
bool waits(server::PlatformTx& tx, const Stamp& stamp) {
  if (stamp.version.value != 0) return false;
  if (stamp.op.tablet.value == 0) return true;
  const auto op = tx.find_op(stamp.op).value();
  return op && !op->result.is_placed();
}

}  // namespace

Findings check_converged(World& world) {
  Findings findings;
  const auto tx = world.platform().begin().value();
  for (std::size_t i = 0; i < world.tablets().size(); ++i) {
    const std::string who = "tablet " + std::to_string(i + 1);
    const std::vector<ScopeCode> scopes = tx->find_tablet(world.tablets()[i]->no).value()->scopes;
    for (const KindDef& kind : world.dictionary_of(i).kinds()) {
      std::map<RecordId, Record> here;
      for (auto& record : world.store_of(i).list(kind.no).value())
        if (!waits(*tx, record.meta.created)) here.emplace(record.ref.id, record);
      auto there = tx->list_records(kind.no, {}).value();
      std::erase_if(there, [&](const Record& record) {
        const auto home = parse_scope_code(record.text(kinds::person::grid_id)).value_or(ScopeCode{});
        return std::find(scopes.begin(), scopes.end(), home) == scopes.end();
      });
      if (here.size() != there.size())
        findings.push_back(who + " has " + std::to_string(here.size()) + " of " + std::to_string(there.size()) + " " +
                           kind.name);
      for (const Record& record : there)
        for (const FieldDef& field : world.dictionary().get_kind(kind.no).fields)
          if (here[record.ref.id].get(field.no) != record.get(field.no) &&
              !waits(*tx, here[record.ref.id].meta.stamp_of(field.no)))
            findings.push_back(who + " differs: " + kind.name + "." + field.name + " " + to_string(record.ref.id));
    }
  }
  return findings;
}

Findings check_no_acked_change_lost(World& world) {
  Findings findings;
  const Platform platform = read_platform(world);
  for (const AckedSave& save : world.acked()) {
    const auto at = platform.ops.find(save.op);
    if (at == platform.ops.end()) {
      findings.push_back("lost: op " + to_string(save.op));
      continue;
    }
    if (at->second.change.record != save.record) findings.push_back("another record: op " + to_string(save.op));
    for (const Cell& cell : save.cells) {
      const FieldEdit* edit = edit_of(at->second.change, cell.column);
      const bool set = edit != nullptr && std::holds_alternative<SetDelta>(edit->value);
      if (edit == nullptr || (!set && edit->value != cell.value))
        findings.push_back("altered: op " + to_string(save.op) + " " + name_of(save.record, cell.column));
    }
  }
  return findings;
}

Findings check_applied_once(World& world) {
  Findings findings;
  const Platform platform = read_platform(world);
  check_ops_as_made(world, platform, findings);
  std::set<OpId> logged;
  for (const LogEntry& entry : platform.log) {
    if (!logged.insert(entry.op).second) findings.push_back("applied twice: op " + to_string(entry.op));
    if (!platform.ops.contains(entry.op)) findings.push_back("written by nobody: " + to_string(entry.record.id));
  }
  for (const auto& [id, op] : platform.ops)
    if (id.tablet.value != 0 && id.counter > world.made_upto(id.tablet))
      findings.push_back("nobody made op " + to_string(id));
  return findings;
}

Findings check_no_silent_overwrite(World& world) {
  Findings findings;
  const Platform platform = read_platform(world);
  check_replacements(world, platform, findings);
  check_outcomes(world, platform, findings);
  return findings;
}

Findings check_ledgers(World& world) {
  Findings findings;
  for (std::size_t i = 0; i < world.tablets().size(); ++i) {
    const auto found = world.store_of(i).audit();
    if (!found.ok()) return {"audit failed: " + to_log_line(found.error())};
    for (const auto& line : *found) findings.push_back("tablet " + std::to_string(i + 1) + ": " + line);
  }
  const auto tx = world.platform().begin().value();
  const auto found = server::audit_platform(*tx, world.dictionary());
  if (!found.ok()) return {"audit failed: " + to_log_line(found.error())};
  for (const auto& line : *found) findings.push_back("platform: " + line);
  return findings;
}

namespace {

Findings seen_by(const World& world, std::string_view checker) {
  Findings findings;
  for (const Sight& sight : world.sights())
    if (sight.checker == checker) findings.push_back(std::string(checker) + ": " + sight.what);
  return findings;
}

}  // namespace

Findings check_no_leak(World& world) { return seen_by(world, "no leak"); }

Findings check_references(World& world) { return seen_by(world, "references"); }

Findings check_bounded(World& world) {
  Findings findings = seen_by(world, "bounded");
  for (std::size_t i = 0; i < world.tablets().size(); ++i) {
    const auto trip = world.tablets()[i]->replicator->prepare();
    if (trip.ok() && trip->batches != 0)
      findings.push_back("bounded: tablet " + std::to_string(i + 1) + " sends again");
    if (trip.ok() && trip->sealed.size() > kNothingToSayMax)
      findings.push_back("bounded: nothing to say in " + std::to_string(trip->sealed.size()) + " bytes");
  }
  return findings;
}

Findings check_cursors(World& world) {
  Findings findings = seen_by(world, "cursors");
  const auto tx = world.platform().begin().value();
  for (std::size_t i = 0; i < world.tablets().size(); ++i) {
    if (!world.store_of(i).snapshots()->empty()) findings.push_back("cursors: a snapshot is not complete");
    for (const CursorAt& cursor : world.store_of(i).cursors().value())
      if (cursor.lsn != tx->log_head(cursor.scope).value())
        findings.push_back("cursors: tablet " + std::to_string(i + 1) + " is not at the head of " +
                           to_string(cursor.scope));
  }
  return findings;
}

Findings check_idempotent_retry(World& world) {
  if (world.old_requests().empty()) return {};
  const std::string old = world.old_requests().front();
  world.repeat(old);  // it may never have arrived, and may move what had been set aside
  const Platform before = read_platform(world);
  world.repeat(old);
  const Platform after = read_platform(world);
  const auto same_op = [&](const auto& one) {
    const auto other = after.ops.find(one.first);
    return other != after.ops.end() && other->second.change == one.second.change &&
           other->second.result == one.second.result && other->second.received_at == one.second.received_at;
  };
  const bool same = before.log == after.log && before.tablets == after.tablets &&
                    before.conflicts.size() == after.conflicts.size() && before.ops.size() == after.ops.size() &&
                    std::all_of(before.ops.begin(), before.ops.end(), same_op);
  return same ? Findings{} : Findings{"an old request changed something"};
}

Findings check_authors(World& world) {
  Findings findings;
  const Platform platform = read_platform(world);
  const auto tx = world.platform().begin().value();
  for (const KindDef& kind : world.dictionary().kinds()) {
    for (const Record& record : tx->list_records(kind.no, {}).value()) {
      for (const Cell& cell : record.cells) {
        const auto op = platform.ops.find(record.meta.stamp_of(cell.column).op);
        if (op == platform.ops.end() || edit_of(op->second.change, cell.column) == nullptr)
          findings.push_back("written by nobody: " + name_of(record.ref, cell.column));
      }
    }
  }
  return findings;
}

Findings check_all(World& world) {
  Findings all = world.complaints();
  for (auto* check :
       {check_converged, check_no_acked_change_lost, check_applied_once, check_no_silent_overwrite, check_ledgers,
        check_no_leak, check_cursors, check_references, check_bounded, check_authors, check_idempotent_retry}) {
    const Findings found = check(world);
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

Findings run_seed(std::uint64_t seed, Sabotage sabotage, std::uint64_t* trace) {
  World world({.seed = seed,
               .tablets = 3 + static_cast<int>(seed % 4),
               .faults = draw_faults(seed),
               .grids = 1 + static_cast<int>(seed / 4 % 3),
               .sabotage = sabotage});
  world.run(120);
  const bool drained = world.heal_and_drain();
  if (trace != nullptr) *trace = world.trace_hash();
  Findings findings = check_all(world);
  if (!drained) findings.insert(findings.begin(), "not drained after three rounds");
  return findings;
}

std::uint64_t first_seed_that_notices(Sabotage sabotage, std::uint64_t seeds) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed)
    if (!run_seed(seed, sabotage).empty()) return seed;
  return 0;
}

}  // namespace ruhu::simulation
