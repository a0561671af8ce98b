#pragma once
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "app/commands/sync_run.hpp"
#include "platform/base/clock.hpp"
#include "platform/base/random.hpp"
#include "platform/keys/crypto.hpp"
#include "platform/net/http_client.hpp"
#include "storage/store.hpp"
#include "sync/attachments/attachment_mover.hpp"
#include "sync/handover/hand_over.hpp"
#include "sync/handover/parcel_courier.hpp"
#include "sync/replicator/replicator.hpp"

namespace ruhu {

/// One data folder of the app, open: keys (keys/), records (ruhu.db). Belongs to the store thread.
class Tablet {
 public:
  struct World {
    const Dictionary& dictionary;
    Clock& clock;
    Random& random;
  };

  /// Opens an enrolled tablet. not_enrolled: nothing there yet; pin_wrong, key_store_failed, and Store::open's errors.
  static Result<std::unique_ptr<Tablet>> open(const std::filesystem::path& folder, std::string_view pin, World world);

  /// Asks the server for a place with a one-time code and makes the folder. already_enrolled, code_invalid,
  /// not_our_server (the answer is not a Ruhu server's), offline … An attempt that failed can be repeated; when only
  /// the answer was lost, the code is spent and another is needed.
  struct EnrolRequest {
    std::string server_url;
    std::string code;
    std::string pin;
  };
  static Result<std::unique_ptr<Tablet>> enrol(const std::filesystem::path& folder, const EnrolRequest& request,
                                               HttpClient& client, World world);

  /// Where the records lie, and the key to them: for backups and for looking at a database that does not open.
  /// not_enrolled, pin_wrong, key_store_failed.
  static Result<DatabaseOptions> database_of(const std::filesystem::path& folder, std::string_view pin);

  Store& store() { return *store_; }
  std::shared_ptr<Store> shared_store() { return store_; }
  const World& world() const { return world_; }
  /// A replicator that signs as this tablet and believes only its server.
  Result<std::unique_ptr<Replicator>> replicator();
  Result<std::unique_ptr<AttachmentMover>> attachment_mover(AttachmentMover::Originals originals);
  Result<std::unique_ptr<ParcelCourier>> parcel_courier();
  /// What goes to the platform after the text, in this order: parcels that are carried for others, photos.
  Result<std::vector<Errand>> errands(AttachmentMover::Originals originals);
  Result<std::unique_ptr<HandOver>> hand_over();

 private:
  Tablet(World world, SigningKey key, std::shared_ptr<Store> store)
      : world_(world), key_(std::move(key)), store_(std::move(store)) {}
  static Result<std::unique_ptr<Tablet>> open_with(const std::filesystem::path& folder, std::string_view pin,
                                                   World world, bool create);
  SignBytes sign_as_tablet() const;
  static CheckSignature check_as_server_of(const Identity& identity);

  World world_;
  SigningKey key_;
  std::shared_ptr<Store> store_;
};

}  // namespace ruhu
