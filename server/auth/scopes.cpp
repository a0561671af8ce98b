#include "server/auth/scopes.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"

namespace ruhu::server {
namespace {

bool contains(const std::vector<ScopeCode>& scopes, ScopeCode scope) {
  return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

}  // namespace

Result<std::vector<ScopeCode>> all_grids(PlatformTx& tx) {
  RUHU_TRY(const auto records, tx.list_records(kinds::grid::kKind, {}));
  std::vector<ScopeCode> grids;
  for (const Record& record : records)
    if (const auto code = parse_scope_code(record.text(kinds::grid::code))) grids.push_back(*code);
  std::sort(grids.begin(), grids.end());
  return grids;
}

Status check_grids(PlatformTx& tx, const std::vector<ScopeCode>& grids) {
  RUHU_TRY(const auto known, all_grids(tx));
  for (const ScopeCode grid : grids) {
    // A platform without any records yet takes the grid on trust: the first tablet may be the one that makes it.
    const bool unknown = !std::binary_search(known.begin(), known.end(), grid);
    if (!grid.is_grid() || (unknown && !known.empty())) return make_error(Errc::not_found, "grid " + to_string(grid));
  }
  return {};
}

Status assign_scopes(PlatformTx& tx, TabletNo no, const std::vector<ScopeCode>& grids, Instant now) {
  RUHU_TRY_DONE(check_grids(tx, grids));
  RUHU_TRY(auto tablet, tx.find_tablet(no));
  if (!tablet || no.value == 0) return make_error(Errc::tablet_unknown, std::to_string(no.value));
  std::vector<ScopeCode> scopes = grids;
  if (!grids.empty()) scopes.push_back(grids.front().community());
  const std::vector<ScopeCode> before = std::exchange(tablet->scopes, scopes);
  for (const ScopeCode scope : before)
    if (!contains(scopes, scope)) tablet->withdrawn.push_back({scope, now, false});
  std::erase_if(tablet->withdrawn, [&](const Withdrawn& one) { return contains(scopes, one.scope); });
  return tx.update_tablet(*tablet);
}

}  // namespace ruhu::server
