#pragma once
#include <string_view>

#include "platform/photos/photo.hpp"
#include "platform/photos/raster.hpp"

namespace ruhu {

bool is_png(std::string_view file);
/// What is transparent becomes white.
Result<Raster> decode_png(std::string_view file, const PhotoLimits& limits);

}  // namespace ruhu
