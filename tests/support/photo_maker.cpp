#include "tests/support/photo_maker.hpp"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>
#include <png.h>

#include "platform/base/random.hpp"

namespace ruhu::test {
namespace {

struct JpegShape {
  bool progressive = false;
  bool grey = false;
};

std::string jpeg_of(const Raster& raster, JpegShape shape) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* bytes = nullptr;
  unsigned long count = 0;
  jpeg_mem_dest(&info, &bytes, &count);
  info.image_width = static_cast<JDIMENSION>(raster.width);
  info.image_height = static_cast<JDIMENSION>(raster.height);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  if (shape.grey) jpeg_set_colorspace(&info, JCS_GRAYSCALE);
  jpeg_set_quality(&info, 95, TRUE);
  if (shape.progressive) jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = const_cast<JSAMPROW>(raster.pixel(0, static_cast<int>(info.next_scanline)));
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::string file(reinterpret_cast<const char*>(bytes), count);
  std::free(bytes);
  return file;
}

std::string png_of(const void* pixels, int width, int height, png_uint_32 format) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = format;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, pixels, 0, nullptr);
  std::string file(size, '\0');
  png_image_write_to_memory(&image, file.data(), &size, 0, pixels, 0, nullptr);
  file.resize(size);
  return file;
}

/// Numbers of a TIFF block in either byte order.
class TiffWriter {
 public:
  explicit TiffWriter(bool little) : little_(little) {}
  void number(std::uint32_t value, int length) {
    for (int i = 0; i < length; ++i) {
      const int shift = 8 * (little_ ? i : length - 1 - i);
      out_ += static_cast<char>((value >> shift) & 0xFFU);
    }
  }
  void entry(std::uint32_t tag, std::uint32_t type, std::uint32_t count, std::uint32_t value, int value_length) {
    number(tag, 2);
    number(type, 2);
    number(count, 4);
    number(value, value_length);
    out_.append(static_cast<std::size_t>(4 - value_length), '\0');
  }
  std::string out_;

 private:
  bool little_;
};

}  // namespace

Raster test_picture(int width, int height) {
  Raster raster = make_raster(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      auto* pixel = const_cast<std::uint8_t*>(raster.pixel(x, y));
      const bool left = x < width / 2;
      const bool top = y < height / 2;
      pixel[0] = top && left ? 220 : 40;
      pixel[1] = top && !left ? 220 : 40;
      pixel[2] = static_cast<std::uint8_t>(!top && left ? 220 : 40 + (x + y) % 16);
    }
  }
  return raster;
}

Raster noise_picture(int width, int height, std::uint64_t seed) {
  SeededRandom random{seed};
  Raster raster = make_raster(width, height);
  for (std::uint8_t& byte : raster.rgb) byte = static_cast<std::uint8_t>(random.below(256));
  return raster;
}

std::string baseline_jpeg(const Raster& raster) { return jpeg_of(raster, {}); }
std::string progressive_jpeg(const Raster& raster) { return jpeg_of(raster, {.progressive = true}); }
std::string grey_jpeg(const Raster& raster) { return jpeg_of(raster, {.grey = true}); }

std::string png_file(const Raster& raster) {
  return png_of(raster.rgb.data(), raster.width, raster.height, PNG_FORMAT_RGB);
}

std::string transparent_png(const Raster& raster) {
  std::string pixels;
  for (std::size_t i = 0; i < raster.rgb.size(); ++i) {
    pixels += static_cast<char>(raster.rgb[i]);
    if (i % 3 == 2) pixels += '\0';
  }
  return png_of(pixels.data(), raster.width, raster.height, PNG_FORMAT_RGBA);
}

std::string exif_block(int orientation, bool little_endian) {
  TiffWriter out(little_endian);
  out.out_ = little_endian ? "II" : "MM";
  out.number(42, 2);
  out.number(8, 4);
  out.number(3, 2);
  constexpr std::uint32_t kAfter = 8 + 2 + 3 * 12 + 4;
  out.entry(0x0110, 2, static_cast<std::uint32_t>(kCameraName.size()), kAfter, 4);
  out.entry(0x0112, 3, 1, static_cast<std::uint32_t>(orientation), 2);
  out.entry(0x8825, 4, 1, kAfter + static_cast<std::uint32_t>(kCameraName.size()), 4);
  out.number(0, 4);
  return out.out_ + std::string(kCameraName) + "GPS 24.79567 118.66841";
}

std::string with_exif(std::string_view jpeg, int orientation) {
  const std::string block = std::string("Exif\0\0", 6) + exif_block(orientation, orientation % 2 == 0);
  const std::size_t length = block.size() + 2;
  std::string segment = "\xFF\xE1";
  segment += static_cast<char>(length >> 8U);
  segment += static_cast<char>(length & 0xFFU);
  return std::string(jpeg.substr(0, 2)) + segment + block + std::string(jpeg.substr(2));
}

}  // namespace ruhu::test
