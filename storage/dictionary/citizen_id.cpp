#include "storage/dictionary/citizen_id.hpp"

#include <algorithm>

#include "platform/base/assert.hpp"
#include "platform/base/text.hpp"
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

/// First two digits of GB/T 2260, with 81-83 for residents of Hong Kong, Macao and Taiwan.
bool is_province(int code) {
  return (code >= 11 && code <= 15) || (code >= 21 && code <= 23) || (code >= 31 && code <= 37) ||
         (code >= 41 && code <= 46) || (code >= 50 && code <= 54) || (code >= 61 && code <= 65) || code == 71 ||
         (code >= 81 && code <= 83);
}

CivilDate birth_of(std::string_view number) {
  return {number_at(number, 6, 4), static_cast<unsigned>(number_at(number, 10, 2)),
          static_cast<unsigned>(number_at(number, 12, 2))};
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
  std::string out;
  for (const char32_t c : decode_utf8(fold_for_comparison(text))) {
    if (c == U' ' || c == U'-') continue;
    append_utf8(out, c >= U'a' && c <= U'z' ? c - 32 : c);
  }
  return out;
}

char citizen_id_check_digit(std::string_view first17) {
  static constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  RUHU_ASSERT(first17.size() == 17 && is_all_digits(first17));
  int sum = 0;
  for (std::size_t i = 0; i < first17.size(); ++i) sum += digit_at(first17, i) * kWeights[i];
  return "10X98765432"[sum % 11];
}

std::optional<CitizenIdFault> find_citizen_id_fault(std::string_view number, const CivilDate& today) {
  if (number.size() == kOldLength && is_all_digits(number)) return CitizenIdFault::old_form;
  if (length_utf8(number) != kLength) return CitizenIdFault::length;
  if (!has_18_characters_form(number)) return CitizenIdFault::character;
  if (!is_province(number_at(number, 0, 2))) return CitizenIdFault::province;
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
  std::string number = std::string(old_form.substr(0, 6)) + "19" + std::string(old_form.substr(6));
  number += citizen_id_check_digit(number);
  return parse_citizen_id(number) ? std::optional(number) : std::nullopt;
}

std::string citizen_id_for_matching(std::string_view text) {
  std::string number = normalise_citizen_id(text);
  return to_18_characters(number).value_or(number);
}

bool looks_like_citizen_id(std::string_view number) {
  if (number.empty() || number[0] == '9') return false;
  if (number.size() == kOldLength) return is_all_digits(number);
  return number.size() == kLength && is_all_digits(number.substr(0, 17));
}

bool is_plausible_area(std::string_view area) {
  if (area.size() != 6 || area[0] == '8') return true;
  return area.substr(2, 2) != "00" && area.substr(4, 2) != "00";
}

}  // namespace ruhu
