#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"
#include "storage/model/outcome.hpp"

namespace ruhu {

/// Limits on everything that arrives; PROTOCOL.md states them.
inline constexpr std::size_t kBatchBytesHardMax = std::size_t{2} << 20U;  ///< Raw size that a receiver still takes.
inline constexpr std::size_t kBatchItemsMax = 20'000;
inline constexpr std::size_t kFieldsPerItemMax = 512;
inline constexpr std::size_t kSetItemsMax = 4'096;

/// Ops or log entries as columns: all kinds, then all ids, then all times …; values of one field of one kind stand
/// side by side, which is what makes them small once compressed.
std::string encode_changes(const std::vector<Change>& changes);
/// Ops of one tablet with consecutive counters; groups may end in the next batch only if the sender is broken, which
/// is malformed_message.
Result<std::vector<Change>> decode_changes(std::string_view bytes);

std::string encode_entries(const std::vector<LogEntry>& entries);
Result<std::vector<LogEntry>> decode_entries(std::string_view bytes);

std::string encode_results(const std::vector<OpResult>& results);
Result<std::vector<OpResult>> decode_results(std::string_view bytes);

}  // namespace ruhu
