#include "server/admin/demo/name_maker.hpp"

#include "platform/base/assert.hpp"
#include "platform/base/text.hpp"
#include "server/admin/demo/days.hpp"

namespace ruhu::demo {
namespace {

constexpr int kRarePerMille = 6;

int total_weight(std::span<const Surname> surnames) {
  int total = 0;
  for (const auto& surname : surnames) total += surname.weight;
  return total;
}

}  // namespace

NameMaker::NameMaker(Dice& dice)
    : dice_(dice), local_total_(total_weight(local_surnames())), national_total_(total_weight(national_surnames())) {}

std::string_view NameMaker::draw(std::span<const Surname> surnames, int total) {
  int left = static_cast<int>(dice_.below(static_cast<std::size_t>(total)));
  for (const auto& surname : surnames) {
    left -= surname.weight;
    if (left < 0) return surname.text;
  }
  return surnames.front().text;
}

const NameFashion& NameMaker::fashion(bool male, int birth_year) {
  const auto fashions = male ? mens_fashions() : womens_fashions();
  for (const auto& each : fashions)
    if (birth_year >= each.from_year) return each;
  return fashions.back();
}

/// The smaller of two draws: what stands first in the table comes more often.
char32_t NameMaker::common(std::u32string_view characters) {
  const auto a = dice_.below(characters.size());
  const auto b = dice_.below(characters.size());
  return characters[a < b ? a : b];
}

char32_t NameMaker::sibling_character(bool male, int birth_year) { return common(fashion(male, birth_year).first); }

std::string NameMaker::given_name(bool male, int birth_year, char32_t shared) {
  const NameFashion& table = fashion(male, birth_year);
  const bool single = shared == 0 && dice_.per_mille(table.single_per_mille);
  const char32_t first = shared != 0 ? shared : common(table.first);
  char32_t last = common(table.second);
  if (last == first) last = table.second.back() == first ? table.second.front() : table.second.back();
  if (dice_.per_mille(kRarePerMille)) last = rare_characters()[dice_.below(rare_characters().size())];
  std::string name;
  if (!single) append_utf8(name, first);
  append_utf8(name, last);
  return name;
}

std::string NameMaker::overseas_name(bool male) {
  return std::string(dice_.pick(male ? overseas_men() : overseas_women()));
}

std::string NameMaker::other_name(const OtherNames& people, bool male, std::string_view fathers_name) {
  std::string name(dice_.pick(male ? people.men : people.women));
  if (!people.clans.empty()) return std::string(dice_.pick(people.clans)) + "·" + name;
  if (!people.with_fathers_name) return name;
  return name + "·" + std::string(fathers_name.empty() ? dice_.pick(people.men) : fathers_name);
}

std::string PhoneBook::next_mobile() {
  // 7919 has no factor in common with a million, so a million numbers come before one comes again.
  std::uint64_t tail = kServiceNumber;
  while (tail == kServiceNumber) tail = (offset_ + 7919 * mobiles_++) % kMobiles;
  RUHU_ASSERT(mobiles_ <= kMobiles);
  return "13800" + padded(tail, 6);
}

std::string PhoneBook::next_landline() {
  if (landlines_ == kLandlines) return {};
  return "05952000" + padded((offset_ + 37 * landlines_++) % kLandlines, 4);
}

}  // namespace ruhu::demo
