#include "sync/attachments/attachment_mover.hpp"

#include <algorithm>

#include "sync/protocol/server_error.hpp"

namespace ruhu {
namespace {

constexpr std::int64_t kTripsMax = 100'000;
constexpr std::chrono::seconds kQuickTrip{2};

/// Errors of one photo, or of too little room for it: the others go on.
bool concerns_one(Errc code) {
  return code == Errc::malformed_message || code == Errc::attachment_quota || code == Errc::database_damaged ||
         code == Errc::not_found;
}

template <class Item>
Item* find_item(std::vector<Item>& items, const AttachmentId& id) {
  const auto at = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.info.id == id; });
  return at == items.end() ? nullptr : &*at;
}

}  // namespace

void AttachmentReport::add(const AttachmentReport& more) {
  trips += more.trips;
  sent += more.sent;
  received += more.received;
  thumbnails += more.thumbnails;
  content_up += more.content_up;
  content_down += more.content_down;
  bytes_up += more.bytes_up;
  bytes_down += more.bytes_down;
}

Status AttachmentMover::look() {
  if (looked_) return {};
  RUHU_TRY(const auto owed, store_.attachments().owed());
  RUHU_TRY(const auto wanted, store_.attachments().wanted());
  for (const AttachmentInfo& info : owed) {
    Up up{.info = info, .custody = {}};
    up.left = originals_ == Originals::leave && !up.needs_thumbnail();
    ups_.push_back(up);
  }
  for (const AttachmentInfo& info : wanted) {
    Down down{.info = info};
    RUHU_TRY(const auto parts, store_.attachments().parts_here(info.id));
    down.parts = static_cast<std::uint32_t>(parts);
    down.asked = info.thumbnail_bytes > 0;
    down.left = originals_ == Originals::leave && down.asked;
    downs_.push_back(down);
  }
  looked_ = true;
  return {};
}

AttachmentRequest AttachmentMover::begin_request(const Identity& identity) {
  AttachmentRequest request;
  request.tablet = identity.tablet;
  request.incarnation = identity.incarnation;
  request.realm = identity.realm;
  request.epoch = identity.epoch;
  request.nonce = random_.next();
  return request;
}

Result<std::optional<AttachmentMover::Trip>> AttachmentMover::prepare() {
  RUHU_TRY(const auto identity, store_.identity());
  if (!identity) return make_error(Errc::not_enrolled);
  RUHU_TRY_DONE(look());
  AttachmentRequest request = begin_request(*identity);
  RUHU_TRY_DONE(add_offers(request));
  std::size_t room = kAttachmentTripBytes;
  RUHU_TRY_DONE(add_thumbnails(request, room));
  const bool has_originals = thumbnails_are_through() && originals_ == Originals::move;
  if (has_originals) RUHU_TRY_DONE(add_originals(request, std::min(room, room_)));
  add_wishes(request);
  if (request.offers.empty() && request.pieces.empty() && request.wishes.empty()) return std::optional<Trip>{};
  Trip trip;
  trip.identity = *identity;
  trip.nonce = request.nonce;
  trip.has_originals = has_originals;
  trip.began = clock_.ticks();
  for (const AttachmentPiece& piece : request.pieces)
    trip.content_bytes += static_cast<std::int64_t>(piece.content.size());
  trip.sealed = seal(identity->tablet, encode_attachment_request(request), sign_);
  return std::optional<Trip>{std::move(trip)};
}

/// Before a byte of content goes, the platform says what it has of it.
Status AttachmentMover::add_offers(AttachmentRequest& request) {
  for (const Up& up : ups_) {
    if (request.offers.size() == kAttachmentItemsMax) return {};
    if (!up.left && !up.asked)
      request.offers.push_back({up.info.id, up.info.media, static_cast<std::uint32_t>(up.info.bytes)});
  }
  return {};
}

Status AttachmentMover::add_thumbnails(AttachmentRequest& request, std::size_t& room) {
  for (Up& up : ups_) {
    if (up.left || !up.asked || !up.needs_thumbnail() || request.pieces.size() == kAttachmentItemsMax) continue;
    auto bytes = store_.attachments().thumbnail(up.info.id);
    if (!bytes.ok() && !concerns_one(bytes.error().code)) return bytes.error();
    if (!bytes.ok()) {
      up.left = true;
      continue;
    }
    if (bytes->size() > room && !request.pieces.empty()) return {};
    room -= std::min(room, bytes->size());
    request.pieces.push_back({up.info.id, kThumbnailPart, std::move(*bytes)});
  }
  return {};
}

bool AttachmentMover::thumbnails_are_through() const {
  const bool up = std::all_of(ups_.begin(), ups_.end(),
                              [](const Up& one) { return one.left || (one.asked && !one.needs_thumbnail()); });
  return up && std::all_of(downs_.begin(), downs_.end(), [](const Down& one) { return one.left || one.asked; });
}

/// The parts that the platform lacks, of as many photos as the room takes.
Status AttachmentMover::add_originals(AttachmentRequest& request, std::size_t room) {
  for (Up& up : ups_) {
    if (up.left) continue;
    if (up.custody.parts == 0) up.left = !store_.attachments().content(up.info.id).ok();  // damaged here: not worth it
    const auto parts = static_cast<std::uint32_t>(attachment_parts(static_cast<std::size_t>(up.info.bytes)));
    for (std::uint32_t no = up.custody.parts; no < parts && !up.left; ++no) {
      if (request.pieces.size() == kAttachmentItemsMax) return {};
      auto bytes = store_.attachments().part(up.info.id, no);
      if (!bytes.ok() && !concerns_one(bytes.error().code)) return bytes.error();
      up.left = !bytes.ok();
      if (up.left) continue;
      if (bytes->size() > room) return {};
      room -= bytes->size();
      request.pieces.push_back({up.info.id, no + 1, std::move(*bytes)});
    }
  }
  return {};
}

void AttachmentMover::add_wishes(AttachmentRequest& request) {
  request.room = static_cast<std::uint32_t>(kAttachmentTripBytes);
  for (const Down& down : downs_)
    if (!down.left && !down.asked && request.wishes.size() < kAttachmentItemsMax)
      request.wishes.push_back({down.info.id, kThumbnailPart});
  if (!request.wishes.empty() || !thumbnails_are_through() || originals_ == Originals::leave) return;
  request.room = static_cast<std::uint32_t>(room_);
  for (const Down& down : downs_)
    if (!down.left && request.wishes.size() < kAttachmentItemsMax)
      request.wishes.push_back({down.info.id, down.parts + 1});
}

Result<AttachmentResponse> AttachmentMover::open(const Trip& trip, std::string_view sealed_response) const {
  RUHU_TRY(const Opened opened, open_envelope(sealed_response, check_));
  if (opened.tablet != trip.identity.tablet) return make_error(Errc::not_our_server, "answer to another tablet");
  RUHU_TRY(AttachmentResponse response, decode_attachment_response(opened.message));
  const bool unread = response.nonce == 0 && !response.error.empty();
  if (!unread && response.nonce != trip.nonce) return make_error(Errc::not_our_server, "answer to another request");
  if (!response.error.empty()) return make_error(server_error(response.error), "attachments");
  if (response.realm != trip.identity.realm) return make_error(Errc::wrong_realm, "answer of the other realm");
  if (response.epoch != trip.identity.epoch) return make_error(Errc::wrong_epoch, "server data were restored");
  return response;
}

Result<AttachmentReport> AttachmentMover::take_in(const Trip& trip, std::string_view sealed_response) {
  RUHU_TRY(const AttachmentResponse response, open(trip, sealed_response));
  AttachmentReport report;
  report.trips = 1;
  report.content_up = trip.content_bytes;
  report.bytes_up = static_cast<std::int64_t>(trip.sealed.size());
  report.bytes_down = static_cast<std::int64_t>(sealed_response.size());
  bool moved = false;
  for (const AttachmentCustody& custody : response.custody) {
    const Up* up = find_item(ups_, custody.id);
    moved = moved || (up != nullptr && (!up->asked || custody != up->custody));
    RUHU_TRY_DONE(take_custody(custody, report));
  }
  for (const AttachmentKnown& known : response.known) moved = take_known(known) || moved;
  for (const AttachmentPiece& piece : response.pieces) RUHU_TRY_DONE(take_piece(piece, response, report));
  // A server that neither takes, gives nor says anything new would keep us here for ever.
  if (!moved && response.pieces.empty()) return make_error(Errc::server_failed, "no progress with attachments");
  pace(trip);
  return report;
}

Status AttachmentMover::take_custody(const AttachmentCustody& custody, AttachmentReport& report) {
  Up* up = find_item(ups_, custody.id);
  if (up == nullptr || up->left) return {};
  // Parts that it had and has no longer: together they were not what the id says.
  const bool rejected = up->asked && custody.custody == Custody::begun && custody.parts < up->custody.parts;
  up->asked = true;
  up->custody = custody;
  up->left = rejected;
  return up->left ? Status{} : settle(*up, report);
}

Status AttachmentMover::settle(Up& up, AttachmentReport& report) {
  Attachments& photos = store_.attachments();
  if (up.custody.thumbnail && up.needs_thumbnail()) {
    RUHU_TRY_DONE(photos.confirm_thumbnail(up.info.id));
    up.info.thumbnail_sent = true;
    ++report.thumbnails;
  }
  const bool whole = up.custody.custody == Custody::whole;
  // What came from the platform and is named by nothing there now is nothing that it lacks.
  const bool theirs = up.custody.custody == Custody::unnamed && up.info.fetched;
  const bool waits_for_thumbnail = whole && up.needs_thumbnail();
  if ((whole && !waits_for_thumbnail) || theirs) {
    RUHU_TRY_DONE(photos.confirm_sent(up.info.id));
    report.sent += whole ? 1 : 0;
  }
  const bool refused = up.custody.custody != Custody::whole && up.custody.custody != Custody::begun;
  const bool text_only = originals_ == Originals::leave && !up.needs_thumbnail();
  up.left = (whole && !waits_for_thumbnail) || refused || text_only;
  return {};
}

bool AttachmentMover::take_known(const AttachmentKnown& known) {
  Down* down = find_item(downs_, known.id);
  if (down == nullptr || down->left) return false;
  const bool first = !std::exchange(down->asked, true);
  down->left = !known.here || originals_ == Originals::leave;
  return first || down->left;
}

Status AttachmentMover::take_piece(const AttachmentPiece& piece, const AttachmentResponse& response,
                                   AttachmentReport& report) {
  Down* down = find_item(downs_, piece.id);
  if (down == nullptr) return {};
  report.content_down += static_cast<std::int64_t>(piece.content.size());
  Attachments& photos = store_.attachments();
  Status taken;
  if (piece.part == kThumbnailPart) {
    taken = photos.take_thumbnail(piece.id, piece.content);
    report.thumbnails += taken.ok() ? 1 : 0;
  } else {
    const auto known = std::find_if(response.known.begin(), response.known.end(),
                                    [&](const AttachmentKnown& one) { return one.id == piece.id; });
    if (known == response.known.end() || piece.part != down->parts + 1)
      return make_error(Errc::malformed_message, "part that was not asked for");
    taken = photos.take_part(piece.id, {known->media, known->bytes}, down->parts, piece.content);
    down->parts += taken.ok() ? 1 : 0;
    const bool whole = taken.ok() && down->parts == attachment_parts(known->bytes);
    report.received += whole ? 1 : 0;
    down->left = down->left || whole;
  }
  if (taken.ok()) return {};
  down->left = true;
  return concerns_one(taken.error().code) ? Status{} : taken;
}

/// A quick network takes more at once; a cut repeats no more than one trip.
void AttachmentMover::pace(const Trip& trip) {
  if (trip.has_originals && clock_.ticks() - trip.began < kQuickTrip)
    room_ = std::min(room_ * 2, kAttachmentTripBytes);
  else if (trip.has_originals)
    room_ = std::max(room_ / 2, kAttachmentPartBytes);
}

Status move_attachments(AttachmentMover& mover, Transport& transport, AttachmentReport& report, std::stop_token stop) {
  while (report.trips < kTripsMax) {
    if (stop.stop_requested()) return make_error(Errc::cancelled);
    RUHU_TRY(const auto trip, mover.prepare());
    if (!trip) return {};
    RUHU_TRY(const std::string answer, transport.exchange(trip->sealed, stop));
    RUHU_TRY(const auto moved, mover.take_in(*trip, answer));
    report.add(moved);
  }
  return make_error(Errc::server_failed, "too many trips");
}

}  // namespace ruhu
