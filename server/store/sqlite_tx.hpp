#pragma once
#include <memory>
#include <mutex>

#include "server/store/platform_store.hpp"
#include "server/store/sqlite_contents.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu::server {

/// SQL of the platform's own tables; kinds' tables come from the dictionary.
extern const char* const kPlatformTables;
/// Layout 2: ops that are set aside are tried again, and their tablets hear of it.
extern const char* const kAsideTables;
extern const char* const kEpochAndDecisionTables;
/// Layout 4: records leave scopes, tablets lose scopes, snapshots.
extern const char* const kScopeTables;
/// Layout 6: cases across fields and records, and the keys that find what is recorded twice.
extern const char* const kCaseTables;

class SqliteTx final : public PlatformTx {
 public:
  SqliteTx(std::unique_lock<std::mutex> turn, Database& db, RecordTable& records, Transaction transaction)
      : turn_(std::move(turn)), db_(db), records_(records), contents_(db), transaction_(std::move(transaction)) {}

  Status commit() override { return transaction_.commit(); }
  Status attempt(const std::function<Status()>& part) override;

  Result<Account> add_account(const std::string& name, const std::string& role) override;
  Result<std::optional<Account>> find_account(ActorNo no) override;
  Result<Account> account_named(const std::string& name, const std::string& role) override;
  Result<Tablet> add_tablet(Tablet tablet) override;
  Result<std::optional<Tablet>> find_tablet(TabletNo no) override;
  Result<std::vector<Tablet>> tablets() override;
  Status update_tablet(const Tablet& tablet) override;
  Result<std::optional<Tablet>> find_unused_successor(TabletNo predecessor, std::uint64_t upto) override;
  Status add_code(const EnrolCode& code) override;
  Result<std::optional<EnrolCode>> take_code(const std::string& code_hash) override;

  Result<std::optional<Record>> find_record(const RecordRef& ref) override { return records_.find(ref); }
  Result<std::vector<Record>> list_records(KindNo kind, const ListOptions& options) override {
    return records_.list(kind, options);
  }
  Result<std::int64_t> count_records(KindNo kind) override { return records_.count(kind); }
  Status insert_record(const Record& record) override { return records_.insert(record); }
  Status update_record(const Record& record, const std::vector<ColumnNo>& columns) override {
    return records_.update(record, columns);
  }

  Status add_op(const StoredOp& op) override;
  Result<std::optional<StoredOp>> find_op(OpId id) override;
  Status each_op(const std::function<Status(const StoredOp&)>& visit) override;
  Status settle_op(const StoredOp& op) override;
  Status postpone(OpId op, int tries, Instant next_at) override;
  Result<std::vector<Aside>> asides_due(Instant now, std::size_t limit) override;
  Result<std::vector<Aside>> asides_of(const RecordRef& ref) override;
  Status tell_later(OpId op) override;
  Result<std::vector<LateOp>> late_ops(TabletNo tablet, std::uint64_t after, std::size_t limit) override;

  Result<Lsn> append_log(LogEntry entry) override;
  Result<LogPage> read_log(const LogQuery& query) override;
  Result<Lsn> log_head(ScopeCode scope) override;
  Result<std::vector<ScopeCode>> log_scopes() override;
  Result<std::vector<LogEntry>> record_log(const RecordRef& ref, ServerVersion upto) override;

  Status add_leave(ScopeCode scope, Lsn lsn, const RecordRef& ref) override;
  Result<std::vector<Leave>> leaves(ScopeCode scope, Lsn after) override;
  Result<bool> was_told(const RecordRef& ref, ScopeCode scope, Lsn upto, TabletNo tablet) override;

  Result<std::optional<SnapshotInfo>> latest_snapshot(ScopeCode scope) override;
  Result<std::optional<SnapshotInfo>> find_snapshot(ScopeCode scope, Lsn lsn) override;
  Status add_snapshot(ScopeCode scope, const SnapshotInfo& info, const std::vector<std::string>& chunks) override;
  Result<std::string> snapshot_chunk(ScopeCode scope, Lsn lsn, std::uint32_t no) override;

  Result<bool> knows_epoch(Epoch epoch) override;
  Result<ServerVersion> common_version(const RecordRef& ref) override;

  Result<std::uint64_t> add_conflict(const Conflict& conflict) override;
  Result<std::vector<Conflict>> conflicts() override;
  Result<std::optional<Conflict>> find_conflict(std::uint64_t no) override;
  Status settle_conflict(const Conflict& conflict) override;
  ContentTx& contents() override { return contents_; }
  Status check_integrity() override { return db_.check_integrity(); }

  Result<std::uint64_t> add_case(DeskCase one) override;
  Status update_case(const DeskCase& one) override;
  Result<std::vector<DeskCase>> cases() override;
  Result<std::optional<DeskCase>> find_case(std::uint64_t no) override;
  Result<std::optional<DeskCase>> last_case(std::string_view rule, std::string_view subject) override;
  Result<std::vector<DeskCase>> open_cases_naming(const RecordRef& ref) override;
  Status add_match_key(std::uint64_t key, const RecordRef& ref) override;
  Status remove_match_key(std::uint64_t key, const RecordRef& ref) override;
  Result<std::vector<RecordRef>> records_with_key(std::uint64_t key, std::size_t limit) override;
  Status each_match_key(const std::function<Status(std::uint64_t, const RecordRef&)>& visit) override;

 private:
  Status name_records(const DeskCase& one);

  std::unique_lock<std::mutex> turn_;  // goes last, when the transaction is over
  Database& db_;
  RecordTable& records_;
  SqliteContents contents_;
  Transaction transaction_;
};

}  // namespace ruhu::server
