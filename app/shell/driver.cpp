#include "app/shell/driver.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "imgui.h"

namespace ruhu {
namespace {

constexpr int kPressFrames = 2;   // A finger rests at least so long.
constexpr int kSettleFrames = 3;  // Until what a tap changed is drawn.
constexpr int kDragFrames = 12;

/// The part of the widget that is on screen.
Rect visible_part(const WidgetInfo& widget) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  return intersect(intersect(widget.rect, widget.clip), {{0, 0}, screen});
}

bool same_place(const Rect& a, const Rect& b) {
  return std::abs(a.min.x - b.min.x) < 0.5F && std::abs(a.min.y - b.min.y) < 0.5F;
}

bool holds(const WidgetInfo& widget, const std::string& text) {
  return widget.label.find(text) != std::string::npos || widget.value.find(text) != std::string::npos;
}

ImGuiKey key_named(const std::string& name) {
  if (name == "Enter") return ImGuiKey_Enter;
  if (name == "Tab") return ImGuiKey_Tab;
  if (name == "Backspace") return ImGuiKey_Backspace;
  return ImGuiKey_None;
}

}  // namespace

Driver::Driver(std::vector<DriveStep> steps, Options options, Clock& clock)
    : steps_(std::move(steps)), options_(std::move(options)), clock_(clock), began_(clock.ticks()) {}

Driver::Wish Driver::after_frame(const WidgetRegistry& registry, CommandQueue& out) {
  if (at_ >= steps_.size()) return {.state = State::done};
  Wish wish;
  ++frame_;
  if (play(steps_[at_], registry, out, wish) == Progress::done) {
    ++at_;
    frame_ = phase_ = 0;
    seen_at_.reset();
    began_ = clock_.ticks();
    why_.clear();
    return wish;
  }
  if (clock_.ticks() - began_ > options_.patience) return fail();
  return wish;
}

Driver::Wish Driver::fail() {
  const DriveStep& step = steps_[at_];
  failure_ = "line " + std::to_string(step.line) + ": " + step.json + ": " + why_;
  const auto name = "failed-line-" + std::to_string(step.line) + ".png";
  return {.state = State::failed, .shot = (std::filesystem::path(options_.shots_folder) / name).string()};
}

Driver::Progress Driver::play(const DriveStep& step, const WidgetRegistry& registry, CommandQueue& out, Wish& wish) {
  const auto when = [](bool done) { return done ? Progress::done : Progress::waiting; };
  if (const auto* tap = std::get_if<TapStep>(&step.action)) return play_tap(tap->widget, registry);
  if (const auto* type = std::get_if<TypeStep>(&step.action)) return play_type(*type, registry);
  if (const auto* drag = std::get_if<DragStep>(&step.action)) return play_drag(*drag, registry);
  if (const auto* key = std::get_if<KeyStep>(&step.action)) return play_key(*key, wish);
  if (const auto* wait = std::get_if<WaitStep>(&step.action)) {
    why_ = "it did not appear";
    return when(registry.find(wait->widget) != nullptr);
  }
  if (const auto* expect = std::get_if<ExpectStep>(&step.action)) {
    const WidgetInfo* widget = registry.find(expect->widget);
    why_ = widget == nullptr ? "it is not there" : "it says \"" + widget->label + "\", \"" + widget->value + "\"";
    return when(widget != nullptr && holds(*widget, expect->text));
  }
  if (const auto* absent = std::get_if<AbsentStep>(&step.action)) {
    why_ = "it is there";
    return when(registry.find(absent->widget) == nullptr);
  }
  if (const auto* shot = std::get_if<ShotStep>(&step.action)) {
    if (frame_ < kSettleFrames) return Progress::waiting;
    wish.shot = (std::filesystem::path(options_.shots_folder) / (shot->name + ".png")).string();
    return Progress::done;
  }
  out.push(GoOffline{std::get<OfflineStep>(step.action).offline});
  return Progress::done;
}

bool Driver::is_reachable(const WidgetInfo& widget, const WidgetRegistry& registry) {
  if (!widget.enabled) return why_ = "it is disabled", false;
  if (widget.layer < registry.top_layer()) return why_ = "a dialog covers it", false;
  const bool still = seen_at_ && same_place(*seen_at_, widget.rect);
  seen_at_ = widget.rect;
  if (!still) return why_ = "it does not stand still", false;
  const Rect visible = visible_part(widget);
  const float enough = std::min(widget.rect.height(), 40.0F);
  if (!is_empty(visible) && visible.height() >= enough - 0.5F) return true;
  why_ = "it is out of sight";
  scroll_towards(widget, registry);
  return false;
}

void Driver::scroll_towards(const WidgetInfo& widget, const WidgetRegistry& registry) {
  const WidgetInfo* list = widget.scroller.empty() ? nullptr : registry.find(widget.scroller);
  if (list == nullptr) return;
  const Rect area = visible_part(*list);
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(area.centre().x, area.centre().y);
  const float away = widget.rect.centre().y - area.centre().y;
  const float notch = 5 * ImGui::GetFontSize();  // What ImGui scrolls for one step of a wheel.
  io.AddMouseWheelEvent(0, -std::clamp(away / notch, -3.0F, 3.0F));
}

Driver::Progress Driver::play_tap(const std::string& name, const WidgetRegistry& registry) {
  ImGuiIO& io = ImGui::GetIO();
  if (phase_ == 0) {
    const WidgetInfo* widget = registry.find(name);
    why_ = "it is not there";
    if (widget == nullptr || !is_reachable(*widget, registry)) return Progress::waiting;
    point_ = visible_part(*widget).centre();
    io.AddMousePosEvent(point_.x, point_.y);
    phase_ = 1;
    frame_ = 0;
  } else if (phase_ == 1 && frame_ == 1) {
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  } else if (phase_ == 1 && frame_ > kPressFrames) {
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
    phase_ = 2;
    frame_ = 0;
  } else if (phase_ == 2 && frame_ >= kSettleFrames) {
    return Progress::done;
  }
  return Progress::waiting;
}

Driver::Progress Driver::play_type(const TypeStep& step, const WidgetRegistry& registry) {
  ImGuiIO& io = ImGui::GetIO();
  if (phase_ < 3) {
    if (play_tap(step.widget, registry) == Progress::waiting) return Progress::waiting;
    phase_ = 3;
    frame_ = 0;
  }
  why_ = "it takes no text";
  if (!io.WantTextInput) return Progress::waiting;
  switch (phase_) {
    case 3:
      io.AddKeyEvent(ImGuiMod_Ctrl, true);
      io.AddKeyEvent(ImGuiKey_A, true);
      break;
    case 4:
      io.AddKeyEvent(ImGuiKey_A, false);
      io.AddKeyEvent(ImGuiMod_Ctrl, false);
      break;
    case 6:
      if (step.text.empty())
        io.AddKeyEvent(ImGuiKey_Delete, true);
      else
        io.AddInputCharactersUTF8(step.text.c_str());
      break;
    case 7:
      if (step.text.empty()) io.AddKeyEvent(ImGuiKey_Delete, false);
      break;
    case 9: return Progress::done;
    default: break;
  }
  ++phase_;
  return Progress::waiting;
}

Driver::Progress Driver::play_drag(const DragStep& step, const WidgetRegistry& registry) {
  ImGuiIO& io = ImGui::GetIO();
  if (phase_ == 0) {
    const WidgetInfo* widget = registry.find(step.widget);
    why_ = "it is not there";
    if (widget == nullptr) return Progress::waiting;
    point_ = visible_part(*widget).centre();
    io.AddMousePosEvent(point_.x, point_.y);
    phase_ = 1;
    frame_ = 0;
  } else if (phase_ == 1 && frame_ == 1) {
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  } else if (phase_ == 1 && frame_ > kPressFrames) {
    const float share = std::min(1.0F, static_cast<float>(frame_ - kPressFrames) / kDragFrames);
    io.AddMousePosEvent(point_.x + step.dx * share, point_.y + step.dy * share);
    if (frame_ - kPressFrames <= kDragFrames + kSettleFrames) return Progress::waiting;  // Rests: no run-on.
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
    phase_ = 2;
    frame_ = 0;
  } else if (phase_ == 2 && frame_ >= kSettleFrames) {
    return Progress::done;
  }
  return Progress::waiting;
}

Driver::Progress Driver::play_key(const KeyStep& step, Wish& wish) {
  if (step.key == "Back") {
    wish.back = frame_ == 1;
    return frame_ > kSettleFrames ? Progress::done : Progress::waiting;
  }
  const ImGuiKey key = key_named(step.key);
  why_ = "no such key";
  if (key == ImGuiKey_None) return Progress::waiting;
  ImGui::GetIO().AddKeyEvent(key, frame_ == 1);
  return frame_ > kSettleFrames ? Progress::done : Progress::waiting;
}

}  // namespace ruhu
