#pragma once
#include <string>

#include "app/widgets/text.hpp"

// ImGui's text input does not wrap lines before version 1.92.3. The edited copy of a note therefore holds soft breaks,
// "\r\n" (ImGui draws nothing for "\r"), which the stored text never has.
namespace ruhu {

/// A text and the caret's place in it, in bytes.
struct CaretText {
  std::string text;
  int caret = 0;
};

CaretText with_soft_breaks(Ui& ui, const CaretText& plain, const TextStyle& style, float width);
/// A break whose second half was just deleted takes the character before it along: that is what was meant.
CaretText without_soft_breaks(const CaretText& broken);

}  // namespace ruhu
