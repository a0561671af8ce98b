#include <nlohmann/json.hpp>

#include "app/cli/cli.hpp"
#include "app/cli/record_output.hpp"
#include "app/queries/words.hpp"
#include "storage/model/record_json.hpp"
#include "storage/model/value_json.hpp"

namespace ruhu::cli {
namespace {

using Json = nlohmann::ordered_json;

Result<Json> stamp_output(Store& store, const Stamp& stamp) {
  Json json{{"op", to_string(stamp.op)}};
  RUHU_TRY(json["who"], store.actor_name(stamp.actor));
  json["when"] = format_time(to_ms(stamp.made_at.instant()));
  if (const auto source = code_of(stamp.provenance.source); !source.empty()) json["source"] = std::string(source);
  if (const auto how = code_of(stamp.provenance.verified); !how.empty()) json["verified"] = std::string(how);
  if (stamp.provenance.as_of_day != 0) json["as_of"] = iso_of_day(stamp.provenance.as_of_day);
  return json;
}

Result<Json> version_output(Store& store, const FieldDef& field, const FieldVersion& version) {
  Json json{{"value", value_to_json(field, version.value)}};
  RUHU_TRY(const Json stamp, stamp_output(store, version.stamp));
  json.update(stamp);
  if (version.visit) json["visit"] = to_string(*version.visit);
  if (version.outcome) json["outcome"] = std::string(name_of(*version.outcome));
  if (version.replaced_by) {
    RUHU_TRY(json["replaced_by"], stamp_output(store, *version.replaced_by));
  }
  return json;
}

Result<Json> history_output(Store& store, const KindDef& kind, const RecordHistory& history) {
  Json json{{"kind", kind.name}, {"id", to_string(history.now.ref.id)}, {"fields", Json::object()}};
  for (const FieldHistory& known : history.fields) {
    const FieldDef* field = kind.find(known.column);
    if (field == nullptr) continue;  // of a newer dictionary
    Json versions = Json::array();
    for (const FieldVersion& version : known.versions) {
      RUHU_TRY(Json one, version_output(store, *field, version));
      versions.push_back(std::move(one));
    }
    json["fields"][field->name] = std::move(versions);
  }
  return json;
}

}  // namespace

Result<int> run_history(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  Store& store = tablet->store();
  const KindDef* kind = store.dictionary().find_kind(args.kind);
  if (kind == nullptr) return make_error(Errc::unknown_kind, args.kind);
  const auto id = parse_uuid(args.id);
  if (!id) return make_error(Errc::usage, "id");
  RUHU_TRY(const RecordHistory history, store.history({kind->no, *id}));
  if (args.on.empty()) {
    RUHU_TRY(const Json json, history_output(store, *kind, history));
    print(args, json);
    return 0;
  }
  const auto day = day_of_iso(args.on);
  if (!day) return make_error(Errc::usage, "--on YYYY-MM-DD");
  const auto then = as_it_was(history, start_of_day(*day + 1) - Millis{1});
  if (!then) return make_error(Errc::not_found, kind->name);
  print(args, record_to_json(*kind, *then));
  return 0;
}

}  // namespace ruhu::cli
