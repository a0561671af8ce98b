#include "server/admin/platform.hpp"

#include "platform/keys/file_key_store.hpp"
#include "server/store/sqlite_store.hpp"

namespace ruhu::server {

std::string Platform::file_of(Realm realm) { return realm == Realm::live ? "live.db" : "practice.db"; }

Result<std::unique_ptr<Platform>> Platform::create(const std::filesystem::path& folder, Clock& clock, Random& random) {
  if (std::filesystem::exists(folder / "live.db")) return make_error(Errc::already_enrolled, "platform");
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) return make_error(Errc::io_failed, "data folder");
  return open_with(folder, clock, random, true, Use::shared);
}

Result<std::unique_ptr<Platform>> Platform::open(const std::filesystem::path& folder, Clock& clock, Random& random,
                                                 Use use) {
  if (!std::filesystem::exists(folder / "live.db")) return make_error(Errc::file_missing, "platform");
  return open_with(folder, clock, random, false, use);
}

Result<std::unique_ptr<Platform>> Platform::open_with(const std::filesystem::path& folder, Clock& clock, Random& random,
                                                      bool create, Use use) {
  RUHU_TRY(Dictionary dictionary, Dictionary::built_in());
  const auto key_store = make_file_key_store(folder / "keys");
  RUHU_TRY(const auto state, key_store->state());
  const bool fresh = create && !state.exists;
  RUHU_TRY(const Keys keys, fresh ? key_store->create("") : key_store->unlock(""));
  std::unique_ptr<Platform> platform(
      new Platform(folder, clock, random, std::move(dictionary), SigningKey::from_seed(keys.signing_seed.view())));
  platform->database_key_ = keys.database_key.view();
  RUHU_TRY(platform->live_, platform->open_store(Realm::live, create, use));
  RUHU_TRY(platform->practice_, platform->open_store(Realm::practice, create, use));
  return platform;
}

Result<std::unique_ptr<PlatformStore>> Platform::open_store(Realm realm, bool create, Use use) {
  DatabaseOptions options;
  options.path = (folder_ / file_of(realm)).string();
  options.key = database_key_;
  options.create = create;
  options.exclusive = use == Use::alone;
  options.cache_kib = 65'536;
  return open_sqlite_store(options, dictionary_, realm, random_);
}

}  // namespace ruhu::server
