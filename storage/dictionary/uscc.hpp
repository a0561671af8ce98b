#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace ruhu {

/// The first thing wrong with a unified social credit code (统一社会信用代码, GB 32100), in the order in which it
/// helps to say it.
enum class UsccFault : unsigned char {
  length,
  character,  ///< Something else than 0-9 and A-Z, or one of I O S V Z, which no code holds.
  division,   ///< Characters 3-8 are no division.
  check_character,
};

/// Text key of what to tell the worker, e.g. "check.uscc.length".
std::string_view text_key_of(UsccFault fault);

/// Full-width forms to ASCII, blanks and hyphens out, upper case. Anything else stays.
std::string normalise_uscc(std::string_view text);

/// Expects the normalised form. Nothing: the code is well formed (not that the enterprise exists).
std::optional<UsccFault> find_uscc_fault(std::string_view code);

/// The character for the first 17, nothing when one of these is not of the alphabet.
std::optional<char> uscc_check_character(std::string_view first17);

}  // namespace ruhu
