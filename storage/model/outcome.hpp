#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/model/change.hpp"

namespace ruhu {

/// What became of one field of an op when the server merged it.
enum class FieldOutcome : std::uint8_t {
  applied,     ///< The value stands as sent.
  equal,       ///< The server had this very value already.
  merged,      ///< Both sides were joined (sets).
  superseded,  ///< The other value won by rule; this one is in the history.
  conflict,    ///< A person decides; the other value stands meanwhile.
};

/// What became of an op as a whole: the least settled of its fields, or why it could not be looked at.
enum class OpOutcome : std::uint8_t { applied, merged, superseded, conflict, waiting, quarantined };

std::string_view name_of(FieldOutcome outcome);
std::string_view name_of(OpOutcome outcome);

/// The field as it stands at the server after the op.
struct FieldResult {
  ColumnNo column;
  FieldOutcome outcome = FieldOutcome::applied;
  std::uint64_t conflict = 0;  ///< Number of the conflict at the server; 0: none.
  Value current;
  Stamp stamp;  ///< Who wrote `current`.
  auto operator<=>(const FieldResult&) const = default;
};

struct OpResult {
  OpId op;
  OpOutcome outcome = OpOutcome::applied;
  ServerVersion version;            ///< Given to the record by this op; 0: it wrote nothing.
  std::string reason;               ///< For quarantined and waiting: key of the error. Empty otherwise.
  std::vector<FieldResult> fields;  ///< Fields that do not simply stand as sent. Empty and applied: a clean op.
  bool is_clean() const { return outcome == OpOutcome::applied && fields.empty(); }
  /// False: it waits or is in quarantine; the server tries it again.
  bool is_placed() const { return outcome != OpOutcome::waiting && outcome != OpOutcome::quarantined; }
  auto operator<=>(const OpResult&) const = default;
};

struct FieldWrite {
  ColumnNo column;
  Value value;
  Provenance provenance;
  auto operator<=>(const FieldWrite&) const = default;
};

/// One accepted change in a grid's log: the fields as they stand after the merge. Never modified once written.
struct LogEntry {
  ScopeCode scope;
  Lsn lsn;  ///< In the scope's log: 1, 2, 3 … without gaps.
  RecordRef record;
  ServerVersion version;
  OpId op;
  HybridTime made_at;
  ActorNo actor;
  std::vector<FieldWrite> fields;
  auto operator<=>(const LogEntry&) const = default;
};

struct ActorName {
  ActorNo actor;
  std::string name;
  auto operator<=>(const ActorName&) const = default;
};

struct CursorAt {
  ScopeCode scope;
  Lsn lsn;
  auto operator<=>(const CursorAt&) const = default;
};

/// Everything one answer of the server tells a tablet; taken in whole or not at all.
struct ServerNews {
  std::uint64_t acknowledged = 0;  ///< Every op up to this counter is durable at the server.
  std::vector<OpResult> results;   ///< One per op newly acknowledged, in counter order.
  std::vector<LogEntry> entries;   ///< Other tablets' changes, in log order per scope.
  std::vector<CursorAt> cursors;   ///< Where the tablet stands after the entries.
  std::vector<ActorName> actors;   ///< Names of accounts that the above mention.
  std::vector<OpResult> late;      ///< New results of ops acknowledged earlier: what was set aside has been placed.
  std::uint64_t late_upto = 0;     ///< The tablet has heard every late result up to here; 0: nothing new.
  bool more = false;               ///< The server has further entries or late results.
  bool in_parcel = false;          ///< Came by hand, after what may be newer: neither a sync nor the end of one.
};

}  // namespace ruhu
