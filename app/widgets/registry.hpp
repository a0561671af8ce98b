#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "imgui.h"

namespace ruhu {

struct Rect {
  ImVec2 min;
  ImVec2 max;
  float width() const { return max.x - min.x; }
  float height() const { return max.y - min.y; }
  ImVec2 size() const { return {width(), height()}; }
  ImVec2 centre() const { return {(min.x + max.x) / 2, (min.y + max.y) / 2}; }
  bool contains(ImVec2 p) const { return p.x >= min.x && p.x < max.x && p.y >= min.y && p.y < max.y; }
  Rect shrunk(float by) const { return {{min.x + by, min.y + by}, {max.x - by, max.y - by}}; }
};
Rect intersect(const Rect& a, const Rect& b);
inline bool is_empty(const Rect& r) { return r.width() <= 0 || r.height() <= 0; }

enum class Role : std::uint8_t {
  button,
  text_field,
  toggle,
  option,
  tab,
  row,
  list,  // a finger acts on these
  heading,
  text,
  status,
  progress,
  image,
  dialog,  // these only speak
};
constexpr bool is_interactive(Role role) { return role < Role::list; }
std::string_view name_of(Role role);

/// One thing on the screen as a person who cannot see it, a script or a trainer's highlight would name it.
struct WidgetInfo {
  std::string id;     ///< "visit.save"; of record ids and field names, never of row numbers.
  std::string alias;  ///< A second name by position for scripts, "today.first"; usually empty.
  Role role = Role::text;
  std::string label;
  std::string value;  ///< What is typed, chosen or shown.
  Rect rect;          ///< Where it is drawn, also when scrolled out of sight.
  Rect clip;          ///< The part of the screen in which it can be seen and hit.
  bool enabled = true;
  bool is_inline = false;  ///< A small thing inside a line of text: may be smaller than a finger.
  int layer = 0;           ///< 0: the page; a sheet or a dialog lies above and takes all taps.
  std::string scroller;    ///< Id of the list it scrolls with; empty: it stands still.
};

/// Everything that was drawn in one frame: accessibility tree, handle of scripts, target of highlights.
class WidgetRegistry {
 public:
  void begin_frame();  ///< Starts a new frame; what the last one held can be read until `end_frame`.
  void add(WidgetInfo info);
  void end_frame();

  const WidgetInfo* find(std::string_view id) const;  ///< By id or alias in the last whole frame; nullptr: not drawn.
  const std::vector<WidgetInfo>& all() const { return shown_; }
  int top_layer() const { return top_layer_; }

 private:
  std::vector<WidgetInfo> drawing_;
  std::vector<WidgetInfo> shown_;
  std::unordered_map<std::string, std::size_t> by_name_;
  int top_layer_ = 0;
};

}  // namespace ruhu
