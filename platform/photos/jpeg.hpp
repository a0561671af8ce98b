#pragma once
#include <string>
#include <string_view>

#include "platform/photos/photo.hpp"
#include "platform/photos/raster.hpp"

// The only use of libjpeg. Its errors jump (longjmp) out of it into these functions and become errors there.
namespace ruhu {

bool is_jpeg(std::string_view file);

/// The picture as it lies in the file, not turned; decoded at a fraction of its size where that still leaves at least
/// `side_max` pixels, which saves time and memory. A file that is damaged or cut off is refused whole: half a picture
/// would pass for a photo.
Result<Raster> decode_jpeg(std::string_view file, const PhotoLimits& limits);

/// Baseline JPEG without any metadata.
Result<std::string> encode_jpeg(const Raster& raster, int quality);

}  // namespace ruhu
