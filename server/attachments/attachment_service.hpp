#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "server/auth/caller.hpp"
#include "sync/protocol/attachment_messages.hpp"
#include "sync/protocol/envelope.hpp"

namespace ruhu::server {

/// What one tablet may begin to bring within a day, in bytes of content.
inline constexpr std::int64_t kBroughtPerDayMax = std::int64_t{4} << 30U;

/// POST /v1/attachments without the HTTP around it: a sealed request in, a sealed answer out. From any thread.
/// A tablet brings what an op of its own has named, or a record of its scopes refers to; it is given what a record of
/// its scopes refers to.
class AttachmentService {
 public:
  struct Parts {
    Clock& clock;
    std::vector<PlatformStore*> stores;
    SignBytes sign;
    VerifySignature verify;
    std::int64_t brought_per_day_max = kBroughtPerDayMax;
  };
  explicit AttachmentService(Parts parts) : parts_(std::move(parts)) {}

  /// Errors only for what is not a request of a tablet of ours, as SyncService::handle.
  Result<std::string> handle(std::string_view sealed_request);

 private:
  AttachmentResponse answer(const Caller& caller, std::string_view message);
  Status serve(const Caller& caller, const AttachmentRequest& request, AttachmentResponse& response);
  /// Whether the tablet may bring it; begins it when it is new.
  Result<AttachmentCustody> take_offer(PlatformTx& tx, const Caller& caller, const AttachmentOffer& offer);
  Result<AttachmentCustody> take_piece(PlatformTx& tx, const Caller& caller, const AttachmentPiece& piece);
  /// Content whose last part has come: checked, and kept or thrown away.
  Status finish(PlatformTx& tx, const AttachmentId& id);
  Status give(PlatformTx& tx, const Caller& caller, const AttachmentRequest& request, AttachmentResponse& response);

  Parts parts_;
};

}  // namespace ruhu::server
