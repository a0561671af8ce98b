#pragma once
#include <cstdint>

namespace ruhu::test {

/// SQLite's statements, refused where told, while this lives: for a reason that is neither want of memory nor the disk
/// (Errc::internal). The way back, ROLLBACK, is never refused. Concerns connections opened meanwhile, on this thread.
/// One at a time; not beside a FailingMemory.
class FailingStatements {
 public:
  enum class At : std::uint8_t {
    compiling,  ///< SQL that the connection has at hand compiled is not counted.
    running,    ///< What has no row to look for, as BEGIN, is passed over: the next is refused instead.
  };
  FailingStatements();
  ~FailingStatements();
  FailingStatements(const FailingStatements&) = delete;
  FailingStatements& operator=(const FailingStatements&) = delete;

  /// The n-th statement from now on is refused, the first being 0.
  void fail_at(At at, std::int64_t statement);
  void recover();        ///< All statements work again.
  bool reached() const;  ///< Have there been that many statements since fail_at()?
  bool struck() const;   ///< Has one been refused since fail_at()?
};

}  // namespace ruhu::test
