#include <algorithm>

#include "app/state/app_state.hpp"

namespace ruhu {

void go_to(AppState& state, Tab tab) {
  const bool has_list = tab == Tab::today || tab == Tab::search;
  if (!has_list || state.tab == tab) state.pages.clear();
  state.tab = tab;
}

void open_page(AppState& state, Page page) {
  const auto open = std::find(state.pages.begin(), state.pages.end(), page);
  if (open != state.pages.end()) state.pages.erase(open, state.pages.end());
  state.pages.push_back(page);
}

void close_page(AppState& state) {
  if (!state.pages.empty()) {
    state.pages.pop_back();
  } else {
    state.tab = Tab::today;
  }
}

void show_toast(AppState& state, std::string key, std::string text, Tone tone, bool sticky) {
  std::erase_if(state.toasts, [&](const Toast& toast) { return toast.key == key; });
  state.toasts.push_back({++state.last_toast, std::move(key), std::move(text), tone, sticky});
}

bool is_contact(const std::string& outcome) {
  return outcome == "01" || outcome == "02" || outcome == "09" || outcome == "10";
}

}  // namespace ruhu
