#pragma once
#include <functional>
#include <stop_token>
#include <string>

#include "platform/base/clock.hpp"
#include "platform/base/random.hpp"
#include "storage/store.hpp"
#include "sync/protocol/envelope.hpp"
#include "sync/protocol/messages.hpp"
#include "sync/replicator/trip_pace.hpp"
#include "sync/transport/transport.hpp"

namespace ruhu {

/// What syncing did. Counters add up over all trips of one run.
struct SyncReport {
  std::int64_t trips = 0;
  std::int64_t sent = 0;       ///< Ops acknowledged.
  std::int64_t received = 0;   ///< Log entries and rows of snapshots taken in.
  std::int64_t conflicts = 0;  ///< Of the ops sent, those with a field that waits for a person.
  std::int64_t bytes_up = 0;
  std::int64_t bytes_down = 0;
  bool complete = false;  ///< Nothing left to send or to fetch.
};

/// Talks with the server: prepares a trip from the store, takes in its answer. Runs where the store runs; only
/// Transport::exchange, between the two, may run elsewhere. Any step can be repeated after any failure: ops are
/// known by their ids, cursors move only with the entries.
class Replicator {
 public:
  Replicator(Store& store, Clock& clock, Random& random, SignBytes sign, CheckSignature check)
      : store_(store), clock_(clock), random_(random), sign_(std::move(sign)), check_(std::move(check)) {}

  struct Trip {
    std::string sealed;
    std::uint64_t nonce = 0;
    std::size_t batches = 0;
    std::chrono::nanoseconds began{};  ///< Clock::ticks.
    Identity identity;
  };
  Result<Trip> prepare();

  struct Outcome {
    bool more = false;  ///< Another trip is needed.
    std::int64_t acknowledged = 0;
    std::int64_t received = 0;
    std::int64_t conflicts = 0;
  };
  /// Takes in the answer to that trip. Errors of the server (wrong_realm, not_authorised …) come back as such; what it
  /// acknowledged beside them is kept. Two of them the tablet can heal, and then more trips are needed: the server was
  /// put back to an earlier state (wrong_epoch), this tablet is a copy (op_id_reused).
  Result<Outcome> take_in(const Trip& trip, std::string_view sealed_response);
  /// No answer came, the network gave way: the next trip is smaller.
  Status trip_was_cut(const Trip& trip);

  /// Makes some more of the search keys of what came with snapshots; false: all are made.
  Result<bool> make_more_search_keys() { return store_.make_more_search_keys(); }

 private:
  Status check_response(const Trip& trip, const SyncResponse& response) const;
  Result<std::size_t> take_chunks(const std::vector<PackedChunk>& chunks);
  Status trip_came_back(const Trip& trip);
  Status keep_pace(const TripPace& pace, std::int64_t kept);
  /// What an answer with an error asks the tablet to do before it tries again; the error itself when nothing helps.
  Status heal(const Trip& trip, const SyncResponse& response);

  Store& store_;
  Clock& clock_;
  Random& random_;
  SignBytes sign_;
  CheckSignature check_;
  bool is_copy_ = false;  ///< The server has said so; the next trip asks for a number.
  int healed_ = 0;        ///< Times in a row, without an answer that was fine.
};

/// A request of the tablet with everything but cursors and batches.
Result<SyncRequest> begin_request(Store& store, const Identity& identity, Random& random);

/// Errors of a transport that say that the network gave way on the road.
inline bool is_cut(Errc code) { return code == Errc::offline || code == Errc::timed_out; }

/// Trips until nothing is left, the server refuses, or `stop` is asked for; then search keys of what came with
/// snapshots. `on_trip` hears of each trip.
Result<SyncReport> sync_to_end(Replicator& replicator, Transport& transport, std::stop_token stop = {},
                               const std::function<void(const SyncReport&)>& on_trip = {});

}  // namespace ruhu
