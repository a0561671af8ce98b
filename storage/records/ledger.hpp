#pragma once
#include <string>
#include <vector>

#include "storage/change_log/change_log.hpp"
#include "storage/model/identity.hpp"
#include "storage/schema/record_table.hpp"

namespace ruhu {

/// Proves that every op this tablet ever made is accounted for. Each line names what is wrong; none: all is well.
///  1. Counters run from 1 without gaps, groups are whole.
///  2. Ops up to the acknowledged mark are acknowledged, later ones are queued.
///  3. A field that says "written by my own op, not yet placed" names an op that is queued, waiting or in quarantine.
///     Other people's ops are placed, unless the platform was put back to an earlier state and has not told them again.
///  4. The record of every op is there.
Result<std::vector<std::string>> audit_ledger(Database& db, const Dictionary& dictionary, RecordTable& records,
                                              ChangeLog& changes, const Identity& own);

}  // namespace ruhu
