#include "server/desk/conflict_json.hpp"

#include <nlohmann/json.hpp>

#include "server/desk/case_json.hpp"
#include "storage/model/value_json.hpp"

namespace ruhu::server {
namespace {

using Json = nlohmann::ordered_json;

const FieldDef& field_of(const KindDef& kind, ColumnNo column) {
  static const FieldDef kUnknown{};
  const FieldDef* field = kind.find(column);
  return field == nullptr ? kUnknown : *field;
}

}  // namespace

Result<nlohmann::ordered_json> conflict_to_json(PlatformTx& tx, const Dictionary& dictionary,
                                                const Conflict& conflict) {
  const KindDef& kind = dictionary.get_kind(conflict.record.kind);
  const FieldDef& field = field_of(kind, conflict.column);
  Json json;
  json["conflict"] = conflict.no;
  json["state"] = conflict.state;
  json["kind"] = kind.name;
  json["id"] = to_string(conflict.record.id);
  json["field"] = field.name;
  json["label"] = {{"zh-CN", field.label.zh}, {"en", field.label.en}};
  json["situation"] = situation_of(conflict);
  json["risk"] = risk_of(conflict);
  json["base"] = value_to_json(field, conflict.base);
  RUHU_TRY(json["mine"], side_to_json(tx, field, conflict.mine, conflict.mine_stamp));
  RUHU_TRY(json["theirs"], side_to_json(tx, field, conflict.theirs, conflict.theirs_stamp));
  json["opened_at"] = format_time(to_ms(conflict.opened_at));
  if (conflict.decided) {
    RUHU_TRY(json["decision"], decided_to_json(tx, *conflict.decided));
  }
  return json;
}

}  // namespace ruhu::server
