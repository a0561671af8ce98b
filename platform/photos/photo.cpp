#include "platform/photos/photo.hpp"

#include <new>

#include "platform/photos/exif.hpp"
#include "platform/photos/jpeg.hpp"
#include "platform/photos/png.hpp"
#include "platform/photos/raster.hpp"

namespace ruhu {
namespace {

constexpr int kQuality = 85;
constexpr int kThumbnailQuality = 75;

Result<Raster> decode(std::string_view file, const PhotoLimits& limits) {
  if (file.size() > limits.file_bytes_max) return make_error(Errc::attachment_too_large, "file");
  if (is_jpeg(file)) return decode_jpeg(file, limits);
  if (is_png(file)) return decode_png(file, limits);
  return make_error(Errc::photo_unreadable, "neither JPEG nor PNG");
}

Result<Photo> make_photo(std::string_view file, const PhotoLimits& limits) {
  RUHU_TRY(const Raster decoded, decode(file, limits));
  const int orientation = is_jpeg(file) ? exif_orientation(file) : 1;
  const Raster upright = turn_upright(shrink_to(decoded, limits.side_max), orientation);
  Photo photo;
  photo.width = upright.width;
  photo.height = upright.height;
  RUHU_TRY(photo.jpeg, encode_jpeg(upright, kQuality));
  RUHU_TRY(photo.thumbnail, encode_jpeg(shrink_to(upright, limits.thumbnail_side_max), kThumbnailQuality));
  return photo;
}

}  // namespace

Result<Photo> normalise_photo(std::string_view file, const PhotoLimits& limits) {
  try {
    return make_photo(file, limits);
  } catch (const std::bad_alloc&) {
    return make_error(Errc::attachment_too_large, "memory");
  }
}

}  // namespace ruhu
