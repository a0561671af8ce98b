#include "storage/dictionary/uscc.hpp"

#include "platform/base/text.hpp"
#include "storage/dictionary/division.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kLength = 18;
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // its order gives the values 0-30
constexpr std::size_t kModulus = kAlphabet.size();
static_assert(kModulus == 31);

/// Bodies registered by the state itself have 100000 in place of a division.
bool is_registered_somewhere(std::string_view division) {
  return is_all_digits(division) && (division == "100000" || is_division_code(division));
}

}  // namespace

std::string_view text_key_of(UsccFault fault) {
  switch (fault) {
    case UsccFault::length: return "check.uscc.length";
    case UsccFault::character: return "check.uscc.character";
    case UsccFault::division: return "check.uscc.division";
    case UsccFault::check_character: break;
  }
  return "check.uscc.check_character";
}

std::string normalise_uscc(std::string_view text) {
  std::string out;
  for (const char32_t c : decode_utf8(fold_for_comparison(text))) {
    if (c == U' ' || c == U'-') continue;
    append_utf8(out, c >= U'a' && c <= U'z' ? c - 32 : c);
  }
  return out;
}

std::optional<char> uscc_check_character(std::string_view first17) {
  if (first17.size() != kLength - 1) return std::nullopt;
  std::size_t sum = 0;
  std::size_t weight = 1;  // 3^(i-1) mod 31
  for (const char c : first17) {
    const auto value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    sum += value * weight;
    weight = weight * 3 % kModulus;
  }
  return kAlphabet[(kModulus - sum % kModulus) % kModulus];
}

std::optional<UsccFault> find_uscc_fault(std::string_view code) {
  if (length_utf8(code) != kLength) return UsccFault::length;
  if (code.find_first_not_of(kAlphabet) != std::string_view::npos) return UsccFault::character;
  if (!is_registered_somewhere(code.substr(2, 6))) return UsccFault::division;
  if (uscc_check_character(code.substr(0, kLength - 1)) != code.back()) return UsccFault::check_character;
  return std::nullopt;
}

}  // namespace ruhu
