#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/base/ids.hpp"
#include "storage/dictionary/field_types.hpp"

namespace ruhu {

/// Why a question has no answer. Each is different from "not asked yet", which is an empty Value.
enum class Gap : std::uint8_t { refused = 1, unknown = 2, not_applicable = 3 };

/// Sorted, without repeats.
struct TextSet {
  std::vector<std::string> items;
  static TextSet of(std::vector<std::string> items);
  bool contains(std::string_view item) const;
  auto operator<=>(const TextSet&) const = default;
};

/// A change to a set: what the worker put in and took out. Exists in changes only, never in a stored row.
struct SetDelta {
  TextSet added;
  TextSet removed;
  auto operator<=>(const SetDelta&) const = default;
};
SetDelta difference(const TextSet& from, const TextSet& to);
TextSet apply(const TextSet& set, const SetDelta& delta);

/// What one field holds. Empty (monostate): not asked, or cleared on purpose when it stands in a change.
/// int64: integer, or an instant in UTC ms. string: text, digits, phone, date, code.
using Value = std::variant<std::monostate, Gap, bool, std::int64_t, double, std::string, Uuid, TextSet, SetDelta>;

inline bool is_empty(const Value& v) { return std::holds_alternative<std::monostate>(v); }
inline bool is_gap(const Value& v) { return std::holds_alternative<Gap>(v); }

/// Text of a string value, "" for everything else.
std::string_view text_of(const Value& v);
/// Integer or instant, `fallback` for everything else.
std::int64_t int_of(const Value& v, std::int64_t fallback = 0);
bool bool_of(const Value& v);
Uuid uuid_of(const Value& v);  ///< Nil for everything else.

/// One field with its value. A record's lie sorted by column and hold no empty value.
struct Cell {
  ColumnNo column;
  Value value;
  auto operator<=>(const Cell&) const = default;
};

}  // namespace ruhu
