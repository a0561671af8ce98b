#include "storage/dictionary/citizen_id.hpp"

#include <algorithm>

#include "platform/base/assert.hpp"
#include "platform/base/text.hpp"
#include "storage/dictionary/division.hpp"
#include "storage/dictionary/partial_date.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kLength = 18;
constexpr std::size_t kOldLength = 15;

int digit_at(std::string_view text, std::size_t at) { return text[at] - '0'; }

int number_at(std::string_view text, std::size_t at, std::size_t length) {
  int value = 0;
  for (std::size_t i = at; i < at + length; ++i) value = value * 10 + digit_at(text, i);
  return value;
}

/// Provinces, and 83: residence permits of Hong Kong, Macao and Taiwan count with 81, 82 and 83.
bool can_begin(std::string_view number) {
  constexpr int kTaiwanPermit = 83;
  const int code = number_at(number, 0, 2);
  return is_province_code(code) || code == kTaiwanPermit;
}

CivilDate birth_of(std::string_view number) {
  return {number_at(number, 6, 4), static_cast<unsigned>(number_at(number, 10, 2)),
          static_cast<unsigned>(number_at(number, 12, 2))};
}

/// 15 digits as the 18-character form would be, true or not: everybody counts as born in 1900-1999.
std::string lengthened(std::string_view old_form) {
  std::string number = std::string(old_form.substr(0, 6)) + "19" + std::string(old_form.substr(6));
  return number + citizen_id_check_digit(number);
}

bool has_18_characters_form(std::string_view number) {
  return number.size() == kLength && is_all_digits(number.substr(0, 17)) &&
         (number[17] == 'X' || is_all_digits(number.substr(17)));
}

}  // namespace

std::string_view text_key_of(CitizenIdFault fault) {
  switch (fault) {
    case CitizenIdFault::old_form: return "check.citizen_id.old_form";
    case CitizenIdFault::length: return "check.citizen_id.length";
    case CitizenIdFault::character: return "check.citizen_id.character";
    case CitizenIdFault::province: return "check.citizen_id.province";
    case CitizenIdFault::date: return "check.citizen_id.date";
    case CitizenIdFault::future: return "check.citizen_id.future";
    case CitizenIdFault::check_digit: break;
  }
  return "check.citizen_id.check_digit";
}

std::string normalise_citizen_id(std::string_view text) {
  std::string number = fold_for_comparison(text);
  std::erase_if(number, [](char c) { return c == ' ' || c == '-'; });
  for (char& c : number)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return number;
}

char citizen_id_check_digit(std::string_view first17) {
  static constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  RUHU_ASSERT(first17.size() == 17 && is_all_digits(first17));
  int sum = 0;
  for (std::size_t i = 0; i < first17.size(); ++i) sum += digit_at(first17, i) * kWeights[i];
  return "10X98765432"[sum % 11];
}

std::optional<CitizenIdFault> find_citizen_id_fault(std::string_view number, const CivilDate& today) {
  if (number.size() == kOldLength && is_all_digits(number))
    return find_citizen_id_fault(lengthened(number), today).value_or(CitizenIdFault::old_form);
  if (length_utf8(number) != kLength) return CitizenIdFault::length;
  if (!has_18_characters_form(number)) return CitizenIdFault::character;
  if (!can_begin(number)) return CitizenIdFault::province;
  const CivilDate birth = birth_of(number);
  if (!is_calendar_date(birth.year, birth.month, birth.day)) return CitizenIdFault::date;
  if (birth > today) return CitizenIdFault::future;
  if (citizen_id_check_digit(number.substr(0, 17)) != number[17]) return CitizenIdFault::check_digit;
  return std::nullopt;
}

std::optional<CitizenId> parse_citizen_id(std::string_view number) {
  static constexpr CivilDate kEndOfTime{9999, 12, 31};
  if (find_citizen_id_fault(number, kEndOfTime)) return std::nullopt;
  return CitizenId{std::string(number.substr(0, 6)), birth_of(number), digit_at(number, 16) % 2 == 1};
}

std::optional<std::string> to_18_characters(std::string_view old_form) {
  if (old_form.size() != kOldLength || !is_all_digits(old_form)) return std::nullopt;
  std::string number = lengthened(old_form);
  return parse_citizen_id(number) ? std::optional(number) : std::nullopt;
}

MatchingNumber matching_number(std::string_view text) {
  std::string number = normalise_citizen_id(text);
  if (auto longer = to_18_characters(number)) return {std::move(*longer), true};
  return {std::move(number), false};
}

std::string citizen_id_for_matching(std::string_view text) { return matching_number(text).number; }

bool looks_like_citizen_id(std::string_view number) {
  if (number.empty() || number[0] == '9') return false;
  if (number.size() == kOldLength) return is_all_digits(number);
  return number.size() == kLength && is_all_digits(number.substr(0, 17));
}

bool is_permanent_residence_number(std::string_view number) {
  constexpr std::size_t kLetters = 3;
  if (number.size() == kLength) return number[0] == '9' && has_18_characters_form(number);
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  return number.size() == kOldLength && std::all_of(number.begin(), number.begin() + kLetters, is_letter) &&
         is_all_digits(number.substr(kLetters));
}

bool is_plausible_area(std::string_view area) {
  if (area.size() != 6) return true;
  if (area[0] == '8') return area == "810000" || area == "820000" || area == "830000";
  return area.substr(2, 2) != "00" && area.substr(4, 2) != "00";
}

}  // namespace ruhu
