#pragma once
#include <cstdint>
#include <vector>

#include "storage/model/outcome.hpp"
#include "storage/model/record.hpp"

namespace ruhu {

/// How far a tablet has come with a snapshot of a scope.
struct SnapshotAt {
  ScopeCode scope;
  Lsn lsn;                 ///< Of the scope's log when the snapshot was made.
  std::uint32_t next = 0;  ///< First chunk that is not here yet.
  auto operator<=>(const SnapshotAt&) const = default;
};

/// A part of a scope's rows, as they stood at one lsn of its log. After the last part the log goes on from there.
struct SnapshotChunk {
  ScopeCode scope;
  Lsn lsn;
  std::uint32_t no = 0;     ///< From 0.
  std::uint32_t count = 1;  ///< Chunks of this snapshot.
  std::vector<Record> rows;
};

/// What a record's entry in the log of a grid says that the record has left: it has no home, as far as that grid goes.
bool is_leave(const LogEntry& entry);

}  // namespace ruhu
