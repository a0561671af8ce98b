#include "tests/bench/bench_platform.hpp"

#include "platform/keys/crypto.hpp"
#include "server/admin/demo/demo_community.hpp"
#include "server/ingest/record_merge.hpp"
#include "server/store/sqlite_store.hpp"

namespace ruhu::bench {
namespace {

const std::string kDatabaseKey(32, 'k');
const SigningKey& tablet_key() {
  static const SigningKey key = SigningKey::from_seed(std::string(32, 't'));
  return key;
}
const SigningKey& server_key() {
  static const SigningKey key = SigningKey::from_seed(std::string(32, 's'));
  return key;
}

DatabaseOptions encrypted(const std::string& path, int cache_kib) {
  DatabaseOptions options;
  options.path = path;
  options.key = kDatabaseKey;
  options.cache_kib = cache_kib;
  return options;
}

}  // namespace

BenchPlatform::BenchPlatform(const BenchContext& ctx, const std::string& size) : ctx_(ctx) {
  import([&](server::Importer& importer) {
    const auto add = [&](DemoRecord&& record) {
      if (record.scope.is_grid()) grids_.push_back(record.scope);
  RUHU_ASSERT(importer.add({record.ref, record.cells, record.provenance}).ok());
};
return generate_demo(ctx.dictionary, {.seed = 1, .size = size, .today = ctx.clock.now()}, add)->persons;
}  // namespace ruhu::bench
);
}

BenchPlatform::BenchPlatform(const BenchContext& ctx, const std::vector<server::ImportRecord>& records) : ctx_(ctx) {
  import([&](server::Importer& importer) {
    for (const server::ImportRecord& record : records) {
      const OpResult result = importer.add(record).value();
  RUHU_ASSERT(result.outcome == OpOutcome::applied);
  Record row{record.ref, record.cells, {}};
  grids_.push_back(server::home_of(row));
}
return records.size();
});
}

void BenchPlatform::import(const std::function<std::size_t(server::Importer&)>& fill) {
  store_ =
      server::open_sqlite_store(encrypted(ctx_.folder.file("server.db"), 65'536), ctx_.dictionary, Realm::live, random_)
          .value();
  import_seconds = seconds_of(ctx_.clock, [&] {
    const auto tx = store_->begin().value();
    server::Importer importer(*tx, ctx_.dictionary, ctx_.clock);
    persons = fill(importer);
    RUHU_ASSERT(importer.finish().ok() && tx->commit().ok());
  });
  std::sort(grids_.begin(), grids_.end());
  grids_.erase(std::unique(grids_.begin(), grids_.end()), grids_.end());
  service_ = std::make_unique<server::SyncService>(
      server::SyncService::Parts{ctx_.dictionary,
                                 ctx_.clock,
                                 {store_.get()},
                                 [](std::string_view b) { return server_key().sign(b); },
                                 verify_signature,
                                 {}});
}

BenchPlatform::~BenchPlatform() = default;

std::unique_ptr<Store> BenchPlatform::make_tablet(const std::string& file, std::size_t grids) {
  server::Tablet row;
  row.public_key = tablet_key().public_key();
  row.role = "worker";
  row.scopes = grids_;
  if (row.scopes.size() > grids) row.scopes.resize(grids);
  row.scopes.push_back(row.scopes.front().community());
  const auto tx = store_->begin().value();
  row.actor = tx->add_account("测速", "worker").value().no;
  row = tx->add_tablet(row).value();
  RUHU_ASSERT(tx->commit().ok());
  auto store = Store::open(encrypted(ctx_.folder.file(file), 4'096), ctx_.dictionary, ctx_.clock, random_).value();
  Identity identity{.tablet = row.no,
                    .epoch = store_->epoch(),
                    .actor = row.actor,
                    .actor_name = "测速",
                    .role = "worker",
                    .scopes = row.scopes,
                    .server_url = "",
                    .server_key = server_key().public_key()};
  RUHU_ASSERT(store->set_identity(identity).ok());
  return store;
}

std::unique_ptr<Replicator> BenchPlatform::replicator(Store& store) {
  return std::make_unique<Replicator>(
      store, ctx_.clock, random_, [](std::string_view b) { return tablet_key().sign(b); },
      [](TabletNo, std::string_view b, std::string_view s) {
        return verify_signature(server_key().public_key(), b, s);
      });
}

Result<std::string> BenchPlatform::exchange(std::string_view request, std::stop_token) {
  return service_->handle(request);
}

}  // namespace ruhu::bench
