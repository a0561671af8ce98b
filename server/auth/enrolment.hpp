#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "server/store/platform_store.hpp"

namespace ruhu::server {

struct EnrolmentOffer {
  std::string role = "worker";
  std::string name;              ///< Of the account; empty: one is made from role and grid.
  std::vector<ScopeCode> grids;  ///< Own grid first. A clerk's may be empty: the whole community.
  Millis valid_for = std::chrono::hours{72};
};

struct IssuedCode {
  std::string code;  ///< For a person to read out; shown once, never stored.
  Instant expires_at{};
};

/// Makes an account and a one-time code with which one tablet can enrol as it. usage: unknown role; not_found: a grid
/// that the platform does not have.
Result<IssuedCode> issue_code(PlatformTx& tx, const EnrolmentOffer& offer, Instant now);

/// Trades the code for a tablet number. code_invalid: wrong, used or expired, without saying which.
struct Enrolled {
  Tablet tablet;
  Account account;
};
Result<Enrolled> redeem_code(PlatformTx& tx, std::string_view typed_code, std::string_view public_key, Instant now);

bool is_known_role(std::string_view role);

}  // namespace ruhu::server
