#include "storage/model/attachment.hpp"

#include <cstring>

namespace ruhu {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

}  // namespace

std::string_view id_bytes(const AttachmentId& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

AttachmentId read_attachment_id(std::string_view bytes) {
  AttachmentId id;
  if (bytes.size() == id.bytes.size()) std::memcpy(id.bytes.data(), bytes.data(), bytes.size());
  return id;
}

std::string to_string(const AttachmentId& id) {
  std::string out;
  out.reserve(id.bytes.size() * 2);
  for (const std::uint8_t byte : id.bytes) {
    out += kHex[byte >> 4U];
    out += kHex[byte & 0x0FU];
  }
  return out;
}

std::optional<AttachmentId> parse_attachment_id(std::string_view text) {
  AttachmentId id;
  if (text.size() != id.bytes.size() * 2) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = kHex.find(text[i]);
    if (digit == std::string_view::npos) return std::nullopt;
    std::uint8_t& byte = id.bytes[i / 2];
    byte = static_cast<std::uint8_t>((byte << 4U) | digit);
  }
  return id;
}

}  // namespace ruhu
