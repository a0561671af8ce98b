#include "platform/photos/png.hpp"

#include <png.h>

namespace ruhu {
namespace {

/// libpng's simple interface: it catches its own errors, and this frees what it holds.
struct PngImage {
  png_image image{};
  PngImage() { image.version = PNG_IMAGE_VERSION; }
  ~PngImage() { png_image_free(&image); }
  PngImage(const PngImage&) = delete;
  PngImage& operator=(const PngImage&) = delete;
};

}  // namespace

bool is_png(std::string_view file) { return file.starts_with("\x89PNG\r\n\x1A\n"); }

Result<Raster> decode_png(std::string_view file, const PhotoLimits& limits) {
  PngImage in;
  if (png_image_begin_read_from_memory(&in.image, file.data(), file.size()) == 0)
    return make_error(Errc::photo_unreadable, "libpng");
  const auto pixels = static_cast<std::int64_t>(in.image.width) * in.image.height;
  if (pixels > limits.pixels_max || static_cast<std::uint64_t>(pixels) * 3 > limits.decoder_bytes_max)
    return make_error(Errc::attachment_too_large, "pixels");
  in.image.format = PNG_FORMAT_RGB;
  Raster raster = make_raster(static_cast<int>(in.image.width), static_cast<int>(in.image.height));
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&in.image, &white, raster.rgb.data(), 0, nullptr) == 0)
    return make_error(Errc::photo_unreadable, "libpng");
  return raster;
}

}  // namespace ruhu
