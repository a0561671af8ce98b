#pragma once
#include <string>
#include <string_view>

#include "platform/base/result.hpp"
#include "server/store/types.hpp"
#include "storage/model/outcome.hpp"

namespace ruhu::server {

/// Byte form of a log entry's body: who, when and the fields. Scope, lsn, record, version and op are columns.
std::string encode_entry_body(const LogEntry& entry);
Status decode_entry_body(std::string_view bytes, LogEntry& entry);

std::string encode_scopes(const std::vector<ScopeCode>& scopes);
std::vector<ScopeCode> decode_scopes(std::string_view text);

std::string encode_withdrawn(const std::vector<Withdrawn>& withdrawn);
Result<std::vector<Withdrawn>> decode_withdrawn(std::string_view bytes);  ///< database_damaged.

}  // namespace ruhu::server
