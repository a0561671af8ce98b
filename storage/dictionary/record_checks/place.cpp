// Places and households. domain.md §3.1-3.2.
#include "platform/base/text.hpp"
#include "storage/dictionary/division.hpp"
#include "storage/dictionary/record_checks/record_under_check.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kCommunityDigits = 12;

/// A code that begins with its community's and counts from 1 behind it.
bool counts_in_community(std::string_view code) {
  return is_all_digits(code) && code.size() > kCommunityDigits && is_division_code(code.substr(0, kCommunityDigits)) &&
         code.find_first_not_of('0', kCommunityDigits) != std::string_view::npos;
}

struct FloorSpan {
  std::string_view kind;
  std::int64_t min;
  std::int64_t max;
};
constexpr std::int64_t kFloorsMax = 150;
/// One storey; several; many; very many, as the census counts.
constexpr FloorSpan kFloors[] = {{"1", 1, 1}, {"2", 2, 7}, {"3", 8, 33}, {"4", 34, kFloorsMax}};

}  // namespace

void check_building(RecordUnderCheck& record) {
  const auto built = record.number("built_year");
  if (built && *built > record.today().year) record.add("built_year", "check.built_year_future", Strength::error);
  const auto floors = record.number("floors");
  for (const FloorSpan& span : kFloors)
    if (floors && record.is("kind", span.kind) && (*floors < span.min || *floors > span.max))
      record.add("floors", "check.building_floors");
  const std::string_view code = record.text("code");
  if (!code.empty() && !counts_in_community(code)) record.add("code", "check.building_code");
}

void check_grid(RecordUnderCheck& record) {
  const std::string_view code = record.text("code");
  if (code.empty()) return;
  if (!counts_in_community(code)) return record.add("code", "check.grid_code", Strength::error);
  const bool dedicated = code[kCommunityDigits] == '9';
  if (!record.missing("kind") && record.is("kind", "dedicated") != dedicated) record.add("kind", "check.grid_kind");
}

void check_household(RecordUnderCheck& record) {
  if (record.is("status", "active")) record.want("head_person_id", "check.head_wanted");
}

}  // namespace ruhu
