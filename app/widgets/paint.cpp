#include "app/widgets/paint.hpp"

#include "app/widgets/icons.hpp"

namespace ruhu {

void fill(const Rect& rect, ImU32 colour, float radius) {
  ImGui::GetWindowDrawList()->AddRectFilled(rect.min, rect.max, colour, radius);
}

void framed(const Rect& rect, const Frame& frame) {
  fill(rect, frame.edge, frame.radius);
  fill(rect.shrunk(frame.thickness), frame.ground, frame.radius - frame.thickness);
}

/// Rings of falling darkness: only the rim is painted, the surface covers the rest.
void shadow(const Ui& ui, const Rect& rect, float radius, float depth) {
  const float reach = ui.px(depth * 3.5F);
  const auto rings = static_cast<int>(reach) + 1;
  for (int i = 0; i < rings; ++i) {
    const float spread = static_cast<float>(i) + 0.5F;
    const float strength = 1.0F - static_cast<float>(i) / static_cast<float>(rings);
    const auto alpha = static_cast<ImU32>(22.0F * strength * strength);
    const Rect ring{{rect.min.x - spread * 0.7F, rect.min.y - spread * 0.4F},
                    {rect.max.x + spread * 0.7F, rect.max.y + spread + ui.px(depth) * 0.5F}};
    ImGui::GetWindowDrawList()->AddRect(ring.min, ring.max, theme::kShadow | (alpha << IM_COL32_A_SHIFT),
                                        radius + spread, ImDrawFlags_None, 1.6F);
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
