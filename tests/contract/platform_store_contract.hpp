#pragma once
#include <functional>
#include <memory>

#include "server/store/platform_store.hpp"

namespace ruhu::test {

/// One kind of store under the contract: a fresh, empty one of the live realm at each call. What it stands on (a
/// folder, a database) lives as long as the returned store.
struct StoreKind {
  const char* name;
  std::function<std::shared_ptr<server::PlatformStore>()> make;
};

/// Every kind that this machine can run.
const std::vector<StoreKind>& store_kinds();
const Dictionary& contract_dictionary();

}  // namespace ruhu::test
