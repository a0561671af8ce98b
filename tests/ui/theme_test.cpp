#include <cmath>

#include "app/widgets/theme.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

double linear(ImU32 colour, int shift) {
  const double c = static_cast<double>((colour >> shift) & 0xFFU) / 255.0;
  return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
double luminance(ImU32 colour) {
  return 0.2126 * linear(colour, IM_COL32_R_SHIFT) + 0.7152 * linear(colour, IM_COL32_G_SHIFT) +
         0.0722 * linear(colour, IM_COL32_B_SHIFT);
}
/// WCAG 2.1: 1 to 21.
double contrast(ImU32 a, ImU32 b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

TEST_CASE("Theme: text can be read on every ground that it stands on") {
  const struct {
    ImU32 text, ground;
  } pairs[] = {
      {theme::kText, theme::kSurface},
      {theme::kText, theme::kField},
      {theme::kText, theme::kGround},
      {theme::kTextSoft, theme::kSurface},
      {theme::kTextSoft, theme::kGround},
      {theme::kTextSoft, theme::kTrack},
      {theme::kTextHint, theme::kSurface},
      {theme::kTextHint, theme::kField},
      {theme::kPrimary, theme::kSurface},
      {theme::kPrimary, theme::kPrimarySoft},
      {theme::kOnPrimary, theme::kPrimary},
      {theme::kOnPrimary, theme::kPrimaryPressed},
      {theme::kOnPrimarySoft, theme::kPrimarySoft},
      {theme::kOnPrimarySoft, theme::kPrimarySoftPressed},
      {theme::kOnDisabled, theme::kDisabled},
      {theme::kOnToast, theme::kToast},
      {theme::kOnPractice, theme::kPractice},
  };
  for (const auto& pair : pairs) CHECK(contrast(pair.text, pair.ground) >= 4.5);
}

TEST_CASE("Theme: every tone can be read on its own ground and on white") {
  for (const Tone tone : {Tone::neutral, Tone::good, Tone::caution, Tone::alarm, Tone::info}) {
    const theme::TonePair pair = theme::tone(tone);
    CHECK(contrast(pair.text, pair.ground) >= 4.5);
    CHECK(contrast(pair.text, theme::kSurface) >= 4.5);
    CHECK(contrast(pair.ground, theme::kToast) >= 4.5);
  }
}

}  // namespace
}  // namespace ruhu::test
