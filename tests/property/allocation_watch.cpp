#include "tests/property/allocation_watch.hpp"

#include <cstdlib>
#include <new>

namespace {

thread_local bool watching = false;
thread_local std::size_t counted = 0;

}  // namespace

// Replaced for the whole program; malloc stays below, so that sanitizers see everything as before.
void* operator new(std::size_t size) {
  if (watching) counted += size;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace ruhu::test {

AllocationWatch::AllocationWatch() {
  watching = true;
  counted = 0;
}
AllocationWatch::~AllocationWatch() { watching = false; }
std::size_t AllocationWatch::bytes() const { return counted; }

}  // namespace ruhu::test
