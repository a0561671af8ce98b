#pragma once
#include "server/store/platform_store.hpp"
#include "storage/model/life_cycle/circle_reader.hpp"

namespace ruhu::server {

/// The platform's records for life-cycle operations: a clerk's decision reaches every grid.
class PlatformSource final : public RecordSource {
 public:
  PlatformSource(PlatformTx& tx, const Dictionary& dictionary) : tx_(tx), dictionary_(dictionary) {}

  const Dictionary& dictionary() const override { return dictionary_; }
  Result<std::optional<Record>> find(const RecordRef& ref) override { return tx_.find_record(ref); }
  Result<std::vector<Record>> list(KindNo kind, ColumnNo column, const Value& value) override;
  Result<std::vector<Record>> list(KindNo kind) override;

 private:
  Result<std::vector<Record>> pages(KindNo kind, ListOptions options);

  PlatformTx& tx_;
  const Dictionary& dictionary_;
};

/// Now, for all grids.
Occasion occasion_at(Instant now);

}  // namespace ruhu::server
