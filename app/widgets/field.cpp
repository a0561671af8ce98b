#include "app/widgets/field.hpp"

#include <algorithm>

#include "misc/cpp/imgui_stdlib.h"

#include "app/widgets/icons.hpp"
#include "app/widgets/soft_wrap.hpp"

namespace ruhu {
namespace {

constexpr float kBoxHeight = 50;
constexpr float kPadding = 14;

int keep_digits(ImGuiInputTextCallbackData* data) { return data->EventChar >= '0' && data->EventChar <= '9' ? 0 : 1; }
int keep_id(ImGuiInputTextCallbackData* data) {
  if (data->EventChar == 'x' || data->EventChar == 0xFF38 || data->EventChar == 0xFF58) data->EventChar = 'X';
  const ImWchar c = data->EventChar;
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ? 0 : 1;
}
int keep_phone(ImGuiInputTextCallbackData* data) {
  const ImWchar c = data->EventChar;
  return (c >= '0' && c <= '9') || c == '+' || c == '-' ? 0 : 1;
}
int keep_decimal(ImGuiInputTextCallbackData* data) {
  const ImWchar c = data->EventChar;
  return (c >= '0' && c <= '9') || c == '.' || c == '-' ? 0 : 1;
}
ImGuiInputTextCallback filter_of(TextKind kind) {
  switch (kind) {
    case TextKind::digits:
    case TextKind::pin: return keep_digits;
    case TextKind::id_no: return keep_id;
    case TextKind::phone:
    case TextKind::date: return keep_phone;
    case TextKind::decimal: return keep_decimal;
    default: return nullptr;
  }
}

struct NoteEdit {
  Ui* ui;
  float width;
};
/// Wraps a note anew after each key.
int wrap_note(ImGuiInputTextCallbackData* data) {
  const auto* note = static_cast<const NoteEdit*>(data->UserData);
  const CaretText typed{std::string(data->Buf, static_cast<std::size_t>(data->BufTextLen)), data->CursorPos};
  const CaretText wrapped = with_soft_breaks(*note->ui, without_soft_breaks(typed), style::kBody, note->width);
  if (wrapped.text == typed.text) return 0;
  data->DeleteChars(0, data->BufTextLen);
  data->InsertChars(0, wrapped.text.c_str());
  data->CursorPos = data->SelectionStart = data->SelectionEnd = wrapped.caret;
  return 0;
}

bool edit_note(Ui& ui, const std::string& label, const Rect& rect, std::string& text) {
  NoteEdit note{&ui, rect.width() - ui.px(2)};
  std::string broken = with_soft_breaks(ui, {text, 0}, style::kBody, note.width).text;
  const bool changed = ImGui::InputTextMultiline(label.c_str(), &broken, rect.size(), ImGuiInputTextFlags_CallbackEdit,
                                                 wrap_note, &note);
  if (changed) text = without_soft_breaks({broken, 0}).text;
  return changed;
}

float note_height(Ui& ui, const std::string& text, float width) {
  const std::string broken = with_soft_breaks(ui, {text, 0}, style::kBody, width - ui.px(2)).text;
  const auto lines = 1 + std::count(broken.begin(), broken.end(), '\n');
  return static_cast<float>(lines) * line_height(ui, style::kBody);
}

/// The text input itself: ImGui's, without its own frame.
bool edit(Ui& ui, const std::string& id, const Rect& rect, std::string& text, const TextOptions& options,
          float padding_y) {
  ImGui::PushFont(ui.fonts.regular, font_size(ui, style::kBody));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, padding_y});
  ImGui::PushStyleColor(ImGuiCol_FrameBg, IM_COL32_BLACK_TRANS);
  ImGui::PushStyleColor(ImGuiCol_Text, theme::kText);
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(rect.min);
  if (options.focus) ImGui::SetKeyboardFocusHere();
  const std::string label = "##" + id;
  bool changed = false;
  if (options.kind == TextKind::note) {
    changed = edit_note(ui, label, rect, text);
  } else {
    const ImGuiInputTextCallback filter = filter_of(options.kind);
    ImGui::SetNextItemWidth(rect.width());
    ImGuiInputTextFlags flags = filter != nullptr ? ImGuiInputTextFlags_CallbackCharFilter : ImGuiInputTextFlags_None;
    if (options.kind == TextKind::pin) flags |= ImGuiInputTextFlags_Password;
    changed = ImGui::InputText(label.c_str(), &text, flags, filter);
  }
  ImGui::SetCursorScreenPos(cursor);
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar();
  ImGui::PopFont();
  return changed;
}

}  // namespace

void field_label(Ui& ui, const FieldLook& look) {
  if (look.label.empty()) return;
  const std::string label = look.required ? look.label + " *" : look.label;
  const float width = available_width(ui);
  const Rect rect = take(ui, wrapped_height(ui, label, style::kCaption, width));
  draw_wrapped(ui, rect.min, width, label, style::kCaption);
  gap(ui, 4);
}

void field_messages(Ui& ui, const FieldLook& look) {
  int number = 0;
  for (const Finding& finding : look.findings) {
    const std::string nth = ++number == 1 ? "" : "." + std::to_string(number);
    const Tone tone = finding.strength == Strength::error     ? Tone::alarm
                      : finding.strength == Strength::warning ? Tone::caution
                                                              : Tone::info;
    const ImU32 colour = theme::tone(tone).text;
    const std::string text = finding_text(ui.tr.lang(), finding, look.label);
    const TextStyle style{theme::kCaption, colour, false};
    gap(ui, 4);
    const float width = available_width(ui) - ui.px(22);
    const Rect rect = take(ui, wrapped_height(ui, text, style, width));
    draw_icon(ui, {rect.min.x + ui.px(8), rect.min.y + line_height(ui, style) / 2},
              tone == Tone::alarm ? icon::kAlert : icon::kInfo, 17, colour);
    draw_wrapped(ui, {rect.min.x + ui.px(22), rect.min.y}, width, text, style);
    ui.add({.id = "finding." + finding.field + nth,
            .role = Role::status,
            .label = text,
            .value = finding.text_key,
            .rect = rect});
  }
  if (look.findings.empty() && !look.hint.empty()) {
    gap(ui, 3);
    paragraph(ui, look.hint, {theme::kCaption, theme::kTextHint, false});
  }
}

ImU32 field_edge(const FieldLook& look, bool active) {
  for (const Finding& finding : look.findings)
    if (finding.strength == Strength::error) return theme::tone(Tone::alarm).text;
  return active ? theme::kPrimary : theme::kLineStrong;
}

bool text_box(Ui& ui, const std::string& id, const FieldLook& look, std::string& text, const TextOptions& options) {
  const bool note = options.kind == TextKind::note;
  const float side = ui.px(kPadding);
  const float icon = options.icon != nullptr ? ui.px(32) : 0.0F;
  const bool crossed = options.clearable && !text.empty();
  const float right = crossed ? ui.px(theme::kTouch) : side;
  const float unit = options.unit.empty() ? 0.0F : text_width(ui, options.unit, style::kSoft) + ui.px(8);
  const float inner = available_width(ui) - side - icon - right - unit;
  float height = ui.px(kBoxHeight);
  if (note) height = std::max(ui.px(104), note_height(ui, text, inner) + ui.px(24));
  const Rect box = take(ui, height);
  const bool edited = ui.edited == id;
  framed(box, {!look.enabled ? theme::kDisabled
               : edited      ? theme::kSurface
                             : theme::kField,
               field_edge(look, edited), ui.px(theme::kRadiusField), ui.px(edited ? 2.0F : 1.3F)});
  if (options.icon != nullptr)
    draw_icon(ui, {box.min.x + side + ui.px(11), box.centre().y}, options.icon, 24, theme::kTextSoft);
  const float text_height = font_size(ui, style::kBody);
  const float padding_y = note ? ui.px(10) : (height - text_height) / 2;
  const Rect at{{box.min.x + side + icon, box.min.y}, {box.min.x + side + icon + inner, box.max.y}};
  ImGui::BeginDisabled(!look.enabled);
  bool changed = edit(ui, id, at, text, options, padding_y);
  const bool active = ImGui::IsItemActive();
  if (active)
    ui.edited = id;
  else if (edited)
    ui.edited.clear();
  if (active != edited) ui.redraw_in(0);
  ImGui::EndDisabled();
  if (text.empty() && !options.placeholder.empty() && !active) {
    const Rect line{at.min, {at.max.x, note ? at.min.y + text_height + 2 * padding_y : at.max.y}};
    draw_line(ui, line, options.placeholder, in_colour(style::kBody, theme::kTextHint));
  }
  if (unit > 0)
    draw_line(ui, {{at.max.x, box.min.y}, {box.max.x - right, box.max.y}}, options.unit, style::kSoft, Align::right);
  ui.add({.id = id,
          .role = Role::text_field,
          .label = look.label,
          .value = options.kind == TextKind::pin ? std::string(text.size(), '*') : text,
          .rect = {box.min, {crossed ? at.max.x : box.max.x, box.max.y}},
          .enabled = look.enabled});
  if (crossed && icon_button_at(ui, id + ".clear", {box.max.x - ui.px(theme::kTouch) / 2, box.centre().y},
                                icon::kCancel, ui.tr("action.clear"))) {
    text.clear();
    changed = true;
  }
  if (changed && options.kind == TextKind::date) text = with_dashes(text);
  if (active) ui.redraw_in(0.5);  // The caret.
  return changed;
}

bool text_field(Ui& ui, const std::string& id, const FieldLook& look, std::string& text, const TextOptions& options) {
  field_label(ui, look);
  const bool changed = text_box(ui, id, look, text, options);
  field_messages(ui, look);
  return changed;
}

std::string with_dashes(const std::string& typed) {
  std::string out;
  for (const char c : typed) {
    if (c < '0' || c > '9' || out.size() == 10) continue;
    if (out.size() == 4 || out.size() == 7) out += '-';
    out += c;
  }
  return out;
}

bool masked_field(Ui& ui, const std::string& id, const FieldLook& look, const std::string& mask) {
  field_label(ui, look);
  const Rect box = take(ui, ui.px(kBoxHeight));
  fill(box, theme::kTrack, ui.px(theme::kRadiusField));
  const std::string show = ui.tr("field.show");
  const ButtonOptions options{.kind = ButtonKind::plain, .icon = icon::kVisible};
  const float width = std::min(box.width() / 2, button_width(ui, show, options));
  const Rect button{{box.max.x - width, box.min.y}, box.max};
  draw_line(ui, {{box.min.x + ui.px(kPadding), box.min.y}, {button.min.x, box.max.y}}, mask, style::kSoft);
  ui.add(
      {.id = id, .role = Role::text, .label = look.label, .value = mask, .rect = {box.min, {button.min.x, box.max.y}}});
  const bool shown = button_at(ui, id + ".show", button, show, options);
  field_messages(ui, look);
  return shown;
}

}  // namespace ruhu
