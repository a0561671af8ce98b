#pragma once
#include "server/ingest/sync_service.hpp"
#include "sync/protocol/parcel_messages.hpp"

namespace ruhu::server {

/// POST /v1/parcels without the HTTP around it: one tablet brings requests of others. Each is handled as if its tablet
/// had come itself, in the order in which it lies there; its answer goes back closed, so that who carries it reads
/// neither.
class ParcelService {
 public:
  struct Parts {
    SyncService& sync;
    Clock& clock;
    std::vector<PlatformStore*> stores;
    SignBytes sign;
    VerifySignature verify;
    std::function<Result<std::string>(std::string_view box)> open_box;  ///< With the server's key.
    std::function<Result<std::string>(std::string_view public_key, std::string_view bytes)> seal_box;
  };
  explicit ParcelService(Parts parts) : parts_(std::move(parts)) {}

  /// Errors only for what is not a request of a tablet of ours, as SyncService::handle.
  Result<std::string> handle(std::string_view sealed_request);

 private:
  ParcelResponse answer(const Caller& carrier, std::string_view message);
  Status take_all(const Caller& carrier, const ParcelRequest& request, ParcelResponse& response);
  Result<ParcelReply> take(const Caller& carrier, std::string_view box);

  Parts parts_;
};

}  // namespace ruhu::server
