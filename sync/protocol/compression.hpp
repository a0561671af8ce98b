#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"

namespace ruhu {

/// For what is sent once. What is made once and sent often is worth more time.
inline constexpr int kCompressOnce = 3;
inline constexpr int kCompressForMany = 9;

/// One zstd frame that states its size.
std::string compress(std::string_view bytes, int level);

/// malformed_message: not such a frame; too_large: it states more than `size_max`, and nothing is unpacked.
Result<std::string> decompress(std::string_view frame, std::size_t size_max);

}  // namespace ruhu
