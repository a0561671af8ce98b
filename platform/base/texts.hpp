#pragma once
#include <string>
#include <string_view>

#include "platform/base/error.hpp"

namespace ruhu {

enum class Lang : unsigned char { zh_cn, en };

/// The text of `assets/i18n` for the key; the key itself when there is none (a test keeps that from happening).
std::string_view text(Lang lang, std::string_view key);

/// The text with {name} placeholders filled in: `fill("{n} 户", {{"n", "3"}})`.
struct TextArg {
  std::string_view name;
  std::string_view value;
};
std::string fill(std::string_view pattern, std::initializer_list<TextArg> args);

/// What happened and what to do next, in one language.
std::string error_text(Lang lang, Errc code);
/// The same in Chinese and English on one line, for programs without a screen.
std::string error_text_both(Errc code);

/// "zh-CN" or "en"; anything else is Chinese.
Lang parse_lang(std::string_view name);

}  // namespace ruhu
