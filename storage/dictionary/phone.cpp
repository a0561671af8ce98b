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

bool is_national_number(std::string_view number) { return is_mobile_number(number) || is_landline_number(number); }

/// The number without the country's prefix. Landlines lose their area code's 0 abroad: +86 595 8200 1234.
std::string without_country(std::string_view number) {
  for (const std::string_view prefix : kCountryPrefixes) {
    if (!number.starts_with(prefix)) continue;
    const std::string rest(number.substr(prefix.size()));
    if (is_national_number(rest)) return rest;
    if (prefix != "86" && is_landline_number("0" + rest)) return "0" + rest;
  }
  return std::string(number);
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
  return is_national_number(plain) ? plain : without_country(plain);
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

}  // namespace ruhu
