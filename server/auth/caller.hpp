#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/platform_store.hpp"

namespace ruhu::server {

/// The tablet that sent a request, and the data that it belongs to.
struct Caller {
  PlatformStore* store = nullptr;
  Tablet tablet;
  bool in_parcel = false;  ///< Another tablet brought the request: its own may have come with more since.
};

using VerifySignature =
    std::function<bool(std::string_view public_key, std::string_view bytes, std::string_view signature)>;

/// A sealed request of a tablet of ours.
struct Heard {
  Caller caller;
  Result<std::string> message;  ///< Or why it could not be unpacked, which its sender is told.
};
/// Tablet numbers are given per realm, so the key decides which tablet speaks. not_our_server: no envelope;
/// not_authorised: none of ours has sealed it.
Result<Heard> hear(const std::vector<PlatformStore*>& stores, const VerifySignature& verify,
                   std::string_view sealed_request);

/// What every request says of its sender.
struct Claim {
  TabletNo tablet;
  std::uint32_t incarnation = 1;
  Realm realm = Realm::live;
};
/// not_authorised, wrong_realm, tablet_unknown.
Status check_claim(const Caller& caller, const Claim& claim);

}  // namespace ruhu::server
