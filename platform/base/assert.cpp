#include "platform/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace ruhu {
void assertion_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "ruhu: broken rule: %s at %s:%d\n", expression, file, line);
  std::abort();
}
}  // namespace ruhu
