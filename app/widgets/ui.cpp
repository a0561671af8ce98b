#include "app/widgets/ui.hpp"

#include <algorithm>

namespace ruhu {

void Ui::redraw_in(double seconds) {
  const double at = now + seconds;
  if (redraw_at == 0 || at < redraw_at) redraw_at = at;
}

void Ui::add(WidgetInfo info) {
  const ImDrawList* list = ImGui::GetWindowDrawList();
  info.clip = {list->GetClipRectMin(), list->GetClipRectMax()};
  info.layer = layer;
  info.scroller = scroller;
  registry.add(std::move(info));
}

namespace {
Ui::Column column_of(const Ui& ui) {
  if (!ui.columns.empty()) return ui.columns.back();
  const float left = ImGui::GetWindowPos().x + ImGui::GetStyle().WindowPadding.x;
  return {left, ImGui::GetContentRegionAvail().x};
}
}  // namespace

float available_width(const Ui& ui) { return column_of(ui).width; }

Rect take(Ui& ui, float height, float width) {
  const Ui::Column column = column_of(ui);
  const ImVec2 at{column.x, ImGui::GetCursorScreenPos().y};
  ImGui::SetCursorScreenPos(at);
  const ImVec2 size{width > 0 ? std::min(width, column.width) : column.width, height};
  ImGui::Dummy(size);
  return {at, at + size};
}

void gap(Ui& ui, float units) { take(ui, ui.px(units), 1.0F); }

float cursor_y() { return ImGui::GetCursorScreenPos().y; }

void set_cursor_y(const Ui& ui, float y) {
  ImGui::SetCursorScreenPos({column_of(ui).x, y});
  ImGui::Dummy({0, 0});
  ImGui::SetCursorScreenPos({column_of(ui).x, y});
}

Press press(Ui& ui, const std::string& id, const Rect& rect, bool enabled) {
  (void)ui;
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(rect.min);
  ImGui::BeginDisabled(!enabled);
  const ImVec2 size{std::max(1.0F, rect.width()), std::max(1.0F, rect.height())};
  const bool clicked = ImGui::InvisibleButton(id.c_str(), size);
  const bool held = ImGui::IsItemActive();
  ImGui::EndDisabled();
  ImGui::SetCursorScreenPos(cursor);
  return {clicked && enabled, held && enabled};
}

}  // namespace ruhu
