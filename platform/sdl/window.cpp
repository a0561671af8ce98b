#include "platform/sdl/window.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <SDL.h>

#include "imgui.h"
#include "imgui_impl_sdl2.h"
#include "imgui_impl_sdlrenderer2.h"

#include "platform/sdl/png_file.hpp"

namespace ruhu {
namespace {

constexpr int kTextureSizeMax = 2048;  // Cheap graphics chips take no more; glyphs that do not fit are packed anew.

Error sdl_error(const char* what) { return make_error(Errc::internal, std::string(what) + ": " + SDL_GetError()); }

/// The input method follows the caret; an on-screen keyboard comes and goes with the text field.
void follow_caret(ImGuiContext*, ImGuiViewport*, ImGuiPlatformImeData* data) {
  if (!data->WantVisible) return SDL_StopTextInput();
  const SDL_Rect caret{static_cast<int>(data->InputPos.x), static_cast<int>(data->InputPos.y), 1,
                       static_cast<int>(data->InputLineHeight)};
  SDL_SetTextInputRect(&caret);
  if (SDL_IsTextInputActive() == SDL_FALSE) SDL_StartTextInput();
}

SDL_Renderer* make_renderer(SDL_Window* window, bool headless) {
  if (!headless) {
    const Uint32 flags = SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC;
    if (SDL_Renderer* renderer = SDL_CreateRenderer(window, -1, flags)) return renderer;
  }
  return SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
}

void set_up_imgui(SDL_Window* window, SDL_Renderer* renderer) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigInputTextCursorBlink = true;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.Fonts->TexMaxWidth = kTextureSizeMax;
  io.Fonts->TexMaxHeight = kTextureSizeMax;
  ImGui_ImplSDL2_InitForSDLRenderer(window, renderer);
  ImGui_ImplSDLRenderer2_Init(renderer);
  ImGui::GetPlatformIO().Platform_SetImeDataFn = follow_caret;
}

bool is_back_key(const SDL_Event& event) {
  return event.type == SDL_KEYDOWN && (event.key.keysym.sym == SDLK_AC_BACK || event.key.keysym.sym == SDLK_ESCAPE);
}

}  // namespace

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options, Clock& clock) {
  if (options.headless) SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
  SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
  SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "1");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return sdl_error("no display");
  const Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
  SDL_Window* window = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                        options.width, options.height, flags);
  if (window == nullptr) return sdl_error("no window");
  SDL_Renderer* renderer = make_renderer(window, options.headless);
  if (renderer == nullptr) {
    SDL_DestroyWindow(window);
    return sdl_error("no renderer");
  }
  set_up_imgui(window, renderer);
  return std::unique_ptr<Window>(new Window(window, renderer, clock, options.headless));
}

Window::Window(SDL_Window* window, SDL_Renderer* renderer, Clock& clock, bool headless)
    : window_(window),
      renderer_(renderer),
      clock_(clock),
      last_frame_(clock.ticks()),
      wake_type_(SDL_RegisterEvents(1)),
      headless_(headless),
      scripted_(headless) {}

Window::~Window() {
  ImGui_ImplSDLRenderer2_Shutdown();
  ImGui_ImplSDL2_Shutdown();
  ImGui::DestroyContext();
  SDL_DestroyRenderer(renderer_);
  SDL_DestroyWindow(window_);
  SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

WindowEvents Window::wait(std::chrono::milliseconds timeout) {
  WindowEvents events;
  SDL_Event event;
  bool more = SDL_WaitEventTimeout(&event, static_cast<int>(std::max<std::int64_t>(0, timeout.count()))) == 1;
  for (; more; more = SDL_PollEvent(&event) == 1) take(event, events);
  return events;
}

void Window::take(const SDL_Event& event, WindowEvents& events) {
  events.any = true;
  if (event.type == wake_type_) return;
  if (event.type == SDL_QUIT) events.quit = true;
  if (event.type == SDL_TEXTEDITING) composition_ = event.edit.text;
  if (event.type == SDL_TEXTINPUT) composition_.clear();
  if (is_back_key(event)) {
    events.back = true;  // Not for ImGui: Escape would take back what was typed.
    return;
  }
  ImGui_ImplSDL2_ProcessEvent(&event);
}

void Window::wake() {
  SDL_Event event{};
  event.type = wake_type_;
  SDL_PushEvent(&event);
}

void Window::begin_frame() {
  ImGui_ImplSDLRenderer2_NewFrame();
  ImGuiIO& io = ImGui::GetIO();
  if (scripted_) {
    int width = 0;
    int height = 0;
    SDL_GetRendererOutputSize(renderer_, &width, &height);
    io.DisplaySize = ImVec2(static_cast<float>(width), static_cast<float>(height));
    io.DisplayFramebufferScale = ImVec2(1, 1);
  } else {
    ImGui_ImplSDL2_NewFrame();
  }
  const auto now = clock_.ticks();
  const std::chrono::duration<float> passed = now - last_frame_;
  io.DeltaTime = std::clamp(passed.count(), 0.001F, 0.1F);  // A long sleep is no jump of an animation.
  last_frame_ = now;
  ImGui::NewFrame();
}

void Window::render() {
  const ImGuiIO& io = ImGui::GetIO();
  SDL_RenderSetScale(renderer_, io.DisplayFramebufferScale.x, io.DisplayFramebufferScale.y);
  SDL_SetRenderDrawColor(renderer_, 0xF3, 0xF5, 0xF9, 0xFF);
  SDL_RenderClear(renderer_);
  ImGui_ImplSDLRenderer2_RenderDrawData(ImGui::GetDrawData(), renderer_);
}

void Window::end_frame() {
  ImGui::Render();
  if (headless_) return;
  render();
  SDL_RenderPresent(renderer_);
}

Status Window::capture(const std::string& path) {
  if (ImGui::GetDrawData() == nullptr) return make_error(Errc::internal, "nothing was drawn yet");
  render();
  int width = 0;
  int height = 0;
  SDL_GetRendererOutputSize(renderer_, &width, &height);
  std::vector<unsigned char> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  if (SDL_RenderReadPixels(renderer_, nullptr, SDL_PIXELFORMAT_RGB24, pixels.data(), width * 3) != 0)
    return sdl_error("no picture");
  return write_png(path, {width, height}, pixels);
}

float Window::display_scale() const {
  if (headless_) return 1.0F;
  int logical = 0;
  int physical = 0;
  SDL_GetWindowSize(window_, &logical, nullptr);
  SDL_GetRendererOutputSize(renderer_, &physical, nullptr);
  if (logical > 0 && physical > logical) return 1.0F;  // The backend scales: layout is in logical units already.
  float dpi = 96.0F;
  if (SDL_GetDisplayDPI(std::max(0, SDL_GetWindowDisplayIndex(window_)), nullptr, &dpi, nullptr) != 0) return 1.0F;
  return std::clamp(std::round(dpi / 96.0F * 4.0F) / 4.0F, 1.0F, 3.0F);
}

bool Window::is_visible() const {
  return headless_ || (SDL_GetWindowFlags(window_) & (SDL_WINDOW_MINIMIZED | SDL_WINDOW_HIDDEN)) == 0;
}

}  // namespace ruhu
