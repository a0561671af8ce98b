#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace ruhu {

/// Full-width forms to ASCII; blanks, hyphens and brackets out; +86, 0086 or 86 before a mobile or landline
/// number out; 00 before another country's number to +. What is no number at all stays as it is.
std::string normalise_phone(std::string_view text);

/// Expects the normalised form. Mobile: 1, then 3-9, then 9 digits. Landline: area code 0 + 2-3 digits, then
/// 7-8 digits not beginning with 0 or 1.
bool is_mobile_number(std::string_view number);
bool is_landline_number(std::string_view number);
inline bool is_phone_number(std::string_view number) { return is_mobile_number(number) || is_landline_number(number); }

/// Expects the normalised form. Numbers of services, which nobody has at home: 110, 120, 12345, 95588, 400….
bool is_service_number(std::string_view number);

/// What stands against a number as that of a person.
enum class PhoneFault : unsigned char {
  shape,
  service,
  foreign,  ///< + and 7-15 digits of another country: can be right.
};
/// Expects the normalised form.
std::optional<PhoneFault> find_phone_fault(std::string_view number);

/// A number with whose it is, as people note several: "13800138000 女儿", "女儿:13800138000".
struct OwnedPhone {
  std::string number;  ///< Normalised; the whole text when there is no number in it.
  std::string owner;   ///< Empty: not said.
  bool operator==(const OwnedPhone&) const = default;
};
OwnedPhone split_owned_phone(std::string_view text);
/// "13800138000 女儿": number first.
std::string to_string(const OwnedPhone& phone);

}  // namespace ruhu
