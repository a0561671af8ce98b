#include "platform/fonts/font_set.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <initializer_list>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imgui.h"

namespace ruhu {
namespace {

namespace fs = std::filesystem;

constexpr float kReferenceSize = 20.0F;  // Sizes are asked per text; this only anchors offsets.

std::string first_existing(const std::vector<std::string>& folders, std::initializer_list<const char*> names) {
  std::error_code ignored;
  for (const std::string& folder : folders)
    for (const char* name : names)
      if (fs::exists(fs::path(folder) / name, ignored)) return (fs::path(folder) / name).string();
  return {};
}

bool is_collection(const std::string& path) { return path.ends_with(".ttc") || path.ends_with(".TTC"); }

}  // namespace

FontFiles find_fonts() {
  FontFiles files;
  std::vector<std::string> folders;
  const char* chosen = std::getenv("RUHU_FONT");
  if (chosen != nullptr && *chosen != '\0') {
    if (fs::is_directory(chosen))
      folders.emplace_back(chosen);
    else
      files.regular = files.bold = chosen;
  }
  for (const char* folder : {"/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/noto"})
    folders.emplace_back(folder);
  folders.emplace_back("/usr/share/fonts/truetype/material-design-icons-iconfont");
  if (files.regular.empty()) files.regular = first_existing(folders, {"NotoSansCJK-Regular.ttc"});
  if (files.bold.empty()) files.bold = first_existing(folders, {"NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc"});
  files.icons = first_existing(folders, {"MaterialIcons-Regular.ttf"});
  return files;
}

Result<FontSet> FontSet::load(const FontFiles& files) {
  if (files.regular.empty() || files.bold.empty())
    return make_error(Errc::file_missing, "Chinese font: install fonts-noto-cjk or set RUHU_FONT");
  if (files.icons.empty())
    return make_error(Errc::file_missing, "icon font: install fonts-material-design-icons-iconfont");
  FontSet set;
  RUHU_TRY(set.regular, set.add(files.regular, files.face, "regular"));
  RUHU_TRY(set.bold, set.add(files.bold, files.face, "bold"));
  RUHU_TRY(set.icons, set.add(files.icons, 0, "icons"));
  ImGui::GetIO().FontDefault = set.regular;
  return set;
}

Result<ImFont*> FontSet::add(const std::string& path, int face, const char* name) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about {};
  if (file < 0 || ::fstat(file, &about) != 0) {
    if (file >= 0) ::close(file);
    return make_error(Errc::file_missing, "font " + path);
  }
  const auto size = static_cast<std::size_t>(about.st_size);
  void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  ::close(file);
  if (bytes == MAP_FAILED) return make_error(Errc::io_failed, "font " + path);
  mappings_.push_back({bytes, size});

  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.FontNo = is_collection(path) ? static_cast<ImU32>(face) : 0;
  config.OversampleH = 1;
  std::snprintf(config.Name, sizeof config.Name, "%s", name);
  ImFont* font = ImGui::GetIO().Fonts->AddFontFromMemoryTTF(bytes, static_cast<int>(size), kReferenceSize, &config);
  if (font == nullptr) return make_error(Errc::file_missing, "not a usable font: " + path);
  return font;
}

FontSet::~FontSet() {
  for (const Mapping& mapping : mappings_) ::munmap(mapping.bytes, mapping.size);
}

}  // namespace ruhu
