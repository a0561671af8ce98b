#pragma once
#include "app/widgets/choice.hpp"

namespace ruhu {

/// A button that shows the chosen one and opens a sheet with all, to scroll and search in. Widget ids in the sheet:
/// id + ".search", id + "." + code, id + ".close", id + ".none" (takes the choice back).
bool sheet_picker(Ui& ui, const std::string& id, const FieldLook& look, const std::vector<Choice>& choices,
                  std::string& chosen);

/// A panel over a dimmed page that takes all taps while it lives. Draw only when `is_open`.
class Overlay {
 public:
  struct Options {
    float width = 520;  ///< Units; never wider than the window.
    float height = 0;   ///< Units; 0: as high as the content.
  };
  Overlay(Ui& ui, const std::string& id, const Options& options);
  ~Overlay();
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;
  bool is_open() const { return open_; }
  const Rect& inner() const { return inner_; }  ///< Inside the margins.

 private:
  Ui& ui_;
  bool open_ = false;
  Rect inner_{};
};

/// At the end of a frame: a panel that nobody drew any more must not go on taking the taps.
void close_stale_overlays(Ui& ui);

}  // namespace ruhu
