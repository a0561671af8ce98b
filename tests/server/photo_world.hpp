#pragma once
#include <memory>
#include <string>
#include <vector>

#include "dictionary_constants.hpp"
#include "platform/base/random.hpp"
#include "platform/keys/crypto.hpp"
#include "server/attachments/attachment_service.hpp"
#include "server/ingest/sync_service.hpp"
#include "storage/store.hpp"
#include "sync/attachments/attachment_mover.hpp"
#include "sync/replicator/replicator.hpp"
#include "tests/server/platform_world.hpp"

namespace ruhu::test {

/// A tablet with records of its own and real keys.
struct PhotoTablet {
  std::unique_ptr<Store> store;
  SigningKey key;
  TabletNo no;
};

/// A request on its way; `reply`: it arrives and the answer gets lost, `request`: it never arrives.
enum class Cut : unsigned char { nothing, request, reply };

/// A platform in a file, tablets in memory, messages passed by hand: every one is counted and can be cut.
class PhotoWorld : public PlatformWorld {
 public:
  PhotoWorld();

  PhotoTablet& enrol(char letter, std::vector<ScopeCode> scopes = {kGrid, kCommunity});
  /// A case of the tablet's grid with these photos, saved.
  RecordRef save_case(PhotoTablet& tablet, const std::vector<NewAttachment>& photos, ScopeCode grid = kGrid);

  Status sync(PhotoTablet& tablet);
  /// Moves photos until nothing is left or the cut, which hits the trip of that number (from 0).
  Result<AttachmentReport> move(PhotoTablet& tablet,
                                AttachmentMover::Originals originals = AttachmentMover::Originals::move,
                                Cut cut = Cut::nothing, int at_trip = 0);
  /// Text and photos, without cuts.
  AttachmentReport sync_all(PhotoTablet& tablet);
  AttachmentMover mover(PhotoTablet& tablet, AttachmentMover::Originals originals = AttachmentMover::Originals::move);
  Result<std::string> carry(std::string_view sealed);
  std::vector<std::string> audit_of(PhotoTablet& tablet) { return tablet.store->audit().value(); }
  void begin_epoch() { RUHU_ASSERT(store().begin_epoch(random).ok()); }
  void allow_per_day(std::int64_t bytes) { per_day_ = bytes; }

 protected:
  CheckSignature check() const;
  SigningKey server_key_ = SigningKey::from_seed(std::string(SigningKey::kSeedBytes, 's'));

 private:
  server::AttachmentService service();

  std::int64_t per_day_ = server::kBroughtPerDayMax;
  std::vector<std::unique_ptr<PhotoTablet>> tablets_;
};

/// So many bytes, different for each letter, with a thumbnail of 2,000 bytes.
NewAttachment photo(char letter, std::size_t bytes);
AttachmentId id_of(const NewAttachment& photo);

}  // namespace ruhu::test
