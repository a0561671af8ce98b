#pragma once
#include <string_view>

namespace ruhu {

/// How the camera was held, from the EXIF block of a JPEG file: 1 (upright) to 8. 1 also where there is no such block
/// or it is damaged.
int exif_orientation(std::string_view jpeg);

}  // namespace ruhu
