#include "app/widgets/paint.hpp"

#include "app/widgets/icons.hpp"

namespace ruhu {

void fill(const Rect& rect, ImU32 colour, float radius) {
  ImGui::GetWindowDrawList()->AddRectFilled(rect.min, rect.max, colour, radius);
}

void outline(const Rect& rect, ImU32 colour, float radius, float thickness) {
  const ImVec2 half{thickness / 2, thickness / 2};
  ImGui::GetWindowDrawList()->AddRect(rect.min + half, rect.max - half, colour, radius, ImDrawFlags_None, thickness);
}

void shadow(const Ui& ui, const Rect& rect, float radius, float depth) {
  constexpr int kLayers = 5;
  for (int i = kLayers; i >= 1; --i) {
    const float spread = ui.px(depth) * static_cast<float>(i) * 0.7F;
    const ImU32 colour = theme::kShadow | (static_cast<ImU32>(9 - i) << IM_COL32_A_SHIFT);
    const float drop = ui.px(depth);
    const Rect layer{{rect.min.x - spread * 0.6F, rect.min.y - spread * 0.4F + drop},
                     {rect.max.x + spread * 0.6F, rect.max.y + spread * 0.6F + drop}};
    ImGui::GetWindowDrawList()->AddRectFilled(layer.min, layer.max, colour, radius + spread * 0.6F);
  }
}

void icon_disc(Ui& ui, ImVec2 centre, float diameter, const char* icon, Tone tone) {
  const theme::TonePair pair = theme::tone(tone);
  ImGui::GetWindowDrawList()->AddCircleFilled(centre, ui.px(diameter) / 2, pair.ground, 48);
  draw_icon(ui, centre, icon, diameter * 0.56F, pair.text);
}

const char* icon_of(Tone tone) {
  switch (tone) {
    case Tone::good: return icon::kCheckCircle;
    case Tone::caution: return icon::kClock;
    case Tone::alarm: return icon::kAlert;
    case Tone::info:
    case Tone::neutral: break;
  }
  return icon::kInfo;
}

Card::Card(Ui& ui, float margin) : ui_(ui), margin_(margin), width_(available_width(ui)) {
  const Rect top = take(ui, ui.px(margin));
  min_ = top.min;
  layers_.Split(ImGui::GetWindowDrawList(), 2);
  layers_.SetCurrentChannel(ImGui::GetWindowDrawList(), 1);
  ui.columns.push_back({min_.x + ui.px(margin), width_ - 2 * ui.px(margin)});
}

Card::~Card() {
  ui_.columns.pop_back();
  gap(ui_, margin_);
  const Rect rect{min_, {min_.x + width_, cursor_y()}};
  layers_.SetCurrentChannel(ImGui::GetWindowDrawList(), 0);
  shadow(ui_, rect, ui_.px(theme::kRadius), 1);
  fill(rect, theme::kSurface, ui_.px(theme::kRadius));
  layers_.Merge(ImGui::GetWindowDrawList());
}

}  // namespace ruhu
