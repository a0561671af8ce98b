#pragma once
#include <memory>

#include "platform/base/random.hpp"
#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu::server {

/// Opens the platform's data in one SQLite file, or makes them with `options.create`. One transaction at a time;
/// others wait for their turn. wrong_realm when the file is of the other realm.
Result<std::unique_ptr<PlatformStore>> open_sqlite_store(const DatabaseOptions& options, const Dictionary& dictionary,
                                                         Realm realm, Random& random);

}  // namespace ruhu::server
