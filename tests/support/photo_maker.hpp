#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/photos/raster.hpp"

namespace ruhu::test {

/// A picture that is no same seen from another side: a red corner top left, a green one top right, a blue one bottom
/// left, the rest a pattern.
Raster test_picture(int width, int height);
/// Every pixel by chance: the hardest for a compressor.
Raster noise_picture(int width, int height, std::uint64_t seed);

std::string baseline_jpeg(const Raster& raster);
std::string progressive_jpeg(const Raster& raster);
std::string grey_jpeg(const Raster& raster);
std::string png_file(const Raster& raster);
/// With an alpha channel that makes everything transparent.
std::string transparent_png(const Raster& raster);

/// The JPEG with an EXIF block: the orientation, a camera's name and a position.
std::string with_exif(std::string_view jpeg, int orientation);
inline constexpr std::string_view kCameraName = "CAMERA-OF-THE-WORKER";

/// Another orientation's EXIF block alone, big-endian or little-endian, for the reader of it.
std::string exif_block(int orientation, bool little_endian);

}  // namespace ruhu::test
