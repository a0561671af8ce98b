#include "platform/photos/photo.hpp"

#include <algorithm>

#include "platform/base/random.hpp"
#include "platform/photos/exif.hpp"
#include "platform/photos/jpeg.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/photo_maker.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

enum class Corner : unsigned char { red, green, blue, dark };

Corner colour_at(const Raster& raster, int x, int y) {
  const std::uint8_t* pixel = raster.pixel(x, y);
  const auto* strongest = std::max_element(pixel, pixel + 3);
  if (*strongest < 130) return Corner::dark;
  return static_cast<Corner>(strongest - pixel);
}

/// Colours top left, top right, bottom left, bottom right.
std::vector<Corner> corners(std::string_view jpeg) {
  const Raster raster = decode_jpeg(jpeg, {}).value();
  const int right = raster.width * 3 / 4;
  const int bottom = raster.height * 3 / 4;
  const int left = raster.width / 4;
  const int top = raster.height / 4;
  return {colour_at(raster, left, top), colour_at(raster, right, top), colour_at(raster, left, bottom),
          colour_at(raster, right, bottom)};
}

Errc refused(std::string_view file, const PhotoLimits& limits = {}) {
  const auto photo = normalise_photo(file, limits);
  REQUIRE_FALSE(photo.ok());
  return photo.error().code;
}

/// One way in which a file comes to be damaged.
std::string damaged(std::string file, SeededRandom& random) {
  const auto anywhere = [&] { return static_cast<std::size_t>(random.below(file.size())); };
  const auto near_start = [&] {
    return static_cast<std::size_t>(random.below(std::min<std::size_t>(file.size(), 700)));
  };
  switch (random.below(6)) {
    case 0: file.resize(anywhere()); break;
    case 1:
      for (int i = 0; i < 8; ++i) file[anywhere()] ^= static_cast<char>(1U << random.below(8));
      break;
    case 2:
      for (int i = 0; i < 3; ++i) file[near_start()] = static_cast<char>(random.below(256));
      break;
    case 3: file.erase(near_start(), 1 + random.below(40)); break;
    case 4: file.insert(near_start(), std::string(1 + random.below(40), static_cast<char>(random.below(256)))); break;
    default: {
      const std::size_t from = near_start();
      file.insert(near_start(), file.substr(from, random.below(400)));
    }
  }
  return file;
}

}  // namespace

TEST_CASE("Photo: a large picture is shrunk to 1600 pixels, its thumbnail to 240", "[photo]") {
  for (const std::string& file : {baseline_jpeg(test_picture(3'000, 2'000)),
                                  progressive_jpeg(test_picture(3'000, 2'000)), png_file(test_picture(3'000, 2'000))}) {
    const Photo photo = normalise_photo(file).value();
    CHECK(photo.width == 1'600);
    CHECK(photo.height == 1'067);
    CHECK(corners(photo.jpeg) == std::vector<Corner>{Corner::red, Corner::green, Corner::blue, Corner::dark});
    const Raster small = decode_jpeg(photo.thumbnail, {}).value();
    CHECK(small.width == 240);
    CHECK(small.height == 160);
    CHECK(corners(photo.thumbnail) == corners(photo.jpeg));
    CHECK(photo.thumbnail.size() < 16'384);
  }
}

TEST_CASE("Photo: a small picture keeps its size", "[photo]") {
  const Photo photo = normalise_photo(baseline_jpeg(test_picture(64, 48))).value();
  CHECK(photo.width == 64);
  CHECK(photo.height == 48);
  CHECK(normalise_photo(baseline_jpeg(test_picture(1, 1))).ok());
  CHECK(normalise_photo(png_file(test_picture(9'000, 1)))->height == 1);
}

TEST_CASE("Photo: it stands upright, whichever way the camera was held", "[photo]") {
  const std::string file = baseline_jpeg(test_picture(120, 80));
  const auto r = Corner::red;
  const auto g = Corner::green;
  const auto b = Corner::blue;
  const auto d = Corner::dark;
  const std::vector<std::vector<Corner>> upright = {{r, g, b, d}, {g, r, d, b}, {d, b, g, r}, {b, d, r, g},
                                                    {r, b, g, d}, {b, r, d, g}, {d, g, b, r}, {g, d, r, b}};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    INFO("orientation " << orientation);
    const Photo photo = normalise_photo(with_exif(file, orientation)).value();
    CHECK(corners(photo.jpeg) == upright[static_cast<std::size_t>(orientation - 1)]);
    CHECK(photo.width == (orientation >= 5 ? 80 : 120));
  }
  CHECK(normalise_photo(with_exif(file, 9))->width == 120);
}

TEST_CASE("Photo: nothing but pixels is taken over from the file", "[photo]") {
  const std::string file = with_exif(baseline_jpeg(test_picture(300, 200)), 1);
  REQUIRE(file.find(kCameraName) != std::string::npos);
  const Photo photo = normalise_photo(file).value();
  for (const std::string& made : {photo.jpeg, photo.thumbnail}) {
    CHECK(made.find(kCameraName) == std::string::npos);
    CHECK(made.find("Exif") == std::string::npos);
    CHECK(made.find("GPS") == std::string::npos);
    CHECK(made.find("\xFF\xE1") == std::string::npos);
  }
}

TEST_CASE("Photo: the same file gives the same bytes, also where only its metadata differ", "[photo]") {
  const std::string file = baseline_jpeg(test_picture(300, 200));
  const Photo photo = normalise_photo(file).value();
  CHECK(normalise_photo(file)->jpeg == photo.jpeg);
  CHECK(normalise_photo(with_exif(file, 1))->jpeg == photo.jpeg);
}

TEST_CASE("Photo: grey pictures are read, and what is transparent becomes white", "[photo]") {
  CHECK(normalise_photo(grey_jpeg(test_picture(100, 100))).ok());
  const Photo photo = normalise_photo(transparent_png(test_picture(100, 100))).value();
  CHECK(*decode_jpeg(photo.jpeg, {})->pixel(50, 50) > 250);
}

TEST_CASE("Photo: noise, which compresses worst, stays within what an attachment may be", "[photo]") {
  const Photo photo = normalise_photo(png_file(noise_picture(1'600, 1'600, 7))).value();
  CHECK(photo.jpeg.size() < (std::size_t{12} << 20U));
  CHECK(photo.thumbnail.size() < 65'536);
  const Photo small = normalise_photo(png_file(noise_picture(240, 240, 7))).value();
  CHECK(small.thumbnail.size() < 65'536);
}

TEST_CASE("Photo: what is no picture, damaged or cut off is refused", "[photo]") {
  CHECK(refused("") == Errc::photo_unreadable);
  CHECK(refused("this is a letter") == Errc::photo_unreadable);
  CHECK(refused("\xFF\xD8\xFF") == Errc::photo_unreadable);
  CHECK(refused("\x89PNG\r\n\x1A\n") == Errc::photo_unreadable);
  for (const std::string& file : {baseline_jpeg(test_picture(400, 300)), progressive_jpeg(test_picture(400, 300)),
                                  png_file(noise_picture(100, 100, 3))}) {
    CHECK(refused(file.substr(0, file.size() / 2)) == Errc::photo_unreadable);
    CHECK(refused(file.substr(0, file.size() - 20)) == Errc::photo_unreadable);
  }
}

TEST_CASE("Photo: beyond the limits of pixels, bytes and memory it is refused as too large", "[photo]") {
  const std::string jpeg = progressive_jpeg(test_picture(2'000, 1'000));
  CHECK(refused(jpeg, {.pixels_max = 1'999'999}) == Errc::attachment_too_large);
  CHECK(normalise_photo(jpeg, {.pixels_max = 2'000'000}).ok());
  CHECK(refused(jpeg, {.file_bytes_max = jpeg.size() - 1}) == Errc::attachment_too_large);
  CHECK(refused(jpeg, {.decoder_bytes_max = 1'000'000}) == Errc::attachment_too_large);
  CHECK(refused(png_file(test_picture(2'000, 1'000)), {.pixels_max = 1'000'000}) == Errc::attachment_too_large);
  CHECK(refused(png_file(test_picture(7'000, 7'000))) == Errc::attachment_too_large);
}

TEST_CASE("Photo: the orientation is read in both byte orders and nowhere outside its block", "[photo]") {
  const std::string jpeg = baseline_jpeg(test_picture(8, 8));
  CHECK(exif_orientation(jpeg) == 1);
  CHECK(exif_orientation(with_exif(jpeg, 6)) == 6);
  CHECK(exif_orientation(with_exif(jpeg, 3)) == 3);
  const std::string file = with_exif(jpeg, 6);
  for (std::size_t length = 0; length < 120; ++length) {
    const int orientation = exif_orientation(file.substr(0, length));
    CHECK((orientation == 1 || orientation == 6));
  }
  SeededRandom random{11};
  for (int i = 0; i < 2'000; ++i) {
    const int orientation = exif_orientation(damaged(file, random));
    REQUIRE((orientation >= 1 && orientation <= 8));
  }
}

TEST_CASE("Photo: 2000 damaged files end in a photo or in an error, never in a crash", "[photo]") {
  SeededRandom random{20260403};
  const Raster picture = test_picture(160, 120);
  const std::vector<std::string> files = {with_exif(baseline_jpeg(picture), 6),
                                          progressive_jpeg(picture),
                                          grey_jpeg(picture),
                                          png_file(picture),
                                          transparent_png(picture),
                                          progressive_jpeg(noise_picture(40, 40, 5))};
  int read = 0;
  int unreadable = 0;
  for (int i = 0; i < 2'000; ++i) {
    INFO("damaged file " << i);
    const auto photo = normalise_photo(damaged(files[random.below(files.size())], random));
    if (photo.ok()) {
      ++read;
      REQUIRE(photo->width <= 1'600);
      REQUIRE(decode_jpeg(photo->jpeg, {}).ok());
    } else {
      REQUIRE((photo.error().code == Errc::photo_unreadable || photo.error().code == Errc::attachment_too_large));
      ++unreadable;
    }
  }
  CHECK(read > 100);
  CHECK(unreadable > 500);
}

TEST_CASE("Photo: a file with thousands of scans is given up early", "[photo]") {
  const std::string file = progressive_jpeg(test_picture(64, 64));
  const std::size_t scan = file.find("\xFF\xDA");
  const std::size_t next = file.find("\xFF\xC4", scan);  // the tables of the second scan
  REQUIRE(next != std::string::npos);
  std::string many = file.substr(0, next);
  for (int i = 0; i < 2'000; ++i) many += file.substr(scan, next - scan);
  const auto given_up = normalise_photo(many + file.substr(next));
  REQUIRE_FALSE(given_up.ok());
  CHECK(given_up.error().code == Errc::attachment_too_large);
  CHECK(given_up.error().detail == "scans");
}
