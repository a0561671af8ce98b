#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace ruhu {

class Database;

/// A prepared statement lent by its Database; goes back to its cache, reset, when this handle dies.
/// Bind errors are kept and reported by the next step().
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, double value);
  Statement& bind_text(int index, std::string_view value);  ///< Copied.
  Statement& bind_blob(int index, std::string_view value);  ///< Copied; empty stays an empty blob.
  Statement& bind_null(int index);

  Result<bool> step();  ///< True: a row is there. False: done.
  Status run();         ///< Steps to the end and resets, ready for other values.
  void reset();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double number(int column) const;
  std::string_view text(int column) const;  ///< Valid until the next step.
  std::string_view blob(int column) const;  ///< Valid until the next step.
  enum class ColumnType : unsigned char { null, integer, number, text, blob };
  ColumnType type(int column) const;

 private:
  friend class Database;
  Statement(Database& db, sqlite3_stmt* stmt) : db_(&db), stmt_(stmt) {}
  void keep(int rc);
  Database* db_;
  sqlite3_stmt* stmt_;
  int bind_rc_ = 0;
};

struct DatabaseOptions {
  std::string path;              ///< ":memory:" for tests.
  std::string key;               ///< 32 bytes; empty: not encrypted.
  std::string cipher = "aegis";  ///< "aegis" or "chacha20".
  std::string vfs;               ///< Empty: the system's. Simulations give their own.
  bool create = true;            ///< False: a missing file is file_missing.
  bool exclusive = false;        ///< One connection only; needs no shared memory.
  bool look_only = false;        ///< Nothing is written, not even the log into the file when it is closed.
  int cache_kib = 4096;
};

/// One connection: WAL, synchronous=FULL, foreign keys off (references may arrive before their targets).
/// Not thread-safe: one owner thread.
class Database {
 public:
  /// wrong_key, not_a_database, database_damaged, disk_full, io_failed, file_missing. Never replaces a file.
  static Result<std::unique_ptr<Database>> open(const DatabaseOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Result<Statement> prepare(std::string_view sql);
  Status exec(const std::string& sql);                 ///< One or more statements without values.
  Result<std::int64_t> integer(std::string_view sql);  ///< First column of the first row; 0 without rows.
  std::int64_t changes() const;
  std::int64_t last_insert_id() const;
  bool in_transaction() const;

  Status check_integrity();  ///< database_damaged with SQLite's first finding.
  /// A consistent copy of the whole database under the same key, made while it is in use.
  Status copy_to(const std::string& path);
  Status checkpoint();

  /// The error for a SQLite result code of this connection.
  Error error(int rc, std::source_location at = std::source_location::current()) const;

 private:
  friend class Statement;
  explicit Database(sqlite3* db) : db_(db) {}
  Status configure(const DatabaseOptions& options);
  void give_back(sqlite3_stmt* stmt);

  sqlite3* db_;
  std::unordered_multimap<std::string_view, sqlite3_stmt*> idle_;  ///< By their SQL, which each keeps itself.
};

/// BEGIN IMMEDIATE … COMMIT. Rolls back in its destructor unless committed.
class Transaction {
 public:
  static Result<Transaction> begin(Database& db);
  Transaction(Transaction&& other) noexcept : db_(other.db_), rollback_(std::move(other.rollback_)) {
    other.db_ = nullptr;
  }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  /// Durable when this returns without error.
  Status commit();

 private:
  Transaction(Database& db, Statement rollback) : db_(&db), rollback_(std::move(rollback)) {}
  Database* db_;  ///< nullptr: over.
  Statement rollback_;
};

/// One moment of the database for many reads: they see the same rows, and the file is locked once instead of at every
/// statement, which is most of what a small read costs. Inside a transaction it changes nothing. Nothing may be written
/// while it lasts.
class Snapshot {
 public:
  static Result<Snapshot> begin(Database& db);
  Snapshot(Snapshot&& other) noexcept : db_(other.db_), end_(std::move(other.end_)) { other.db_ = nullptr; }
  Snapshot& operator=(Snapshot&&) = delete;
  ~Snapshot();

 private:
  Snapshot(Database* db, std::optional<Statement> end) : db_(db), end_(std::move(end)) {}
  Database* db_;  ///< nullptr: part of a transaction, or over.
  std::optional<Statement> end_;
};

/// A part of a transaction that can be undone alone. Undone in its destructor unless released.
class Savepoint {
 public:
  static Result<Savepoint> begin(Database& db);
  Savepoint(Savepoint&& other) noexcept : db_(other.db_) { other.db_ = nullptr; }
  Savepoint& operator=(Savepoint&&) = delete;
  ~Savepoint();
  Status release();

 private:
  explicit Savepoint(Database& db) : db_(&db) {}
  Database* db_;
};

/// "\"name\"": SQL identifiers from the dictionary are always quoted (primary, text, use are field names).
std::string quoted(std::string_view identifier);

}  // namespace ruhu
