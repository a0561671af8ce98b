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

/// A scope that was taken from a tablet. What was done there before is still taken in.
struct Withdrawn {
  ScopeCode scope;
  Instant at{};         ///< Server clock.
  bool erased = false;  ///< The tablet has come without the scope since.
  auto operator<=>(const Withdrawn&) const = default;
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
  std::vector<Withdrawn> withdrawn;    ///< Oldest first; a scope that was given back is not among them.
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

/// Rows of a scope, made once for all tablets that need them.
struct SnapshotInfo {
  Lsn lsn;                 ///< Of the scope's log when it was made.
  std::uint32_t count = 0;  ///< Chunks.
  std::uint64_t rows = 0;
  std::vector<ActorNo> actors;  ///< Whom the rows' stamps name.
};

/// A record's leaving, as the log of the scope that it left has it.
struct Leave {
  Lsn lsn;
  RecordRef record;
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
