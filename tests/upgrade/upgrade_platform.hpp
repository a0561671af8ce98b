#pragma once
#include <memory>

#include "storage/store.hpp"
#include "sync/replicator/replicator.hpp"

namespace ruhu::test {

/// A platform of today that knows tablet 7, joined to it by function calls.
class UpgradePlatform final : public Transport {
 public:
  UpgradePlatform();
  ~UpgradePlatform() override;

  TabletNo tablet() const;
  /// The tablet's identity as this platform would have given it.
  Identity identity_for(Identity old) const;
  /// As if it had taken in the tablet's ops up to there.
  void believe_acknowledged(std::uint64_t counter);
  Result<SyncReport> sync(Store& store, Clock& clock, Random& random);
  Result<std::string> exchange(std::string_view request, std::stop_token stop) override;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ruhu::test
