// What a data clerk does by command.
#include <iostream>
#include <nlohmann/json.hpp>

#include "server/admin/command_parts.hpp"
#include "server/desk/case_decision.hpp"
#include "server/desk/case_json.hpp"
#include "server/desk/conflict_json.hpp"
#include "server/desk/decision.hpp"
#include "server/desk/desk_list.hpp"
#include "server/desk/quarantine_json.hpp"
#include "server/ingest/ingest.hpp"
#include "storage/dictionary/validation.hpp"
#include "storage/model/value_json.hpp"

namespace ruhu::server {
namespace {

using Json = nlohmann::ordered_json;

void print_field(const std::string& name, const Json& field) {
  std::cout << "  " << name << ": " << field["value"].dump();
  for (const char* part : {"who", "when", "source"}) std::cout << "  " << field[part].get<std::string>();
  std::cout << "\n";
}

void print_conflict(const Json& one) {
  std::cout << "#" << one["conflict"] << " " << one["kind"].get<std::string>() << " " << one["id"].get<std::string>()
            << " " << one["field"].get<std::string>() << "\n";
  for (const char* which : {"mine", "theirs"}) print_field(which, one[which]);
}

void print_case(const Json& one) {
  std::cout << "#" << one["conflict"] << " " << one["what"]["zh-CN"].get<std::string>() << " / "
            << one["what"]["en"].get<std::string>() << " (" << one["situation"] << ")\n";
  for (const Json& record : one["records"]) {
    std::cout << " " << record["kind"].get<std::string>() << " " << record["id"].get<std::string>() << "\n";
    for (const auto& [name, field] : record["fields"].items()) print_field(name, field);
  }
  std::cout << "  --take";
  for (const Json& take : one["takes"]) std::cout << " " << take.get<std::string>();
  std::cout << "\n";
}

}  // namespace

Result<bool> run_conflicts(const ServerArgs& args) {
  RUHU_TRY(const auto platform, open_platform(args));
  RUHU_TRY(auto* store, store_of(*platform, args));
  RUHU_TRY(const auto tx, store->begin());
  RUHU_TRY(const Json list, desk_list(*tx, platform->dictionary(), args.all));
  if (args.json) {
    std::cout << Json{{"conflicts", list}}.dump() << std::endl;
    return true;
  }
  for (const Json& one : list) {
    if (one.contains("rule"))
      print_case(one);
    else
      print_conflict(one);
  }
  std::cout << list.size() << " 个待处理 / conflicts and cases" << std::endl;
  return true;
}

namespace {

Status resolve_conflict(PlatformTx& tx, Platform& platform, const ServerArgs& args, const Conflict& conflict) {
  if (args.undo)
    return undo_decision(tx, platform.dictionary(), platform.clock(),
                         {.conflict = args.conflict, .by = args.by, .reason = args.reason});
  Decision decision{args.conflict, Decision::Take::value, {}, args.by, args.reason};
  if (!args.take.empty()) {
    if (args.take != "mine" && args.take != "theirs") return make_error(Errc::usage, "--take mine | theirs");
    decision.take = args.take == "mine" ? Decision::Take::mine : Decision::Take::theirs;
  } else {
    const FieldDef* field = platform.dictionary().get_kind(conflict.record.kind).find(conflict.column);
    if (field == nullptr) return make_error(Errc::unknown_field);
    RUHU_TRY(Value value, value_from_text(*field, args.value));
    decision.value = normalise(*field, std::move(value));
  }
  return decide(tx, platform.dictionary(), platform.clock(), decision);
}

Status resolve_case(PlatformTx& tx, Platform& platform, const ServerArgs& args) {
  CaseDecision decision{args.conflict, args.take, {}, args.by, args.reason};
  if (!args.keep.empty()) {
    decision.keep = parse_uuid(args.keep);
    if (!decision.keep) return make_error(Errc::usage, "--keep");
  }
  return args.undo ? undo_case(tx, platform.dictionary(), platform.clock(), decision)
                   : decide_case(tx, platform.dictionary(), platform.clock(), decision);
}

}  // namespace

Result<bool> run_resolve(const ServerArgs& args) {
  if (args.take.empty() && args.value.empty() && !args.undo)
    return make_error(Errc::usage, "--take, --value or --undo");
  RUHU_TRY(const auto platform, open_platform(args));
  RUHU_TRY(auto* store, store_of(*platform, args));
  RUHU_TRY(const auto tx, store->begin());
  RUHU_TRY(const auto conflict, tx->find_conflict(args.conflict));
  Json json;
  if (conflict) {
    RUHU_TRY_DONE(resolve_conflict(*tx, *platform, args, *conflict));
    RUHU_TRY(const auto decided, tx->find_conflict(args.conflict));
    RUHU_TRY(json, conflict_to_json(*tx, platform->dictionary(), *decided));
  } else {
    RUHU_TRY_DONE(resolve_case(*tx, *platform, args));
    RUHU_TRY(const auto decided, tx->find_case(args.conflict));
    RUHU_TRY(json, case_to_json(*tx, platform->dictionary(), *decided));
  }
  RUHU_TRY_DONE(tx->commit());
  print(args, json, (args.undo ? "已撤销 / Taken back: #" : "已处理 / Decided: #") + std::to_string(args.conflict));
  return true;
}

Result<bool> run_quarantine(const ServerArgs& args) {
  RUHU_TRY(const auto platform, open_platform(args));
  RUHU_TRY(auto* store, store_of(*platform, args));
  RUHU_TRY(const auto tx, store->begin());
  if (args.retry) RUHU_TRY_DONE(Ingest(*tx, platform->dictionary(), platform->clock().now()).retry_all());
  RUHU_TRY(const Json list, quarantine_to_json(*tx, platform->dictionary()));
  RUHU_TRY_DONE(tx->commit());
  if (args.json) {
    std::cout << Json{{"quarantine", list}}.dump() << std::endl;
    return true;
  }
  for (const auto& one : list) {
    for (const char* part : {"op", "kind", "id", "state", "reason", "next_try"})
      std::cout << one[part].get<std::string>() << "  ";
    std::cout << "\n";
  }
  std::cout << list.size() << " 个待处理的修改 / changes set aside" << std::endl;
  return true;
}

}  // namespace ruhu::server
