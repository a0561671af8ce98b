#include "platform/sdl/png_file.hpp"

#include <cstring>

#include <png.h>

namespace ruhu {

Status write_png(const std::string& path, PictureSize size, std::span<const unsigned char> rgb) {
  png_image image;
  std::memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(size.width);
  image.height = static_cast<png_uint_32>(size.height);
  image.format = PNG_FORMAT_RGB;
  if (rgb.size() != PNG_IMAGE_SIZE(image)) return make_error(Errc::internal, "picture and size differ");
  if (png_image_write_to_file(&image, path.c_str(), 0, rgb.data(), 0, nullptr) == 0)
    return make_error(Errc::io_failed, std::string("png: ") + image.message);
  return {};
}

}  // namespace ruhu
