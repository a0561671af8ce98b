#pragma once
#include <optional>
#include <utility>
#include <variant>

#include "platform/base/assert.hpp"
#include "platform/base/error.hpp"

namespace ruhu {

/// A value or the reason why there is none. (std::expected arrives with C++23.)
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit on purpose
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return RUHU_ASSERT(ok()), std::get<0>(state_); }
  const T& value() const& { return RUHU_ASSERT(ok()), std::get<0>(state_); }
  /// By value, so that a loop over a function's result keeps it alive.
  T value() && { return RUHU_ASSERT(ok()), std::get<0>(std::move(state_)); }
  T value_or(T fallback) const& { return ok() ? std::get<0>(state_) : std::move(fallback); }

  const Error& error() const& { return RUHU_ASSERT(!ok()), std::get<1>(state_); }
  Error&& error() && { return RUHU_ASSERT(!ok()), std::get<1>(std::move(state_)); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> state_;
};

/// Done, or the reason why not.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit on purpose

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const& { return RUHU_ASSERT(!ok()), *error_; }
  Error&& error() && { return RUHU_ASSERT(!ok()), std::move(*error_); }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace ruhu

#define RUHU_CONCAT_INNER(a, b) a##b
#define RUHU_CONCAT(a, b) RUHU_CONCAT_INNER(a, b)
#define RUHU_TRY_IMPL(tmp, declaration, expression) \
  auto tmp = (expression);                          \
  if (!tmp.ok()) return std::move(tmp).error();     \
  declaration = std::move(tmp).value()

/// `RUHU_TRY(auto x, f());` declares x from a Result or returns its error.
#define RUHU_TRY(declaration, ...) RUHU_TRY_IMPL(RUHU_CONCAT(ruhu_try_, __LINE__), declaration, (__VA_ARGS__))

/// `RUHU_TRY_DONE(f());` returns the error of a Result whose value is not wanted.
#define RUHU_TRY_DONE(...)                                                                    \
  do {                                                                                        \
    if (auto ruhu_done = (__VA_ARGS__); !ruhu_done.ok()) return std::move(ruhu_done).error(); \
  } while (false)
