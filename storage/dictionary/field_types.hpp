#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace ruhu {

/// Permanent number of a record kind; stands in stored changes and on the wire.
struct KindNo {
  std::uint16_t value = 0;
  auto operator<=>(const KindNo&) const = default;
};

/// Permanent number of a field within its kind. 1 and 2 are common to all kinds (grid_id, status).
struct ColumnNo {
  std::uint16_t value = 0;
  auto operator<=>(const ColumnNo&) const = default;
};

enum class FieldType : std::uint8_t {
  text,    ///< One line.
  note,    ///< Several lines.
  digits,  ///< Only 0-9, kept as text with leading zeros.
  phone,
  date,  ///< ISO text; partial ones (1947, 1947-08) where the field allows.
  time,  ///< Instant, UTC ms.
  integer,
  number,
  boolean,
  code,   ///< One code of a list.
  codes,  ///< A set of codes.
  ref,    ///< Id of another record.
  refs,   ///< A set of ids.
  texts,  ///< A set of free texts.
};

/// What the server does when a field has changed since the worker saw it (MERGE.md).
enum class MergeRule : std::uint8_t {
  latest,
  ask,
  source,
  set,
  append,  ///< Sets that only grow.
  max,     ///< Numbers, dates and times: the greatest stands.
  min,
  flow,  ///< Codes whose list says which code may follow which.
};

/// S0 public … S3 sensitive personal information (PIPL Art. 28).
enum class Sensitivity : std::uint8_t { s0, s1, s2, s3 };

enum class Mask : std::uint8_t { none, name, id_no, phone, address };

/// How a field's value becomes search keys.
/// `entrance`: an address whose bare number counts entrances: "2" is said 2单元. `within`: a ref to the place around this
/// one, whose address counts for this one too.
enum class SearchUse : std::uint8_t { none, name, address, entrance, tail, within };

enum class Check : std::uint8_t {
  none,
  person_name,
  citizen_id,
  division,
  room_no,
  phone,
  past_date,
  uscc,        ///< Unified social credit code (GB 32100).
  attachment,  ///< Texts: SHA-256 of attached files, 64 lower-case hex digits each.
};

constexpr bool is_set_type(FieldType t) {
  return t == FieldType::codes || t == FieldType::refs || t == FieldType::texts;
}

std::optional<FieldType> parse_field_type(std::string_view name);
std::optional<MergeRule> parse_merge_rule(std::string_view name);
std::optional<Sensitivity> parse_sensitivity(std::string_view name);  ///< "S0" … "S3"
std::optional<Mask> parse_mask(std::string_view name);
std::optional<SearchUse> parse_search_use(std::string_view name);
std::optional<Check> parse_check(std::string_view name);
std::string_view name_of(MergeRule rule);
std::string_view name_of(FieldType type);  ///< As in the dictionary: "int" and "bool" are the short names.

}  // namespace ruhu

template <>
struct std::hash<ruhu::KindNo> {
  std::size_t operator()(ruhu::KindNo no) const noexcept { return no.value; }
};
