#include "storage/records/ledger.hpp"

#include <set>

#include "storage/model/stored_form.hpp"

namespace ruhu {
namespace {

/// Own ops that may still be the last word on a field of their record: queued, waiting, in quarantine.
struct OpenOps {
  std::set<std::uint64_t> counters;
  std::vector<std::string> findings;
};

class LedgerWalk {
 public:
  LedgerWalk(Database& db, RecordTable& records, const Identity& own, std::uint64_t acknowledged)
      : db_(db), records_(records), own_(own), acknowledged_(acknowledged) {}

  Status visit(const Change& change, OpState state, const std::optional<OpResult>& result) {
    ++expected_;
    const std::string name = to_string(own_.own_op(change.id.counter));
    if (change.id.counter != expected_) open_.findings.push_back("gap before op " + name);
    expected_ = change.id.counter;
    if (!own_.is_own(change.id)) open_.findings.push_back("op of another tablet: " + to_string(change.id));
    const bool should_be_acknowledged = change.id.counter <= acknowledged_;
    if ((state == OpState::acknowledged) != should_be_acknowledged)
      open_.findings.push_back("op " + name + " is not where the acknowledged mark says");
    RUHU_TRY_DONE(check_record(change, name));
    check_group(change, name);
    const bool unplaced =
        result && (result->outcome == OpOutcome::waiting || result->outcome == OpOutcome::quarantined);
    if (state == OpState::queued || unplaced) open_.counters.insert(change.id.counter);
    return {};
  }

  OpenOps finish() {
    if (group_end_ > expected_ + 1) open_.findings.push_back("the last group is not whole");
    if (acknowledged_ > expected_) open_.findings.push_back("acknowledged mark is beyond the last op");
    return std::move(open_);
  }

 private:
  Status check_record(const Change& change, const std::string& name) {
    const auto record = records_.find(change.record);
    if (!record.ok() && record.error().code != Errc::unknown_kind) return record.error();
    if (!record.ok()) open_.findings.push_back("op " + name + " is of an unknown kind");
    if (!record.ok() || *record) return {};
    RUHU_TRY(auto left, db_.prepare("SELECT 1 FROM sys_left WHERE id = ?1"));
    RUHU_TRY(const bool has_left, left.bind_blob(1, id_bytes(change.record.id)).step());
    if (!has_left) open_.findings.push_back("record of op " + name + " is missing");
    return {};
  }

  void check_group(const Change& change, const std::string& name) {
    const bool starts = change.group_first == change.id.counter;
    if (starts) {
      if (change.id.counter < group_end_) open_.findings.push_back("group before op " + name + " is not whole");
      group_end_ = change.id.counter + change.group_size;
    } else if (change.id.counter >= group_end_) {
      open_.findings.push_back("op " + name + " belongs to no group");
    }
  }

  Database& db_;
  RecordTable& records_;
  const Identity& own_;
  std::uint64_t acknowledged_;
  std::uint64_t expected_ = 0;
  std::uint64_t group_end_ = 0;  ///< First counter after the current group.
  OpenOps open_;
};

Result<OpenOps> walk_ops(Database& db, RecordTable& records, ChangeLog& changes, const Identity& own) {
  RUHU_TRY(const auto acknowledged, changes.acknowledged_up_to());
  LedgerWalk walk(db, records, own, acknowledged);
  RUHU_TRY(auto query, db.prepare("SELECT c.body, c.state, r.body FROM sys_change c LEFT JOIN sys_result r"
                                  " ON r.counter = c.counter ORDER BY c.counter"));
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return walk.finish();
    RUHU_TRY(const Change change, decode_change(query.blob(0)));
    std::optional<OpResult> result;
    if (!query.is_null(2)) {
      RUHU_TRY(result, decode_result(query.blob(2)));
    }
    RUHU_TRY_DONE(walk.visit(change, static_cast<OpState>(query.integer(1)), result));
  }
}

/// What an unplaced stamp may name.
struct Unplaced {
  const Identity& own;
  bool hearsay = false;  ///< Other people's ops too: the platform has forgotten some, and may hear of them again.
};

void check_stamp(const Stamp& stamp, const Unplaced& may_be, const std::string& where, OpenOps& open) {
  if (stamp.version.value != 0) return;
  const bool fine = may_be.own.is_own(stamp.op) ? open.counters.contains(stamp.op.counter) : may_be.hearsay;
  if (!fine) open.findings.push_back(where + " names op " + to_string(stamp.op) + " that is not open");
}

Status walk_rows(Database& db, const KindDef& kind, const Unplaced& may_be, OpenOps& open) {
  RUHU_TRY(auto query, db.prepare("SELECT id, meta FROM " + quoted(kind.name)));
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return {};
    RUHU_TRY(const RecordMeta meta, decode_meta(query.blob(1)));
    const std::string where = kind.name + " " + to_string(read_id(query.blob(0)));
    check_stamp(meta.created, may_be, where, open);
    for (const auto& [column, stamp] : meta.later)
      check_stamp(stamp, may_be, where + " column " + std::to_string(column.value), open);
  }
}

}  // namespace

Result<std::vector<std::string>> audit_ledger(Database& db, const Dictionary& dictionary, RecordTable& records,
                                              ChangeLog& changes, const Identity& own) {
  RUHU_TRY(OpenOps open, walk_ops(db, records, changes, own));
  RUHU_TRY(const auto epoch_from, db.integer("SELECT value FROM sys_number WHERE name = 'epoch_from'"));
  const Unplaced may_be{own, epoch_from != 0};
  for (const KindDef& kind : dictionary.kinds()) RUHU_TRY_DONE(walk_rows(db, kind, may_be, open));
  return open.findings;
}

}  // namespace ruhu
