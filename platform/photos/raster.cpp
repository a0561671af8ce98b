#include "platform/photos/raster.hpp"

#include <algorithm>
#include <array>

namespace ruhu {
namespace {

/// One old pixel's share in a new one, in 1/kWhole of an old pixel.
struct Share {
  int at;
  std::uint32_t weight;
};
constexpr std::uint64_t kWhole = 256;

/// The old pixels that new pixel `at` of `to` covers, out of `from`.
void shares_of(int at, int from, int to, std::vector<Share>& out) {
  out.clear();
  const auto begin = static_cast<std::uint64_t>(at) * static_cast<std::uint64_t>(from) * kWhole;
  const auto end = begin + static_cast<std::uint64_t>(from) * kWhole;
  const auto step = static_cast<std::uint64_t>(to) * kWhole;
  for (std::uint64_t pixel = begin / step; pixel * step < end; ++pixel) {
    const std::uint64_t covered = std::min((pixel + 1) * step, end) - std::max(pixel * step, begin);
    const auto weight = static_cast<std::uint32_t>(covered / static_cast<std::uint64_t>(to));
    if (weight != 0) out.push_back({static_cast<int>(pixel), weight});
  }
}

struct Size {
  int width;
  int height;
};

Size fitting(const Raster& raster, int side_max) {
  const int longer = std::max(raster.width, raster.height);
  const auto scaled = [&](int side) {
    const auto exact = static_cast<std::int64_t>(side) * side_max;
    return std::max(1, static_cast<int>((exact + longer / 2) / longer));
  };
  return {scaled(raster.width), scaled(raster.height)};
}

}  // namespace

Raster make_raster(int width, int height) {
  Raster raster{width, height, {}};
  raster.rgb.resize(raster.row_bytes() * static_cast<std::size_t>(height));
  return raster;
}

Raster shrink_to(const Raster& from, int side_max) {
  if (std::max(from.width, from.height) <= side_max) return from;
  const Size size = fitting(from, side_max);
  Raster to = make_raster(size.width, size.height);
  std::vector<std::vector<Share>> columns(static_cast<std::size_t>(size.width));
  for (int x = 0; x < size.width; ++x) shares_of(x, from.width, size.width, columns[static_cast<std::size_t>(x)]);
  std::vector<Share> rows;
  std::uint8_t* out = to.rgb.data();
  for (int y = 0; y < size.height; ++y) {
    shares_of(y, from.height, size.height, rows);
    for (const std::vector<Share>& column : columns) {
      std::array<std::uint64_t, 3> sum{};
      std::uint64_t total = 0;
      for (const Share& row : rows) {
        for (const Share& share : column) {
          const std::uint64_t weight = std::uint64_t{row.weight} * share.weight;
          const std::uint8_t* pixel = from.pixel(share.at, row.at);
          for (std::size_t c = 0; c < 3; ++c) sum[c] += weight * pixel[c];
          total += weight;
        }
      }
      for (std::size_t c = 0; c < 3; ++c) *out++ = static_cast<std::uint8_t>((sum[c] + total / 2) / total);
    }
  }
  return to;
}

Raster turn_upright(const Raster& from, int orientation) {
  if (orientation <= 1 || orientation > 8) return from;
  const bool swapped = orientation >= 5;  // lies on its side
  Raster to = swapped ? make_raster(from.height, from.width) : make_raster(from.width, from.height);
  const int right = from.width - 1;
  const int bottom = from.height - 1;
  const auto source = [&](int x, int y) -> const std::uint8_t* {
    switch (orientation) {
      case 2: return from.pixel(right - x, y);
      case 3: return from.pixel(right - x, bottom - y);
      case 4: return from.pixel(x, bottom - y);
      case 5: return from.pixel(y, x);
      case 6: return from.pixel(y, bottom - x);
      case 7: return from.pixel(right - y, bottom - x);
      default: return from.pixel(right - y, x);
    }
  };
  std::uint8_t* out = to.rgb.data();
  for (int y = 0; y < to.height; ++y)
    for (int x = 0; x < to.width; ++x) out = std::copy_n(source(x, y), 3, out);
  return to;
}

}  // namespace ruhu
