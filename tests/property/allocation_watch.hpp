#pragma once
#include <cstddef>

namespace ruhu::test {

/// Counts the bytes that this thread asks `new` for while it lives. The property program's `new` reports to it.
class AllocationWatch {
 public:
  AllocationWatch();
  ~AllocationWatch();
  AllocationWatch(const AllocationWatch&) = delete;
  AllocationWatch& operator=(const AllocationWatch&) = delete;
  std::size_t bytes() const;  ///< Sum, whether freed again or not.
};

}  // namespace ruhu::test
