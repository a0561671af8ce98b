#include "server/desk/case_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "dictionary_constants.hpp"
#include "platform/base/texts.hpp"
#include "server/desk/case_decision.hpp"
#include "server/desk/rules.hpp"
#include "storage/model/value_json.hpp"

namespace ruhu::server {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kDeath = 1;
constexpr int kNumber = 2;
constexpr int kHead = 3;
constexpr int kUsual = 5;

std::string day_text(std::int32_t day) {
  if (day == 0) return {};
  return format_time(std::int64_t{day} * 86'400'000).substr(0, 10);
}

Json in_both(std::string_view key) {
  return {{"zh-CN", std::string(text(Lang::zh_cn, key))}, {"en", std::string(text(Lang::en, key))}};
}

/// Fields of a rule's finding are the dictionary's, or a newer one's that this program does not know.
Result<Json> record_to_json(PlatformTx& tx, const Dictionary& dictionary, const CaseSide& side) {
  const KindDef& kind = dictionary.get_kind(side.record.kind);
  Json fields = Json::object();
  for (const CaseField& field : side.fields) {
    const FieldDef* known = kind.find(field.column);
    if (known == nullptr) continue;
    RUHU_TRY(Json json, side_to_json(tx, *known, field.value, field.stamp));
    json["label"] = {{"zh-CN", known->label.zh}, {"en", known->label.en}};
    fields[known->name] = std::move(json);
  }
  return Json{{"kind", kind.name}, {"id", to_string(side.record.id)}, {"fields", std::move(fields)}};
}

}  // namespace

Result<Json> side_to_json(PlatformTx& tx, const FieldDef& field, const Value& value, const Stamp& stamp) {
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

Result<Json> decided_to_json(PlatformTx& tx, const Conflict::Decided& decided) {
  RUHU_TRY(const auto clerk, tx.find_account(decided.by));
  return Json{{"take", decided.take},
              {"who", clerk ? clerk->name : ""},
              {"reason", decided.reason},
              {"when", format_time(to_ms(decided.at))}};
}

Result<Json> case_to_json(PlatformTx& tx, const Dictionary& dictionary, const DeskCase& one) {
  const Rule* rule = find_rule(one.rule);
  const RecordRef& about = one.sides.front().record;
  Json json;
  json["conflict"] = one.no;
  json["state"] = one.state;
  json["rule"] = one.rule;
  json["what"] = in_both(rule == nullptr ? one.rule : rule->text_key);
  json["situation"] = one.situation;
  json["risk"] = risk_of(one);
  json["kind"] = dictionary.get_kind(about.kind).name;
  json["id"] = to_string(about.id);
  json["records"] = Json::array();
  for (const CaseSide& side : one.sides) {
    RUHU_TRY(Json record, record_to_json(tx, dictionary, side));
    json["records"].push_back(std::move(record));
  }
  if (one.score > 0) json["score"] = one.score;
  json["reasons"] = one.reasons;
  json["takes"] = Json::array();
  for (const std::string_view take : takes_of(one)) json["takes"].push_back(std::string(take));
  json["opened_at"] = format_time(to_ms(one.opened_at));
  if (one.decided) {
    RUHU_TRY(json["decision"], decided_to_json(tx, *one.decided));
  }
  if (!one.note.empty()) json["note"] = one.note;
  return json;
}

int risk_of(const DeskCase& one) {
  if (one.rule == "duplicate" && (one.situation == 6 || one.situation == 7 || one.situation == 8)) return kNumber;
  const Rule* rule = find_rule(one.rule);
  return rule == nullptr ? kUsual : rule->risk;
}

int situation_of(const Conflict& conflict) {
  const auto is = [&](KindNo kind, ColumnNo column) {
    return conflict.record.kind == kind && conflict.column == column;
  };
  if (is(kinds::person::kKind, kinds::person::phone)) return 2;
  if (is(kinds::person::kKind, kinds::person::id_no)) return 6;
  if (is(kinds::person::kKind, kinds::person::birth_date)) return 10;
  if (is(kinds::person::kKind, kinds::person::died_on)) return 16;
  if (is(kinds::household::kKind, kinds::household::head_person_id)) return 13;
  if (is(kinds::enterprise::kKind, kinds::enterprise::uscc)) return 26;
  return 0;
}

int risk_of(const Conflict& conflict) {
  switch (situation_of(conflict)) {
    case 16: return kDeath;
    case 6: return kNumber;
    case 13: return kHead;
    default: return kUsual;
  }
}

}  // namespace ruhu::server
