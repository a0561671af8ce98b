#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ruhu {

/// True for well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF, no NUL.
bool is_valid_utf8(std::string_view text);

/// Code points of valid UTF-8. Malformed bytes become U+FFFD, for display only.
std::u32string decode_utf8(std::string_view text);
std::string encode_utf8(std::u32string_view code_points);
void append_utf8(std::string& out, char32_t code_point);

/// Number of code points ("characters" in the dictionary's limits).
std::size_t length_utf8(std::string_view text);

/// Without blanks (also U+3000) at both ends.
std::string_view trim(std::string_view text);

/// The form in which two texts are compared: trimmed, full-width → half-width, one kind of middle dot, ASCII lower
/// case. Traditional → simplified is added by the search keys, which know the table.
std::string fold_for_comparison(std::string_view text);

std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
bool is_all_digits(std::string_view text);  ///< False for empty.

}  // namespace ruhu
