#pragma once
#include <string>
#include <vector>

#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// Proves that every op and every log entry is accounted for. Each line names what is wrong; none: all is well.
///  1. Each tablet's ops run from 1 to its mark without gaps.
///  2. Each log runs from 1 to its head without gaps; every entry names an op that is here and says so in its result.
///  3. Each record's latest version is the last one in its log, the values in the row are those of the log, and
///     every record of a log has its row.
///  4. Each op in conflict has its conflicts, and each conflict has its op.
Result<std::vector<std::string>> audit_platform(PlatformTx& tx, const Dictionary& dictionary);

}  // namespace ruhu::server
