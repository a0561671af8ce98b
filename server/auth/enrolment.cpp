#include "server/auth/enrolment.hpp"

#include <algorithm>
#include <array>

#include "platform/keys/crypto.hpp"
#include "server/auth/scopes.hpp"

namespace ruhu::server {
namespace {

constexpr std::size_t kCodeCharacters = 8;  // 40 bits, valid for three days, used once
constexpr std::array<std::string_view, 12> kRoles = {"worker", "lead",      "supervisor", "chief",
                                                     "coach",  "clerk",     "trainer",    "section",
                                                     "street", "evaluator", "privacy",    "admin"};

/// Own grids, then the community that they lie in.
Result<std::vector<ScopeCode>> scopes_of(PlatformTx& tx, const EnrolmentOffer& offer) {
  RUHU_TRY(const auto known, all_grids(tx));
  std::vector<ScopeCode> scopes = offer.grids.empty() ? known : offer.grids;
  if (scopes.empty()) return make_error(Errc::usage, "no grid given and none known");
  RUHU_TRY_DONE(check_grids(tx, scopes));
  scopes.push_back(scopes.front().community());
  return scopes;
}

std::string default_name(const EnrolmentOffer& offer) {
  if (offer.grids.empty()) return offer.role;
  const auto number = offer.grids.front().value % 1000;
  return offer.role == "worker" ? "第" + std::to_string(number) + "网格网格员"
                                : offer.role + " " + std::to_string(number);
}

}  // namespace

bool is_known_role(std::string_view role) { return std::find(kRoles.begin(), kRoles.end(), role) != kRoles.end(); }

Result<IssuedCode> issue_code(PlatformTx& tx, const EnrolmentOffer& offer, Instant now) {
  if (!is_known_role(offer.role)) return make_error(Errc::usage, "role");
  RUHU_TRY(const auto scopes, scopes_of(tx, offer));
  RUHU_TRY(const Account account, tx.add_account(offer.name.empty() ? default_name(offer) : offer.name, offer.role));
  const IssuedCode issued{make_readable_code(kCodeCharacters), now + offer.valid_for};
  const std::string normal = normalise_readable_code(issued.code).value_or("");
  RUHU_TRY_DONE(tx.add_code({sha256(normal), account.no, offer.role, scopes, issued.expires_at}));
  return issued;
}

Result<Enrolled> redeem_code(PlatformTx& tx, std::string_view typed_code, std::string_view public_key, Instant now) {
  const auto normal = normalise_readable_code(typed_code);
  if (!normal || public_key.size() != SigningKey::kPublicKeyBytes) return make_error(Errc::code_invalid);
  RUHU_TRY(const auto code, tx.take_code(sha256(*normal)));
  if (!code || code->expires_at < now) return make_error(Errc::code_invalid);
  RUHU_TRY(const auto account, tx.find_account(code->actor));
  if (!account) return make_error(Errc::internal, "account of a code");
  Tablet tablet;
  tablet.public_key = public_key;
  tablet.actor = code->actor;
  tablet.role = code->role;
  tablet.scopes = code->scopes;
  RUHU_TRY(tablet, tx.add_tablet(tablet));
  return Enrolled{tablet, *account};
}

}  // namespace ruhu::server
