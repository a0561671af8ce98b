#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "storage/model/identity.hpp"
#include "storage/model/outcome.hpp"

namespace ruhu::server {

/// Somebody who can make changes: a worker, a clerk, the importer (number 0).
struct Account {
  ActorNo no;
  std::string name;
  std::string role;  ///< "worker", "clerk", "lead", "import", …
};

/// One enrolled tablet.
struct Tablet {
  TabletNo no;
  std::string public_key;  ///< Ed25519, 32 bytes.
  ActorNo actor;
  std::string role;
  std::vector<ScopeCode> scopes;  ///< Own grid first, the community last.
  std::uint32_t incarnation = 1;
  std::uint64_t last_counter = 0;  ///< Every op up to here is durable here.
  bool revoked = false;
  TabletNo predecessor;                ///< It went on from a copy of that one; 0: from none.
  std::uint64_t predecessor_upto = 0;  ///< Counters up to here are the predecessor's.
  std::uint64_t old_bases_upto = 0;    ///< Ops up to here name versions of epochs before the present one.
  std::uint64_t lost_bases_upto = 0;   ///< Ops up to here name versions of an epoch that this database never was in.
  bool from_lost_epoch = false;  ///< It last came with such an epoch, and has not come with the present one since.

  bool operator==(const Tablet&) const = default;
};

/// A one-time code that lets one tablet in.
struct EnrolCode {
  std::string code_hash;  ///< SHA-256 of the code: the code itself is not kept.
  ActorNo actor;
  std::string role;
  std::vector<ScopeCode> scopes;
  Instant expires_at{};
};

/// An op as the server keeps it for ever.
struct StoredOp {
  Change change;
  OpResult result;
  Instant received_at{};
};

/// As many as there are.
inline constexpr std::size_t kEveryAside = SIZE_MAX >> 1U;

/// An op that could not be placed, in the queue to be tried again.
struct Aside {
  std::uint64_t seq = 0;  ///< In the order of arrival.
  OpId op;
  RecordRef record;
  int tries = 0;  ///< Again, after the first.
  Instant next_at{};
};

inline constexpr std::string_view kOpen = "open";
inline constexpr std::string_view kDecided = "decided";

/// Two truths for one field. The clerk sees both, and what they started from.
struct Conflict {
  std::uint64_t no = 0;
  RecordRef record;
  ColumnNo column;
  Value base;  ///< What both sides started from; empty when there was nothing.
  Value mine;  ///< The op's value, which did not get in.
  Stamp mine_stamp;
  Value theirs;  ///< The value that stands meanwhile.
  Stamp theirs_stamp;
  Instant opened_at{};  ///< Server clock.
  std::string state{kOpen};
  struct Decided {
    std::string take;  ///< "mine", "theirs" or "value".
    ActorNo by;
    std::string reason;
    Instant at{};  ///< Server clock.
  };
  std::optional<Decided> decided;  ///< Of a conflict that is no longer open.
};

}  // namespace ruhu::server
