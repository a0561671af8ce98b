#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"
#include "storage/model/attachment.hpp"
#include "storage/model/identity.hpp"
#include "sync/protocol/messages.hpp"

// POST /v1/attachments: photos, after the text. In the same envelope as a sync.
namespace ruhu {

inline constexpr std::size_t kAttachmentItemsMax = 64;  ///< Of each list in a message.
/// Bytes of content that one message carries, either way; a receiver takes one part more.
inline constexpr std::size_t kAttachmentTripBytes = std::size_t{256} << 10U;

/// The tablet has this content and owes it to the server.
struct AttachmentOffer {
  AttachmentId id;
  Media media = Media::jpeg;
  std::uint32_t bytes = 0;
  auto operator<=>(const AttachmentOffer&) const = default;
};

/// Part 0 is the thumbnail, part n the n-th kAttachmentPartBytes of the content.
inline constexpr std::uint32_t kThumbnailPart = 0;
struct AttachmentPiece {
  AttachmentId id;
  std::uint32_t part = kThumbnailPart;
  std::string content;
  auto operator<=>(const AttachmentPiece&) const = default;
};

/// The tablet asks for the thumbnail, or for that part and those that follow it.
struct AttachmentWish {
  AttachmentId id;
  std::uint32_t part = kThumbnailPart;
  auto operator<=>(const AttachmentWish&) const = default;
};

struct AttachmentRequest {
  std::uint32_t protocol = kProtocolVersion;
  TabletNo tablet;
  std::uint32_t incarnation = 1;
  Realm realm = Realm::live;
  Epoch epoch;
  std::uint64_t nonce = 0;
  std::uint32_t room = 0;  ///< Bytes of content that the tablet takes now.
  std::vector<AttachmentOffer> offers;
  std::vector<AttachmentPiece> pieces;
  std::vector<AttachmentWish> wishes;
};

/// How far the server has come with one content. Numbers are sent.
enum class Custody : std::uint8_t {
  begun = 0,    ///< The parts that it has are counted beside.
  whole = 1,    ///< All of it, checked and durable.
  unnamed = 2,  ///< No change that this tablet sent or may see names it.
  refused = 3,  ///< Too large, or empty.
  full = 4,     ///< This tablet has brought as much as it may for now.
};
struct AttachmentCustody {
  AttachmentId id;
  Custody custody = Custody::begun;
  std::uint32_t parts = 0;  ///< Of the content, from the first on.
  bool thumbnail = false;
  auto operator<=>(const AttachmentCustody&) const = default;
};

/// What the server says of one that was wished for.
struct AttachmentKnown {
  AttachmentId id;
  bool here = false;  ///< False: not yet, or not for this tablet.
  Media media = Media::jpeg;
  std::uint32_t bytes = 0;
  bool thumbnail = false;
  auto operator<=>(const AttachmentKnown&) const = default;
};

struct AttachmentResponse {
  std::uint32_t protocol = kProtocolVersion;
  std::uint64_t nonce = 0;
  Instant server_time{};
  Epoch epoch;
  Realm realm = Realm::live;
  std::string error;                       ///< Key of the error; empty: none.
  std::vector<AttachmentCustody> custody;  ///< Of everything offered or sent.
  std::vector<AttachmentKnown> known;      ///< Of the wishes as far as they were looked at, in their order.
  std::vector<AttachmentPiece> pieces;     ///< In the order of the wishes.
};

std::string encode_attachment_request(const AttachmentRequest& request);
Result<AttachmentRequest> decode_attachment_request(std::string_view bytes);
std::string encode_attachment_response(const AttachmentResponse& response);
Result<AttachmentResponse> decode_attachment_response(std::string_view bytes);

}  // namespace ruhu
