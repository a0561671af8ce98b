#pragma once
#include <nlohmann/json_fwd.hpp>

#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// Every op that is set aside, oldest first: {"op","state","reason","kind","id","tries","received","next_try"}. No
/// values: the list is for finding out what is wrong, not for reading what was told.
Result<nlohmann::ordered_json> quarantine_to_json(PlatformTx& tx, const Dictionary& dictionary);

}  // namespace ruhu::server
