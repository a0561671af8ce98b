#pragma once
#include <cstdint>
#include <vector>

namespace ruhu {

/// Pixels in rows from the top, red, green and blue in one byte each.
struct Raster {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;

  std::size_t row_bytes() const { return static_cast<std::size_t>(width) * 3; }
  const std::uint8_t* pixel(int x, int y) const {
    return rgb.data() + static_cast<std::size_t>(y) * row_bytes() + static_cast<std::size_t>(x) * 3;
  }
};
Raster make_raster(int width, int height);

/// Shrunk until the longer side has at most that many pixels; each new pixel is the mean of what it covers. Smaller
/// ones stay as they are.
Raster shrink_to(const Raster& from, int side_max);

/// Turned and mirrored as the EXIF orientation 1 … 8 says; any other number counts as 1.
Raster turn_upright(const Raster& from, int orientation);

}  // namespace ruhu
