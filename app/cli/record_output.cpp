#include "app/cli/record_output.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "storage/model/record_json.hpp"
#include "storage/model/value_json.hpp"

namespace ruhu::cli {
namespace {

using Json = nlohmann::ordered_json;

ServerVersion latest_version(const RecordMeta& meta) {
  ServerVersion latest = std::max(meta.seen, meta.created.version);
  for (const auto& [column, stamp] : meta.later) latest = std::max(latest, stamp.version);
  return latest;
}

Result<Json> field_output(Store& store, const KindDef& kind, const LoggedOp& op, const FieldResult& result) {
  Json json;
  const FieldDef* field = kind.find(result.column);
  if (field == nullptr) return json;
  json["field"] = field->name;
  json["outcome"] = std::string(name_of(result.outcome));
  if (result.conflict != 0) json["conflict"] = result.conflict;
  for (const FieldEdit& edit : op.change.fields)
    if (edit.column == result.column) json["mine"] = value_to_json(*field, edit.value);
  json["current"] = value_to_json(*field, result.current);
  RUHU_TRY(json["who"], store.actor_name(result.stamp.actor));
  json["when"] = format_time(to_ms(result.stamp.made_at.instant()));
  json["source"] = std::string(code_of(result.stamp.provenance.source));
  return json;
}

}  // namespace

Result<nlohmann::ordered_json> record_output(Store& store, const Record& record, const std::vector<Change>& queued) {
  Json json = record_to_json(store.dictionary().get_kind(record.ref.kind), record);
  json["version"] = latest_version(record.meta).value;
  json["pending"] = Json::array();
  for (const Change& change : queued)
    if (change.record == record.ref) json["pending"].push_back(to_string(change.id));
  return json;
}

Result<nlohmann::ordered_json> result_output(Store& store, const LoggedOp& op) {
  const KindDef* kind = store.dictionary().find_kind(op.change.record.kind);  // none: a newer program's
  Json json;
  json["op"] = to_string(op.change.id);
  json["kind"] = kind == nullptr ? std::to_string(op.change.record.kind.value) : kind->name;
  json["id"] = to_string(op.change.record.id);
  json["outcome"] = std::string(name_of(op.result->outcome));
  if (!op.result->reason.empty()) json["reason"] = op.result->reason;
  json["fields"] = Json::array();
  for (const FieldResult& result : op.result->fields) {
    if (kind == nullptr) break;
    RUHU_TRY(auto field, field_output(store, *kind, op, result));
    json["fields"].push_back(std::move(field));
  }
  return json;
}

}  // namespace ruhu::cli
