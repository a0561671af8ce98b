#pragma once
#include "app/widgets/text.hpp"

namespace ruhu {

void fill(const Rect& rect, ImU32 colour, float radius = 0);
/// A surface with an edge, drawn as two surfaces: clean corners under every renderer.
struct Frame {
  ImU32 ground = theme::kSurface;
  ImU32 edge = theme::kLine;
  float radius = 0;     ///< Pixels.
  float thickness = 1;  ///< Pixels.
};
void framed(const Rect& rect, const Frame& frame);
/// A soft shadow below a surface; `depth` in units: 1 rests on the ground, 3 floats.
void shadow(const Ui& ui, const Rect& rect, float radius, float depth);
/// A round ground with an icon, the mark of a row.
void icon_disc(Ui& ui, ImVec2 centre, float diameter, const char* icon, Tone tone);
const char* icon_of(Tone tone);

/// A white rounded surface behind whatever is taken while it lives. Cards do not nest.
class Card {
 public:
  explicit Card(Ui& ui, float margin = theme::kMargin);
  ~Card();
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;

 private:
  Ui& ui_;
  float margin_;
  ImDrawListSplitter layers_;
  ImVec2 min_;
  float width_;
};

}  // namespace ruhu
