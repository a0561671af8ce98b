#pragma once
#include <string>
#include <string_view>

namespace ruhu {

/// Full-width forms to ASCII; blanks, hyphens and brackets out; +86, 0086 or 86 before a mobile or landline
/// number out. What is no number at all stays as it is.
std::string normalise_phone(std::string_view text);

/// Expects the normalised form. Mobile: 1, then 3-9, then 9 digits. Landline: area code 0 + 2-3 digits, then
/// 7-8 digits not beginning with 0 or 1.
bool is_mobile_number(std::string_view number);
bool is_landline_number(std::string_view number);
inline bool is_phone_number(std::string_view number) { return is_mobile_number(number) || is_landline_number(number); }

}  // namespace ruhu
