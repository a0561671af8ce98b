#pragma once
#include <string>
#include <string_view>

namespace ruhu {

/// The text with folded width, middle dots and case, and traditional characters simplified, for comparison.
std::string fold_for_search(std::string_view text);

/// The letters, digits and Han characters of a text folded so: dots, blanks and brackets are what people leave out of
/// names.
std::u32string letters_of_folded(std::u32string_view folded);
bool counts_in_name(char32_t c);

}  // namespace ruhu
