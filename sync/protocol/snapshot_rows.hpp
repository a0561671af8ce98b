#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"
#include "storage/model/snapshot.hpp"

namespace ruhu {

inline constexpr std::size_t kSnapshotRowsMax = 4'096;  ///< In one chunk.

/// Whole rows with all their stamps, as columns, compressed: made once, sent to every tablet that is new in the scope.
/// At most kSnapshotRowsMax rows.
std::string encode_snapshot_rows(const std::vector<Record>& rows);
/// malformed_message, too_large.
Result<std::vector<Record>> decode_snapshot_rows(std::string_view bytes);

}  // namespace ruhu
