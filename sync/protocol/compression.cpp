#include "sync/protocol/compression.hpp"

#include <zstd.h>

namespace ruhu {

std::string compress(std::string_view bytes, int level) {
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(frame.data(), frame.size(), bytes.data(), bytes.size(), level);
  RUHU_ASSERT(ZSTD_isError(size) == 0);
  frame.resize(size);
  return frame;
}

Result<std::string> decompress(std::string_view frame, std::size_t size_max) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
    return make_error(Errc::malformed_message, "zstd frame");
  if (size > size_max) return make_error(Errc::too_large, "zstd frame");
  std::string out(static_cast<std::size_t>(size), '\0');
  const std::size_t got = ZSTD_decompress(out.data(), out.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0 || got != out.size()) return make_error(Errc::malformed_message, "zstd frame");
  return out;
}

}  // namespace ruhu
