#include "app/widgets/facts.hpp"

#include <algorithm>

#include "app/widgets/icons.hpp"

namespace ruhu {
namespace {

constexpr float kFactWidth = 240;  // Units a column of facts needs.
constexpr float kProvenanceIndent = 22;
constexpr float kAround = 6;       // What a pressed fact is marked beyond its text.
constexpr float kBelowField = 14;  // The gap between two rows of a form.

TextStyle provenance_style(const ProvenanceLine& line) {
  return in_colour(style::kCaption, line.recent ? theme::tone(Tone::good).text : theme::kTextHint);
}

struct FactSize {
  float label = 0;
  float value = 0;
  float below = 0;   ///< Provenance and note.
  float button = 0;  ///< Width of "show"; 0: not masked.
};

FactSize measure(Ui& ui, const Fact& fact, const std::string& value, float width) {
  FactSize size;
  if (fact.masked)
    size.button = button_width(ui, ui.tr("field.show"), {.kind = ButtonKind::plain, .icon = icon::kVisible});
  size.label = wrapped_height(ui, fact.label, style::kCaption, width - size.button);
  size.value = wrapped_height(ui, value, style::kBody, width - size.button);
  if (!fact.provenance.text.empty()) size.below += provenance_height(ui, width, fact.provenance);
  if (!fact.note.empty()) size.below += wrapped_height(ui, fact.note, style::kCaption, width);
  return size;
}

/// Draws one fact into the column.
FactTap draw_fact(Ui& ui, const Fact& fact, const std::string& id) {
  const float width = available_width(ui);
  const std::string value = fact.text.empty() ? "–" : fact.text;
  const FactSize size = measure(ui, fact, value, width);
  const float head = std::max(size.label + size.value, fact.masked ? ui.px(theme::kTouch) : 0.0F);
  const Rect rect = take(ui, std::max(head + size.below, ui.px(theme::kTouch)));
  const float text = std::max(text_width(ui, value, style::kBody), text_width(ui, fact.label, style::kCaption));
  const float button_x =
      std::min(rect.min.x + std::max(text + ui.px(8), ui.px(theme::kTouch)), rect.max.x - size.button);
  // The button stands beside the value: the rest of the fact leads to its history.
  const Rect target{rect.min, {fact.masked ? button_x : rect.max.x, rect.max.y}};
  FactTap tap;
  const Press pressed = press(ui, id, target);
  if (pressed.clicked) tap.open = &fact;
  if (pressed.held) fill(target.shrunk(-ui.px(kAround)), theme::kPressed, ui.px(theme::kRadiusField));
  draw_wrapped(ui, rect.min, width - size.button, fact.label, style::kCaption);
  draw_wrapped(ui, {rect.min.x, rect.min.y + size.label}, width - size.button, value, style::kBody);
  float y = rect.min.y + head;
  if (!fact.provenance.text.empty()) y += draw_provenance(ui, {rect.min.x, y}, width, fact.provenance);
  if (!fact.note.empty())
    draw_wrapped(ui, {rect.min.x, y}, width, fact.note, in_colour(style::kCaption, theme::tone(Tone::info).text));
  ui.add({.id = id, .role = Role::button, .label = fact.label, .value = value, .rect = target});
  if (!fact.masked) return tap;
  const Rect button{{button_x, rect.min.y}, {button_x + size.button, rect.min.y + ui.px(theme::kTouch)}};
  const ButtonOptions look{.kind = ButtonKind::plain, .icon = icon::kVisible};
  if (button_at(ui, id + ".show", button, ui.tr("field.show"), look)) tap.show = &fact;
  return tap;
}

}  // namespace

FactTap fact_grid(Ui& ui, const std::vector<Fact>& facts, const std::string& prefix) {
  const float all = available_width(ui);
  const float between = ui.px(theme::kGapWide);
  const auto columns = static_cast<std::size_t>(std::clamp(all / ui.px(kFactWidth), 1.0F, 3.0F));
  const float width = (all - between * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const float left = take(ui, 0).min.x;
  FactTap tapped;
  for (std::size_t row = 0; row < facts.size(); row += columns) {
    const float top = cursor_y();
    float bottom = top;
    for (std::size_t i = row; i < std::min(facts.size(), row + columns); ++i) {
      const ColumnScope column(ui, left + static_cast<float>(i - row) * (width + between), width);
      set_cursor_y(ui, top);
      const FactTap tap = draw_fact(ui, facts[i], prefix + facts[i].field);
      if (tap.open != nullptr || tap.show != nullptr) tapped = tap;
      bottom = std::max(bottom, cursor_y());
    }
    set_cursor_y(ui, bottom);
    if (row + columns < facts.size()) gap(ui, 12);
  }
  return tapped;
}

float provenance_height(Ui& ui, float width, const ProvenanceLine& line) {
  return wrapped_height(ui, line.text, provenance_style(line), width - ui.px(kProvenanceIndent));
}

float draw_provenance(Ui& ui, ImVec2 at, float width, const ProvenanceLine& line) {
  const TextStyle style = provenance_style(line);
  draw_icon(ui, {at.x + ui.px(8), at.y + line_height(ui, style) / 2}, line.recent ? icon::kVerified : icon::kHistory,
            16, style.colour);
  const float indent = ui.px(kProvenanceIndent);
  return draw_wrapped(ui, {at.x + indent, at.y}, width - indent, line.text, style);
}

bool provenance_note(Ui& ui, const std::string& id, const ProvenanceLine& line) {
  const float width = available_width(ui);
  const float text = provenance_height(ui, width, line);
  const float below = ui.px(kBelowField);
  const float height = std::max(ui.px(theme::kTouch), text + below);
  const Rect taken = take(ui, height - below);
  const Rect target{taken.min, {taken.max.x, taken.min.y + height}};
  const Press pressed = press(ui, id, target);
  if (pressed.held) fill(target, theme::kPressed, ui.px(theme::kRadiusField));
  draw_provenance(ui, {target.min.x, target.centre().y - text / 2}, width, line);
  ui.add({.id = id, .role = Role::button, .label = line.text, .rect = target});
  return pressed.clicked;
}

}  // namespace ruhu
