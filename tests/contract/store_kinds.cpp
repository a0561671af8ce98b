#include "platform/base/random.hpp"
#include "server/store/sqlite_store.hpp"
#include "tests/contract/platform_store_contract.hpp"
#include "tests/support/temporary_folder.hpp"

namespace ruhu::test {
namespace {

std::shared_ptr<server::PlatformStore> sqlite_store() {
  struct Held {
    TemporaryFolder folder;
    std::unique_ptr<server::PlatformStore> store;
  };
  auto held = std::make_shared<Held>();
  SeededRandom random(1);
  DatabaseOptions options;
  options.path = held->folder.file("live.db");
  held->store = server::open_sqlite_store(options, contract_dictionary(), Realm::live, random).value();
  server::PlatformStore* store = held->store.get();
  return {std::move(held), store};
}

}  // namespace

const Dictionary& contract_dictionary() {
  static const Dictionary kBuiltIn = Dictionary::built_in().value();
  return kBuiltIn;
}

const std::vector<StoreKind>& store_kinds() {
  static const std::vector<StoreKind> kKinds = {{"sqlite", sqlite_store}};
  return kKinds;
}

}  // namespace ruhu::test
