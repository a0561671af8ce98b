#pragma once
#include <nlohmann/json_fwd.hpp>

#include "storage/store.hpp"

namespace ruhu::cli {

/// {"kind","id","fields","version","pending"}: `version` is the latest that the tablet knows of, `pending` names the
/// own ops on the record that the server has not acknowledged. `queued`: every own op that is still queued.
Result<nlohmann::ordered_json> record_output(Store& store, const Record& record, const std::vector<Change>& queued);

/// {"op","kind","id","outcome","reason"?,"fields":[{"field","outcome","conflict"?,"mine","current","who","when",…}]}
Result<nlohmann::ordered_json> result_output(Store& store, const LoggedOp& op);

}  // namespace ruhu::cli
