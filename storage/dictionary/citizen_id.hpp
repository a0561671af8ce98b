#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/clock.hpp"

namespace ruhu {

/// What a citizen number (公民身份号码, GB 11643-1999) says about its holder.
struct CitizenId {
  std::string area;  ///< Six digits; the division at the first registration, perhaps abolished since.
  CivilDate birth;
  bool male = false;  ///< Digit 17 is odd.
};

/// The first thing wrong with a number, in the order in which it helps to say it.
enum class CitizenIdFault : unsigned char {
  old_form,  ///< 15 digits with a real date: its card is void since 2013, the number good for matching only.
  length,
  character,  ///< Not a digit; X may stand last only.
  province,
  date,  ///< No such day.
  future,
  check_digit,  ///< Surely a slip of the pen or finger.
};

/// Text key of what to tell the worker, e.g. "check.citizen_id.check_digit".
std::string_view text_key_of(CitizenIdFault fault);

/// Full-width forms to ASCII, blanks and hyphens out, x to X. Anything else stays.
std::string normalise_citizen_id(std::string_view text);

/// Expects the normalised form. Nothing: the number is well formed (not that it is the holder's).
std::optional<CitizenIdFault> find_citizen_id_fault(std::string_view number, const CivilDate& today);

/// Reads a number of 18 characters whose check digit and date are right; nothing otherwise.
std::optional<CitizenId> parse_citizen_id(std::string_view number);

/// The 18-character form of an old 15-digit number, born in 1900-1999; nothing unless it is one with a real
/// date.
std::optional<std::string> to_18_characters(std::string_view old_form);

/// The form in which two numbers are compared: normalised, old forms made new where possible.
std::string citizen_id_for_matching(std::string_view text);

/// The same, and whether the text was of the old form: who has only that should have the card renewed.
struct MatchingNumber {
  std::string number;
  bool renew = false;
  bool operator==(const MatchingNumber&) const = default;
};
MatchingNumber matching_number(std::string_view text);

/// '0'-'9' or 'X' for the first 17 digits.
char citizen_id_check_digit(std::string_view first17);

/// True for what can only be meant as a citizen number: 18 characters beginning with 17 digits, or 15 digits.
/// Numbers beginning with 9 are foreigners' permanent residence cards.
bool looks_like_citizen_id(std::string_view number);

/// Expects the normalised form. A foreigner's permanent residence card (kind 553): three letters and 12 digits, or
/// since 2023 a 9 and 17 more of a citizen number's characters. Only length and characters are looked at.
bool is_permanent_residence_number(std::string_view number);

/// False when the area cannot be a county: a hint of a slip. Residence permits of Hong Kong, Macao and Taiwan have
/// 810000, 820000 and 830000. There is no table of all present and abolished counties.
bool is_plausible_area(std::string_view area);

}  // namespace ruhu
