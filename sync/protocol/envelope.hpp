#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"

namespace ruhu {

/// The outside of every message: magic, tablet number, Ed25519 signature over all the rest, zstd frame.
/// Whoever answers without the server's key (a Wi-Fi login page, a proxy's error page) is found out here.
inline constexpr std::string_view kSyncContentType = "application/vnd.ruhu.sync";
inline constexpr std::size_t kMessageBytesMax = std::size_t{16} << 20U;  ///< Decompressed; more is refused unread.
inline constexpr std::size_t kSignatureBytes = 64;

using SignBytes = std::function<std::string(std::string_view bytes)>;  ///< 64 bytes.
/// True when the signature of the bytes is that of the one whom the caller expects for this tablet.
using CheckSignature = std::function<bool(TabletNo tablet, std::string_view bytes, std::string_view signature)>;

struct Opened {
  TabletNo tablet;
  std::string message;
};

std::string seal(TabletNo tablet, std::string_view message, const SignBytes& sign);
/// not_our_server: not an envelope at all, or wrong signature; malformed_message, too_large: signed, but broken.
Result<Opened> open_envelope(std::string_view bytes, const CheckSignature& check);

}  // namespace ruhu
