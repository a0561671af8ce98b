#include "server/desk/desk_list.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/desk/case_json.hpp"
#include "server/desk/conflict_json.hpp"

namespace ruhu::server {

Result<nlohmann::ordered_json> desk_list(PlatformTx& tx, const Dictionary& dictionary, bool all) {
  std::vector<nlohmann::ordered_json> list;
  RUHU_TRY(const auto conflicts, tx.conflicts());
  for (const Conflict& conflict : conflicts) {
    if (conflict.state != kOpen && !all) continue;
    RUHU_TRY(auto json, conflict_to_json(tx, dictionary, conflict));
    list.push_back(std::move(json));
  }
  RUHU_TRY(const auto cases, tx.cases());
  for (const DeskCase& one : cases) {
    if (one.state != kOpen && !all) continue;
    RUHU_TRY(auto json, case_to_json(tx, dictionary, one));
    list.push_back(std::move(json));
  }
  std::sort(list.begin(), list.end(), [](const auto& one, const auto& other) {
    const auto rank = [](const auto& json) {
      return std::pair(json["risk"].template get<int>(), json["conflict"].template get<std::uint64_t>());
    };
    return rank(one) < rank(other);
  });
  return nlohmann::ordered_json(std::move(list));
}

}  // namespace ruhu::server
