#include "server/auth/caller.hpp"

#include "sync/protocol/envelope.hpp"

namespace ruhu::server {

namespace {

Result<Caller> find_caller(const std::vector<PlatformStore*>& stores, const VerifySignature& verify, TabletNo no,
                           std::string_view bytes, std::string_view signature) {
  for (PlatformStore* store : stores) {
    RUHU_TRY(const auto tx, store->begin());
    RUHU_TRY(const auto tablet, tx->find_tablet(no));
    if (!tablet || tablet->no.value == 0) continue;
    if (verify(tablet->public_key, bytes, signature)) return Caller{store, *tablet};
  }
  return make_error(Errc::not_authorised, "no tablet with this number and key");
}

}  // namespace

Result<Heard> hear(const std::vector<PlatformStore*>& stores, const VerifySignature& verify,
                   std::string_view sealed_request) {
  Caller caller;
  Status found;  // stays good for what is no envelope at all: then nobody is asked for
  const auto check = [&](TabletNo no, std::string_view bytes, std::string_view signature) {
    auto result = find_caller(stores, verify, no, bytes, signature);
    found = result.ok() ? Status{} : Status{result.error()};
    if (result.ok()) caller = std::move(*result);
    return result.ok();
  };
  auto opened = open_envelope(sealed_request, check);
  if (opened.ok()) return Heard{std::move(caller), std::move(opened->message)};
  if (caller.store == nullptr) return found.ok() ? opened.error() : found.error();
  return Heard{std::move(caller), opened.error()};
}

Status check_claim(const Caller& caller, const Claim& claim) {
  if (claim.tablet != caller.tablet.no) return make_error(Errc::not_authorised, "another tablet's number");
  if (caller.tablet.revoked) return make_error(Errc::not_authorised, "tablet was revoked");
  if (claim.realm != caller.store->realm()) return make_error(Errc::wrong_realm, "request");
  if (claim.incarnation != caller.tablet.incarnation) return make_error(Errc::tablet_unknown, "incarnation");
  return {};
}

}  // namespace ruhu::server
