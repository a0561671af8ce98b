#pragma once

namespace ruhu {
/// Prints where the program broke its own rule and stops. Safe to stop: every save is a transaction.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);
}  // namespace ruhu

/// For programmer errors only; stays on in release builds.
#define RUHU_ASSERT(expression) \
  ((expression) ? static_cast<void>(0) : ::ruhu::assertion_failed(#expression, __FILE__, __LINE__))
