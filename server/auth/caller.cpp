#include "server/auth/caller.hpp"

namespace ruhu::server {

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

Status check_claim(const Caller& caller, const Claim& claim) {
  if (claim.tablet != caller.tablet.no) return make_error(Errc::not_authorised, "another tablet's number");
  if (caller.tablet.revoked) return make_error(Errc::not_authorised, "tablet was revoked");
  if (claim.realm != caller.store->realm()) return make_error(Errc::wrong_realm, "request");
  if (claim.incarnation != caller.tablet.incarnation) return make_error(Errc::tablet_unknown, "incarnation");
  return {};
}

}  // namespace ruhu::server
