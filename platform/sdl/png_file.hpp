#pragma once
#include <span>
#include <string>

#include "platform/base/result.hpp"

namespace ruhu {

struct PictureSize {
  int width = 0;
  int height = 0;
};

/// Writes 8-bit RGB rows, top first, without gaps.
Status write_png(const std::string& path, PictureSize size, std::span<const unsigned char> rgb);

}  // namespace ruhu
