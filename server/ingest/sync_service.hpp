#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "server/auth/caller.hpp"
#include "server/feed/snapshots.hpp"
#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "sync/protocol/envelope.hpp"
#include "sync/protocol/messages.hpp"

namespace ruhu::server {

/// Ways in which tests break the service on purpose, to see that their checkers notice. Never set by a program.
struct PlantedFaults {
  bool forget_op_ids = false;  ///< Takes a repeated op for a new one.
};

/// POST /v1/sync without the HTTP around it: a sealed request in, a sealed answer out. From any thread.
class SyncService {
 public:
  struct Parts {
    const Dictionary& dictionary;
    Clock& clock;
    std::vector<PlatformStore*> stores;  ///< One for each realm that is served.
    SignBytes sign;                      ///< With the server's key.
    VerifySignature verify;
    PlantedFaults faults = {};
    SnapshotPolicy snapshots = {};
  };
  explicit SyncService(Parts parts) : parts_(std::move(parts)) {}

  /// Errors only for what is not a request of a tablet of ours: not_our_server (no envelope), not_authorised.
  /// Everything else is a sealed answer that names its error.
  Result<std::string> handle(std::string_view sealed_request);

  /// A request that another tablet has brought. The same errors, and wrong_realm: it is of the other one.
  struct Handled {
    std::string sealed;     ///< The answer.
    Tablet tablet;          ///< Whose request it was.
    bool may_pass = false;  ///< It says that the server had trouble which may pass: the same request may fare better.
  };
  Result<Handled> handle_carried(std::string_view sealed_request, Realm realm);

 private:
  Result<Handled> serve(std::string_view sealed_request, std::optional<Realm> brought_in);
  SyncResponse answer(const Caller& caller, std::string_view message);
  /// Notes which of the tablet's ops name versions of other epochs than the present one.
  Status check_epoch(const Caller& caller, const SyncRequest& request);
  Status take_batches(const Caller& caller, const SyncRequest& request, SyncResponse& response);
  struct Stop {
    std::uint64_t upto = 0;  ///< Counter of the last op that is the same here and there.
    bool is_copy = false;    ///< The next one is not.
  };
  Result<Stop> take_one(const Caller& caller, const std::string& batch, ServerNews& news);
  Result<std::uint64_t> last_counter_of(const Caller& caller);
  /// Always op_id_reused: two tablets go by one number, and this one has no claim to it after `upto`.
  Status refuse_copy(const Caller& caller, const SyncRequest& request, std::uint64_t upto, SyncResponse& response);
  Status try_again(const Caller& caller);
  Status add_late_results(PlatformTx& tx, const Caller& caller, const SyncRequest& request, ServerNews& news);
  Status add_news(const Caller& caller, const SyncRequest& request, SyncResponse& response);
  /// A tablet that comes without a scope that was taken from it has erased it.
  Status note_erased(const Caller& caller, const SyncRequest& request);

  Parts parts_;
};

}  // namespace ruhu::server
