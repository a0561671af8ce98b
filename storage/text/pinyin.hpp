#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace ruhu {

/// Readings of a Han character without tones, ü as v, the usual one first; empty for everything else.
std::vector<std::string_view> readings_of(char32_t character);

/// The simplified form of a traditional or compatibility character; everything else stays.
char32_t simplified(char32_t character);

bool is_han(char32_t character);

/// Characters of the surname that a simplified Han name begins with: 2 or more for 欧阳, 诸葛 …, otherwise 1
/// (0: no name).
std::size_t surname_length(std::u32string_view name);

/// Readings of a surname, syllables parted by blanks, as a surname first: "zeng", "ceng"; "yu chi", "wei
/// chi".
std::vector<std::string> surname_readings(std::u32string_view surname);

}  // namespace ruhu
