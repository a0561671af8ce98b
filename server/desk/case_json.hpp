#pragma once
#include <nlohmann/json_fwd.hpp>

#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// {"conflict","state","rule","what":{"zh-CN","en"},"situation","risk","kind","id","records":[{"kind","id","fields":
/// {NAME:{"label","value","who","when","source","verified","as_of","op"}}}],"score","reasons","takes","opened_at"}:
/// what a clerk needs to decide. "kind" and "id" are those of the first record. Once decided also
/// "decision":{"take","who", "reason","when"}; "take":"undo" when it was taken back and is open again. "note" says why
/// it went by itself.
Result<nlohmann::ordered_json> case_to_json(PlatformTx& tx, const Dictionary& dictionary, const DeskCase& one);

/// How soon somebody should look: 1 deaths, 2 numbers in doubt, 3 heads … 9.
int risk_of(const DeskCase& one);
int risk_of(const Conflict& conflict);
/// The situation that a conflict of that field is; 0: none of the thirty.
int situation_of(const Conflict& conflict);

/// One side of a conflict or case in words and evidence: {"value","who","when","source","verified","as_of","op"}.
Result<nlohmann::ordered_json> side_to_json(PlatformTx& tx, const FieldDef& field, const Value& value,
                                            const Stamp& stamp);
/// {"take","who","reason","when"}.
Result<nlohmann::ordered_json> decided_to_json(PlatformTx& tx, const Conflict::Decided& decided);

}  // namespace ruhu::server
