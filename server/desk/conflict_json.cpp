#include "server/desk/conflict_json.hpp"

#include <nlohmann/json.hpp>

#include "storage/model/value_json.hpp"

namespace ruhu::server {
namespace {

using Json = nlohmann::ordered_json;

const FieldDef& field_of(const KindDef& kind, ColumnNo column) {
  static const FieldDef kUnknown{};
  const FieldDef* field = kind.find(column);
  return field == nullptr ? kUnknown : *field;
}

std::string day_text(std::int32_t day) {
  if (day == 0) return {};
  return format_time(std::int64_t{day} * 86'400'000).substr(0, 10);
}

Result<Json> side(PlatformTx& tx, const FieldDef& field, const Value& value, const Stamp& stamp) {
  RUHU_TRY(const auto account, tx.find_account(stamp.actor));
  Json json;
  json["value"] = value_to_json(field, value);
  json["who"] = account ? account->name : "";
  json["when"] = format_time(to_ms(stamp.made_at.instant()));
  json["source"] = std::string(code_of(stamp.provenance.source));
  json["verified"] = std::string(code_of(stamp.provenance.verified));
  json["as_of"] = day_text(stamp.provenance.as_of_day);
  json["op"] = to_string(stamp.op);
  return json;
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
  json["base"] = value_to_json(field, conflict.base);
  RUHU_TRY(json["mine"], side(tx, field, conflict.mine, conflict.mine_stamp));
  RUHU_TRY(json["theirs"], side(tx, field, conflict.theirs, conflict.theirs_stamp));
  json["opened_at"] = format_time(to_ms(conflict.opened_at));
  if (const auto& decided = conflict.decided) {
    RUHU_TRY(const auto clerk, tx.find_account(decided->by));
    json["decision"] = {{"take", decided->take},
                        {"who", clerk ? clerk->name : ""},
                        {"reason", decided->reason},
                        {"when", format_time(to_ms(decided->at))}};
  }
  return json;
}

}  // namespace ruhu::server
