#include "server/store/sqlite_store.hpp"

#include "server/attachments/content_uses.hpp"
#include "server/store/sqlite_contents.hpp"
#include "server/store/sqlite_tx.hpp"
#include "storage/model/duplicates/likeness.hpp"
#include "storage/schema/tables.hpp"

namespace ruhu::server {
namespace {

constexpr std::int64_t kLayout = 6;

/// So many tablets or accounts can have come since a backup was made without one's number being given twice.
constexpr std::int64_t kNumbersLeftOut = 10'000;

class SqliteStore final : public PlatformStore {
 public:
  SqliteStore(std::unique_ptr<Database> db, const Dictionary& dictionary, Realm realm)
      : db_(std::move(db)), records_(*db_, dictionary), dictionary_(dictionary), realm_(realm) {}

  Result<std::unique_ptr<PlatformTx>> begin() override {
    std::unique_lock turn(mutex_);
    RUHU_TRY(auto transaction, Transaction::begin(*db_));
    return std::unique_ptr<PlatformTx>(
        std::make_unique<SqliteTx>(std::move(turn), *db_, records_, std::move(transaction)));
  }
  Realm realm() const override { return realm_; }
  Epoch epoch() const override { return epoch_; }

  /// Makes or extends the tables and reads what the file says of itself.
  Status prepare(Random& random) {
    RUHU_TRY(const auto layout, db_->integer("PRAGMA user_version"));
    if (layout > kLayout) return make_error(Errc::database_newer, "layout " + std::to_string(layout));
    RUHU_TRY(auto transaction, Transaction::begin(*db_));
    if (layout == 0) {
      RUHU_TRY_DONE(db_->exec(kPlatformTables));
      RUHU_TRY_DONE(write_number("realm", static_cast<std::int64_t>(realm_)));
      RUHU_TRY_DONE(write_number("epoch", static_cast<std::int64_t>(random.next() >> 1U)));
    }
    if (layout < 2) RUHU_TRY_DONE(db_->exec(kAsideTables));
    if (layout < 3) RUHU_TRY_DONE(db_->exec(kEpochAndDecisionTables));
    if (layout < 4) RUHU_TRY_DONE(db_->exec(kScopeTables));
    if (layout < 5) RUHU_TRY_DONE(db_->exec(kContentTables));
    if (layout < 6) RUHU_TRY_DONE(db_->exec(kCaseTables));
    if (layout < kLayout) RUHU_TRY_DONE(db_->exec("PRAGMA user_version = " + std::to_string(kLayout)));
    RUHU_TRY_DONE(create_or_extend_tables(*db_, dictionary_));
    RUHU_TRY_DONE(index_homes());
    if (layout > 0 && layout < 6) RUHU_TRY_DONE(make_match_keys());
    RUHU_TRY_DONE(transaction.commit());
    RUHU_TRY(const auto realm, db_->integer("SELECT value FROM sys_number WHERE name = 'realm'"));
    if (realm != static_cast<std::int64_t>(realm_)) return make_error(Errc::wrong_realm, "database");
    RUHU_TRY(const auto epoch, db_->integer("SELECT epoch FROM sys_epoch ORDER BY no DESC LIMIT 1"));
    epoch_ = {static_cast<std::uint64_t>(epoch)};
    return list_contents();
  }

  Status copy_to(const std::string& path) override {
    const std::unique_lock turn(mutex_);
    return db_->copy_to(path);
  }

  Status begin_epoch(Random& random) override {
    const std::unique_lock turn(mutex_);
    RUHU_TRY(auto transaction, Transaction::begin(*db_));
    const auto epoch = static_cast<std::int64_t>(random.next() >> 1U);
    {
      RUHU_TRY(auto insert, db_->prepare("INSERT INTO sys_epoch(epoch) VALUES (?1)"));
      RUHU_TRY_DONE(insert.bind(1, epoch).run());
    }
    // What was made of rows that are no more must not be sent.
    RUHU_TRY_DONE(db_->exec("DELETE FROM sys_snapshot; DELETE FROM sys_snapshot_chunk;"));
    RUHU_TRY_DONE(
        db_->exec("INSERT INTO sys_epoch_head(no, scope, head)"
                  " SELECT (SELECT max(no) FROM sys_epoch), scope, head FROM sys_scope"));
    RUHU_TRY_DONE(db_->exec("UPDATE sys_number SET value = " + std::to_string(kNumbersLeftOut) +
                            " + max((SELECT max(no) FROM sys_tablet), (SELECT max(no) FROM sys_account), value)"
                            " WHERE name = 'numbers_given'"));
    RUHU_TRY_DONE(transaction.commit());
    epoch_ = {static_cast<std::uint64_t>(epoch)};
    return {};
  }

 private:
  /// Rows of one scope are asked for whenever a tablet is new there.
  Status index_homes() {
    for (const KindDef& kind : dictionary_.kinds())
      if (kind.find("grid_id") != nullptr)
        RUHU_TRY_DONE(db_->exec("CREATE INDEX IF NOT EXISTS " + quoted("home_" + kind.name) + " ON " +
                                quoted(kind.name) + "(grid_id, id)"));
    return {};
  }

  Status list_contents() {
    RUHU_TRY(const auto tx, begin());
    RUHU_TRY_DONE(bring_content_uses_up(*tx, dictionary_));
    return tx->commit();
  }

  Status write_number(std::string_view name, std::int64_t value) {
    RUHU_TRY(auto statement, db_->prepare("INSERT INTO sys_number(name, value) VALUES (?1, ?2)"));
    return statement.bind_text(1, name).bind(2, value).run();
  }

  /// Rows that were here before there were keys get theirs.
  Status make_match_keys() {
    RUHU_TRY(auto insert, db_->prepare("INSERT OR IGNORE INTO sys_match_key(key, kind, record) VALUES (?1, ?2, ?3)"));
    for (const KindDef& kind : dictionary_.kinds()) {
      ListOptions page{.where = {}, .after = {}, .limit = 1'000};
      for (bool more = can_be_twice(kind.no); more;) {
        RUHU_TRY(const auto records, records_.list(kind.no, page));
        for (const Record& record : records)
          for (const MatchKey& key : match_keys(record)) {
            insert.bind(1, static_cast<std::int64_t>(key.hash)).bind(2, std::int64_t{kind.no.value});
            RUHU_TRY_DONE(insert.bind_blob(3, id_bytes(record.ref.id)).run());
          }
        more = !records.empty();
        if (more) page.after = records.back().ref.id;
      }
    }
    return {};
  }

  std::mutex mutex_;  ///< One connection, so one transaction at a time.
  std::unique_ptr<Database> db_;
  RecordTable records_;
  const Dictionary& dictionary_;
  Realm realm_;
  Epoch epoch_;
};

}  // namespace

Result<std::unique_ptr<PlatformStore>> open_sqlite_store(const DatabaseOptions& options, const Dictionary& dictionary,
                                                         Realm realm, Random& random) {
  RUHU_TRY(auto db, Database::open(options));
  auto store = std::make_unique<SqliteStore>(std::move(db), dictionary, realm);
  RUHU_TRY_DONE(store->prepare(random));
  return std::unique_ptr<PlatformStore>(std::move(store));
}

}  // namespace ruhu::server
