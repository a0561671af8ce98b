#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/clock.hpp"
#include "platform/base/random.hpp"

namespace ruhu {

/// UUID as 16 bytes in network order. Record ids are version 7: made on the tablet, never reused.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;
  bool is_nil() const { return *this == Uuid{}; }
};

Uuid make_uuid_v7(Clock& clock, Random& random);
std::string to_string(const Uuid& id);                  ///< 36 characters, lower case.
std::optional<Uuid> parse_uuid(std::string_view text);  ///< Nothing unless exactly the 36-character form.

/// The tablet's number, given by the server at enrolment. 0: the server itself (imports).
struct TabletNo {
  std::uint32_t value = 0;
  auto operator<=>(const TabletNo&) const = default;
};

/// Names one edit for ever: the tablet and its counter, from 1, without gaps.
struct OpId {
  TabletNo tablet;
  std::uint64_t counter = 0;  ///< 0: no op.
  auto operator<=>(const OpId&) const = default;
};
std::string to_string(const OpId& id);  ///< "7:42"
std::optional<OpId> parse_op_id(std::string_view text);

/// Position in one record's line of accepted changes, given by the server: 1, 2, 3 … 0: the server has none yet.
struct ServerVersion {
  std::uint64_t value = 0;
  auto operator<=>(const ServerVersion&) const = default;
};

/// Position in one grid's log, given by the server: 1, 2, 3 … without gaps. 0: before the first.
struct Lsn {
  std::uint64_t value = 0;
  auto operator<=>(const Lsn&) const = default;
};

/// Names one life of the server's data: another one means that they were made anew or restored.
struct Epoch {
  std::uint64_t value = 0;
  auto operator<=>(const Epoch&) const = default;
};

/// Code of a grid (15 digits) or of a community (12 digits) whose log a record stands in. 0: none.
struct ScopeCode {
  std::uint64_t value = 0;
  auto operator<=>(const ScopeCode&) const = default;
  bool is_community() const { return value >= 100'000'000'000ULL && value < 1'000'000'000'000ULL; }
  bool is_grid() const { return value >= 100'000'000'000'000ULL && value < 1'000'000'000'000'000ULL; }
  /// The community that the scope lies in; itself for a community.
  ScopeCode community() const { return is_grid() ? ScopeCode{value / 1000} : *this; }
};
std::string to_string(ScopeCode code);
std::optional<ScopeCode> parse_scope_code(std::string_view digits);  ///< 12 or 15 digits, else nothing.

}  // namespace ruhu

template <>
struct std::hash<ruhu::Uuid> {
  std::size_t operator()(const ruhu::Uuid& id) const noexcept {
    std::size_t h = 0;
    for (std::size_t i = 8; i < 16; ++i) h = (h << 8U) | id.bytes[i];  // the random half of a version 7 id
    return h;
  }
};
template <>
struct std::hash<ruhu::OpId> {
  std::size_t operator()(const ruhu::OpId& id) const noexcept {
    return std::hash<std::uint64_t>{}(id.counter * 0x9E3779B97F4A7C15ULL + id.tablet.value);
  }
};
