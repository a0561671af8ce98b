#include "server/admin/audit.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "server/attachments/content_audit.hpp"
#include "storage/model/duplicates/likeness.hpp"
#include "storage/model/snapshot.hpp"

namespace ruhu::server {
namespace {

struct SeenOp {
  ServerVersion version;
  RecordRef record;
  bool logged = false;
};

/// What a record's log entries, in whatever grids they stand, say it should be.
struct Replayed {
  std::map<ServerVersion, OpId> versions;
  std::map<ColumnNo, std::pair<ServerVersion, Value>> values;
  bool has_row = false;

  ServerVersion last() const { return versions.empty() ? ServerVersion{} : versions.rbegin()->first; }
  bool has_gap() const { return versions.size() != last().value; }
};

class Audit {
 public:
  Audit(PlatformTx& tx, const Dictionary& dictionary) : tx_(tx), dictionary_(dictionary) {}

  Result<std::vector<std::string>> run() {
    RUHU_TRY_DONE(tx_.check_integrity());
    RUHU_TRY_DONE(walk_tablets());
    RUHU_TRY_DONE(walk_ops());
    RUHU_TRY_DONE(check_queue());
    RUHU_TRY_DONE(check_tablets());
    RUHU_TRY_DONE(walk_logs());
    RUHU_TRY_DONE(check_records());
    RUHU_TRY_DONE(check_conflicts());
    RUHU_TRY(const auto contents, audit_contents(tx_, dictionary_));
    findings_.insert(findings_.end(), contents.begin(), contents.end());
    RUHU_TRY_DONE(check_cases());
    RUHU_TRY_DONE(check_keys());
    return std::move(findings_);
  }

 private:
  void find(std::string what) { findings_.push_back(std::move(what)); }

  /// A tablet that went on from a copy counts on from there.
  Status walk_tablets() {
    RUHU_TRY(const auto tablets, tx_.tablets());
    for (const Tablet& tablet : tablets) last_counter_[tablet.no] = tablet.predecessor_upto;
    return {};
  }

  Status walk_ops() {
    return tx_.each_op([this](const StoredOp& op) -> Status {
      const OpId id = op.change.id;
      if (id.counter != last_counter_[id.tablet] + 1) find("gap before op " + to_string(id));
      last_counter_[id.tablet] = id.counter;
      if (op.result.op != id) find("result of op " + to_string(id) + " names another op");
      ops_[id] = {op.result.version, op.change.record, false};
      if (!op.result.is_placed()) unplaced_.insert(id);
      for (const FieldResult& field : op.result.fields)
        if (field.conflict != 0) conflicts_of_ops_.insert(field.conflict);
      return {};
    });
  }

  /// What was set aside is tried again, and nothing else.
  Status check_queue() {
    RUHU_TRY(const auto queue, tx_.asides_due(Instant::max(), kEveryAside));
    for (const Aside& aside : queue)
      if (unplaced_.erase(aside.op) == 0) find("op " + to_string(aside.op) + " is queued though it has been placed");
    for (const OpId& op : unplaced_) find("op " + to_string(op) + " was set aside and is not queued");
    return {};
  }

  Status check_tablets() {
    RUHU_TRY(const auto tablets, tx_.tablets());
    for (const Tablet& tablet : tablets)
      if (last_counter_[tablet.no] != tablet.last_counter)
        find("mark of tablet " + std::to_string(tablet.no.value) + " is not its last op");
    return {};
  }

  Status walk_logs() {
    RUHU_TRY(const auto scopes, tx_.log_scopes());
    for (const ScopeCode scope : scopes) {
      Lsn at{};
      for (bool more = true; more;) {
        RUHU_TRY(const auto page, tx_.read_log({.scope = scope, .after = at, .without = {}}));
        for (const LogEntry& entry : page.entries) take_entry(entry, at);
        more = page.more;
        at = more ? page.upto : at;
      }
      RUHU_TRY(const auto head, tx_.log_head(scope));
      if (head != at) find("head of log " + to_string(scope) + " is not its last entry");
    }
    for (const auto& [id, op] : ops_)
      if (op.version.value != 0 && !op.logged) find("op " + to_string(id) + " has a version but no log entry");
    return {};
  }

  void take_entry(const LogEntry& entry, Lsn& at) {
    if (entry.lsn.value != at.value + 1) find("gap in log " + to_string(entry.scope));
    at = entry.lsn;
    const auto op = ops_.find(entry.op);
    if (op == ops_.end() || op->second.version != entry.version || op->second.record != entry.record)
      return find("log entry " + to_string(entry.scope) + "/" + std::to_string(entry.lsn.value) + " has no op");
    op->second.logged = true;
    Replayed& record = replayed_[entry.record.id];
    // The same version stands in two logs when the op moved the record from one grid to another.
    if (record.versions.try_emplace(entry.version, entry.op).first->second != entry.op)
      find("two ops share a version of " + to_string(entry.record.id));
    if (is_leave(entry)) return;  // what else its op wrote stands in the log that the record entered
    for (const FieldWrite& field : entry.fields) {
      auto& [version, value] = record.values[field.column];
      if (entry.version >= version) std::tie(version, value) = std::pair(entry.version, field.value);
    }
  }

  Status check_records() {
    for (const KindDef& kind : dictionary_.kinds()) {
      ListOptions page{.where = {}, .after = {}, .limit = 1'000};
      for (;;) {
        RUHU_TRY(const auto records, tx_.list_records(kind.no, page));
        if (records.empty()) break;
        for (const Record& record : records) check_record_row(kind, record);
        page.after = records.back().ref.id;
      }
    }
    for (const auto& [id, record] : replayed_)
      if (!record.has_row) find("record " + to_string(id) + " of a log has no row");
    return {};
  }

  void check_record_row(const KindDef& kind, const Record& record) {
    const std::string name = kind.name + " " + to_string(record.ref.id);
    const auto at = replayed_.find(record.ref.id);
    if (at == replayed_.end()) return find(name + " is in no log");
    at->second.has_row = true;
    for (const MatchKey& key : match_keys(record)) keys_.emplace(key.hash, record.ref);
    if (at->second.has_gap()) find("versions of " + name + " have a gap");
    if (at->second.last() != record.meta.seen) find("version of " + name + " is not the last of its log");
    for (const auto& [column, value] : at->second.values)
      if (record.get(column) != value.second)
        find("column " + std::to_string(column.value) + " of " + name + " is not its log's");
  }

  Status check_conflicts() {
    RUHU_TRY(const auto conflicts, tx_.conflicts());
    std::set<std::uint64_t> known;
    for (const Conflict& conflict : conflicts) {
      known.insert(conflict.no);
      if (!ops_.contains(conflict.mine_stamp.op)) find("conflict " + std::to_string(conflict.no) + " has no op");
    }
    for (const auto no : conflicts_of_ops_)
      if (!known.contains(no)) find("conflict " + std::to_string(no) + " of an op is missing");
    for (const auto no : known)
      if (!conflicts_of_ops_.contains(no)) find("conflict " + std::to_string(no) + " belongs to no op");
    return {};
  }

  /// One case of a subject is open at a time, it is found by its records, and it stands for records that are here.
  Status check_cases() {
    RUHU_TRY(const auto cases, tx_.cases());
    std::set<std::pair<std::string, std::string>> open;
    for (const DeskCase& one : cases) {
      const std::string name = "case " + std::to_string(one.no);
      if (one.state == kDecided && !one.decided) find(name + " is decided by nobody");
      if (one.state == kOpen && !open.emplace(one.rule, one.subject).second) find(name + " is open twice");
      for (const CaseSide& side : one.sides) {
        const auto record = replayed_.find(side.record.id);
        if (record == replayed_.end()) find(name + " names a record that is in no log");
        RUHU_TRY(const auto naming, tx_.open_cases_naming(side.record));
        const bool found =
            std::any_of(naming.begin(), naming.end(), [&](const DeskCase& other) { return other.no == one.no; });
        if (found != (one.state == kOpen)) find(name + " is looked for by its records the wrong way");
      }
    }
    return {};
  }

  /// Rows and their keys are written together.
  Status check_keys() {
    RUHU_TRY_DONE(tx_.each_match_key([this](std::uint64_t key, const RecordRef& ref) -> Status {
      if (keys_.erase({key, ref}) == 0) find("record " + to_string(ref.id) + " has a match key that it does not make");
      return {};
    }));
    for (const auto& [key, ref] : keys_) find("record " + to_string(ref.id) + " lacks a match key");
    return {};
  }

  PlatformTx& tx_;
  const Dictionary& dictionary_;
  std::vector<std::string> findings_;
  std::map<TabletNo, std::uint64_t> last_counter_;
  std::unordered_map<OpId, SeenOp> ops_;
  std::set<OpId> unplaced_;
  std::unordered_map<Uuid, Replayed> replayed_;
  std::set<std::uint64_t> conflicts_of_ops_;
  std::set<std::pair<std::uint64_t, RecordRef>> keys_;
};

}  // namespace

Result<std::vector<std::string>> audit_platform(PlatformTx& tx, const Dictionary& dictionary) {
  return Audit(tx, dictionary).run();
}

}  // namespace ruhu::server
