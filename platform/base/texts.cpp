#include "platform/base/texts.hpp"

#include <algorithm>
#include <span>

#include "platform/base/text_catalog.hpp"

namespace ruhu {

std::string_view text(Lang lang, std::string_view key) {
  const std::span<const CatalogText> catalog = text_catalog();
  const auto at = std::lower_bound(catalog.begin(), catalog.end(), key,
                                   [](const CatalogText& entry, std::string_view k) { return entry.key < k; });
  if (at == catalog.end() || at->key != key) return key;
  return lang == Lang::zh_cn ? at->zh : at->en;
}

std::string fill(std::string_view pattern, std::initializer_list<TextArg> args) {
  std::string out;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) return out += pattern;
    const auto name = pattern.substr(open + 1, close - open - 1);
    const auto* arg = std::find_if(args.begin(), args.end(), [&](const TextArg& a) { return a.name == name; });
    out += pattern.substr(0, open);
    out += arg == args.end() ? pattern.substr(open, close - open + 1) : arg->value;
    pattern.remove_prefix(close + 1);
  }
  return out;
}

std::string error_text(Lang lang, Errc code) {
  const std::string key = "error." + std::string(traits_of(code).key);
  std::string out{text(lang, key)};
  const std::string next = key + ".next";
  if (const auto hint = text(lang, next); hint != next) out += (lang == Lang::zh_cn ? "" : " ") + std::string(hint);
  return out;
}

std::string error_text_both(Errc code) { return error_text(Lang::zh_cn, code) + " / " + error_text(Lang::en, code); }

Lang parse_lang(std::string_view name) { return name.starts_with("en") ? Lang::en : Lang::zh_cn; }

}  // namespace ruhu
