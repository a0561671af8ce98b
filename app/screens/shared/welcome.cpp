#include <algorithm>

#include "app/screens/shared/gate.hpp"
#include "app/widgets/icons.hpp"
#include "app/widgets/scroll.hpp"

namespace ruhu {
namespace {

constexpr float kStory = 440;    // Units of the panel that says what this is.
constexpr float kTwoPins = 420;  // Units from which on both PINs stand side by side.
constexpr TextStyle kOnStory{theme::kBody, theme::kOnPrimary, false};

/// What this program is, on its own ground.
void draw_story(Ui& ui, const Rect& rect) {
  fill(rect, theme::kPrimary);
  const ScrollArea area(ui, "welcome.story", rect,
                        {.margin = 40, .margin_top = rect.height() >= ui.px(760) ? 88.0F : 32.0F, .margin_bottom = 24});
  const Rect picture = take(ui, ui.px(76));
  const ImVec2 centre{picture.min.x + ui.px(38), picture.centre().y};
  ImGui::GetWindowDrawList()->AddCircleFilled(centre, ui.px(38), theme::kSurface, 64);
  draw_icon(ui, centre, icon::kHome, 44, theme::kPrimary);
  gap(ui, 24);
  paragraph(ui, ui.tr("app.name"), {34, theme::kOnPrimary, true});
  gap(ui, 6);
  paragraph(ui, ui.tr("welcome.what"), kOnStory);
  gap(ui, 32);
  struct Point {
    const char* icon;
    std::string text;
  };
  for (const Point& point :
       {Point{icon::kCloudOff, ui.tr("welcome.point.offline")}, Point{icon::kLock, ui.tr("welcome.point.locked")},
        Point{icon::kVerified, ui.tr("welcome.point.own")}}) {
    const float indent = ui.px(42);
    const float width = available_width(ui) - indent;
    const Rect at = take(ui, wrapped_height(ui, point.text, kOnStory, width));
    draw_icon(ui, {at.min.x + ui.px(13), at.min.y + line_height(ui, kOnStory) / 2}, point.icon, 26, theme::kOnPrimary);
    draw_wrapped(ui, {at.min.x + indent, at.min.y}, width, point.text, kOnStory);
    gap(ui, 16);
  }
}

/// Title with the languages beside it, or above where there is no room.
void draw_head(Ui& ui, CommandQueue& out) {
  const std::string title = ui.tr("welcome.title");
  const float languages = ui.px(kLanguages);
  const float all = available_width(ui);
  const Rect row = take(ui, ui.px(theme::kTouch));
  const bool beside = text_width(ui, title, style::kDisplay) + languages + ui.px(16) <= all;
  {
    const ColumnScope column(ui, row.max.x - languages, languages);
    set_cursor_y(ui, row.min.y);
    gate_language(ui, "welcome.language", out);
  }
  Rect at = row;
  if (beside) {
    at.max.x -= languages;
    draw_line(ui, at, title, style::kDisplay);
  } else {
    gap(ui, 12);
    at = take(ui, wrapped_height(ui, title, style::kDisplay, all));
    draw_wrapped(ui, at.min, all, title, style::kDisplay);
  }
  ui.add({.id = "welcome.title", .role = Role::heading, .label = title, .rect = at});
  gap(ui, 6);
  paragraph(ui, ui.tr("welcome.text"), style::kSoft);
  gap(ui, 18);
}

FieldLook look_of(Ui& ui, const char* field, const GateState& state, const std::vector<Finding>& findings) {
  const std::string key = std::string("welcome.") + field;
  FieldLook look;
  look.label = ui.tr(key);
  look.enabled = !state.busy;
  for (const Finding& finding : findings)
    if (finding.field == field) look.findings.push_back(finding);
  return look;
}

void draw_pins(Ui& ui, const GateState& state, WelcomeInput& input, const std::vector<Finding>& findings) {
  FieldLook first = look_of(ui, "pin", state, findings);
  FieldLook again = look_of(ui, "pin_again", state, findings);
  first.hint = ui.tr("welcome.pin.hint");
  const TextOptions options{.kind = TextKind::pin, .icon = icon::kLock};
  const float all = available_width(ui);
  if (all < ui.px(kTwoPins)) {
    text_field(ui, "welcome.pin", first, input.pin, options);
    gap(ui, 14);
    text_field(ui, "welcome.pin_again", again, input.pin_again, options);
    return;
  }
  const float between = ui.px(theme::kGapWide);
  const float width = (all - between) / 2;
  const Rect top = take(ui, 0);
  {
    const ColumnScope column(ui, top.min.x, width);
    text_field(ui, "welcome.pin", first, input.pin, options);
  }
  const float left_end = cursor_y();
  const ColumnScope column(ui, top.min.x + width + between, width);
  set_cursor_y(ui, top.min.y);
  text_field(ui, "welcome.pin_again", again, input.pin_again, options);
  set_cursor_y(ui, std::max(left_end, cursor_y()));
}

/// Where what every record is told about a failure does not fit a tablet that has none yet.
std::string enrol_error_key(Errc code) {
  switch (code) {
    case Errc::offline:
    case Errc::timed_out: return "welcome.error.offline";
    case Errc::not_our_server:
    case Errc::malformed_message: return "welcome.error.not_our_server";
    case Errc::code_invalid: return "welcome.error.code_invalid";
    case Errc::usage: return "welcome.error.address";
    case Errc::server_failed: return "welcome.error.server_failed";
    case Errc::disk_full: return "welcome.error.disk_full";
    default: return "error." + std::string(traits_of(code).key);
  }
}

void draw_error(Ui& ui, Errc code) {
  const std::string key = enrol_error_key(code);
  const Tone tone = code == Errc::cancelled ? Tone::info : Tone::alarm;
  notice(ui, {.id = "welcome.error", .tone = tone, .title = ui.tr(key), .lines = {ui.tr(key + ".next")}});
  gap(ui, 14);
}

void draw_action(Ui& ui, const GateState& state, WelcomeInput& input, CommandQueue& out) {
  if (state.busy) {
    const std::string text = ui.tr("welcome.busy");
    paragraph(ui, text, style::kStrong);
    gap(ui, 8);
    progress_bar(ui, "welcome.progress", -1, text);
    gap(ui, 14);
    if (button(ui, "welcome.stop", ui.tr("sync.stop"), {.kind = ButtonKind::outlined, .full_width = true}))
      out.push(StopEnrol{});
    return;
  }
  const ButtonOptions options{.kind = ButtonKind::primary, .icon = icon::kTablet, .full_width = true};
  if (!button(ui, "welcome.enrol", ui.tr("welcome.enrol"), options)) return;
  input.tried = true;
  if (check_welcome(input).empty()) out.push(Enrol{input.server, input.code, input.pin});
}

}  // namespace

void draw_welcome_screen(Ui& ui, const Rect& rect, const GateState& state, WelcomeInput& input, CommandQueue& out) {
  const bool wide = rect.width() >= ui.px(theme::kSideBySide);
  Rect form = rect;
  if (wide) {
    form.min.x = rect.min.x + std::min(ui.px(kStory), rect.width() * 0.4F);
    draw_story(ui, {rect.min, {form.min.x, rect.max.y}});
  }
  fill(form, theme::kSurface);
  const ScrollArea area(
      ui, "welcome.page", form,
      {.margin = 28, .margin_top = rect.height() >= ui.px(760) ? 88.0F : 20.0F, .margin_bottom = 28, .width_max = 600});
  draw_head(ui, out);
  if (state.error && !state.busy) draw_error(ui, *state.error);
  const std::vector<Finding> findings = input.tried ? check_welcome(input) : std::vector<Finding>{};
  text_field(ui, "welcome.server", look_of(ui, "server", state, findings), input.server,
             {.placeholder = "https://", .icon = icon::kPublic});
  gap(ui, 14);
  FieldLook code = look_of(ui, "code", state, findings);
  code.hint = ui.tr("welcome.code.hint");
  text_field(ui, "welcome.code", code, input.code, {.icon = icon::kDocument});
  gap(ui, 14);
  draw_pins(ui, state, input, findings);
  gap(ui, 16);
  if (input.pin.empty() && input.pin_again.empty()) {
    notice(ui, {.id = "welcome.no_pin",
                .tone = Tone::caution,
                .icon = icon::kLock,
                .title = ui.tr("welcome.no_pin"),
                .lines = {}});
    gap(ui, 16);
  }
  draw_action(ui, state, input, out);
}

}  // namespace ruhu
