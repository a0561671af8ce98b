#include "app/widgets/soft_wrap.hpp"

#include <algorithm>

namespace ruhu {
namespace {

void drop_last_code_point(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.pop_back();
  if (!text.empty()) text.pop_back();
}

}  // namespace

CaretText with_soft_breaks(Ui& ui, const CaretText& plain, const TextStyle& style, float width) {
  CaretText out{{}, plain.caret};
  std::size_t copied = 0;
  for (const auto& [begin, end] : wrapped(ui, plain.text, style, width).lines) {
    if (begin == 0 || plain.text[begin - 1] == '\n') continue;
    out.text.append(plain.text, copied, begin - copied);
    out.text += "\r\n";
    if (plain.caret >= static_cast<int>(begin)) out.caret += 2;
    copied = begin;
  }
  out.text.append(plain.text, copied);
  return out;
}

CaretText without_soft_breaks(const CaretText& broken) {
  CaretText out;
  const auto caret_in = static_cast<std::size_t>(std::max(0, broken.caret));
  for (std::size_t i = 0; i < broken.text.size(); ++i) {
    if (i == caret_in) out.caret = static_cast<int>(out.text.size());
    if (broken.text[i] != '\r') {
      out.text += broken.text[i];
    } else if (i + 1 < broken.text.size() && broken.text[i + 1] == '\n') {
      ++i;
      if (i == caret_in) out.caret = static_cast<int>(out.text.size());
    } else {
      drop_last_code_point(out.text);
    }
  }
  if (caret_in >= broken.text.size()) out.caret = static_cast<int>(out.text.size());
  out.caret = std::min(out.caret, static_cast<int>(out.text.size()));
  return out;
}

}  // namespace ruhu
