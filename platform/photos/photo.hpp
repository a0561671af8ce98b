#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"

namespace ruhu {

/// Longest sides, in pixels, and what a file may be like.
struct PhotoLimits {
  int side_max = 1'600;
  int thumbnail_side_max = 240;
  std::int64_t pixels_max = 40'000'000;
  std::size_t file_bytes_max = std::size_t{64} << 20U;
  std::size_t decoder_bytes_max = std::size_t{192} << 20U;  ///< Memory that a decoder may take.
};

/// A photo as it is kept: upright, at most `side_max` long, JPEG. Nothing but pixels is taken over: not where and when
/// it was taken, nor with what.
struct Photo {
  std::string jpeg;
  std::string thumbnail;  ///< JPEG.
  int width = 0;
  int height = 0;
};

/// Makes one from the bytes of a JPEG or PNG file, which may be damaged or hostile. The same bytes give the same photo.
/// photo_unreadable: no such file, damaged, or cut off; attachment_too_large: beyond the limits.
Result<Photo> normalise_photo(std::string_view file, const PhotoLimits& limits = {});

}  // namespace ruhu
