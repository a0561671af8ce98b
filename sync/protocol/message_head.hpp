#pragma once
#include "platform/base/clock.hpp"
#include "storage/model/identity.hpp"
#include "sync/protocol/cbor.hpp"

// What the answers of every route begin with, and the requests of those routes that carry no dictionary.
namespace ruhu {

inline constexpr std::size_t kErrandHeadParts = 6;
inline constexpr std::size_t kAnswerHeadParts = 6;

inline std::uint32_t get_small(CborReader& in) { return static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX)); }

template <class Request>
void put_errand_head(CborWriter& out, const Request& request) {
  out.unsigned_int(request.protocol);
  out.unsigned_int(request.tablet.value);
  out.unsigned_int(request.incarnation);
  out.unsigned_int(static_cast<std::uint64_t>(request.realm));
  out.unsigned_int(request.epoch.value);
  out.unsigned_int(request.nonce);
}

/// False: it is of a newer protocol than `known`, and nothing more was read.
template <class Request>
bool get_errand_head(CborReader& in, Request& request, std::uint32_t known) {
  request.protocol = get_small(in);
  if (in.ok() && request.protocol > known) return false;
  request.tablet = {get_small(in)};
  request.incarnation = get_small(in);
  request.realm = static_cast<Realm>(in.unsigned_up_to(1));
  request.epoch = {in.unsigned_int()};
  request.nonce = in.unsigned_int();
  return true;
}

template <class Response>
void put_answer_head(CborWriter& out, const Response& response) {
  out.unsigned_int(response.protocol);
  out.unsigned_int(response.nonce);
  out.integer(to_ms(response.server_time));
  out.unsigned_int(response.epoch.value);
  out.unsigned_int(static_cast<std::uint64_t>(response.realm));
  out.text(response.error);
}

/// False: as get_errand_head.
template <class Response>
bool get_answer_head(CborReader& in, Response& response, std::uint32_t known) {
  response.protocol = get_small(in);
  if (in.ok() && response.protocol > known) return false;
  response.nonce = in.unsigned_int();
  response.server_time = from_ms(in.integer());
  response.epoch = {in.unsigned_int()};
  response.realm = static_cast<Realm>(in.unsigned_up_to(1));
  response.error = in.text();
  return true;
}

}  // namespace ruhu
