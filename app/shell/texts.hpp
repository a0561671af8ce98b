#pragma once
#include <functional>
#include <string>

#include "platform/base/texts.hpp"

namespace ruhu {

/// The texts of assets/i18n in the language on screen: `tr("visit.save")`, `tr("today.count", {{"n", "3"}})`.
class Texts {
 public:
  explicit Texts(Lang lang) : lang_(lang) {}

  std::string operator()(std::string_view key) const {
    note(key);
    return std::string(text(lang_, key));
  }
  std::string operator()(std::string_view key, std::initializer_list<TextArg> args) const {
    note(key);
    return fill(text(lang_, key), args);
  }
  Lang lang() const { return lang_; }

  /// Called with every key that has no text. Tests collect them.
  std::function<void(std::string_view)> on_missing;

 private:
  void note(std::string_view key) const {
    if (on_missing && text(lang_, key) == key) on_missing(key);
  }
  Lang lang_;
};

}  // namespace ruhu
