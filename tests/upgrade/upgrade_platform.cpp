#include "tests/upgrade/upgrade_platform.hpp"

#include "platform/keys/crypto.hpp"
#include "server/ingest/sync_service.hpp"
#include "tests/server/platform_world.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::test {

struct UpgradePlatform::Parts {
  SigningKey tablet_key = SigningKey::from_seed(std::string(32, 't'));
  SigningKey server_key = SigningKey::from_seed(std::string(32, 's'));
  PlatformWorld world;
  server::Tablet row;
  std::unique_ptr<server::SyncService> service;
};

UpgradePlatform::UpgradePlatform() : parts_(std::make_unique<Parts>()) {
  Parts& parts = *parts_;
  for (int i = 0; i < 6; ++i) parts.world.add_tablet('x', {kGrid});
  const auto tx = parts.world.store().begin().value();
  parts.row.public_key = parts.tablet_key.public_key();
  parts.row.actor = tx->add_account("王网格", "worker").value().no;
  parts.row.role = "worker";
  parts.row.scopes = {kGrid, kCommunity};
  parts.row = tx->add_tablet(parts.row).value();
  REQUIRE(tx->commit().ok());
  parts.service = std::make_unique<server::SyncService>(
      server::SyncService::Parts{parts.world.dictionary,
                                 parts.world.clock,
                                 {&parts.world.store()},
                                 [&parts](std::string_view bytes) { return parts.server_key.sign(bytes); },
                                 verify_signature,
                                 {}});
}

UpgradePlatform::~UpgradePlatform() = default;

TabletNo UpgradePlatform::tablet() const { return parts_->row.no; }

Identity UpgradePlatform::identity_for(Identity old) const {
  old.actor = parts_->row.actor;
  old.epoch = parts_->world.store().epoch();
  old.server_key = parts_->server_key.public_key();
  return old;
}

void UpgradePlatform::believe_acknowledged(std::uint64_t counter) {
  const auto tx = parts_->world.store().begin().value();
  server::Tablet row = tx->find_tablet(tablet()).value().value();
  row.last_counter = counter;
  REQUIRE(tx->update_tablet(row).ok());
  REQUIRE(tx->commit().ok());
}

Result<SyncReport> UpgradePlatform::sync(Store& store, Clock& clock, Random& random) {
  Parts& parts = *parts_;
  Replicator replicator(
      store, clock, random, [&parts](std::string_view bytes) { return parts.tablet_key.sign(bytes); },
      [&parts](TabletNo, std::string_view bytes, std::string_view signature) {
        return verify_signature(parts.server_key.public_key(), bytes, signature);
      });
  return sync_to_end(replicator, *this);
}

Result<std::string> UpgradePlatform::exchange(std::string_view request, std::stop_token) {
  return parts_->service->handle(request);
}

}  // namespace ruhu::test
