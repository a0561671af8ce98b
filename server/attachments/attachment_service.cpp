#include "server/attachments/attachment_service.hpp"

#include <algorithm>

#include "platform/base/log.hpp"
#include "server/attachments/content_audit.hpp"
#include "server/ingest/record_merge.hpp"

namespace ruhu::server {
namespace {

constexpr Millis kDay{24 * 3'600 * 1'000};

/// A record that stands in one of the tablet's logs refers to it.
Result<bool> may_read(PlatformTx& tx, const Tablet& tablet, const AttachmentId& id) {
  RUHU_TRY(const auto uses, tx.contents().uses_of(id));
  for (const ContentUse& use : uses) {
    RUHU_TRY(const auto record, tx.find_record(use.record));
    if (!record) continue;
    const ScopeCode home = home_of(*record);
    if (std::find(tablet.scopes.begin(), tablet.scopes.end(), home) != tablet.scopes.end()) return true;
  }
  return false;
}

/// An op of the tablet named it, under its number or one that it had before; or it may read it.
Result<bool> may_bring(PlatformTx& tx, const Tablet& tablet, const AttachmentId& id) {
  Tablet at = tablet;
  for (;;) {
    RUHU_TRY(const bool named, tx.contents().is_named_by(id, at.no));
    if (named) return true;
    if (at.predecessor.value == 0) return may_read(tx, tablet, id);
    RUHU_TRY(const auto before, tx.find_tablet(at.predecessor));
    if (!before) return make_error(Errc::internal, "predecessor of a tablet");
    at = *before;
  }
}

AttachmentCustody custody_of(const StoredContent& content) {
  return {content.id, content.whole ? Custody::whole : Custody::begun, content.parts, content.thumbnail};
}

Result<AttachmentCustody> present_custody(PlatformTx& tx, const AttachmentId& id) {
  RUHU_TRY(const auto content, tx.contents().find(id));
  return content ? custody_of(*content) : AttachmentCustody{id, Custody::begun, 0, false};
}

}  // namespace

Result<std::string> AttachmentService::handle(std::string_view sealed_request) {
  RUHU_TRY(const Heard heard, hear(parts_.stores, parts_.verify, sealed_request));
  const Caller& caller = heard.caller;
  AttachmentResponse response;
  if (heard.message.ok()) {
    response = answer(caller, *heard.message);
  } else {
    response.error = traits_of(heard.message.error().code).key;
  }
  response.server_time = parts_.clock.now();
  response.realm = caller.store->realm();
  response.epoch = caller.store->epoch();
  return seal(caller.tablet.no, encode_attachment_response(response), parts_.sign);
}

AttachmentResponse AttachmentService::answer(const Caller& caller, std::string_view message) {
  AttachmentResponse response;
  const auto fail = [&](const Error& error) {
    log_error("attachments of tablet " + std::to_string(caller.tablet.no.value), error);
    const std::uint64_t nonce = response.nonce;
    response = {};  // what was not committed is not said
    response.nonce = nonce;
    response.error = traits_of(error.code).key;
  };
  const auto request = decode_attachment_request(message);
  if (!request.ok()) return fail(request.error()), response;
  response.nonce = request->nonce;
  if (const auto served = serve(caller, *request, response); !served.ok()) fail(served.error());
  return response;
}

Status AttachmentService::serve(const Caller& caller, const AttachmentRequest& request, AttachmentResponse& response) {
  RUHU_TRY_DONE(check_claim(caller, {request.tablet, request.incarnation, request.realm}));
  if (request.epoch != caller.store->epoch()) return make_error(Errc::wrong_epoch, "attachment request");
  RUHU_TRY(const auto tx, caller.store->begin());
  for (const AttachmentOffer& offer : request.offers) {
    RUHU_TRY(const auto custody, take_offer(*tx, caller, offer));
    response.custody.push_back(custody);
  }
  for (const AttachmentPiece& piece : request.pieces) {
    RUHU_TRY(const auto custody, take_piece(*tx, caller, piece));
    const auto said = std::find_if(response.custody.begin(), response.custody.end(),
                                   [&](const AttachmentCustody& one) { return one.id == piece.id; });
    if (said != response.custody.end()) {
      *said = custody;
    } else if (response.custody.size() < kAttachmentItemsMax) {
      response.custody.push_back(custody);
    }
  }
  RUHU_TRY_DONE(give(*tx, caller, request, response));
  return tx->commit();  // only now is it durable, so only now is it said
}

Result<AttachmentCustody> AttachmentService::take_offer(PlatformTx& tx, const Caller& caller,
                                                        const AttachmentOffer& offer) {
  RUHU_TRY(const bool allowed, may_bring(tx, caller.tablet, offer.id));
  if (!allowed) return AttachmentCustody{offer.id, Custody::unnamed, 0, false};
  if (offer.bytes == 0 || offer.bytes > kAttachmentBytesMax)
    return AttachmentCustody{offer.id, Custody::refused, 0, false};
  RUHU_TRY(const auto present, tx.contents().find(offer.id));
  if (present && (present->whole || present->bytes == offer.bytes)) return custody_of(*present);
  // Two senders cannot both be right about the length of the same content: whoever goes on begins anew.
  if (present) RUHU_TRY_DONE(tx.contents().discard(offer.id));
  const Instant now = parts_.clock.now();
  RUHU_TRY(const auto brought, tx.contents().bytes_begun(caller.tablet.no, now - kDay));
  if (brought + offer.bytes > parts_.brought_per_day_max) return AttachmentCustody{offer.id, Custody::full, 0, false};
  RUHU_TRY_DONE(tx.contents().begin(
      {.id = offer.id, .media = offer.media, .bytes = offer.bytes, .sender = caller.tablet.no, .begun_at = now}));
  return AttachmentCustody{offer.id, Custody::begun, 0, false};
}

Result<AttachmentCustody> AttachmentService::take_piece(PlatformTx& tx, const Caller& caller,
                                                        const AttachmentPiece& piece) {
  RUHU_TRY(const bool allowed, may_bring(tx, caller.tablet, piece.id));
  if (!allowed) return AttachmentCustody{piece.id, Custody::unnamed, 0, false};
  RUHU_TRY(const auto content, tx.contents().find(piece.id));
  if (!content) return AttachmentCustody{piece.id, Custody::begun, 0, false};
  if (piece.part == kThumbnailPart) {
    if (!content->thumbnail && !piece.content.empty())
      RUHU_TRY_DONE(tx.contents().put_thumbnail(piece.id, piece.content));
    return present_custody(tx, piece.id);
  }
  const std::uint32_t no = piece.part - 1;
  const auto bytes = static_cast<std::size_t>(content->bytes);
  const bool next = !content->whole && no == content->parts;
  if (!next || piece.content.size() != attachment_part_size(bytes, no)) return custody_of(*content);
  RUHU_TRY_DONE(tx.contents().put_part(piece.id, no, piece.content));
  if (piece.part == attachment_parts(bytes)) RUHU_TRY_DONE(finish(tx, piece.id));
  return present_custody(tx, piece.id);
}

Status AttachmentService::finish(PlatformTx& tx, const AttachmentId& id) {
  RUHU_TRY(const auto content, tx.contents().find(id));
  if (!content) return make_error(Errc::internal, "content that was just written");
  RUHU_TRY(const std::string bytes, assembled_content(tx, *content));
  return is_sound(*content, bytes) ? tx.contents().set_whole(id) : tx.contents().discard(id);
}

Status AttachmentService::give(PlatformTx& tx, const Caller& caller, const AttachmentRequest& request,
                               AttachmentResponse& response) {
  std::size_t room = std::min<std::size_t>(request.room, kAttachmentTripBytes);
  const auto add = [&](const AttachmentWish& wish, std::uint32_t part, std::string bytes) {
    room -= std::min(room, bytes.size());
    response.pieces.push_back({wish.id, part, std::move(bytes)});
  };
  for (const AttachmentWish& wish : request.wishes) {
    if (room == 0 || response.pieces.size() == kAttachmentItemsMax) return {};
    RUHU_TRY(const auto content, tx.contents().find(wish.id));
    RUHU_TRY(const bool allowed, may_read(tx, caller.tablet, wish.id));
    AttachmentKnown known{.id = wish.id};
    if (content && allowed)
      known = {wish.id, content->whole, content->media, static_cast<std::uint32_t>(content->bytes), content->thumbnail};
    response.known.push_back(known);
    if (wish.part == kThumbnailPart && known.thumbnail) {
      RUHU_TRY(std::string bytes, tx.contents().thumbnail(wish.id));
      add(wish, kThumbnailPart, std::move(bytes));
    }
    if (wish.part == kThumbnailPart || !known.here) continue;
    for (std::uint32_t part = wish.part; part <= content->parts && room > 0; ++part) {
      if (response.pieces.size() == kAttachmentItemsMax) break;
      RUHU_TRY(std::string bytes, tx.contents().part(wish.id, part - 1));
      add(wish, part, std::move(bytes));
    }
  }
  return {};
}

}  // namespace ruhu::server
