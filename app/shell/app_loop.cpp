#include "app/shell/app_loop.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "platform/base/log.hpp"

namespace ruhu {
namespace {

using std::chrono::milliseconds;

constexpr int kSettlingFrames = 3;  // ImGui needs a few frames until a change is fully drawn.
constexpr milliseconds kLongestNap{10'000};  // Then a sync may be due. No frame is drawn for it.
constexpr milliseconds kDriveNap{2};

}  // namespace

Result<std::unique_ptr<AppLoop>> AppLoop::open(const WindowOptions& options, const Dictionary& dictionary,
                                               Clock& clock) {
  RUHU_TRY(std::unique_ptr<Window> window, Window::open(options, clock));
  RUHU_TRY(FontSet fonts, FontSet::load(find_fonts()));
  return std::unique_ptr<AppLoop>(new AppLoop(std::move(window), std::move(fonts), dictionary, clock));
}

AppLoop::AppLoop(std::unique_ptr<Window> window, FontSet fonts, const Dictionary& dictionary, Clock& clock)
    : fonts_(std::make_unique<FontSet>(std::move(fonts))), window_(std::move(window)), clock_(clock) {
  shell_ = std::make_unique<Shell>(dictionary, UiFonts{fonts_->regular, fonts_->bold, fonts_->icons});
}

AppLoop::~AppLoop() = default;

void AppLoop::frame(AppState& state, Inputs& inputs, const LoopHooks& hooks, bool back) {
  const std::chrono::duration<double> now = clock_.ticks();
  window_->begin_frame();
  shell_->draw(state, inputs, commands_, {now.count(), window_->display_scale(), back, window_->composition()});
  window_->end_frame();
  if (commands_.empty()) return;
  hooks.on_commands(commands_);
  settling_ = kSettlingFrames;
}

milliseconds AppLoop::nap() const {
  if (settling_ > 0) return milliseconds{0};
  const double next = shell_->next_frame_in();
  if (next < 0) return kLongestNap;
  return std::min(kLongestNap, milliseconds{static_cast<std::int64_t>(std::ceil(next * 1000))});
}

bool AppLoop::run(AppState& state, Inputs& inputs, const LoopHooks& hooks) {
  settling_ = kSettlingFrames;
  bool back = false;
  while (true) {
    const bool due = settling_ > 0 || shell_->next_frame_in() >= 0;
    const WindowEvents events = window_->wait(nap());
    if (events.quit) return false;
    back = back || events.back;
    const bool changed = hooks.poll();
    if (hooks.finished && hooks.finished()) return true;
    if (events.any || changed) settling_ = kSettlingFrames;
    if (!window_->is_visible() || !(due || settling_ > 0)) continue;
    settling_ = std::max(0, settling_ - 1);
    frame(state, inputs, hooks, back);
    back = false;
  }
}

Status AppLoop::drive(AppState& state, Inputs& inputs, const LoopHooks& hooks, Driver& driver) {
  bool back = false;
  window_->follow_script();
  while (true) {
    if (window_->wait(kDriveNap).quit) return make_error(Errc::cancelled, "window closed");
    hooks.poll();
    if (hooks.finished && hooks.finished()) return {};
    frame(state, inputs, hooks, std::exchange(back, false));
    if (state.gate.step == GateStep::opening) continue;
    const Driver::Wish wish = driver.after_frame(shell_->registry(), commands_);
    if (wish.shot) RUHU_TRY_DONE(window_->capture(*wish.shot));
    if (!commands_.empty()) hooks.on_commands(commands_);
    if (wish.state == Driver::State::done) return {};
    if (wish.state == Driver::State::failed) {
      log_line(LogLevel::error, "drive: " + driver.failure());
      return make_error(Errc::usage, "drive: " + driver.failure());
    }
    back = wish.back;
  }
}

}  // namespace ruhu
