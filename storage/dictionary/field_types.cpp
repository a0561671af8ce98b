#include "storage/dictionary/field_types.hpp"

#include <span>

namespace ruhu {
namespace {

template <class T>
struct Named {
  std::string_view name;
  T value;
};

constexpr Named<FieldType> kFieldTypes[] = {
    {"text", FieldType::text},    {"note", FieldType::note},       {"digits", FieldType::digits},
    {"phone", FieldType::phone},  {"date", FieldType::date},       {"time", FieldType::time},
    {"int", FieldType::integer},  {"integer", FieldType::integer}, {"number", FieldType::number},
    {"bool", FieldType::boolean}, {"boolean", FieldType::boolean}, {"code", FieldType::code},
    {"codes", FieldType::codes},  {"ref", FieldType::ref},         {"refs", FieldType::refs},
    {"texts", FieldType::texts},
};
constexpr Named<MergeRule> kMergeRules[] = {
    {"latest", MergeRule::latest}, {"ask", MergeRule::ask}, {"source", MergeRule::source}, {"set", MergeRule::set},
    {"append", MergeRule::append}, {"max", MergeRule::max}, {"min", MergeRule::min},       {"flow", MergeRule::flow}};
constexpr Named<Sensitivity> kSensitivities[] = {
    {"S0", Sensitivity::s0}, {"S1", Sensitivity::s1}, {"S2", Sensitivity::s2}, {"S3", Sensitivity::s3}};
constexpr Named<Mask> kMasks[] = {{"none", Mask::none},
                                  {"name", Mask::name},
                                  {"id_no", Mask::id_no},
                                  {"phone", Mask::phone},
                                  {"address", Mask::address}};
constexpr Named<SearchUse> kSearchUses[] = {{"none", SearchUse::none},         {"name", SearchUse::name},
                                            {"address", SearchUse::address},   {"tail", SearchUse::tail},
                                            {"entrance", SearchUse::entrance}, {"within", SearchUse::within}};
constexpr Named<Check> kChecks[] = {{"none", Check::none},
                                    {"person_name", Check::person_name},
                                    {"citizen_id", Check::citizen_id},
                                    {"division", Check::division},
                                    {"room_no", Check::room_no},
                                    {"phone", Check::phone},
                                    {"past_date", Check::past_date},
                                    {"uscc", Check::uscc},
                                    {"attachment", Check::attachment}};

template <class T>
std::optional<T> find_named(std::span<const Named<T>> names, std::string_view name) {
  for (const auto& entry : names)
    if (entry.name == name) return entry.value;
  return std::nullopt;
}

}  // namespace

std::optional<FieldType> parse_field_type(std::string_view name) { return find_named<FieldType>(kFieldTypes, name); }
std::optional<MergeRule> parse_merge_rule(std::string_view name) { return find_named<MergeRule>(kMergeRules, name); }
std::optional<Sensitivity> parse_sensitivity(std::string_view name) {
  return find_named<Sensitivity>(kSensitivities, name);
}
std::optional<Mask> parse_mask(std::string_view name) { return find_named<Mask>(kMasks, name); }
std::optional<SearchUse> parse_search_use(std::string_view name) { return find_named<SearchUse>(kSearchUses, name); }
std::optional<Check> parse_check(std::string_view name) { return find_named<Check>(kChecks, name); }

std::string_view name_of(MergeRule rule) {
  for (const auto& entry : kMergeRules)
    if (entry.value == rule) return entry.name;
  return "";
}

std::string_view name_of(FieldType type) {
  for (const auto& entry : kFieldTypes)
    if (entry.value == type) return entry.name;
  return "";
}

}  // namespace ruhu
