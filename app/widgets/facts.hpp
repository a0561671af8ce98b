#pragma once
#include "app/widgets/display.hpp"

namespace ruhu {

/// What was tapped among facts; at most one of the two.
struct FactTap {
  const Fact* open = nullptr;  ///< The fact itself: where it comes from is wanted.
  const Fact* show = nullptr;  ///< "Show" beside a masked value.
};

/// Facts in as many columns as fit, each a label above its value, who said it below. The whole fact can be tapped. Its
/// id is `prefix` + field, that of the button "show" has ".show" behind it.
FactTap fact_grid(Ui& ui, const std::vector<Fact>& facts, const std::string& prefix = "fact.");

/// Who said it and when, with the mark of how fresh it is; draws at the point, returns the height used.
float draw_provenance(Ui& ui, ImVec2 at, float width, const ProvenanceLine& line);
float provenance_height(Ui& ui, float width, const ProvenanceLine& line);

/// The same as a line below a field of a form, to be tapped. It reaches into the gap that follows the field.
bool provenance_note(Ui& ui, const std::string& id, const ProvenanceLine& line);

}  // namespace ruhu
