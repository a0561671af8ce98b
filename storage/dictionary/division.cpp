#include "storage/dictionary/division.hpp"

#include <algorithm>
#include <array>

#include "platform/base/text.hpp"

namespace ruhu {

bool is_province_code(int code) {
  return (code >= 11 && code <= 15) || (code >= 21 && code <= 23) || (code >= 31 && code <= 37) ||
         (code >= 41 && code <= 46) || (code >= 50 && code <= 54) || (code >= 61 && code <= 65) || code == 71 ||
         code == 81 || code == 82;
}

bool is_division_code(std::string_view code) {
  static constexpr std::array<std::size_t, 5> kLengths{2, 4, 6, 9, 12};
  const bool fits = std::find(kLengths.begin(), kLengths.end(), code.size()) != kLengths.end();
  return fits && is_all_digits(code) && is_province_code((code[0] - '0') * 10 + (code[1] - '0'));
}

}  // namespace ruhu
