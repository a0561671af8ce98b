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

/// A number that this tablet had until it turned out to be a copy of another, or an old state of itself.
struct FormerNumber {
  TabletNo no;
  std::uint64_t upto = 0;  ///< Last op made under it that is this tablet's, too. Counters go on under the next number.
  auto operator<=>(const FormerNumber&) const = default;
};

/// What the server told this tablet at enrolment, and may change later.
struct Identity {
  TabletNo tablet;
  std::uint32_t incarnation = 1;  ///< Which of its numbers this is, from 1.
  Realm realm = Realm::live;
  Epoch epoch;  ///< Of the server's data when this tablet last spoke with it.
  ActorNo actor;
  std::string actor_name;
  std::string role;               ///< "worker", "clerk", "lead", …
  std::vector<ScopeCode> scopes;  ///< Grids in the tablet's care, own grid first; the community comes last.
  std::string server_url;
  std::string server_key;            ///< Ed25519 public key, 32 bytes: answers are believed only under it.
  std::vector<FormerNumber> former;  ///< Oldest first.

  /// Counters up to here were given out under former numbers.
  std::uint64_t former_upto() const { return former.empty() ? 0 : former.back().upto; }
  /// The id of the own op with that counter.
  OpId own_op(std::uint64_t counter) const {
    for (const FormerNumber& number : former)
      if (counter <= number.upto) return {number.no, counter};
    return {tablet, counter};
  }
  bool is_own(const OpId& op) const { return op == own_op(op.counter); }
  auto operator<=>(const Identity&) const = default;
};

}  // namespace ruhu
