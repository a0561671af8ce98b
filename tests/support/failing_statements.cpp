#include "tests/support/failing_statements.hpp"

#include <sqlite3.h>

#include <limits>
#include <string_view>

#include "platform/base/assert.hpp"

namespace ruhu::test {
namespace {

using At = FailingStatements::At;

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

At counted = At::compiling;
std::int64_t statements = 0;
std::int64_t refused = kNever;
bool due = false;  ///< The statement has come and is not refused yet.
bool reached_any = false;
bool refused_any = false;

void count(At at) {
  if (at != counted || refused == kNever) return;
  if (statements++ == refused) due = reached_any = true;
}

bool refuses(At at) {
  if (at != counted || !due) return false;
  due = false;
  refused_any = true;
  return true;
}

bool is_way_back(std::string_view statement) {
  return statement.starts_with("ROLLBACK") || statement.starts_with("RELEASE");
}

/// Called several times for each statement that is compiled: once for what it does, and for every column that it reads.
int authorise(void*, int action, const char* what, const char*, const char*, const char*) {
  if (action == SQLITE_READ || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE) return SQLITE_OK;
  if (action == SQLITE_SAVEPOINT && is_way_back(what)) return SQLITE_OK;
  count(At::compiling);
  return refuses(At::compiling) ? SQLITE_DENY : SQLITE_OK;
}

int on_start(unsigned, void*, void*, void* sql) {
  if (!is_way_back(static_cast<const char*>(sql))) count(At::running);
  return 0;
}

int on_work(void*) { return refuses(At::running) ? 1 : 0; }
int on_commit(void*) { return refuses(At::running) ? 1 : 0; }

int watch(sqlite3* db, const char**, const sqlite3_api_routines*) {
  sqlite3_set_authorizer(db, authorise, nullptr);
  sqlite3_trace_v2(db, SQLITE_TRACE_STMT, on_start, nullptr);
  sqlite3_progress_handler(db, 1, on_work, nullptr);
  sqlite3_commit_hook(db, on_commit, nullptr);
  return SQLITE_OK;
}

void (*entry_point())() { return reinterpret_cast<void (*)()>(watch); }

}  // namespace

FailingStatements::FailingStatements() {
  recover();
  RUHU_ASSERT(sqlite3_auto_extension(entry_point()) == SQLITE_OK);
}

FailingStatements::~FailingStatements() {
  recover();
  sqlite3_cancel_auto_extension(entry_point());
}

void FailingStatements::fail_at(At at, std::int64_t statement) {
  counted = at;
  statements = 0;
  refused = statement;
  due = false;
  reached_any = false;
  refused_any = false;
}

void FailingStatements::recover() {
  refused = kNever;
  due = false;
}

bool FailingStatements::reached() const { return reached_any; }
bool FailingStatements::struck() const { return refused_any; }

}  // namespace ruhu::test
