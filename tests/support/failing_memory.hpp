#pragma once
#include <cstdint>

namespace ruhu::test {

/// SQLite's memory, refused where told, while this lives. Every request counts: nothing is served from the memory that
/// SQLite lays aside for each connection. One at a time, and no database may be open when it comes or goes.
class FailingMemory {
 public:
  FailingMemory();
  ~FailingMemory();
  FailingMemory(const FailingMemory&) = delete;
  FailingMemory& operator=(const FailingMemory&) = delete;

  /// The n-th request from now on is refused, the first being 0; for good: all later ones too.
  void fail_at(std::int64_t request, bool for_good);
  void recover();       ///< There is memory again.
  bool struck() const;  ///< Has anything been refused since fail_at()?
};

}  // namespace ruhu::test
