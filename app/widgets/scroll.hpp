#pragma once
#include <functional>

#include "app/widgets/ui.hpp"

namespace ruhu {

/// A part of the screen that scrolls: with a finger (and runs on when let go), with a wheel. Fills the column's width.
class ScrollArea {
 public:
  struct Options {
    float margin = 0;  ///< Units left and right of the content.
    float margin_top = 0;
    float margin_bottom = 0;
    float width_max = 0;  ///< Units; wider areas centre their content. 0: no limit.
  };
  ScrollArea(Ui& ui, std::string id, const Rect& rect, const Options& options);
  ~ScrollArea();
  ScrollArea(const ScrollArea&) = delete;
  ScrollArea& operator=(const ScrollArea&) = delete;

 private:
  void follow_finger();
  void run_on(ScrollMotion& motion);
  void draw_thumb() const;

  Ui& ui_;
  std::string id_;
  Rect rect_;
  float margin_bottom_;
  std::string scroller_before_;
};

/// Draws only the rows in sight, whatever their number. To be used inside a ScrollArea.
struct VirtualRows {
  std::size_t count = 0;
  float gap = 0;  ///< Pixels between rows.
  std::function<float(std::size_t)> height;
  std::function<void(std::size_t, const Rect&)> draw;
};
void virtual_rows(Ui& ui, const VirtualRows& rows);

}  // namespace ruhu
