#include "tests/support/failing_memory.hpp"

#include <sqlite3.h>

#include <limits>

#include "platform/base/assert.hpp"

namespace ruhu::test {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
constexpr int kLookasideSlotBytes = 1200;  // SQLite's own default
constexpr int kLookasideSlots = 40;

sqlite3_mem_methods below{};
std::int64_t requests = 0;
std::int64_t refused_from = kNever;
bool refused_for_good = false;
bool refused_any = false;

bool refuses() {
  const std::int64_t request = requests++;
  const bool refused = refused_for_good ? request >= refused_from : request == refused_from;
  refused_any = refused_any || refused;
  return refused;
}

void* allocate(int size) { return refuses() ? nullptr : below.xMalloc(size); }
void* reallocate(void* memory, int size) { return refuses() ? nullptr : below.xRealloc(memory, size); }

void configure(sqlite3_mem_methods methods, int slot_bytes, int slots) {
  RUHU_ASSERT(sqlite3_shutdown() == SQLITE_OK);
  RUHU_ASSERT(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK);
  RUHU_ASSERT(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, slot_bytes, slots) == SQLITE_OK);
  RUHU_ASSERT(sqlite3_initialize() == SQLITE_OK);
}

}  // namespace

FailingMemory::FailingMemory() {
  recover();
  sqlite3_shutdown();
  RUHU_ASSERT(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &below) == SQLITE_OK);
  sqlite3_mem_methods counted = below;
  counted.xMalloc = allocate;
  counted.xRealloc = reallocate;
  configure(counted, 0, 0);
}

FailingMemory::~FailingMemory() { configure(below, kLookasideSlotBytes, kLookasideSlots); }

void FailingMemory::fail_at(std::int64_t request, bool for_good) {
  requests = 0;
  refused_from = request;
  refused_for_good = for_good;
  refused_any = false;
}

void FailingMemory::recover() { refused_from = kNever; }

bool FailingMemory::struck() const { return refused_any; }

}  // namespace ruhu::test
