#include "app/widgets/registry.hpp"

#include <algorithm>

namespace ruhu {

Rect intersect(const Rect& a, const Rect& b) {
  return {{std::max(a.min.x, b.min.x), std::max(a.min.y, b.min.y)},
          {std::min(a.max.x, b.max.x), std::min(a.max.y, b.max.y)}};
}

std::string_view name_of(Role role) {
  switch (role) {
    case Role::button: return "button";
    case Role::text_field: return "text_field";
    case Role::toggle: return "toggle";
    case Role::option: return "option";
    case Role::tab: return "tab";
    case Role::row: return "row";
    case Role::list: return "list";
    case Role::heading: return "heading";
    case Role::text: return "text";
    case Role::status: return "status";
    case Role::progress: return "progress";
    case Role::image: return "image";
    case Role::dialog: return "dialog";
  }
  return "";
}

void WidgetRegistry::begin_frame() { drawing_.clear(); }

void WidgetRegistry::add(WidgetInfo info) { drawing_.push_back(std::move(info)); }

void WidgetRegistry::end_frame() {
  shown_.swap(drawing_);
  by_name_.clear();
  top_layer_ = 0;
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    const WidgetInfo& info = shown_[i];
    by_name_.try_emplace(info.id, i);
    if (!info.alias.empty()) by_name_.try_emplace(info.alias, i);
    top_layer_ = std::max(top_layer_, info.layer);
  }
}

const WidgetInfo* WidgetRegistry::find(std::string_view id) const {
  const auto at = by_name_.find(std::string(id));
  return at == by_name_.end() ? nullptr : &shown_[at->second];
}

}  // namespace ruhu
