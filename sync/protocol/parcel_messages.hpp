#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sync/protocol/messages.hpp"

// POST /v1/parcels: a tablet brings closed requests of other tablets and takes closed answers back to them.
namespace ruhu {

inline constexpr std::size_t kParcelsPerTripMax = 64;
inline constexpr std::size_t kBoxBytesMax = std::size_t{4} << 20U;

struct ParcelRequest {
  std::uint32_t protocol = kProtocolVersion;
  TabletNo tablet;  ///< Who brings them.
  std::uint32_t incarnation = 1;
  Realm realm = Realm::live;
  Epoch epoch;
  std::uint64_t nonce = 0;
  std::vector<std::string> boxes;  ///< Sealed requests, closed for the server's key.
};

enum class ParcelFate : std::uint8_t {
  taken = 0,    ///< Handled as if its tablet had come itself; whatever is to be said stands in the answer.
  refused = 1,  ///< No request of a tablet of this platform and realm; never will be.
  again = 2,    ///< The server had trouble of its own, or no room for the answer: bring it again.
};
struct ParcelReply {
  ParcelFate fate = ParcelFate::again;
  TabletNo tablet;  ///< Whose parcel it was; 0 unless taken.
  std::string box;  ///< The sealed answer, closed for that tablet's key; empty unless taken.
  auto operator<=>(const ParcelReply&) const = default;
};

struct ParcelResponse {
  std::uint32_t protocol = kProtocolVersion;
  std::uint64_t nonce = 0;
  Instant server_time{};
  Epoch epoch;
  Realm realm = Realm::live;
  std::string error;                 ///< Key of the error; empty: none.
  std::vector<ParcelReply> replies;  ///< One for each box, in order.
};

std::string encode_parcel_request(const ParcelRequest& request);
Result<ParcelRequest> decode_parcel_request(std::string_view bytes);
std::string encode_parcel_response(const ParcelResponse& response);
Result<ParcelResponse> decode_parcel_response(std::string_view bytes);

}  // namespace ruhu
