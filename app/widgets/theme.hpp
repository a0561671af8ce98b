#pragma once
#include "imgui.h"

#include "app/state/common.hpp"

// Every colour, size and radius of the app. Lengths are in units of layout at scale 1; `Ui::px` turns them into pixels.
namespace ruhu::theme {

// --- Colours. Text on its ground has a contrast of 4.5:1 or more (tests/ui/theme_test.cpp). ---
inline constexpr ImU32 kGround = IM_COL32(0xF1, 0xF4, 0xF7, 0xFF);
inline constexpr ImU32 kSurface = IM_COL32(0xFF, 0xFF, 0xFF, 0xFF);
inline constexpr ImU32 kField = IM_COL32(0xF8, 0xFA, 0xFC, 0xFF);
inline constexpr ImU32 kTrack = IM_COL32(0xE8, 0xED, 0xF2, 0xFF);  ///< Ground of a segmented control, a bar.
inline constexpr ImU32 kLine = IM_COL32(0xE1, 0xE7, 0xED, 0xFF);
inline constexpr ImU32 kLineStrong = IM_COL32(0xB9, 0xC4, 0xCF, 0xFF);  ///< Edge of fields and chips.
inline constexpr ImU32 kThumb = IM_COL32(0xCB, 0xD4, 0xDD, 0xFF);       ///< Where a list stands; says no more.
inline constexpr ImU32 kText = IM_COL32(0x18, 0x20, 0x2A, 0xFF);
inline constexpr ImU32 kTextSoft = IM_COL32(0x4A, 0x56, 0x64, 0xFF);
inline constexpr ImU32 kTextHint = IM_COL32(0x66, 0x71, 0x7F, 0xFF);
inline constexpr ImU32 kPrimary = IM_COL32(0x00, 0x6B, 0x68, 0xFF);
inline constexpr ImU32 kPrimaryPressed = IM_COL32(0x00, 0x52, 0x50, 0xFF);
inline constexpr ImU32 kOnPrimary = IM_COL32(0xFF, 0xFF, 0xFF, 0xFF);
inline constexpr ImU32 kPrimarySoft = IM_COL32(0xD7, 0xEE, 0xEB, 0xFF);
inline constexpr ImU32 kPrimarySoftPressed = IM_COL32(0xBD, 0xE0, 0xDC, 0xFF);
inline constexpr ImU32 kOnPrimarySoft = IM_COL32(0x00, 0x50, 0x4E, 0xFF);
inline constexpr ImU32 kDisabled = IM_COL32(0xE6, 0xEA, 0xEE, 0xFF);
inline constexpr ImU32 kOnDisabled = IM_COL32(0x5F, 0x6A, 0x77, 0xFF);
inline constexpr ImU32 kPressed = IM_COL32(0x18, 0x20, 0x2A, 0x12);  ///< Laid over a pressed surface.
inline constexpr ImU32 kShadow = IM_COL32(0x1B, 0x2B, 0x3A, 0x00);   ///< Alpha comes from the layer.
inline constexpr ImU32 kDim = IM_COL32(0x10, 0x1A, 0x24, 0x73);
inline constexpr ImU32 kToast = IM_COL32(0x22, 0x2E, 0x3A, 0xFF);
inline constexpr ImU32 kOnToast = IM_COL32(0xF7, 0xFA, 0xFC, 0xFF);
inline constexpr ImU32 kPractice = IM_COL32(0x5B, 0x3A, 0xA0, 0xFF);
inline constexpr ImU32 kOnPractice = IM_COL32(0xFF, 0xFF, 0xFF, 0xFF);

struct TonePair {
  ImU32 text;
  ImU32 ground;
};
constexpr TonePair tone(Tone tone) {
  switch (tone) {
    case Tone::good: return {IM_COL32(0x0B, 0x62, 0x36, 0xFF), IM_COL32(0xDC, 0xF2, 0xE4, 0xFF)};
    case Tone::caution: return {IM_COL32(0x7A, 0x4B, 0x00, 0xFF), IM_COL32(0xFF, 0xEE, 0xCB, 0xFF)};
    case Tone::alarm: return {IM_COL32(0xA6, 0x1B, 0x1B, 0xFF), IM_COL32(0xFD, 0xE5, 0xE3, 0xFF)};
    case Tone::info: return {IM_COL32(0x0A, 0x50, 0x96, 0xFF), IM_COL32(0xE0, 0xEE, 0xFB, 0xFF)};
    case Tone::neutral: break;
  }
  return {IM_COL32(0x44, 0x50, 0x5E, 0xFF), IM_COL32(0xE9, 0xEE, 0xF3, 0xFF)};
}

// --- Text: height of an em ---
inline constexpr float kDisplay = 26;
inline constexpr float kTitle = 21;
inline constexpr float kHeading = 17;
inline constexpr float kBody = 17.5F;
inline constexpr float kSmall = 15.5F;
inline constexpr float kCaption = 14.5F;
/// ImGui's font size is ascent + descent, 1.448 em in Noto Sans CJK.
inline constexpr float kSizePerEm = 1.448F;

// --- Lengths ---
inline constexpr float kTouch = 48;  ///< Least height and width of what a finger must hit.
inline constexpr float kButton = 52;
inline constexpr float kGap = 8;
inline constexpr float kGapWide = 16;
inline constexpr float kMargin = 20;  ///< Card edge to content.
inline constexpr float kRadius = 16;  ///< Cards.
inline constexpr float kRadiusField = 10;
inline constexpr float kRail = 88;
inline constexpr float kHeader = 68;
inline constexpr float kListPane = 440;
inline constexpr float kSideBySide = 900;    ///< From this width on, list and page stand side by side.
inline constexpr float kReadingWidth = 760;  ///< Pages without a list grow no wider.

}  // namespace ruhu::theme
