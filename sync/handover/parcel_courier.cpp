#include "sync/handover/parcel_courier.hpp"

#include "sync/protocol/server_error.hpp"

namespace ruhu {
namespace {

/// So much that the platform handles it well within the time of one exchange.
constexpr std::size_t kBytesPerTrip = std::size_t{2} << 20U;
constexpr std::size_t kParcelsPerTrip = 4;

}  // namespace

Result<std::optional<ParcelCourier::Trip>> ParcelCourier::prepare() {
  if (come_again_) return std::optional<Trip>{};
  RUHU_TRY(const auto identity, store_.identity());
  if (!identity) return make_error(Errc::not_enrolled);
  Trip trip;
  trip.identity = *identity;
  RUHU_TRY(trip.parcels, store_.parcels().to_platform(kBytesPerTrip));
  if (trip.parcels.empty()) return std::optional<Trip>{};
  if (trip.parcels.size() > kParcelsPerTrip) trip.parcels.resize(kParcelsPerTrip);
  ParcelRequest request;
  request.tablet = identity->tablet;
  request.incarnation = identity->incarnation;
  request.realm = identity->realm;
  request.epoch = identity->epoch;
  request.nonce = trip.nonce = random_.next();
  for (const CarriedParcel& parcel : trip.parcels) request.boxes.push_back(parcel.box);
  trip.sealed = seal(identity->tablet, encode_parcel_request(request), sign_);
  return std::optional<Trip>{std::move(trip)};
}

Result<ParcelResponse> ParcelCourier::open(const Trip& trip, std::string_view sealed_response) const {
  RUHU_TRY(const Opened opened, open_envelope(sealed_response, check_));
  if (opened.tablet != trip.identity.tablet) return make_error(Errc::not_our_server, "answer to another tablet");
  RUHU_TRY(ParcelResponse response, decode_parcel_response(opened.message));
  const bool unread = response.nonce == 0 && !response.error.empty();
  if (!unread && response.nonce != trip.nonce) return make_error(Errc::not_our_server, "answer to another request");
  if (!response.error.empty()) return make_error(server_error(response.error), "parcels");
  if (response.realm != trip.identity.realm) return make_error(Errc::wrong_realm, "answer of the other realm");
  if (response.epoch != trip.identity.epoch) return make_error(Errc::wrong_epoch, "server data were restored");
  if (response.replies.size() != trip.parcels.size()) return make_error(Errc::malformed_message, "replies to parcels");
  return response;
}

Result<ParcelCourier::Outcome> ParcelCourier::take_in(const Trip& trip, std::string_view sealed_response) {
  RUHU_TRY(const ParcelResponse response, open(trip, sealed_response));
  Outcome outcome;
  for (std::size_t i = 0; i < trip.parcels.size(); ++i)
    RUHU_TRY_DONE(settle(trip.parcels[i], response.replies[i], outcome));
  come_again_ = outcome.taken + outcome.refused == 0;
  return outcome;
}

Status ParcelCourier::settle(const CarriedParcel& parcel, const ParcelReply& reply, Outcome& outcome) {
  switch (reply.fate) {
    case ParcelFate::taken:
      ++outcome.taken;
      // The platform knows whose it was; what stood on the outside may be anything.
      return store_.parcels().deliver({parcel.seq, parcel.state, reply.tablet, {}}, reply.box);
    case ParcelFate::refused: ++outcome.refused; return store_.parcels().refuse(parcel);
    case ParcelFate::again: return {};
  }
  return {};
}

Result<ParcelCourier::Outcome> bring_parcels(ParcelCourier& courier, Transport& transport, std::stop_token stop) {
  ParcelCourier::Outcome all;
  for (;;) {
    if (stop.stop_requested()) return make_error(Errc::cancelled);
    RUHU_TRY(const auto trip, courier.prepare());
    if (!trip) return all;
    RUHU_TRY(const std::string answer, transport.exchange(trip->sealed, stop));
    RUHU_TRY(const auto outcome, courier.take_in(*trip, answer));
    all.taken += outcome.taken;
    all.refused += outcome.refused;
  }
}

}  // namespace ruhu
