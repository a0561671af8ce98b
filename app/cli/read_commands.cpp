#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli/cli.hpp"
#include "app/cli/record_output.hpp"
#include "app/queries/search.hpp"
#include "storage/model/value_json.hpp"

namespace ruhu::cli {
namespace {

using Json = nlohmann::ordered_json;

Result<const KindDef*> kind_of(const Store& store, const std::string& name) {
  const KindDef* kind = store.dictionary().find_kind(name);
  if (kind == nullptr) return make_error(Errc::unknown_kind, name);
  return kind;
}

Result<ListOptions> filters_of(const KindDef& kind, const Args& args) {
  ListOptions options;
  for (const auto& condition : args.where) {
    const auto equals = condition.find('=');
    if (equals == std::string::npos) return make_error(Errc::usage, "--where FIELD=VALUE");
    const FieldDef* field = kind.find(condition.substr(0, equals));
    if (field == nullptr) return make_error(Errc::unknown_field, condition.substr(0, equals));
    RUHU_TRY(Value value, value_from_text(*field, condition.substr(equals + 1)));
    options.where.push_back({field->no, std::move(value)});
  }
  options.limit = 1'000'000;
  return options;
}

Result<Json> identity_output(Store& store) {
  RUHU_TRY(const auto identity, store.identity());
  if (!identity) return make_error(Errc::not_enrolled);
  Json json{{"tablet", identity->tablet.value},
            {"incarnation", identity->incarnation},
            {"realm", std::string(name_of(identity->realm))},
            {"actor", identity->actor_name},
            {"role", identity->role}};
  json["grids"] = Json::array();
  for (const ScopeCode scope : identity->scopes)
    if (scope.is_grid()) json["grids"].push_back(to_string(scope));
  return json;
}

}  // namespace

void print(const Args& args, const Json& json) {
  if (args.json) return print_line(json);
  std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << std::endl;
}

Result<int> run_get(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  RUHU_TRY(const KindDef* kind, kind_of(tablet->store(), args.kind));
  const auto id = parse_uuid(args.id);
  if (!id) return make_error(Errc::usage, "id");
  RUHU_TRY(const auto record, tablet->store().find({kind->no, *id}));
  if (!record) return make_error(Errc::not_found, kind->name);
  RUHU_TRY(const auto queued, tablet->store().changes().queued(SIZE_MAX));
  RUHU_TRY(const Json json, record_output(tablet->store(), *record, queued));
  print(args, json);
  return 0;
}

Result<int> run_list(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  RUHU_TRY(const KindDef* kind, kind_of(tablet->store(), args.kind));
  RUHU_TRY(const ListOptions options, filters_of(*kind, args));
  RUHU_TRY(const auto records, tablet->store().list(kind->no, options));
  RUHU_TRY(const auto queued, tablet->store().changes().queued(SIZE_MAX));
  Json list = Json::array();
  for (const Record& record : records) {
    RUHU_TRY(Json json, record_output(tablet->store(), record, queued));
    list.push_back(std::move(json));
  }
  print(args, {{"kind", kind->name}, {"count", records.size()}, {"records", std::move(list)}});
  return 0;
}

Result<int> run_search(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  RUHU_TRY(const auto identity, tablet->store().identity());
  const QueryContext ctx{world.dictionary, args.lang, world.clock.now(), *identity};
  RUHU_TRY(const SearchState found, query_search(tablet->store(), ctx, args.text));
  Json list = Json::array();
  for (const SearchRow& row : found.rows)
    list.push_back({{"kind", world.dictionary.get_kind(row.record.kind).name},
                    {"id", to_string(row.record.id)},
                    {"title", row.title},
                    {"address", row.subtitle},
                    {"matched", row.matched}});
  print(args, {{"query", args.text}, {"total", found.total}, {"results", std::move(list)}});
  return 0;
}

Result<int> run_status(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  Store& store = tablet->store();
  RUHU_TRY(Json json, identity_output(store));
  RUHU_TRY(const StoreFigures figures, store.figures());
  json["queued"] = figures.queued;
  json["acknowledged"] = figures.acknowledged;
  json["conflicts"] = figures.conflicts;
  json["quarantined"] = figures.quarantined;
  json["last_sync"] = figures.last_sync ? Json(format_time(to_ms(*figures.last_sync))) : Json();
  json["photos"] = figures.photos;
  json["safe_to_hand_over"] = figures.queued == 0 && figures.photos == 0;
  json["handed_over"] = figures.handed_over;
  json["handed_over_since"] = figures.handed_over_since ? Json(format_time(to_ms(*figures.handed_over_since))) : Json();
  json["carried"] = figures.carried;
  RUHU_TRY(const auto under_way, store.snapshots());
  json["complete"] = figures.last_sync.has_value() && under_way.empty();
  json["cursors"] = Json::object();
  RUHU_TRY(const auto cursors, store.cursors());
  for (const CursorAt& cursor : cursors) json["cursors"][to_string(cursor.scope)] = cursor.lsn.value;
  json["results"] = Json::array();
  RUHU_TRY(const auto results, store.changes().with_results(1'000));
  for (const LoggedOp& op : results) {
    RUHU_TRY(Json result, result_output(store, op));
    json["results"].push_back(std::move(result));
  }
  print(args, json);
  return 0;
}

Result<int> run_audit(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  RUHU_TRY(const auto findings, tablet->store().audit());
  if (args.json) {
    print_line({{"ok", findings.empty()}, {"findings", findings}});
  } else {
    std::cout << text(args.lang, findings.empty() ? "cli.audit_ok" : "cli.audit_bad") << std::endl;
    for (const auto& line : findings) std::cout << "  " << line << std::endl;
  }
  return findings.empty() ? 0 : 1;
}

}  // namespace ruhu::cli
