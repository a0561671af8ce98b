#include "storage/dictionary/record_checks/record_under_check.hpp"

#include <algorithm>

namespace ruhu {

const Value& RecordUnderCheck::get(std::string_view field) const {
  static const Value kEmpty;
  const FieldDef* def = kind_.find(field);
  if (def == nullptr) return kEmpty;
  const auto at = std::find_if(values_.begin(), values_.end(), [&](const auto& v) { return v.column == def->no; });
  return at == values_.end() ? kEmpty : at->value;
}

std::optional<std::int64_t> RecordUnderCheck::number(std::string_view field) const {
  const auto* whole = std::get_if<std::int64_t>(&get(field));
  return whole == nullptr ? std::nullopt : std::optional(*whole);
}

const std::vector<std::string>& RecordUnderCheck::items(std::string_view field) const {
  static const std::vector<std::string> kNone;
  const auto* set = std::get_if<TextSet>(&get(field));
  return set == nullptr ? kNone : set->items;
}

void RecordUnderCheck::add(std::string_view field, std::string_view text_key, Strength strength,
                           std::vector<FindingArg> args) {
  found_.push_back({strength, std::string(field), std::string(text_key), std::move(args)});
}

void RecordUnderCheck::want(std::string_view field, std::string_view text_key, Strength strength) {
  if (missing(field)) add(field, text_key, strength);
}

void RecordUnderCheck::in_order(std::string_view earlier, std::string_view later, std::string_view text_key,
                                Strength strength) {
  const auto from = number(earlier);
  const auto to = number(later);
  if (from && to && *to < *from) add(later, text_key, strength);
  const auto first = date(earlier);
  const auto last = date(later);
  if (first && last && last_day(*last) < first_day(*first)) add(later, text_key, strength);
}

}  // namespace ruhu
