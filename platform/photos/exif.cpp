#include "platform/photos/exif.hpp"

#include <cstdint>
#include <optional>

namespace ruhu {
namespace {

/// Numbers of either byte order at places that the file itself names: outside it there is nothing.
class TiffReader {
 public:
  explicit TiffReader(std::string_view bytes) : bytes_(bytes) {
    little_ = bytes.starts_with("II");
    sound_ = little_ || bytes.starts_with("MM");
  }

  std::optional<std::uint32_t> number(std::size_t at, std::size_t length) const {
    if (!sound_ || at > bytes_.size() || length > bytes_.size() - at) return std::nullopt;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < length; ++i) {
      const std::size_t place = little_ ? at + length - 1 - i : at + i;
      number = (number << 8U) | static_cast<std::uint8_t>(bytes_[place]);
    }
    return number;
  }

 private:
  std::string_view bytes_;
  bool little_ = false;
  bool sound_ = false;
};

constexpr std::uint32_t kOrientationTag = 0x0112;
constexpr std::uint32_t kShort = 3;
constexpr std::size_t kEntryBytes = 12;

int orientation_in(std::string_view tiff) {
  const TiffReader in(tiff);
  const auto directory = in.number(4, 4);
  if (!directory) return 1;
  const auto entries = in.number(*directory, 2);
  for (std::size_t i = 0; entries && i < *entries; ++i) {
    const std::size_t entry = std::size_t{*directory} + 2 + i * kEntryBytes;
    const auto tag = in.number(entry, 2);
    if (!tag) return 1;
    if (*tag != kOrientationTag || in.number(entry + 2, 2) != kShort) continue;
    const auto orientation = in.number(entry + 8, 2).value_or(1);
    return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1;
  }
  return 1;
}

}  // namespace

int exif_orientation(std::string_view jpeg) {
  constexpr std::string_view kExif("Exif\0\0", 6);
  constexpr std::uint8_t kApp1 = 0xE1;
  constexpr std::uint8_t kScan = 0xDA;
  std::size_t at = 2;  // after the start-of-image marker
  const auto byte = [&](std::size_t place) { return static_cast<std::uint8_t>(jpeg[place]); };
  while (at + 4 <= jpeg.size() && byte(at) == 0xFF) {
    const std::uint8_t marker = byte(at + 1);
    if (marker == 0xFF) {  // filling
      ++at;
      continue;
    }
    const std::size_t length = std::size_t{byte(at + 2)} << 8U | byte(at + 3);
    if (marker == kScan || length < 2 || length > jpeg.size() - at - 2) return 1;
    const std::string_view segment = jpeg.substr(at + 4, length - 2);
    if (marker == kApp1 && segment.starts_with(kExif)) return orientation_in(segment.substr(kExif.size()));
    at += 2 + length;
  }
  return 1;
}

}  // namespace ruhu
