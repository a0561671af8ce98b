#include "storage/model/value_json.hpp"

#include <simdjson.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "platform/base/text.hpp"

namespace ruhu {
namespace {

using nlohmann::ordered_json;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kSetItemsMax = 10'000;
constexpr std::size_t kValueBytesMax = std::size_t{256} << 10U;

struct GapName {
  Gap gap;
  std::string_view name;
};
constexpr GapName kGaps[] = {
    {Gap::refused, "refused"}, {Gap::unknown, "unknown"}, {Gap::not_applicable, "not_applicable"}};

Error refuse(const FieldDef& field, std::string_view what) {
  return make_error(Errc::invalid_value, field.name + ": " + std::string(what));
}

Result<Value> gap_value(const FieldDef& field, const object& json) {
  std::string_view name;
  if (json.size() != 1 || json["gap"].get(name) != simdjson::SUCCESS) return refuse(field, "is an object but no gap");
  const auto gap = parse_gap(name);
  if (!gap) return refuse(field, "has an unknown gap");
  return Value{*gap};
}

Result<std::string> checked_text(const FieldDef& field, std::string_view text) {
  if (!is_valid_utf8(text)) return make_error(Errc::invalid_utf8, field.name);
  return std::string(text);
}

Result<Value> text_value(const FieldDef& field, const element& json) {
  std::string_view text;
  if (json.get(text) != simdjson::SUCCESS) return refuse(field, "must be text");
  RUHU_TRY(std::string checked, checked_text(field, text));
  return Value{std::move(checked)};
}

Result<Value> time_value(const FieldDef& field, const element& json) {
  std::int64_t ms = 0;
  if (json.get(ms) == simdjson::SUCCESS) return Value{ms};
  std::string_view text;
  if (json.get(text) != simdjson::SUCCESS) return refuse(field, "must be an RFC 3339 time or UTC milliseconds");
  const auto parsed = parse_time(text);
  if (!parsed) return refuse(field, "must be a time with its offset, like 2026-03-05T02:00:00.000Z");
  return Value{*parsed};
}

Result<Value> ref_value(const FieldDef& field, const element& json) {
  std::string_view text;
  const auto id = json.get(text) == simdjson::SUCCESS ? parse_uuid(text) : std::nullopt;
  if (!id) return refuse(field, "must be a UUID");
  return Value{*id};
}

Result<Value> set_value(const FieldDef& field, const element& json) {
  array items;
  if (json.get(items) != simdjson::SUCCESS) return refuse(field, "must be an array");
  std::vector<std::string> texts;
  for (const element item : items) {
    std::string_view text;
    if (item.get(text) != simdjson::SUCCESS) return refuse(field, "must be an array of texts");
    if (texts.size() == kSetItemsMax) return make_error(Errc::too_large, field.name);
    RUHU_TRY(std::string checked, checked_text(field, text));
    if (field.type == FieldType::refs) {
      const auto id = parse_uuid(checked);
      if (!id) return refuse(field, "must be an array of UUIDs");
      checked = to_string(*id);
    }
    texts.push_back(std::move(checked));
  }
  return Value{TextSet::of(std::move(texts))};
}

template <class T>
Result<Value> plain_value(const FieldDef& field, const element& json, std::string_view what) {
  T value{};
  if (json.get(value) != simdjson::SUCCESS) return refuse(field, what);
  return Value{value};
}

template <class T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && at == end ? std::optional(value) : std::nullopt;
}

Result<Value> set_from_text(const FieldDef& field, std::string_view text) {
  std::vector<std::string> items;
  for (const auto part : split(text, ';')) {
    const auto item = trim(part);
    if (item.empty()) continue;
    const auto id = parse_uuid(item);
    if (field.type == FieldType::refs && !id) return refuse(field, "must be UUIDs separated by ;");
    items.push_back(field.type == FieldType::refs ? to_string(*id) : std::string(item));
  }
  return Value{TextSet::of(std::move(items))};
}

Result<Value> time_from_text(const FieldDef& field, std::string_view text) {
  auto ms = parse_time(text);
  if (!ms) ms = parse_number<std::int64_t>(text);
  if (!ms) return refuse(field, "must be an RFC 3339 time or UTC milliseconds");
  return Value{*ms};
}

Result<Value> boolean_from_text(const FieldDef& field, std::string_view text) {
  if (text == "true" || text == "1") return Value{true};
  if (text == "false" || text == "0") return Value{false};
  return refuse(field, "must be true or false");
}

}  // namespace

std::string_view name_of(Gap gap) {
  for (const auto& entry : kGaps)
    if (entry.gap == gap) return entry.name;
  return "";
}

std::optional<Gap> parse_gap(std::string_view name) {
  for (const auto& entry : kGaps)
    if (entry.name == name) return entry.gap;
  return std::nullopt;
}

Result<Value> value_from_json(const FieldDef& field, const element& json) {
  if (json.is_null()) return Value{};
  object fields;
  if (json.get(fields) == simdjson::SUCCESS) return gap_value(field, fields);
  switch (field.type) {
    case FieldType::text:
    case FieldType::note:
    case FieldType::digits:
    case FieldType::phone:
    case FieldType::date:
    case FieldType::code: return text_value(field, json);
    case FieldType::time: return time_value(field, json);
    case FieldType::integer: return plain_value<std::int64_t>(field, json, "must be a whole number");
    case FieldType::number: return plain_value<double>(field, json, "must be a number");
    case FieldType::boolean: return plain_value<bool>(field, json, "must be true or false");
    case FieldType::ref: return ref_value(field, json);
    case FieldType::codes:
    case FieldType::refs:
    case FieldType::texts: return set_value(field, json);
  }
  return refuse(field, "has an unknown type");
}

Result<Value> value_from_json_text(const FieldDef& field, std::string_view json) {
  if (json.size() > kValueBytesMax) return make_error(Errc::too_large, field.name);
  simdjson::dom::parser parser;
  element root;
  const auto error = parser.parse(json.data(), json.size()).get(root);
  if (error == simdjson::UTF8_ERROR) return make_error(Errc::invalid_utf8, field.name);
  if (error != simdjson::SUCCESS) return make_error(Errc::invalid_json, field.name);
  return value_from_json(field, root);
}

Result<Value> value_from_text(const FieldDef& field, std::string_view text) {
  if (!is_valid_utf8(text)) return make_error(Errc::invalid_utf8, field.name);
  if (text.empty()) return Value{};
  switch (field.type) {
    case FieldType::time: return time_from_text(field, text);
    case FieldType::integer:
      if (const auto number = parse_number<std::int64_t>(text)) return Value{*number};
      return refuse(field, "must be a whole number");
    case FieldType::number:
      if (const auto number = parse_number<double>(text)) return Value{*number};
      return refuse(field, "must be a number");
    case FieldType::boolean: return boolean_from_text(field, text);
    case FieldType::ref:
      if (const auto id = parse_uuid(text)) return Value{*id};
      return refuse(field, "must be a UUID");
    case FieldType::codes:
    case FieldType::refs:
    case FieldType::texts: return set_from_text(field, text);
    default: return Value{std::string(text)};
  }
}

ordered_json value_to_json(const FieldDef& field, const Value& value) {
  struct Writer {
    const FieldDef& field;
    ordered_json operator()(std::monostate) const { return nullptr; }
    ordered_json operator()(Gap gap) const { return {{"gap", name_of(gap)}}; }
    ordered_json operator()(bool b) const { return b; }
    ordered_json operator()(std::int64_t i) const {
      if (field.type == FieldType::time) return format_time(i);
      return i;
    }
    ordered_json operator()(double d) const { return d; }
    ordered_json operator()(const std::string& s) const { return s; }
    ordered_json operator()(const Uuid& id) const { return to_string(id); }
    ordered_json operator()(const TextSet& set) const { return ordered_json(set.items); }
    ordered_json operator()(const SetDelta& delta) const {
      return {{"added", delta.added.items}, {"removed", delta.removed.items}};
    }
  };
  return std::visit(Writer{field}, value);
}

}  // namespace ruhu
