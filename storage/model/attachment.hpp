#pragma once
#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/clock.hpp"

namespace ruhu {

/// Names content by what it is: the SHA-256 of its bytes. The same bytes are one attachment, whoever adds them.
struct AttachmentId {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const AttachmentId&) const = default;
};
std::string to_string(const AttachmentId& id);  ///< 64 lower-case hex digits: the item of a field's text set.
std::optional<AttachmentId> parse_attachment_id(std::string_view text);  ///< Nothing unless exactly that form.

std::string_view id_bytes(const AttachmentId& id);
AttachmentId read_attachment_id(std::string_view bytes);  ///< Zeros unless 32 bytes.

/// Content is kept and carried in parts of so many bytes, the last one shorter. A thumbnail is no longer than one part.
inline constexpr std::size_t kAttachmentPartBytes = std::size_t{64} << 10U;
inline constexpr std::size_t kAttachmentBytesMax = std::size_t{12} << 20U;
inline constexpr std::size_t attachment_parts(std::size_t bytes) {
  return (bytes + kAttachmentPartBytes - 1) / kAttachmentPartBytes;
}
/// Of part `no` of content of so many bytes, from 0; 0 beyond the last one.
inline constexpr std::size_t attachment_part_size(std::size_t bytes, std::size_t no) {
  const std::size_t from = no * kAttachmentPartBytes;
  return from >= bytes ? 0 : std::min(kAttachmentPartBytes, bytes - from);
}

/// What the bytes are. Numbers are stored.
enum class Media : std::uint8_t { jpeg = 1, png = 2 };

/// Content on its way into the store.
struct NewAttachment {
  std::string content;
  Media media = Media::jpeg;
  std::string thumbnail;  ///< A small JPEG; empty: none.
};

/// Where content is and who still needs it from here. Numbers are stored.
enum class AttachmentState : std::uint8_t {
  wanted = 0,   ///< A record refers to it; the content is elsewhere and is to be fetched.
  drafted = 1,  ///< No saved record ever referred to it.
  owed = 2,     ///< An own save refers or referred to it and the server has not got the content: never deleted.
  shared = 3,   ///< The server has the content, too.
};

struct AttachmentInfo {
  AttachmentId id;
  AttachmentState state = AttachmentState::wanted;
  Media media = Media::jpeg;
  std::int64_t bytes = 0;  ///< Of the content; 0 while it is wanted.
  Instant added_at{};      ///< Tablet clock: when it became known here.
  std::int64_t thumbnail_bytes = 0;
  bool thumbnail_sent = false;  ///< The server has the thumbnail, or a better one.
  bool fetched = false;         ///< The content came from the server.
};

/// What all attachments of this tablet take, thumbnails included.
struct AttachmentUsage {
  std::int64_t count = 0;  ///< Those whose content is here.
  std::int64_t bytes = 0;
  std::int64_t quota = 0;    ///< Bytes that they may take.
  std::int64_t unsent = 0;   ///< Those that the server has not got, of saved records.
  std::int64_t drafted = 0;  ///< Those that no saved record refers to.
  std::int64_t wanted = 0;   ///< Those whose content is still to be fetched.
};

}  // namespace ruhu

template <>
struct std::hash<ruhu::AttachmentId> {
  std::size_t operator()(const ruhu::AttachmentId& id) const noexcept {
    std::size_t h = 0;
    for (std::size_t i = 0; i < sizeof h; ++i) h = (h << 8U) | id.bytes[i];
    return h;
  }
};
