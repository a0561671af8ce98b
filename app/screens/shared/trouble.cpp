#include "app/screens/shared/gate.hpp"
#include "app/widgets/icons.hpp"
#include "app/widgets/scroll.hpp"

namespace ruhu {
namespace {

/// Keys of what a worker is told.
struct TroubleTexts {
  const char* what;
  const char* safe;
  const char* next;
};
TroubleTexts texts_of(Errc code) {
  switch (code) {
    case Errc::database_damaged:
    case Errc::not_a_database: return {"trouble.damaged", "trouble.damaged.safe", "trouble.damaged.next"};
    case Errc::wrong_key:
    case Errc::key_store_failed: return {"trouble.key", "trouble.key.safe", "trouble.key.next"};
    case Errc::file_missing: return {"trouble.missing", "trouble.missing.safe", "trouble.missing.next"};
    case Errc::database_newer: return {"trouble.newer", "trouble.newer.safe", "trouble.newer.next"};
    case Errc::disk_full: return {"trouble.full", "trouble.full.safe", "trouble.full.next"};
    case Errc::out_of_memory: return {"trouble.memory", "trouble.memory.safe", "trouble.memory.next"};
    case Errc::locked_by_other:
    case Errc::database_busy: return {"trouble.in_use", "trouble.in_use.safe", "trouble.in_use.next"};
    default: return {"trouble.other", "trouble.other.safe", "trouble.other.next"};
  }
}

void draw_part(Ui& ui, const std::string& id, const char* icon, Tone tone, const std::string& heading,
               const std::string& text) {
  const float indent = ui.px(56);
  const float width = available_width(ui) - indent;
  const float first = wrapped_height(ui, heading, style::kStrong, width);
  const Rect at = take(ui, std::max(ui.px(44), first + wrapped_height(ui, text, style::kSoft, width)));
  icon_disc(ui, {at.min.x + ui.px(20), at.min.y + ui.px(22)}, 40, icon, tone);
  draw_wrapped(ui, {at.min.x + indent, at.min.y}, width, heading, style::kStrong);
  draw_wrapped(ui, {at.min.x + indent, at.min.y + first}, width, text, style::kSoft);
  ui.add({.id = id, .role = Role::text, .label = heading, .value = text, .rect = at});
  gap(ui, 16);
}

}  // namespace

void draw_trouble_screen(Ui& ui, const Rect& rect, const GateState& state, CommandQueue& out) {
  const Errc code = state.error.value_or(Errc::internal);
  const TroubleTexts texts = texts_of(code);
  const ScrollArea area(ui, "trouble.page", rect,
                        {.margin = 24, .margin_top = 16, .margin_bottom = 24, .width_max = 660});
  gate_language_row(ui, "trouble.language", out);
  gap(ui, rect.height() > ui.px(700) ? 40.0F : 12.0F);
  const Card card(ui, 28);
  page_heading(ui, "trouble.title", ui.tr("trouble.title"), {});
  gap(ui, 18);
  draw_part(ui, "trouble.what", icon::kAlert, Tone::alarm, ui.tr("trouble.what"), ui.tr(texts.what));
  draw_part(ui, "trouble.safe", icon::kVerified, Tone::good, ui.tr("trouble.safe"), ui.tr(texts.safe));
  draw_part(ui, "trouble.next", icon::kArrowForward, Tone::info, ui.tr("trouble.next"), ui.tr(texts.next));
  paragraph(ui, ui.tr("trouble.code", {{"code", traits_of(code).key}}), style::kCaption);
  gap(ui, 16);
  if (state.busy) return progress_bar(ui, "trouble.progress", -1, ui.tr("opening.title"));
  const int tapped =
      button_row(ui, {{"trouble.retry", ui.tr("action.retry"), {.kind = ButtonKind::primary, .icon = icon::kRefresh}},
                      {"trouble.close", ui.tr("trouble.close"), {.kind = ButtonKind::outlined, .icon = icon::kClear}}});
  if (tapped == 0) out.push(TryOpenAgain{});
  if (tapped == 1) out.push(CloseApp{});
}

}  // namespace ruhu
