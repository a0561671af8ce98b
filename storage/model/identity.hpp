#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/model/change.hpp"

namespace ruhu {

/// Live data or practice data. The two never meet: every message and database says which it is.
enum class Realm : std::uint8_t { live = 0, practice = 1 };

inline std::string_view name_of(Realm realm) { return realm == Realm::live ? "live" : "practice"; }
inline std::optional<Realm> parse_realm(std::string_view name) {
  if (name == "live") return Realm::live;
  if (name == "practice") return Realm::practice;
  return std::nullopt;
}

/// What the server told this tablet at enrolment, and may change later.
struct Identity {
  TabletNo tablet;
  std::uint32_t incarnation = 1;  ///< Tells a tablet from a copy of it; always 1 until copies are given a new one.
  Realm realm = Realm::live;
  Epoch epoch;  ///< Of the server's data when this tablet last spoke with it.
  ActorNo actor;
  std::string actor_name;
  std::string role;               ///< "worker", "clerk", "lead", …
  std::vector<ScopeCode> scopes;  ///< Grids in the tablet's care, own grid first; the community comes last.
  std::string server_url;
  std::string server_key;  ///< Ed25519 public key, 32 bytes: answers are believed only under it.
  auto operator<=>(const Identity&) const = default;
};

}  // namespace ruhu
