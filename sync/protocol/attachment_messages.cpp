#include "sync/protocol/attachment_messages.hpp"

#include "sync/protocol/message_head.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kRequestParts = kErrandHeadParts + 4;
constexpr std::size_t kResponseParts = kAnswerHeadParts + 3;
constexpr std::uint64_t kPartMax = attachment_parts(kAttachmentBytesMax);

AttachmentId get_id(CborReader& in) { return read_attachment_id(in.bytes_of(AttachmentId{}.bytes.size())); }

Media get_media(CborReader& in) {
  const auto media = in.unsigned_up_to(static_cast<std::uint64_t>(Media::png));
  if (media == 0) in.fail();
  return static_cast<Media>(media);
}

template <class Item, class Put>
void put_list(CborWriter& out, const std::vector<Item>& items, Put put) {
  out.array(items.size());
  for (const Item& item : items) put(item);
}

/// A list of arrays of `members` items each.
template <class Item, class Get>
std::vector<Item> get_list(CborReader& in, std::size_t members, Get get) {
  std::vector<Item> items(in.array(kAttachmentItemsMax));
  for (Item& item : items) {
    in.array_of(members);
    item.id = get_id(in);
    get(item);
  }
  return items;
}

void put_pieces(CborWriter& out, const std::vector<AttachmentPiece>& pieces) {
  put_list(out, pieces, [&](const AttachmentPiece& piece) {
    out.array(3);
    out.bytes(id_bytes(piece.id));
    out.unsigned_int(piece.part);
    out.bytes(piece.content);
  });
}

std::vector<AttachmentPiece> get_pieces(CborReader& in) {
  std::size_t room = kAttachmentTripBytes + kAttachmentPartBytes;
  return get_list<AttachmentPiece>(in, 3, [&](AttachmentPiece& piece) {
    piece.part = static_cast<std::uint32_t>(in.unsigned_up_to(kPartMax));
    piece.content = in.bytes();
    if (piece.content.size() > std::min(room, kAttachmentPartBytes)) return in.fail();
    room -= piece.content.size();
  });
}

}  // namespace

std::string encode_attachment_request(const AttachmentRequest& request) {
  CborWriter out;
  out.array(kRequestParts);
  put_errand_head(out, request);
  out.unsigned_int(request.room);
  put_list(out, request.offers, [&](const AttachmentOffer& offer) {
    out.array(3);
    out.bytes(id_bytes(offer.id));
    out.unsigned_int(static_cast<std::uint64_t>(offer.media));
    out.unsigned_int(offer.bytes);
  });
  put_pieces(out, request.pieces);
  put_list(out, request.wishes, [&](const AttachmentWish& wish) {
    out.array(2);
    out.bytes(id_bytes(wish.id));
    out.unsigned_int(wish.part);
  });
  return out.take();
}

Result<AttachmentRequest> decode_attachment_request(std::string_view bytes) {
  CborReader in(bytes);
  AttachmentRequest request;
  in.array_of(kRequestParts);
  if (!get_errand_head(in, request, kProtocolVersion)) return make_error(Errc::protocol_newer, "attachment request");
  request.room = get_small(in);
  request.offers = get_list<AttachmentOffer>(in, 3, [&](AttachmentOffer& offer) {
    offer.media = get_media(in);
    offer.bytes = get_small(in);
  });
  request.pieces = get_pieces(in);
  request.wishes = get_list<AttachmentWish>(
      in, 2, [&](AttachmentWish& wish) { wish.part = static_cast<std::uint32_t>(in.unsigned_up_to(kPartMax)); });
  if (!in.at_end()) return make_error(Errc::malformed_message, "attachment request");
  return request;
}

std::string encode_attachment_response(const AttachmentResponse& response) {
  CborWriter out;
  out.array(kResponseParts);
  put_answer_head(out, response);
  put_list(out, response.custody, [&](const AttachmentCustody& one) {
    out.array(4);
    out.bytes(id_bytes(one.id));
    out.unsigned_int(static_cast<std::uint64_t>(one.custody));
    out.unsigned_int(one.parts);
    out.boolean(one.thumbnail);
  });
  put_list(out, response.known, [&](const AttachmentKnown& one) {
    out.array(5);
    out.bytes(id_bytes(one.id));
    out.boolean(one.here);
    out.unsigned_int(static_cast<std::uint64_t>(one.media));
    out.unsigned_int(one.bytes);
    out.boolean(one.thumbnail);
  });
  put_pieces(out, response.pieces);
  return out.take();
}

Result<AttachmentResponse> decode_attachment_response(std::string_view bytes) {
  CborReader in(bytes);
  AttachmentResponse response;
  in.array_of(kResponseParts);
  if (!get_answer_head(in, response, kProtocolVersion)) return make_error(Errc::protocol_newer, "attachment response");
  response.custody = get_list<AttachmentCustody>(in, 4, [&](AttachmentCustody& one) {
    one.custody = static_cast<Custody>(in.unsigned_up_to(static_cast<std::uint64_t>(Custody::full)));
    one.parts = static_cast<std::uint32_t>(in.unsigned_up_to(kPartMax));
    one.thumbnail = in.boolean();
  });
  response.known = get_list<AttachmentKnown>(in, 5, [&](AttachmentKnown& one) {
    one.here = in.boolean();
    one.media = get_media(in);
    one.bytes = get_small(in);
    one.thumbnail = in.boolean();
  });
  response.pieces = get_pieces(in);
  if (!in.at_end()) return make_error(Errc::malformed_message, "attachment response");
  return response;
}

}  // namespace ruhu
