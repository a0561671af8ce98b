#pragma once
#include <string>
#include <vector>

#include "storage/model/change.hpp"

namespace ruhu {

/// A batch is no larger than this, raw, unless one group alone is.
inline constexpr std::size_t kBatchBytes = std::size_t{256} << 10U;

/// Cuts ops, in counter order and whole groups, into batches of at most kBatchBytes: between groups, and where the
/// tablet got another number.
std::vector<std::string> to_batches(const std::vector<Change>& changes);

}  // namespace ruhu
