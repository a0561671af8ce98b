#include "sync/protocol/envelope.hpp"

#include "sync/protocol/compression.hpp"

namespace ruhu {
namespace {

constexpr std::string_view kMagic = "RUHU1";
constexpr std::size_t kTabletBytes = 4;

std::string tablet_bytes(TabletNo tablet) {
  std::string out;
  for (unsigned i = 0; i < kTabletBytes; ++i) out += static_cast<char>(tablet.value >> (8U * i));
  return out;
}

TabletNo read_tablet(std::string_view bytes) {
  std::uint32_t n = 0;
  for (unsigned i = 0; i < kTabletBytes; ++i) n |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8U * i);
  return {n};
}

}  // namespace

std::string seal(TabletNo tablet, std::string_view message, const SignBytes& sign) {
  const std::string frame = compress(message, kCompressOnce);
  const std::string head = std::string(kMagic) + tablet_bytes(tablet);
  return head + sign(head + frame) + frame;
}

Result<Opened> open_envelope(std::string_view bytes, const CheckSignature& check) {
  constexpr std::size_t kHead = kMagic.size() + kTabletBytes;
  if (!bytes.starts_with(kMagic) || bytes.size() < kHead + kSignatureBytes)
    return make_error(Errc::not_our_server, "not an envelope");
  Opened opened;
  opened.tablet = read_tablet(bytes.substr(kMagic.size()));
  const std::string_view signature = bytes.substr(kHead, kSignatureBytes);
  const std::string_view frame = bytes.substr(kHead + kSignatureBytes);
  const std::string signed_bytes = std::string(bytes.substr(0, kHead)) + std::string(frame);
  if (!check(opened.tablet, signed_bytes, signature)) return make_error(Errc::not_our_server, "signature");
  RUHU_TRY(opened.message, decompress(frame, kMessageBytesMax));
  return opened;
}

}  // namespace ruhu
