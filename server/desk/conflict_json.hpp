#pragma once
#include <nlohmann/json_fwd.hpp>

#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// {"conflict","state","kind","id","field","label","situation","risk","base","mine":{"value","who","when","source","verified","as_of",
/// "op"},"theirs":{…},"opened_at"}: what a clerk needs to decide; once decided also "decision":{"take","who","reason",
/// "when"}.
Result<nlohmann::ordered_json> conflict_to_json(PlatformTx& tx, const Dictionary& dictionary, const Conflict& conflict);

}  // namespace ruhu::server
