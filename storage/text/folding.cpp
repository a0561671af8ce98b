#include "storage/text/folding.hpp"

#include "platform/base/text.hpp"
#include "storage/text/pinyin.hpp"

namespace ruhu {

std::string fold_for_search(std::string_view text) {
  std::string out;
  for (const char32_t c : decode_utf8(fold_for_comparison(text))) append_utf8(out, simplified(c));
  return out;
}

bool counts_in_name(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9');
  const bool punctuation = c == 0xB7 || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3001 && c <= 0x303F && c != 0x3007);
  return !punctuation;
}

std::u32string letters_of_folded(std::u32string_view folded) {
  std::u32string out;
  for (const char32_t c : folded)
    if (counts_in_name(c)) out += c;
  return out;
}

}  // namespace ruhu
