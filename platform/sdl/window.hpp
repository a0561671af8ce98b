#pragma once
#include <chrono>
#include <memory>
#include <string>

#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"

struct SDL_Window;
struct SDL_Renderer;
union SDL_Event;

namespace ruhu {

struct WindowOptions {
  std::string title;
  int width = 1280;  ///< Pixels.
  int height = 800;
  bool headless = false;  ///< No display: the dummy driver and the software renderer, the same picture every time.
};

/// What happened while waiting.
struct WindowEvents {
  bool any = false;  ///< Something that may change the picture.
  bool quit = false;
  bool back = false;  ///< The tablet's Back key or Escape.
};

/// The one window, its renderer, and the ImGui context that draws into it. Belongs to the thread that opened it;
/// only `wake` may be called from others.
class Window {
 public:
  static Result<std::unique_ptr<Window>> open(const WindowOptions& options, Clock& clock);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  /// Sleeps until an event or the timeout, then takes in everything that waits. Zero: looks without sleeping.
  WindowEvents wait(std::chrono::milliseconds timeout);
  /// Ends a `wait` soon. Any thread.
  void wake();

  void begin_frame();
  void end_frame();  ///< Renders and shows what was drawn since begin_frame. Headless: pixels wait for `capture`.

  /// Writes the last frame as a PNG file. For scripts and tests on made-up records only: the file shows what the screen
  /// shows.
  Status capture(const std::string& path);

  /// Pixels per unit of layout at text scale 1: 1 on an ordinary screen, more on a dense one.
  float display_scale() const;
  bool is_headless() const { return headless_; }
  /// From now on input comes from a script: the real pointer is left alone.
  void follow_script() { scripted_ = true; }
  bool is_visible() const;  ///< False while minimised: nothing needs drawing.
  /// What the input method has composed but not yet committed; empty: nothing.
  const std::string& composition() const { return composition_; }

 private:
  Window(SDL_Window* window, SDL_Renderer* renderer, Clock& clock, bool headless);
  void take(const SDL_Event& event, WindowEvents& events);
  void render();

  SDL_Window* window_;
  SDL_Renderer* renderer_;
  Clock& clock_;
  std::chrono::nanoseconds last_frame_;
  std::string composition_;
  unsigned wake_type_;
  bool headless_;
  bool scripted_;  ///< Input is made up: the backend must not put the pointer back to where SDL sees it.
};

}  // namespace ruhu
