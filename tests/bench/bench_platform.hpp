#pragma once
#include <functional>
#include <memory>

#include "server/admin/import.hpp"
#include "server/ingest/sync_service.hpp"
#include "storage/store.hpp"
#include "sync/replicator/replicator.hpp"
#include "tests/bench/measure.hpp"

namespace ruhu::bench {

/// A platform with the demo community on disk and one tablet beside it, talking through function calls: what is
/// measured is our work, not the loopback's.
class BenchPlatform final : public Transport {
 public:
  BenchPlatform(const BenchContext& ctx, const std::string& size);
  /// With these records instead, which stand in grids of their own.
  BenchPlatform(const BenchContext& ctx, const std::vector<server::ImportRecord>& records);
  ~BenchPlatform() override;

  /// A tablet of all grids, not synced yet.
  std::unique_ptr<Store> make_tablet(const std::string& file, std::size_t grids = SIZE_MAX);
  std::unique_ptr<Replicator> replicator(Store& store);
  Result<std::string> exchange(std::string_view request, std::stop_token stop) override;

  double import_seconds = 0;
  std::size_t persons = 0;

 private:
  /// `fill` adds every record; how many persons.
  void import(const std::function<std::size_t(server::Importer&)>& fill);

  const BenchContext& ctx_;
  SeededRandom random_{1};
  std::unique_ptr<server::PlatformStore> store_;
  std::unique_ptr<server::SyncService> service_;
  std::vector<ScopeCode> grids_;
};

}  // namespace ruhu::bench
