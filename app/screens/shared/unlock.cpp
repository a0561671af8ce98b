#include <algorithm>
#include <cmath>

#include "app/screens/shared/gate.hpp"
#include "app/widgets/icons.hpp"
#include "app/widgets/scroll.hpp"

namespace ruhu {
namespace {

constexpr float kKey = 68;          // Units, height of a key; a finger in a hurry needs more than the least.
constexpr float kKeyWidth = 96;     // As far as there is room …
constexpr float kKeyWidthMin = 64;  // … and no less.
constexpr float kKeyGap = 10;
constexpr float kPad = 4 * kKey + 3 * kKeyGap;
constexpr float kWords = 250;  // Units that lock, title, dots and message need above the pad.
constexpr TextStyle kKeyText{26, theme::kText, true};
constexpr std::size_t kDotsMax = 12;

/// Seconds until the next PIN is taken, as "0:30".
std::string countdown(double seconds) {
  const auto whole = static_cast<int>(std::ceil(seconds));
  const std::string rest = std::to_string(whole % 60);
  return std::to_string(whole / 60) + (rest.size() < 2 ? ":0" : ":") + rest;
}

struct Lock {
  const GateState& state;
  UnlockInput& input;
  CommandQueue& out;
  bool waiting;  ///< Too many wrong ones: nothing is taken for a while.

  bool takes_keys() const { return !state.busy && !waiting; }
  void add(char digit) {
    if (takes_keys() && input.pin.size() < kPinDigitsMax) input.pin += digit;
  }
  void remove() {
    if (takes_keys() && !input.pin.empty()) input.pin.pop_back();
  }
  void send() {
    if (!takes_keys() || input.pin.empty()) return;
    out.push(Unlock{input.pin});
    input.pin.clear();
  }
};

void take_keyboard(Lock& lock) {
  for (int digit = 0; digit <= 9; ++digit) {
    const auto key = [&](ImGuiKey zero) { return ImGui::IsKeyPressed(static_cast<ImGuiKey>(zero + digit), false); };
    if (key(ImGuiKey_0) || key(ImGuiKey_Keypad0)) lock.add(static_cast<char>('0' + digit));
  }
  if (ImGui::IsKeyPressed(ImGuiKey_Backspace)) lock.remove();
  if (ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false)) lock.send();
}

struct Message {
  std::string text;
  ImU32 colour = theme::kTextSoft;
};
Message message_of(Ui& ui, const Lock& lock) {
  const std::string wrong = std::to_string(lock.state.wrong_pins);
  if (lock.state.busy) return {ui.tr("unlock.busy"), theme::kTextSoft};
  if (lock.waiting) {
    const double left = lock.state.retry_at - ui.now;
    ui.redraw_in(left - std::floor(left) + 0.01);
    return {ui.tr("unlock.wait", {{"n", wrong}, {"time", countdown(left)}}), theme::tone(Tone::alarm).text};
  }
  if (lock.state.error && lock.input.pin.empty()) return {ui.tr("unlock.wrong"), theme::tone(Tone::alarm).text};
  return {ui.tr("unlock.text"), theme::kTextSoft};
}

void centred(Ui& ui, const std::string& id, const Message& message, TextStyle style) {
  style.colour = message.colour;
  const float all = available_width(ui);
  const float width = balanced_width(ui, message.text, style, all);
  const Rect at = take(ui, wrapped_height(ui, message.text, style, width));
  draw_wrapped(ui, {at.min.x + (all - width) / 2, at.min.y}, width, message.text, style, Align::centre);
  ui.add({.id = id, .role = Role::status, .label = message.text, .rect = at});
}

void draw_dots(Ui& ui, const Lock& lock) {
  const Rect box = take(ui, ui.px(44));
  const std::size_t typed = std::min(lock.input.pin.size(), kDotsMax);
  const std::size_t places = std::max<std::size_t>(6, typed);
  const float step = ui.px(22);
  float x = box.centre().x - step * static_cast<float>(places - 1) / 2;
  for (std::size_t i = 0; i < places; ++i, x += step) {
    const bool filled = i < typed;
    ImGui::GetWindowDrawList()->AddCircleFilled({x, box.centre().y}, ui.px(filled ? 7.5F : 5),
                                                filled ? theme::kPrimary : theme::kLineStrong, 32);
  }
  ui.add({.id = "unlock.dots",
          .role = Role::status,
          .label = ui.tr("unlock.title"),
          .value = std::to_string(lock.input.pin.size()),
          .rect = box});
}

void draw_words(Ui& ui, const Lock& lock) {
  icon_disc(ui, take(ui, ui.px(68)).centre(), 64, icon::kLock, Tone::good);
  gap(ui, 10);
  centred(ui, "unlock.title", {ui.tr("unlock.title"), theme::kText}, style::kTitle);
  draw_dots(ui, lock);
  centred(ui, "unlock.message", message_of(ui, lock), style::kBody);
}

struct Key {
  std::string id;
  std::string label;
  const char* icon = nullptr;
  bool enabled = true;
  bool primary = false;
};
bool draw_key(Ui& ui, const Rect& rect, const Key& key) {
  const Press tap = press(ui, key.id, rect, key.enabled);
  const float radius = ui.px(theme::kRadius);
  ImU32 ground = key.primary ? theme::kPrimary : theme::kSurface;
  if (tap.held) ground = key.primary ? theme::kPrimaryPressed : theme::kPrimarySoft;
  if (!key.enabled) ground = theme::kDisabled;
  const ImU32 text = !key.enabled ? theme::kOnDisabled : key.primary ? theme::kOnPrimary : theme::kText;
  if (key.enabled) shadow(ui, rect, radius, 1);
  fill(rect, ground, radius);
  if (key.icon != nullptr)
    draw_icon(ui, rect.centre(), key.icon, 30, text);
  else
    draw_line(ui, rect, key.label, in_colour(kKeyText, text), Align::centre);
  ui.add({.id = key.id, .role = Role::button, .label = key.label, .rect = rect, .enabled = key.enabled});
  return tap.clicked;
}

/// Width of the pad in pixels, given what it may take.
float pad_width(const Ui& ui, float room) {
  const float gaps = ui.px(2 * kKeyGap);
  return std::clamp(room, ui.px(3 * kKeyWidthMin) + gaps, ui.px(3 * kKeyWidth) + gaps);
}

void draw_pad(Ui& ui, Lock& lock) {
  const float width = pad_width(ui, available_width(ui));
  const float key = (width - ui.px(2 * kKeyGap)) / 3;
  const Rect pad = take(ui, ui.px(kPad));
  const float left = pad.min.x + (available_width(ui) - width) / 2;
  const auto place = [&](int row, int column) {
    const ImVec2 at{left + (key + ui.px(kKeyGap)) * static_cast<float>(column),
                    pad.min.y + ui.px((kKey + kKeyGap) * static_cast<float>(row))};
    return Rect{at, {at.x + key, at.y + ui.px(kKey)}};
  };
  const bool on = lock.takes_keys();
  for (int digit = 0; digit <= 9; ++digit) {
    const std::string name = std::to_string(digit);
    const Rect at = digit == 0 ? place(3, 1) : place((digit - 1) / 3, (digit - 1) % 3);
    if (draw_key(ui, at, {.id = "unlock.digit." + name, .label = name, .enabled = on})) lock.add(name.front());
  }
  const bool typed = on && !lock.input.pin.empty();
  if (draw_key(
          ui, place(3, 0),
          {.id = "unlock.backspace", .label = ui.tr("unlock.backspace"), .icon = icon::kBackspace, .enabled = typed}))
    lock.remove();
  if (draw_key(
          ui, place(3, 2),
          {.id = "unlock.ok", .label = ui.tr("unlock.ok"), .icon = icon::kCheck, .enabled = typed, .primary = true}))
    lock.send();
}

/// Words above the pad.
void draw_tall(Ui& ui, Lock& lock, float space) {
  const float left = take(ui, 0).min.x;
  const float width = std::min(available_width(ui), ui.px(420));
  const ColumnScope column(ui, left + (available_width(ui) - width) / 2, width);
  gap(ui, (space / ui.scale - kPad - kWords) * 0.4F);
  const float top = cursor_y();
  draw_words(ui, lock);
  set_cursor_y(ui, std::max(cursor_y() + ui.px(16), top + ui.px(kWords)));
  draw_pad(ui, lock);
}

/// Words and languages beside the pad, where the window is low.
void draw_low(Ui& ui, Lock& lock, const Rect& rect) {
  const float all = available_width(ui);
  const float between = ui.px(24);
  const float pad = pad_width(ui, all - between - ui.px(kLanguages));
  const float words = std::min(ui.px(380), all - between - pad);
  const float left = take(ui, 0).min.x + (all - words - between - pad) / 2;
  const float top = cursor_y();
  {
    const ColumnScope column(ui, left, words);
    gate_language(ui, "unlock.language", lock.out);
    gap(ui, std::max(12.0F, (rect.height() / ui.scale - kWords - 100) / 3));
    draw_words(ui, lock);
  }
  const float words_end = cursor_y();
  const ColumnScope column(ui, left + words + between, pad);
  set_cursor_y(ui, top + std::max(0.0F, (rect.height() - ui.px(32 + kPad)) / 2));
  draw_pad(ui, lock);
  set_cursor_y(ui, std::max(words_end, cursor_y()));
}

}  // namespace

void draw_unlock_screen(Ui& ui, const Rect& rect, const GateState& state, UnlockInput& input, CommandQueue& out) {
  Lock lock{state, input, out, ui.now < state.retry_at};
  take_keyboard(lock);
  const ScrollArea area(ui, "unlock.page", rect, {.margin = 20, .margin_top = 16, .margin_bottom = 16});
  const float space = rect.height() - ui.px(32 + theme::kTouch + theme::kGap);
  if (space < ui.px(kPad + kWords)) return draw_low(ui, lock, rect);
  gate_language_row(ui, "unlock.language", out);
  gap(ui, theme::kGap);
  draw_tall(ui, lock, space);
}

}  // namespace ruhu
