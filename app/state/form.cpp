#include "app/state/form.hpp"

#include <charconv>
#include <cstdio>

namespace ruhu {
namespace {

std::string number_text(double number) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.10g", number);
  return buffer;
}

/// The whole text as a number, or the text itself for validation to complain about.
template <class Number>
Value number_value(const std::string& text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return text;
  return number;
}

}  // namespace

FieldInput to_input(const FieldDef&, const Value& value) {
  FieldInput input;
  if (const auto* gap = std::get_if<Gap>(&value)) input.gap = *gap;
  if (const auto* text = std::get_if<std::string>(&value)) input.text = *text;
  if (const auto* flag = std::get_if<bool>(&value)) input.text = *flag ? "1" : "0";
  if (const auto* whole = std::get_if<std::int64_t>(&value)) input.text = std::to_string(*whole);
  if (const auto* number = std::get_if<double>(&value)) input.text = number_text(*number);
  if (const auto* id = std::get_if<Uuid>(&value)) input.text = to_string(*id);
  if (const auto* set = std::get_if<TextSet>(&value)) input.picks = set->items;
  return input;
}

Value to_value(const FieldDef& field, const FieldInput& input) {
  if (input.gap) return *input.gap;
  if (is_set_type(field.type)) {
    if (input.picks.empty()) return {};
    return TextSet::of(input.picks);
  }
  if (input.text.empty()) return {};
  switch (field.type) {
    case FieldType::boolean: return input.text == "1";
    case FieldType::integer:
    case FieldType::time: return number_value<std::int64_t>(input.text);
    case FieldType::number: return number_value<double>(input.text);
    case FieldType::ref: {
      const auto id = parse_uuid(input.text);
      return id ? Value{*id} : Value{input.text};
    }
    default: return input.text;
  }
}

bool FormInput::is_touched() const {
  for (const auto& [column, input] : fields)
    if (input.touched) return true;
  return false;
}

std::vector<Cell> FormInput::touched_cells(const KindDef& kind) const {
  std::vector<Cell> cells;
  for (const auto& [column, input] : fields) {
    const FieldDef* field = input.touched ? kind.find(column) : nullptr;
    if (field != nullptr) cells.push_back({column, normalise(*field, to_value(*field, input))});
  }
  return cells;
}

std::vector<Cell> FormInput::values(const KindDef& kind) const {
  std::vector<Cell> out;
  for (const auto& [column, input] : fields) {
    const FieldDef* field = kind.find(column);
    if (field == nullptr) continue;
    Value value = to_value(*field, input);
    if (!is_empty(value)) out.push_back({column, std::move(value)});
  }
  return out;
}

}  // namespace ruhu
