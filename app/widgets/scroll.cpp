#include "app/widgets/scroll.hpp"

#include <algorithm>
#include <cmath>

#include "imgui.h"
#include "imgui_internal.h"

namespace ruhu {
namespace {

constexpr float kDragStarts = 9;   // Units a finger may wander within a tap.
constexpr float kFriction = 3.2F;  // Share of the speed lost, e-folds a second.
constexpr float kSlowest = 24;     // Pixels a second; below it the list stands.
constexpr double kFrame = 1.0 / 60;

/// True when the finger went down in a text field that was being edited before: it selects there.
bool edits_text_already() {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  return g.ActiveId != 0 && g.ActiveId == g.InputTextState.ID && g.ActiveIdPreviousFrame == g.ActiveId;
}

}  // namespace

ScrollArea::ScrollArea(Ui& ui, std::string id, const Rect& rect, const Options& options)
    : ui_(ui), id_(std::move(id)), rect_(rect), margin_bottom_(options.margin_bottom), scroller_before_(ui.scroller) {
  ui_.add({.id = id_, .role = Role::list, .rect = rect});
  ui_.scroller = id_;
  ImGui::SetCursorScreenPos(rect.min);
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoBackground |
                                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav;
  ImGui::BeginChild(id_.c_str(), rect.size(), ImGuiChildFlags_None, kFlags);
  const float margin = ui.px(options.margin);
  float width = rect.width() - 2 * margin;
  if (options.width_max > 0) width = std::min(width, ui.px(options.width_max));
  ui_.columns.push_back({rect.min.x + (rect.width() - width) / 2, width});
  gap(ui_, options.margin_top);
}

ScrollArea::~ScrollArea() {
  gap(ui_, margin_bottom_);
  ui_.columns.pop_back();
  follow_finger();
  draw_thumb();
  ImGui::EndChild();
  ui_.scroller = scroller_before_;
}

void ScrollArea::follow_finger() {
  ScrollMotion& motion = ui_.scroll_memory[ImGui::GetCurrentWindow()->ID];
  const ImGuiIO& io = ImGui::GetIO();
  const bool over = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  if (over && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    motion = {.pressed = true, .leave_to_text = edits_text_already(), .start = io.MousePos};
  }
  if (motion.pressed && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    const ImVec2 way = io.MousePos - motion.start;
    const bool far = std::abs(way.y) > ui_.px(kDragStarts) && std::abs(way.y) > std::abs(way.x);
    if (!motion.dragging && far && !motion.leave_to_text && ImGui::GetScrollMaxY() > 0) {
      motion.dragging = true;
      ImGui::ClearActiveID();  // The button under the finger is not meant.
    }
    if (motion.dragging) {
      ImGui::SetScrollY(ImGui::GetScrollY() - io.MouseDelta.y);
      const float speed = -io.MouseDelta.y / std::max(io.DeltaTime, 0.001F);
      motion.velocity = motion.velocity * 0.6F + speed * 0.4F;
      ui_.redraw_in(kFrame);
    }
    return;
  }
  motion.pressed = motion.dragging = false;
  run_on(motion);
}

void ScrollArea::run_on(ScrollMotion& motion) {
  if (std::abs(motion.velocity) < ui_.px(kSlowest)) {
    motion.velocity = 0;
    return;
  }
  const float target = ImGui::GetScrollY() + motion.velocity * ui_.passed;
  ImGui::SetScrollY(std::clamp(target, 0.0F, ImGui::GetScrollMaxY()));
  if (target < 0 || target > ImGui::GetScrollMaxY()) motion.velocity = 0;
  motion.velocity *= std::exp(-kFriction * ui_.passed);
  ui_.redraw_in(kFrame);
}

void ScrollArea::draw_thumb() const {
  const float max = ImGui::GetScrollMaxY();
  if (max <= 0) return;
  const float height = rect_.height();
  const float length = std::max(ui_.px(32), height * height / (height + max));
  const float top = rect_.min.y + (height - length) * std::clamp(ImGui::GetScrollY() / max, 0.0F, 1.0F);
  const float right = rect_.max.x - ui_.px(3);
  ImGui::GetWindowDrawList()->AddRectFilled({right - ui_.px(3), top + ui_.px(4)}, {right, top + length - ui_.px(4)},
                                            theme::kThumb, ui_.px(2));
}

void virtual_rows(Ui& ui, const VirtualRows& rows) {
  const float top = ImGui::GetWindowDrawList()->GetClipRectMin().y;
  const float bottom = ImGui::GetWindowDrawList()->GetClipRectMax().y;
  const float x = ui.columns.back().x;
  const float width = ui.columns.back().width;
  float y = cursor_y();
  for (std::size_t i = 0; i < rows.count; ++i) {
    const float height = rows.height(i);
    if (y + height >= top && y <= bottom) {
      set_cursor_y(ui, y);
      rows.draw(i, {{x, y}, {x + width, y + height}});
    }
    y += height + (i + 1 < rows.count ? rows.gap : 0.0F);
  }
  set_cursor_y(ui, y);
}

}  // namespace ruhu
