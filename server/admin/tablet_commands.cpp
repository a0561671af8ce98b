// Commands about tablets: which there are, what they may have.
#include <iostream>
#include <nlohmann/json.hpp>

#include "server/admin/command_parts.hpp"
#include "server/auth/scopes.hpp"
#include "storage/model/value_json.hpp"

namespace ruhu::server {
namespace {

using Json = nlohmann::ordered_json;

Result<Json> tablet_to_json(PlatformTx& tx, const Tablet& tablet) {
  RUHU_TRY(const auto account, tx.find_account(tablet.actor));
  Json json{{"tablet", tablet.no.value}, {"role", tablet.role},        {"name", account ? account->name : ""},
            {"scopes", Json::array()},   {"ops", tablet.last_counter}, {"withdrawn", Json::array()}};
  for (const ScopeCode scope : tablet.scopes) json["scopes"].push_back(to_string(scope));
  for (const Withdrawn& one : tablet.withdrawn)
    json["withdrawn"].push_back(
        {{"scope", to_string(one.scope)}, {"at", format_time(to_ms(one.at))}, {"erased", one.erased}});
  return json;
}

void print_words(const Json& tablet) {
  std::cout << "#" << tablet["tablet"] << " " << tablet["name"].get<std::string>() << " ("
            << tablet["role"].get<std::string>() << ")  " << tablet["ops"] << " 条修改 changes\n ";
  for (const auto& scope : tablet["scopes"]) std::cout << " " << scope.get<std::string>();
  if (tablet["scopes"].empty()) std::cout << " 无网格 no grid";
  std::cout << "\n";
  for (const auto& one : tablet["withdrawn"])
    std::cout << "  收回 withdrawn " << one["scope"].get<std::string>() << "  " << one["at"].get<std::string>() << "  "
              << (one["erased"].get<bool>() ? "平板已清除 erased there" : "等平板下次同步 when it next syncs") << "\n";
}

}  // namespace

Result<bool> run_tablets(const ServerArgs& args) {
  RUHU_TRY(const auto platform, open_platform(args));
  RUHU_TRY(auto* store, store_of(*platform, args));
  RUHU_TRY(const auto tx, store->begin());
  RUHU_TRY(const auto tablets, tx->tablets());
  Json list = Json::array();
  for (const Tablet& tablet : tablets) {
    if (tablet.no.value == 0) continue;  // the platform itself
    RUHU_TRY(auto json, tablet_to_json(*tx, tablet));
    list.push_back(std::move(json));
  }
  if (args.json) {
    std::cout << Json{{"tablets", list}}.dump() << std::endl;
    return true;
  }
  for (const Json& tablet : list) print_words(tablet);
  std::cout << list.size() << " 台平板 / tablets" << std::endl;
  return true;
}

Result<bool> run_assign(const ServerArgs& args) {
  if (args.grids.empty() != args.nothing) return make_error(Errc::usage, "--grid or --nothing");
  std::vector<ScopeCode> grids;
  for (const std::string& code : args.grids) {
    const auto grid = parse_scope_code(code);
    if (!grid) return make_error(Errc::usage, "grid");
    grids.push_back(*grid);
  }
  RUHU_TRY(const auto platform, open_platform(args));
  RUHU_TRY(auto* store, store_of(*platform, args));
  RUHU_TRY(const auto tx, store->begin());
  RUHU_TRY_DONE(assign_scopes(*tx, {args.tablet}, grids, command_clock().now()));
  RUHU_TRY(const auto tablet, tx->find_tablet({args.tablet}));
  RUHU_TRY(const Json json, tablet_to_json(*tx, *tablet));
  RUHU_TRY_DONE(tx->commit());
  if (args.json) {
    std::cout << json.dump() << std::endl;
  } else {
    print_words(json);
  }
  return true;
}

}  // namespace ruhu::server
