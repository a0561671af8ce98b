#include "sync/protocol/parcel_messages.hpp"

#include "sync/protocol/cbor.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kRequestParts = 7;
constexpr std::size_t kResponseParts = 7;
constexpr std::size_t kReplyParts = 3;

std::uint32_t small(CborReader& in) { return static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX)); }

std::string get_box(CborReader& in) {
  std::string box(in.bytes());
  if (box.size() > kBoxBytesMax) in.fail();
  return box;
}

}  // namespace

std::string encode_parcel_request(const ParcelRequest& request) {
  CborWriter out;
  out.array(kRequestParts);
  out.unsigned_int(request.protocol);
  out.unsigned_int(request.tablet.value);
  out.unsigned_int(request.incarnation);
  out.unsigned_int(static_cast<std::uint64_t>(request.realm));
  out.unsigned_int(request.epoch.value);
  out.unsigned_int(request.nonce);
  out.array(request.boxes.size());
  for (const std::string& box : request.boxes) out.bytes(box);
  return out.take();
}

Result<ParcelRequest> decode_parcel_request(std::string_view bytes) {
  CborReader in(bytes);
  ParcelRequest request;
  in.array_of(kRequestParts);
  request.protocol = small(in);
  if (in.ok() && request.protocol > kProtocolVersion) return make_error(Errc::protocol_newer, "parcel request");
  request.tablet = {small(in)};
  request.incarnation = small(in);
  request.realm = static_cast<Realm>(in.unsigned_up_to(1));
  request.epoch = {in.unsigned_int()};
  request.nonce = in.unsigned_int();
  request.boxes.resize(in.array(kParcelsPerTripMax));
  for (std::string& box : request.boxes) box = get_box(in);
  if (!in.at_end()) return make_error(Errc::malformed_message, "parcel request");
  return request;
}

std::string encode_parcel_response(const ParcelResponse& response) {
  CborWriter out;
  out.array(kResponseParts);
  out.unsigned_int(response.protocol);
  out.unsigned_int(response.nonce);
  out.integer(to_ms(response.server_time));
  out.unsigned_int(response.epoch.value);
  out.unsigned_int(static_cast<std::uint64_t>(response.realm));
  out.text(response.error);
  out.array(response.replies.size());
  for (const ParcelReply& reply : response.replies) {
    out.array(kReplyParts);
    out.unsigned_int(static_cast<std::uint64_t>(reply.fate));
    out.unsigned_int(reply.tablet.value);
    out.bytes(reply.box);
  }
  return out.take();
}

Result<ParcelResponse> decode_parcel_response(std::string_view bytes) {
  CborReader in(bytes);
  ParcelResponse response;
  in.array_of(kResponseParts);
  response.protocol = small(in);
  if (in.ok() && response.protocol > kProtocolVersion) return make_error(Errc::protocol_newer, "parcel response");
  response.nonce = in.unsigned_int();
  response.server_time = from_ms(in.integer());
  response.epoch = {in.unsigned_int()};
  response.realm = static_cast<Realm>(in.unsigned_up_to(1));
  response.error = in.text();
  response.replies.resize(in.array(kParcelsPerTripMax));
  for (ParcelReply& reply : response.replies) {
    in.array_of(kReplyParts);
    reply.fate = static_cast<ParcelFate>(in.unsigned_up_to(static_cast<std::uint64_t>(ParcelFate::again)));
    reply.tablet = {small(in)};
    reply.box = get_box(in);
  }
  if (!in.at_end()) return make_error(Errc::malformed_message, "parcel response");
  return response;
}

}  // namespace ruhu
