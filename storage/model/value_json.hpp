#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "platform/base/result.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "storage/model/value.hpp"

namespace simdjson::dom {
class element;
}

namespace ruhu {

/// A field's value from its JSON form: empty is null; a gap is {"gap":"refused"|"unknown"|"not_applicable"};
/// an instant is RFC 3339 with any offset, or UTC ms; a set is an array; a ref is a UUID; the rest is
/// natural. Only the shape is checked here (Errc::invalid_value, invalid_utf8, with the field's name);
/// whether it makes sense is validation's.
Result<Value> value_from_json(const FieldDef& field, const simdjson::dom::element& json);
/// The same from JSON text, e.g. of one command-line argument.
Result<Value> value_from_json_text(const FieldDef& field, std::string_view json);
/// The same from bare text as a person or a CSV file gives it: "" is empty, sets are separated by ';',
/// "true"/"1".
Result<Value> value_from_text(const FieldDef& field, std::string_view text);

/// The JSON form. An instant becomes "2026-03-05T02:00:00.000Z"; a set delta {"added":[…],"removed":[…]}.
nlohmann::ordered_json value_to_json(const FieldDef& field, const Value& value);

std::string_view name_of(Gap gap);  ///< "refused", "unknown", "not_applicable"
std::optional<Gap> parse_gap(std::string_view name);

/// "2026-03-05T02:00:00.000Z" of UTC ms; years outside 0001-9999 are clamped to them.
std::string format_time(std::int64_t utc_ms);
/// UTC ms of an RFC 3339 instant with "Z" or an offset; nothing when malformed. Fractions beyond ms are cut.
std::optional<std::int64_t> parse_time(std::string_view text);

}  // namespace ruhu
