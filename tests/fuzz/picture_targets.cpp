// Pictures: a file from a camera, a card, a stranger's phone.
#include "platform/photos/photo.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/support/photo_maker.hpp"

namespace ruhu::fuzz {
namespace {

constexpr PhotoLimits kSmall{.side_max = 64,
                             .thumbnail_side_max = 16,
                             .pixels_max = 200'000,
                             .file_bytes_max = std::size_t{1} << 20U,
                             .decoder_bytes_max = std::size_t{16} << 20U};

void run_photo(std::string_view bytes) {
  const auto photo = normalise_photo(bytes, kSmall);
  if (!photo.ok()) return;
  must(photo->width <= kSmall.side_max && photo->height <= kSmall.side_max, "a photo is no larger than photos may be");
  must(normalise_photo(photo->jpeg, kSmall).ok(), "what was kept can be read");
}

std::vector<std::string> photo_seeds() {
  const Raster picture = test::test_picture(24, 16);
  const std::string jpeg = test::baseline_jpeg(picture);
  return {jpeg,
          test::progressive_jpeg(picture),
          test::grey_jpeg(picture),
          test::png_file(picture),
          test::transparent_png(picture),
          test::with_exif(jpeg, 6)};
}

}  // namespace

std::vector<Target> picture_targets() { return {{"photo", run_photo, photo_seeds}}; }

}  // namespace ruhu::fuzz
