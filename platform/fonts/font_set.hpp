#pragma once
#include <string>
#include <vector>

#include "platform/base/result.hpp"

struct ImFont;

namespace ruhu {

/// Where the fonts lie. An empty path: not found.
struct FontFiles {
  std::string regular;
  std::string bold;
  std::string icons;
  int face = 2;  ///< Face within a .ttc collection: 2 is Simplified Chinese in Noto Sans CJK.
};

/// Looks in the folder of RUHU_FONT (or takes it as the file itself), then where the distributions put the packages
/// fonts-noto-cjk and fonts-material-design-icons-iconfont.
FontFiles find_fonts();

/// The fonts of one ImGui context. Files are mapped, not read: only the glyphs that are drawn cost memory.
class FontSet {
 public:
  /// Adds the fonts to the current ImGui context; must outlive it. Fails with the package to install.
  static Result<FontSet> load(const FontFiles& files);
  FontSet(FontSet&&) noexcept = default;
  FontSet& operator=(FontSet&&) = delete;
  ~FontSet();

  ImFont* regular = nullptr;
  ImFont* bold = nullptr;
  ImFont* icons = nullptr;

 private:
  struct Mapping {
    void* bytes = nullptr;
    std::size_t size = 0;
  };
  FontSet() = default;
  Result<ImFont*> add(const std::string& path, int face, const char* name);
  std::vector<Mapping> mappings_;
};

}  // namespace ruhu
