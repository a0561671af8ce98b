#pragma once
#include "storage/change_log/change_log.hpp"
#include "storage/model/identity.hpp"
#include "storage/schema/record_table.hpp"

// The two moments at which a tablet has to see its own past anew. Both lose nothing: every row and every own op stays.
// Part of the caller's transaction.
namespace ruhu {

/// The server's data were put back to an earlier state. What it had told is hearsay now: rows keep their values and
/// lose their versions, own ops are all queued again. The server's entries and results then settle what stands.
Status forget_placements(Database& db, const Dictionary& dictionary, ChangeLog& changes);

/// The tablet is a copy: its own ops after the acknowledged ones get another number, wherever they are named.
Status renumber_queued_ops(Database& db, RecordTable& records, ChangeLog& changes, TabletNo fresh);

}  // namespace ruhu
