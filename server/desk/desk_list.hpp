#pragma once
#include <nlohmann/json_fwd.hpp>

#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// Everything on the desk, conflicts (conflict_json.hpp) and cases (case_json.hpp), the most urgent first: an array.
/// Open ones, or all.
Result<nlohmann::ordered_json> desk_list(PlatformTx& tx, const Dictionary& dictionary, bool all);

}  // namespace ruhu::server
