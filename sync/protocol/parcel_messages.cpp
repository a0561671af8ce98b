#include "sync/protocol/parcel_messages.hpp"

#include "sync/protocol/message_head.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kRequestParts = kErrandHeadParts + 1;
constexpr std::size_t kResponseParts = kAnswerHeadParts + 1;
constexpr std::size_t kReplyParts = 3;

std::string get_box(CborReader& in) {
  std::string box(in.bytes());
  if (box.size() > kBoxBytesMax) in.fail();
  return box;
}

}  // namespace

std::string encode_parcel_request(const ParcelRequest& request) {
  CborWriter out;
  out.array(kRequestParts);
  put_errand_head(out, request);
  out.array(request.boxes.size());
  for (const std::string& box : request.boxes) out.bytes(box);
  return out.take();
}

Result<ParcelRequest> decode_parcel_request(std::string_view bytes) {
  CborReader in(bytes);
  ParcelRequest request;
  in.array_of(kRequestParts);
  if (!get_errand_head(in, request, kProtocolVersion)) return make_error(Errc::protocol_newer, "parcel request");
  request.boxes.resize(in.array(kParcelsPerTripMax));
  for (std::string& box : request.boxes) box = get_box(in);
  if (!in.at_end()) return make_error(Errc::malformed_message, "parcel request");
  return request;
}

std::string encode_parcel_response(const ParcelResponse& response) {
  CborWriter out;
  out.array(kResponseParts);
  put_answer_head(out, response);
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
  if (!get_answer_head(in, response, kProtocolVersion)) return make_error(Errc::protocol_newer, "parcel response");
  response.replies.resize(in.array(kParcelsPerTripMax));
  for (ParcelReply& reply : response.replies) {
    in.array_of(kReplyParts);
    reply.fate = static_cast<ParcelFate>(in.unsigned_up_to(static_cast<std::uint64_t>(ParcelFate::again)));
    reply.tablet = {get_small(in)};
    reply.box = get_box(in);
  }
  if (!in.at_end()) return make_error(Errc::malformed_message, "parcel response");
  return response;
}

}  // namespace ruhu
