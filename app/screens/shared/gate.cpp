#include "app/screens/shared/gate.hpp"

#include "app/widgets/icons.hpp"
#include "app/widgets/scroll.hpp"

namespace ruhu {
namespace {

void draw_opening(Ui& ui, const Rect& rect) {
  const ScrollArea area(ui, "opening.page", rect, {.margin = 24, .width_max = 320});
  gap(ui, rect.height() / ui.scale * 0.36F);
  const Rect picture = take(ui, ui.px(76));
  icon_disc(ui, picture.centre(), 72, icon::kHome, Tone::good);
  gap(ui, 16);
  const std::string title = ui.tr("opening.title");
  const Rect at = take(ui, wrapped_height(ui, title, style::kSoft, available_width(ui)));
  draw_wrapped(ui, at.min, at.width(), title, style::kSoft, Align::centre);
  gap(ui, 16);
  progress_bar(ui, "opening.progress", -1, title);
}

}  // namespace

void gate_language(Ui& ui, const std::string& id, CommandQueue& out) {
  std::string chosen = ui.tr.lang() == Lang::zh_cn ? "zh-CN" : "en";
  if (segmented(ui, id, {{"zh-CN", "中文", nullptr}, {"en", "English", nullptr}}, chosen))
    out.push(SwitchLanguage{parse_lang(chosen)});
}

void gate_language_row(Ui& ui, const std::string& id, CommandQueue& out) {
  const Rect row = take(ui, 0);
  const ColumnScope column(ui, row.min.x + available_width(ui) - ui.px(kLanguages), ui.px(kLanguages));
  gate_language(ui, id, out);
}

void draw_gate(Ui& ui, const Rect& rect, const GateState& state, Inputs& inputs, CommandQueue& out) {
  switch (state.step) {
    case GateStep::welcome: return draw_welcome_screen(ui, rect, state, inputs.welcome, out);
    case GateStep::locked: return draw_unlock_screen(ui, rect, state, inputs.unlock, out);
    case GateStep::trouble: return draw_trouble_screen(ui, rect, state, out);
    case GateStep::opening:
    case GateStep::closed:
    case GateStep::open: break;
  }
  draw_opening(ui, rect);
}

}  // namespace ruhu
