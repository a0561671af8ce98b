#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "platform/worker/task_runner.hpp"
#include "sync/replicator/replicator.hpp"

namespace ruhu {

/// Something else that goes to the platform once the text is through: parcels of others, photos.
struct Errand {
  std::string_view path;                                        ///< At the platform.
  std::function<Result<std::optional<std::string>>()> prepare;  ///< The next sealed request; nothing: it is done.
  std::function<Status(const std::string& answer)> take_in;     ///< Both on the store's thread.
};
struct ErrandParts {
  std::function<Result<std::vector<Errand>>()> make;                                            ///< Store's thread.
  std::function<std::unique_ptr<Transport>(const Identity&, std::string_view path)> transport;  ///< Net's thread.
};

/// One sync from the tap to its end: each trip is prepared and taken in on the store's thread and carried on the net's.
/// Keeps itself alive while a task of it waits.
class SyncRun : public std::enable_shared_from_this<SyncRun> {
 public:
  struct Parts {
    std::shared_ptr<Store> store;
    TaskRunner& store_runner;
    TaskRunner& net_runner;
    std::function<Result<std::unique_ptr<Replicator>>()> make_replicator;       ///< Called on the store's thread.
    std::function<std::unique_ptr<Transport>(const Identity&)> make_transport;  ///< Called on the net's thread.
    std::shared_ptr<const std::atomic<bool>> cut;                               ///< True: as if there were no network.
    std::function<void(const SyncReport&)> on_trip;         ///< After each trip, on the store's thread.
    std::function<void(const Result<SyncReport>&)> on_end;  ///< Once, on either thread.
    ErrandParts errands = {};                               ///< Without `make` there are none.
  };
  explicit SyncRun(Parts parts) : parts_(std::move(parts)) {}

  void start();
  /// The trip that is under way is given up; what the platform acknowledged before stays.
  void stop() { stop_.request_stop(); }

 private:
  void make_search_keys(const std::function<void()>& then);
  void prepare();
  void carry(const std::shared_ptr<Replicator::Trip>& trip);
  void take_in(const Replicator::Trip& trip, const std::string& answer);
  void text_is_through();
  void run_errands();
  void carry_errand(const Identity& identity, std::string_view path, const std::string& sealed);
  void take_in_errand(const std::string& answer);
  void end(const Result<SyncReport>& result);

  Parts parts_;
  std::stop_source stop_;
  std::unique_ptr<Replicator> replicator_;       ///< Store's thread.
  std::unique_ptr<Transport> transport_;         ///< Net's thread.
  std::unique_ptr<Transport> errand_transport_;  ///< Net's thread …
  std::string_view errand_path_;                 ///< … to there.
  std::vector<Errand> errands_;                  ///< Store's thread; the first is under way.
  SyncReport report_;
};

}  // namespace ruhu
