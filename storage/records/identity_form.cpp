#include "storage/records/identity_form.hpp"

#include "storage/model/bytes.hpp"

namespace ruhu {
namespace {
constexpr std::uint64_t kWithoutFormerNumbers = 1;
constexpr std::uint64_t kForm = 2;
}  // namespace

std::string encode_identity(const Identity& identity) {
  ByteWriter out;
  out.number(kForm);
  out.number(identity.tablet.value);
  out.number(identity.incarnation);
  out.byte(static_cast<std::uint8_t>(identity.realm));
  out.fixed64(identity.epoch.value);
  out.number(identity.actor.value);
  out.text(identity.actor_name);
  out.text(identity.role);
  out.number(identity.scopes.size());
  for (const ScopeCode scope : identity.scopes) out.number(scope.value);
  out.text(identity.server_url);
  out.text(identity.server_key);
  out.number(identity.former.size());
  for (const FormerNumber& number : identity.former) {
    out.number(number.no.value);
    out.number(number.upto);
  }
  return out.take();
}

Result<Identity> decode_identity(std::string_view bytes) {
  ByteReader in(bytes);
  const std::uint64_t form = in.number();
  if (form != kForm && form != kWithoutFormerNumbers) return make_error(Errc::database_damaged, "identity form");
  Identity identity;
  identity.tablet = {static_cast<std::uint32_t>(in.number())};
  identity.incarnation = static_cast<std::uint32_t>(in.number());
  identity.realm = in.byte() == 0 ? Realm::live : Realm::practice;
  identity.epoch = {in.fixed64()};
  identity.actor = {static_cast<std::uint32_t>(in.number())};
  identity.actor_name = in.text();
  identity.role = in.text();
  for (std::uint64_t n = in.number(); n > 0 && in.ok(); --n) identity.scopes.push_back({in.number()});
  identity.server_url = in.text();
  identity.server_key = in.text();
  for (std::uint64_t n = form == kForm ? in.number() : 0; n > 0 && in.ok(); --n) {
    const TabletNo no{static_cast<std::uint32_t>(in.number())};
    identity.former.push_back({no, in.number()});
  }
  if (!in.ok() || !in.at_end()) return make_error(Errc::database_damaged, "identity");
  return identity;
}

}  // namespace ruhu
