#pragma once
#include "server/store/platform_store.hpp"

// Who had seen what: read from the ops as they are kept.
namespace ruhu::server {

/// The version of the record from which the op's edit of that column started; for a chain of own edits that of the
/// first. 0: it had seen nothing.
Result<ServerVersion> version_seen(PlatformTx& tx, const StoredOp& op, ColumnNo column);

/// Values of the column that did not last although their authors did not know of the value that stands, nor its author
/// of them. Looks at what these ops, just placed, replaced or lost to. What a file brought in does not count.
Result<std::vector<Value>> values_not_seen(PlatformTx& tx, const Record& record, ColumnNo column,
                                           const std::vector<OpId>& ops);

}  // namespace ruhu::server
