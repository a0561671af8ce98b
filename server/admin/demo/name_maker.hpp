#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/admin/demo/dice.hpp"
#include "server/admin/demo/name_tables.hpp"

namespace ruhu::demo {

/// Makes names that fit sex, year of birth and origin.
class NameMaker {
 public:
  explicit NameMaker(Dice& dice);

  std::string_view local_surname() { return draw(local_surnames(), local_total_); }
  std::string_view national_surname() { return draw(national_surnames(), national_total_); }
  /// `shared`: the character that brothers or sisters have in common; 0 for none.
  std::string given_name(bool male, int birth_year, char32_t shared = 0);
  char32_t sibling_character(bool male, int birth_year);
  std::string overseas_name(bool male);
  /// `fathers_name`: given name of the father, "" when unknown (one is invented).
  std::string other_name(const OtherNames& people, bool male, std::string_view fathers_name);

 private:
  static const NameFashion& fashion(bool male, int birth_year);
  std::string_view draw(std::span<const Surname> surnames, int total);
  char32_t common(std::u32string_view characters);

  Dice& dice_;
  int local_total_ = 0;
  int national_total_ = 0;
};

/// Gives telephone numbers that no two people share: mobiles 13800 + 6 digits, landlines 0595-2000 + 4
/// digits.
class PhoneBook {
 public:
  explicit PhoneBook(Dice& dice) : offset_(dice.below(kMobiles)) {}
  std::string next_mobile();
  std::string next_landline();

 private:
  static constexpr std::uint64_t kMobiles = 1'000'000;
  static constexpr std::uint64_t kLandlines = 10'000;
  static constexpr std::uint64_t kServiceNumber = 138'000;  ///< 13800138000 belongs to an operator.
  std::uint64_t offset_;
  std::uint64_t mobiles_ = 0;
  std::uint64_t landlines_ = 0;
};

}  // namespace ruhu::demo
