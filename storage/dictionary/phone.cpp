#include "storage/dictionary/phone.hpp"

#include <algorithm>

#include "platform/base/text.hpp"

namespace ruhu {
namespace {

constexpr std::string_view kCountryPrefixes[] = {"+86", "0086", "86"};

bool is_separator(char32_t c) {
  return c == U' ' || c == U'-' || c == U'(' || c == U')' || c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0x2014 ||
         c == 0xA0;
}

/// Digits and what may stand between them.
bool is_part_of_number(char32_t c) { return (c >= U'0' && c <= U'9') || c == U'+' || is_separator(c); }

/// 110, 12345, 10086, 95588, 96110.
bool is_short_service_number(std::string_view number) {
  return number.size() >= 3 && number.size() <= 6 && is_all_digits(number) && (number[0] == '1' || number[0] == '9');
}

/// The number without the country's prefix. Landlines lose their area code's 0 abroad: +86 595 8200 1234.
std::string without_country(std::string_view number) {
  for (const std::string_view prefix : kCountryPrefixes) {
    if (!number.starts_with(prefix)) continue;
    const std::string rest(number.substr(prefix.size()));
    if (is_phone_number(rest)) return rest;
    if (prefix != "86" && is_landline_number("0" + rest)) return "0" + rest;
  }
  constexpr std::size_t kAbroad = 10;  // fewer digits behind 00 are rather a slip
  if (number.starts_with("00") && !number.starts_with("0086") && number.size() >= kAbroad)
    return "+" + std::string(number.substr(2));
  return std::string(number);
}

bool is_foreign_number(std::string_view number) {
  if (!number.starts_with('+') || number.starts_with("+86")) return false;
  const std::string_view digits = number.substr(1);
  return is_all_digits(digits) && digits.size() >= 7 && digits.size() <= 15;
}

/// Where the longest run of digits and separators stands.
struct Run {
  std::size_t from = 0;
  std::size_t to = 0;
};
Run longest_run(std::u32string_view text) {
  Run best;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_part_of_number(text[end])) ++end;
    if (end - at > best.to - best.from) best = {at, end};
    at = end + 1;
  }
  return best;
}

/// What is left of the owner's name: "(女儿)", ":女儿" → "女儿".
std::string owner_in(std::u32string_view text) {
  const auto is_mark = [](char32_t c) {
    return is_separator(c) || c == U'\u3000' || c == U':' || c == U'：' || c == U'（' || c == U'）' || c == U',' ||
           c == U'，';
  };
  while (!text.empty() && is_mark(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_mark(text.back())) text.remove_suffix(1);
  return encode_utf8(text);
}

}  // namespace

std::string normalise_phone(std::string_view text) {
  const std::string folded = fold_for_comparison(text);
  std::string plain;
  for (const char32_t c : decode_utf8(folded)) {
    if (!is_separator(c)) append_utf8(plain, c);
  }
  const std::string_view digits = std::string_view(plain).substr(plain.starts_with('+') ? 1 : 0);
  if (!is_all_digits(digits)) return std::string(trim(text));
  return is_phone_number(plain) ? plain : without_country(plain);
}

bool is_mobile_number(std::string_view number) {
  return number.size() == 11 && is_all_digits(number) && number[0] == '1' && number[1] >= '3';
}

bool is_landline_number(std::string_view number) {
  if (!is_all_digits(number) || number[0] != '0' || number.size() < 10 || number.size() > 12) return false;
  const bool short_area = number[1] == '1' || number[1] == '2';  // 010 and 02x; all others have four digits
  const std::string_view local = number.substr(short_area ? 3 : 4);
  return number[1] != '0' && (local.size() == 7 || local.size() == 8) && local[0] != '0' && local[0] != '1';
}

bool is_service_number(std::string_view number) {
  if (is_short_service_number(number)) return true;
  if (number.size() == 10 && is_all_digits(number) && (number.starts_with("400") || number.starts_with("800")))
    return true;
  if (number.empty() || number[0] != '0') return false;
  const std::size_t area = number.starts_with("01") || number.starts_with("02") ? 3 : 4;
  return number.size() > area && is_short_service_number(number.substr(area));
}

std::optional<PhoneFault> find_phone_fault(std::string_view number) {
  if (is_phone_number(number)) return std::nullopt;
  if (is_service_number(number)) return PhoneFault::service;
  return is_foreign_number(number) ? PhoneFault::foreign : PhoneFault::shape;
}

namespace {

/// The longest run of digits as the number, if it is one, and all around it as the owner.
OwnedPhone split_at_longest_run(std::string_view text) {
  const std::u32string characters = decode_utf8(trim(text));
  const std::u32string folded = decode_utf8(fold_for_comparison(text));
  const std::u32string& plain = folded.size() == characters.size() ? folded : characters;
  const Run run = longest_run(plain);
  const std::u32string_view all = plain;
  const std::string number = normalise_phone(encode_utf8(all.substr(run.from, run.to - run.from)));
  if (number.empty() || find_phone_fault(number) == PhoneFault::shape) return {normalise_phone(text), {}};
  const std::u32string_view given = characters;
  const std::string before = owner_in(given.substr(0, run.from));
  const std::string after = owner_in(given.substr(run.to));
  return {number, before.empty() || after.empty() ? before + after : before + " " + after};
}

}  // namespace

OwnedPhone split_owned_phone(std::string_view text) {
  OwnedPhone phone = split_at_longest_run(text);
  if (phone.owner.empty()) return phone;
  // Digits beside the number may run into it when it is read again; then it stays as it was told.
  const OwnedPhone again = split_at_longest_run(to_string(phone));
  const bool stays = again.number == phone.number && again.owner == phone.owner;
  return stays ? phone : OwnedPhone{normalise_phone(text), {}};
}

std::string to_string(const OwnedPhone& phone) {
  return phone.owner.empty() ? phone.number : phone.number + " " + phone.owner;
}

}  // namespace ruhu
