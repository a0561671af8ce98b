#include "server/handover/parcel_service.hpp"

#include "platform/base/log.hpp"

namespace ruhu::server {
namespace {

/// Answers of one trip together: more would not fit into a message.
constexpr std::size_t kAnswerBytesMax = std::size_t{6} << 20U;

}  // namespace

Result<std::string> ParcelService::handle(std::string_view sealed_request) {
  RUHU_TRY(const Heard heard, hear(parts_.stores, parts_.verify, sealed_request));
  const Caller& carrier = heard.caller;
  ParcelResponse response;
  if (heard.message.ok()) {
    response = answer(carrier, *heard.message);
  } else {
    response.error = traits_of(heard.message.error().code).key;
  }
  response.server_time = parts_.clock.now();
  response.realm = carrier.store->realm();
  response.epoch = carrier.store->epoch();
  return seal(carrier.tablet.no, encode_parcel_response(response), parts_.sign);
}

ParcelResponse ParcelService::answer(const Caller& carrier, std::string_view message) {
  ParcelResponse response;
  const auto fail = [&](const Error& error) {
    log_error("parcels of tablet " + std::to_string(carrier.tablet.no.value), error);
    response.error = traits_of(error.code).key;
  };
  const auto request = decode_parcel_request(message);
  if (!request.ok()) return fail(request.error()), response;
  response.nonce = request->nonce;
  if (const auto taken = take_all(carrier, *request, response); !taken.ok()) fail(taken.error());
  return response;
}

Status ParcelService::take_all(const Caller& carrier, const ParcelRequest& request, ParcelResponse& response) {
  RUHU_TRY_DONE(check_claim(carrier, {request.tablet, request.incarnation, request.realm}));
  if (request.epoch != carrier.store->epoch()) return make_error(Errc::wrong_epoch, "parcel request");
  std::size_t bytes = 0;
  bool stopped = false;
  for (const std::string& box : request.boxes) {
    ParcelReply reply;  // again
    if (!stopped && bytes < kAnswerBytesMax) {
      RUHU_TRY(reply, take(carrier, box));
    }
    // Later ones may build on it, so they wait too.
    stopped = stopped || reply.fate == ParcelFate::again;
    bytes += reply.box.size();
    response.replies.push_back(std::move(reply));
  }
  return {};
}

Result<ParcelReply> ParcelService::take(const Caller& carrier, std::string_view box) {
  const auto request = parts_.open_box(box);
  if (!request.ok()) return ParcelReply{ParcelFate::refused, {}, {}};
  auto handled = parts_.sync.handle_carried(*request, carrier.store->realm());
  if (!handled.ok() && traits_of(handled.error().code).transient && handled.error().code != Errc::not_our_server)
    return ParcelReply{};
  if (!handled.ok()) return ParcelReply{ParcelFate::refused, {}, {}};
  if (handled->may_pass) return ParcelReply{};
  auto closed = parts_.seal_box(handled->tablet.public_key, handled->sealed);
  // An answer that cannot travel is not missed: the tablet hears the same when it comes itself.
  const bool fits = closed.ok() && closed->size() <= kBoxBytesMax;
  return ParcelReply{ParcelFate::taken, handled->tablet.no, fits ? std::move(*closed) : std::string()};
}

}  // namespace ruhu::server
