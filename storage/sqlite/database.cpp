#include "storage/sqlite/database.hpp"

#include <sqlite3.h>

#include <filesystem>

#include "platform/base/log.hpp"

namespace ruhu {
namespace {

constexpr int kBusyTimeoutMs = 5000;

Errc errc_of(int rc, int extended) {
  switch (rc) {
    case SQLITE_FULL: return Errc::disk_full;
    case SQLITE_IOERR: return extended == SQLITE_IOERR_NOMEM ? Errc::out_of_memory : Errc::io_failed;
    case SQLITE_NOMEM: return Errc::out_of_memory;
    case SQLITE_CORRUPT: return Errc::database_damaged;
    case SQLITE_NOTADB: return Errc::wrong_key;
    case SQLITE_BUSY: return Errc::database_busy;
    case SQLITE_CANTOPEN: return Errc::io_failed;
    case SQLITE_READONLY: return Errc::io_failed;
    case SQLITE_TOOBIG: return Errc::too_large;
    default: return Errc::internal;
  }
}

Error open_error(sqlite3* db, int rc, const DatabaseOptions& options) {
  const int extended = db == nullptr ? rc : sqlite3_extended_errcode(db);
  Error error = make_error(errc_of(rc & 0xFF, extended), "open: " + std::string(sqlite3_errstr(extended)));
  if (!options.create && (rc & 0xFF) == SQLITE_CANTOPEN) error.code = Errc::file_missing;
  if ((rc & 0xFF) == SQLITE_NOTADB && options.key.empty()) error.code = Errc::not_a_database;
  return error;
}

std::string hex(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += kHex[static_cast<unsigned char>(c) >> 4U];
    out += kHex[static_cast<unsigned char>(c) & 0x0FU];
  }
  return out;
}

/// The key goes in as raw bytes, so that opening costs no password hashing.
std::string raw_key_sql(const DatabaseOptions& options) {
  const std::string cipher = options.cipher == "chacha20" ? "chacha20" : "aegis";
  return "PRAGMA cipher='" + cipher + "';PRAGMA key='raw:" + hex(options.key) + "';";
}

/// SQLite takes a file without bytes for a new database and throws away the log beside it. Only where a database may
/// be made, and no log says that there was one, is such a file what it seems.
Status check_not_emptied(sqlite3* db, const DatabaseOptions& options) {
  sqlite3_file* file = nullptr;
  sqlite3_int64 bytes = 0;
  if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || file == nullptr ||
      file->pMethods == nullptr || file->pMethods->xFileSize(file, &bytes) != SQLITE_OK || bytes > 0)
    return {};
  std::error_code absent;
  const auto log_bytes = options.vfs.empty() ? std::filesystem::file_size(options.path + "-wal", absent) : 0;
  const bool has_log = !absent && log_bytes > 0;
  if (options.create && !has_log) return {};
  return make_error(Errc::database_damaged, "open: the file is empty");
}

void set_checkpoint_on_close(sqlite3* db, bool on) {
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on ? 0 : 1, nullptr);
}

}  // namespace

Statement::Statement(Statement&& other) noexcept : db_(other.db_), stmt_(other.stmt_), bind_rc_(other.bind_rc_) {
  other.stmt_ = nullptr;
}

Statement::~Statement() {
  if (stmt_ != nullptr) db_->give_back(stmt_);
}

void Statement::keep(int rc) {
  if (rc != SQLITE_OK && bind_rc_ == SQLITE_OK) bind_rc_ = rc;
}

Statement& Statement::bind(int index, std::int64_t value) {
  keep(sqlite3_bind_int64(stmt_, index, value));
  return *this;
}

Statement& Statement::bind(int index, double value) {
  keep(sqlite3_bind_double(stmt_, index, value));
  return *this;
}

Statement& Statement::bind_text(int index, std::string_view value) {
  const char* data = value.data() == nullptr ? "" : value.data();
  keep(sqlite3_bind_text64(stmt_, index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_blob(int index, std::string_view value) {
  const char* data = value.data() == nullptr ? "" : value.data();
  keep(sqlite3_bind_blob64(stmt_, index, data, value.size(), SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bind_null(int index) {
  keep(sqlite3_bind_null(stmt_, index));
  return *this;
}

Result<bool> Statement::step() {
  if (bind_rc_ != SQLITE_OK) return db_->error(bind_rc_);
  const int rc = sqlite3_step(stmt_);
  if (rc == SQLITE_ROW) return true;
  if (rc == SQLITE_DONE) return false;
  Error error = db_->error(rc);
  sqlite3_reset(stmt_);
  return error;
}

Status Statement::run() {
  for (;;) {
    RUHU_TRY(const bool row, step());
    if (!row) break;
  }
  reset();
  return {};
}

void Statement::reset() {
  sqlite3_reset(stmt_);
  sqlite3_clear_bindings(stmt_);
  bind_rc_ = SQLITE_OK;
}

bool Statement::is_null(int column) const { return sqlite3_column_type(stmt_, column) == SQLITE_NULL; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(stmt_, column); }
double Statement::number(int column) const { return sqlite3_column_double(stmt_, column); }

std::string_view Statement::text(int column) const {
  // A text as its bytes: for a final zero, which nobody here needs, SQLite may copy it, and that may fail unseen.
  if (type(column) == ColumnType::text) return blob(column);
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(stmt_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column))};
}

std::string_view Statement::blob(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(stmt_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column))};
}

Statement::ColumnType Statement::type(int column) const {
  switch (sqlite3_column_type(stmt_, column)) {
    case SQLITE_INTEGER: return ColumnType::integer;
    case SQLITE_FLOAT: return ColumnType::number;
    case SQLITE_TEXT: return ColumnType::text;
    case SQLITE_BLOB: return ColumnType::blob;
    default: return ColumnType::null;
  }
}

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options) {
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
  if (options.create) flags |= SQLITE_OPEN_CREATE;
  sqlite3* raw = nullptr;
  const char* vfs = options.vfs.empty() ? nullptr : options.vfs.c_str();
  const int rc = sqlite3_open_v2(options.path.c_str(), &raw, flags, vfs);
  std::unique_ptr<Database> db(new Database(raw));
  // No SQL has run yet: the plain code means that a part of the library could not be set up for want of memory.
  if (rc == SQLITE_ERROR) return make_error(Errc::out_of_memory, "open");
  if (rc != SQLITE_OK) return open_error(raw, rc, options);
  RUHU_TRY_DONE(db->configure(options));
  return db;
}

Status Database::configure(const DatabaseOptions& options) {
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_timeout(db_, kBusyTimeoutMs);
  // Until the database has proved sound, closing it must not write its log into it: what is damaged stays as it is.
  set_checkpoint_on_close(db_, false);
  // A plan does not depend on the values bound: without it a statement with a LIMIT or an upper bound is made anew for
  // every value, which costs more than running it.
  sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  RUHU_TRY_DONE(check_not_emptied(db_, options));
  if (!options.key.empty()) RUHU_TRY_DONE(exec(raw_key_sql(options)));
  // Before the first read: without shared memory a WAL database can only be read alone.
  if (options.exclusive) RUHU_TRY_DONE(exec("PRAGMA locking_mode=EXCLUSIVE"));
  // The first read decides whether key and file belong together; nothing has been written before it.
  if (const int rc = sqlite3_exec(db_, "SELECT count(*) FROM sqlite_master", nullptr, nullptr, nullptr);
      rc != SQLITE_OK)
    return open_error(db_, rc, options);
  std::string sql = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=OFF;PRAGMA temp_store=MEMORY;";
  sql += "PRAGMA cache_size=-" + std::to_string(options.cache_kib) + ";PRAGMA wal_autocheckpoint=1000;";
  RUHU_TRY_DONE(exec(sql));
  if (options.look_only) return exec("PRAGMA query_only=ON");
  set_checkpoint_on_close(db_, true);
  return {};
}

Database::~Database() {
  for (const auto& [sql, stmt] : idle_) sqlite3_finalize(stmt);
  if (sqlite3_close(db_) != SQLITE_OK) log_line(LogLevel::error, "database closed with statements in use");
}

Result<Statement> Database::prepare(std::string_view sql) {
  if (const auto at = idle_.find(sql); at != idle_.end()) {
    sqlite3_stmt* stmt = at->second;
    idle_.erase(at);
    return Statement(*this, stmt);
  }
  sqlite3_stmt* stmt = nullptr;
  const int rc =
      sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &stmt, nullptr);
  if (rc != SQLITE_OK) return error(rc);
  return Statement(*this, stmt);
}

void Database::give_back(sqlite3_stmt* stmt) {
  sqlite3_reset(stmt);
  sqlite3_clear_bindings(stmt);
  idle_.emplace(sqlite3_sql(stmt), stmt);
}

Status Database::exec(const std::string& sql) {
  const int rc = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) return error(rc);
  return {};
}

Result<std::int64_t> Database::integer(std::string_view sql) {
  RUHU_TRY(auto query, prepare(sql));
  RUHU_TRY(const bool row, query.step());
  return row ? query.integer(0) : 0;
}

std::int64_t Database::changes() const { return sqlite3_changes64(db_); }
std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(db_); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
Status Database::checkpoint() { return exec("PRAGMA wal_checkpoint(TRUNCATE)"); }

Status Database::check_integrity() {
  // Want of memory can look like damage to SQLite; what is damaged is so the second time, too.
  for (int look = 0; look < 2; ++look) {
    RUHU_TRY(auto query, prepare("PRAGMA integrity_check(1)"));
    RUHU_TRY(const bool row, query.step());
    if (row && query.text(0) == "ok") return {};
  }
  set_checkpoint_on_close(db_, false);
  return make_error(Errc::database_damaged, "integrity check");
}

Status Database::copy_to(const std::string& path) {
  RUHU_TRY(auto query, prepare("VACUUM INTO ?1"));
  query.bind_text(1, path);
  return query.run();
}

Error Database::error(int rc, std::source_location at) const {
  const int extended = sqlite3_extended_errcode(db_);
  if (errc_of(rc & 0xFF, extended) == Errc::database_damaged) set_checkpoint_on_close(db_, false);
  // SQLite's message may quote values, so only the name of the code goes to the log; for our own mistakes in SQL
  // (code 1) the message holds no values.
  const bool own_mistake = (rc & 0xFF) == SQLITE_ERROR;
  std::string detail = own_mistake ? sqlite3_errmsg(db_) : sqlite3_errstr(extended);
  return Error{errc_of(rc & 0xFF, extended), std::move(detail), at};
}

Result<Transaction> Transaction::begin(Database& db) {
  // The way back is made ready first: when memory is short it could not be made later.
  RUHU_TRY(auto rollback, db.prepare("ROLLBACK"));
  RUHU_TRY(auto statement, db.prepare("BEGIN IMMEDIATE"));
  RUHU_TRY_DONE(statement.run());
  return Transaction(db, std::move(rollback));
}

Transaction::~Transaction() {
  if (db_ == nullptr || !db_->in_transaction()) return;
  if (const auto status = rollback_.run(); !status.ok()) log_error("rollback", status.error());
}

Status Transaction::commit() {
  RUHU_TRY(auto statement, db_->prepare("COMMIT"));
  RUHU_TRY_DONE(statement.run());  // on failure the destructor rolls back
  db_ = nullptr;
  return {};
}

Result<Snapshot> Snapshot::begin(Database& db) {
  if (db.in_transaction()) return Snapshot(nullptr, std::nullopt);
  // As with a transaction: left open for want of memory, it would take in what is saved later and never commit it.
  RUHU_TRY(auto rollback, db.prepare("ROLLBACK"));
  RUHU_TRY(auto statement, db.prepare("BEGIN"));
  RUHU_TRY_DONE(statement.run());
  return Snapshot(&db, std::move(rollback));
}

Snapshot::~Snapshot() {
  if (db_ == nullptr || !db_->in_transaction()) return;
  if (const auto status = end_->run(); !status.ok()) log_error("end of a snapshot", status.error());
}

Result<Savepoint> Savepoint::begin(Database& db) {
  RUHU_TRY_DONE(db.exec("SAVEPOINT part"));
  return Savepoint(db);
}

Savepoint::~Savepoint() {
  if (db_ == nullptr || !db_->in_transaction()) return;
  if (const auto status = db_->exec("ROLLBACK TO part; RELEASE part"); !status.ok())
    log_error("rollback to savepoint", status.error());
}

Status Savepoint::release() {
  RUHU_TRY_DONE(db_->exec("RELEASE part"));
  db_ = nullptr;
  return {};
}

std::string quoted(std::string_view identifier) {
  RUHU_ASSERT(identifier.find('"') == std::string_view::npos);
  std::string out = "\"";
  out += identifier;
  return out + "\"";
}

}  // namespace ruhu
