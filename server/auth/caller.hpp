#pragma once
#include <functional>
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

/// Tablet numbers are given per realm, so the key decides which tablet speaks. not_authorised: none of ours.
Result<Caller> find_caller(const std::vector<PlatformStore*>& stores, const VerifySignature& verify, TabletNo no,
                           std::string_view bytes, std::string_view signature);

/// What every request says of its sender.
struct Claim {
  TabletNo tablet;
  std::uint32_t incarnation = 1;
  Realm realm = Realm::live;
};
/// not_authorised, wrong_realm, tablet_unknown.
Status check_claim(const Caller& caller, const Claim& claim);

}  // namespace ruhu::server
