#pragma once
#include <span>
#include <string_view>

namespace ruhu {

/// One text of assets/i18n in both languages.
struct CatalogText {
  std::string_view key;
  std::string_view zh;
  std::string_view en;
};

/// Every text, sorted by key. Generated from assets/i18n at build time.
std::span<const CatalogText> text_catalog();

}  // namespace ruhu
