#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "platform/base/random.hpp"
#include "server/store/content_store.hpp"
#include "server/store/desk_case.hpp"
#include "server/store/types.hpp"
#include "storage/schema/record_table.hpp"

namespace ruhu::server {

/// One transaction on the platform's data. Nothing is visible to others before commit(); undone when dropped.
class PlatformTx {
 public:
  virtual ~PlatformTx() = default;
  virtual Status commit() = 0;  ///< Durable when it returns without error.

  /// Runs `part`; what it wrote is undone alone when it gives an error, which comes back.
  virtual Status attempt(const std::function<Status()>& part) = 0;

  // --- who may talk to us ---
  virtual Result<Account> add_account(const std::string& name, const std::string& role) = 0;
  virtual Result<std::optional<Account>> find_account(ActorNo no) = 0;
  /// The first with that name and role; a new one when there is none.
  virtual Result<Account> account_named(const std::string& name, const std::string& role) = 0;
  virtual Result<Tablet> add_tablet(Tablet tablet) = 0;  ///< Gives the number.
  virtual Result<std::optional<Tablet>> find_tablet(TabletNo no) = 0;
  virtual Result<std::vector<Tablet>> tablets() = 0;
  virtual Status update_tablet(const Tablet& tablet) = 0;  ///< All but number and key.
  /// One that went on from a copy of that tablet at that counter and has not sent anything yet.
  virtual Result<std::optional<Tablet>> find_unused_successor(TabletNo predecessor, std::uint64_t upto) = 0;
  virtual Status add_code(const EnrolCode& code) = 0;
  /// Takes the code out: it can never be used again.
  virtual Result<std::optional<EnrolCode>> take_code(const std::string& code_hash) = 0;

  // --- records ---
  virtual Result<std::optional<Record>> find_record(const RecordRef& ref) = 0;
  virtual Result<std::vector<Record>> list_records(KindNo kind, const ListOptions& options) = 0;
  virtual Result<std::int64_t> count_records(KindNo kind) = 0;
  virtual Status insert_record(const Record& record) = 0;
  virtual Status update_record(const Record& record, const std::vector<ColumnNo>& columns) = 0;

  // --- ops ---
  /// One that waits or is in quarantine is queued, due at once.
  virtual Status add_op(const StoredOp& op) = 0;
  virtual Result<std::optional<StoredOp>> find_op(OpId id) = 0;
  virtual Status each_op(const std::function<Status(const StoredOp&)>& visit) = 0;  ///< By tablet and counter.
  /// Gives an op that had been set aside another result; placed, it leaves the queue.
  virtual Status settle_op(const StoredOp& op) = 0;
  virtual Status postpone(OpId op, int tries, Instant next_at) = 0;
  virtual Result<std::vector<Aside>> asides_due(Instant now, std::size_t limit) = 0;  ///< In the order of arrival.
  virtual Result<std::vector<Aside>> asides_of(const RecordRef& ref) = 0;             ///< The same, all of one record.

  // --- results that changed after the op was acknowledged ---
  virtual Status tell_later(OpId op) = 0;
  struct LateOp {
    std::uint64_t seq = 0;  ///< Ever larger.
    OpId op;
  };
  virtual Result<std::vector<LateOp>> late_ops(TabletNo tablet, std::uint64_t after, std::size_t limit) = 0;

  // --- logs ---
  /// Gives the entry its lsn: the scope's next one, without gaps.
  virtual Result<Lsn> append_log(LogEntry entry) = 0;
  struct LogQuery {
    ScopeCode scope;
    Lsn after;
    /// Leaves out this tablet's own entries; it knows them from their results. Not those of records that have moved and
    /// of ops that were placed late: it may not have had the record when the result came. 0: none left out.
    TabletNo without;
    std::size_t limit = 1'000;
    std::size_t bytes_max = std::size_t{1} << 20U;
  };
  struct LogPage {
    std::vector<LogEntry> entries;
    Lsn upto;  ///< Cursor after this page.
    bool more = false;
    std::size_t bytes = 0;  ///< Of the entries, as counted against `bytes_max`.
  };
  virtual Result<LogPage> read_log(const LogQuery& query) = 0;
  virtual Result<Lsn> log_head(ScopeCode scope) = 0;
  virtual Result<std::vector<ScopeCode>> log_scopes() = 0;
  /// Entries of one record up to that version, newest first.
  virtual Result<std::vector<LogEntry>> record_log(const RecordRef& ref, ServerVersion upto) = 0;

  /// Notes that the scope's entry of that lsn says that the record has left.
  virtual Status add_leave(ScopeCode scope, Lsn lsn, const RecordRef& ref) = 0;
  virtual Result<std::vector<Leave>> leaves(ScopeCode scope, Lsn after) = 0;  ///< By lsn.
  /// Does the tablet, with its cursor there in the scope's log, know the record: as told, or by its own work?
  virtual Result<bool> was_told(const RecordRef& ref, ScopeCode scope, Lsn upto, TabletNo tablet) = 0;

  // --- snapshots ---
  virtual Result<std::optional<SnapshotInfo>> latest_snapshot(ScopeCode scope) = 0;
  virtual Result<std::optional<SnapshotInfo>> find_snapshot(ScopeCode scope, Lsn lsn) = 0;
  /// Keeps it beside the one before, for tablets that are on their way with that; older ones go.
  virtual Status add_snapshot(ScopeCode scope, const SnapshotInfo& info, const std::vector<std::string>& chunks) = 0;
  virtual Result<std::string> snapshot_chunk(ScopeCode scope, Lsn lsn, std::uint32_t no) = 0;  ///< not_found.

  // --- epochs ---
  /// False: this database has never been in that epoch.
  virtual Result<bool> knows_epoch(Epoch epoch) = 0;
  /// The latest version of the record that was the same in every epoch so far; 0: there is none.
  virtual Result<ServerVersion> common_version(const RecordRef& ref) = 0;

  // --- the desk ---
  virtual Result<std::uint64_t> add_conflict(const Conflict& conflict) = 0;
  virtual Result<std::vector<Conflict>> conflicts() = 0;  ///< By number.
  virtual Result<std::optional<Conflict>> find_conflict(std::uint64_t no) = 0;
  virtual Status settle_conflict(const Conflict& conflict) = 0;  ///< Writes state, decision and sides.

  // --- attachments ---
  virtual ContentTx& contents() = 0;  ///< Part of this transaction; goes with it.

  virtual Status check_integrity() = 0;

  // --- cases of the desk: what rules find across fields and records ---
  virtual Result<std::uint64_t> add_case(DeskCase one) = 0;  ///< Gives the number.
  virtual Status update_case(const DeskCase& one) = 0;       ///< All but rule, subject and when it was opened.
  virtual Result<std::vector<DeskCase>> cases() = 0;         ///< By number.
  virtual Result<std::optional<DeskCase>> find_case(std::uint64_t no) = 0;
  virtual Result<std::optional<DeskCase>> last_case(std::string_view rule, std::string_view subject) = 0;
  virtual Result<std::vector<DeskCase>> open_cases_naming(const RecordRef& ref) = 0;

  // --- keys of records that may be recorded twice (storage/model/duplicates); a record has what match_keys gives ---
  virtual Status add_match_key(std::uint64_t key, const RecordRef& ref) = 0;
  virtual Status remove_match_key(std::uint64_t key, const RecordRef& ref) = 0;
  virtual Result<std::vector<RecordRef>> records_with_key(std::uint64_t key, std::size_t limit) = 0;
  virtual Status each_match_key(const std::function<Status(std::uint64_t, const RecordRef&)>& visit) = 0;
};

/// The platform's data of one realm. Embedded SQLite stands behind it today.
class PlatformStore {
 public:
  virtual ~PlatformStore() = default;
  /// From any thread. May wait for another thread's transaction; a thread holds one at a time.
  virtual Result<std::unique_ptr<PlatformTx>> begin() = 0;
  virtual Realm realm() const = 0;
  virtual Epoch epoch() const = 0;
  /// A backup was put back: versions and lsns from here on mean something else than they did. A new epoch, different
  /// from every earlier one; numbers of tablets and accounts that may have been given since the backup are not given
  /// again.
  virtual Status begin_epoch(Random& random) = 0;
  /// A consistent copy of everything in a new file, under the same key, made while the store is in use.
  virtual Status copy_to(const std::string& path) = 0;
};

}  // namespace ruhu::server
