#include "sync/replicator/replicator.hpp"

#include <algorithm>

#include "sync/protocol/server_error.hpp"
#include "sync/protocol/snapshot_rows.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kBytesPerTrip = std::size_t{1} << 20U;
constexpr std::int64_t kTripsMax = 10'000;

constexpr int kHealsInARow = 4;

/// Whole groups together, about 2,000 ops a batch, of one tablet number each.
std::vector<std::string> to_batches(const std::vector<Change>& changes) {
  constexpr std::size_t kOpsPerBatch = 2'000;
  std::vector<std::string> batches;
  std::vector<Change> batch;
  for (const Change& change : changes) {
    const bool starts_group = change.group_first == change.id.counter;
    const bool other_number = !batch.empty() && batch.back().id.tablet != change.id.tablet;
    if ((starts_group && batch.size() >= kOpsPerBatch) || other_number) {
      batches.push_back(encode_changes(batch));
      batch.clear();
    }
    batch.push_back(change);
  }
  if (!batch.empty()) batches.push_back(encode_changes(batch));
  return batches;
}

}  // namespace

Result<Replicator::Trip> Replicator::prepare() {
  RUHU_TRY(const auto identity, store_.identity());
  if (!identity) return make_error(Errc::not_enrolled);
  Trip trip;
  trip.identity = *identity;
  trip.nonce = random_.next();
  RUHU_TRY(const auto changes, store_.changes().queued(kBytesPerTrip));
  trip.ops = changes.size();
  SyncRequest request;
  request.tablet = identity->tablet;
  request.incarnation = identity->incarnation;
  request.realm = identity->realm;
  request.dictionary_version = store_.dictionary().version();
  request.epoch = identity->epoch;
  request.nonce = trip.nonce;
  RUHU_TRY(const SyncMarks marks, store_.marks());
  request.late_seen = marks.late_seen;
  request.newest = marks.newest;
  request.epoch_from = marks.epoch_from;
  request.own_too = marks.own_too;
  request.is_copy = is_copy_;
  RUHU_TRY(request.cursors, store_.cursors());
  RUHU_TRY(request.snapshots, store_.snapshots());
  request.batches = to_batches(changes);
  trip.batches = request.batches.size();
  trip.sealed = seal(identity->tablet, encode_request(request), sign_);
  return trip;
}

Status Replicator::check_response(const Trip& trip, const SyncResponse& response) const {
  // A request that the server could not read has no nonce to repeat; its refusal is signed all the same.
  if (response.nonce == 0 && !response.error.empty()) return make_error(server_error(response.error), "request unread");
  if (response.nonce != trip.nonce) return make_error(Errc::not_our_server, "answer to another request");
  if (response.realm != trip.identity.realm) return make_error(Errc::wrong_realm, "answer of the other realm");
  if (response.error.empty() && response.epoch != trip.identity.epoch)
    return make_error(Errc::wrong_epoch, "server data were restored");
  return {};
}

Status Replicator::heal(const Trip& trip, const SyncResponse& response) {
  const Errc code = server_error(response.error);
  const bool restored = code == Errc::wrong_epoch && response.epoch != trip.identity.epoch;
  const bool copied = code == Errc::op_id_reused;
  if ((!restored && !copied) || ++healed_ > kHealsInARow) return make_error(code, "server");
  if (restored) return store_.begin_epoch(response.epoch);
  is_copy_ = response.successor.value == 0;
  return is_copy_ ? Status{} : store_.become(response.successor);
}

/// Each chunk is kept as soon as it is in: a trip that is cut, or a tablet that is switched off, goes on from there.
Result<std::size_t> Replicator::take_chunks(const std::vector<PackedChunk>& chunks) {
  std::size_t rows = 0;
  for (const PackedChunk& packed : chunks) {
    SnapshotChunk chunk{packed.scope, packed.lsn, packed.no, packed.count, {}};
    RUHU_TRY(chunk.rows, decode_snapshot_rows(packed.rows));
    RUHU_TRY_DONE(store_.take_in(chunk));
    rows += chunk.rows.size();
  }
  return rows;
}

Result<Replicator::Outcome> Replicator::take_in(const Trip& trip, std::string_view sealed_response) {
  RUHU_TRY(const Opened opened, open_envelope(sealed_response, check_));
  if (opened.tablet != trip.identity.tablet) return make_error(Errc::not_our_server, "answer to another tablet");
  RUHU_TRY(const SyncResponse response, decode_response(opened.message));
  RUHU_TRY_DONE(check_response(trip, response));
  if (response.error.empty() || !response.news.results.empty()) RUHU_TRY_DONE(store_.take_in(response.news));
  RUHU_TRY_DONE(store_.set_clock_offset(response.server_time - clock_.now()));
  Outcome outcome;
  if (!response.error.empty()) {
    RUHU_TRY_DONE(heal(trip, response));
    outcome.more = true;
    outcome.acknowledged = static_cast<std::int64_t>(response.news.results.size());
    return outcome;
  }
  healed_ = 0;
  RUHU_TRY(const bool reassigned, store_.follow_scopes(response.scopes));
  RUHU_TRY(const std::size_t rows, take_chunks(response.chunks));
  outcome.acknowledged = static_cast<std::int64_t>(response.news.results.size());
  outcome.received = static_cast<std::int64_t>(response.news.entries.size() + rows);
  outcome.conflicts = std::count_if(response.news.results.begin(), response.news.results.end(),
                                    [](const OpResult& r) { return r.outcome == OpOutcome::conflict; });
  RUHU_TRY(const auto left, store_.changes().queued_count());
  outcome.more = response.news.more || left > 0 || reassigned;
  // A server that takes nothing and offers nothing would keep us here for ever.
  const bool moved = outcome.acknowledged > 0 || outcome.received > 0 || !response.news.late.empty() ||
                     !response.chunks.empty() || reassigned;
  if (outcome.more && !moved) return make_error(Errc::server_failed, "no progress");
  return outcome;
}

Result<SyncReport> sync_to_end(Replicator& replicator, Transport& transport, std::stop_token stop,
                               const std::function<void(const SyncReport&)>& on_trip) {
  SyncReport report;
  while (report.trips < kTripsMax) {
    if (stop.stop_requested()) return make_error(Errc::cancelled);
    RUHU_TRY(const auto trip, replicator.prepare());
    RUHU_TRY(const std::string answer, transport.exchange(trip.sealed, stop));
    RUHU_TRY(const auto outcome, replicator.take_in(trip, answer));
    ++report.trips;
    report.sent += outcome.acknowledged;
    report.received += outcome.received;
    report.conflicts += outcome.conflicts;
    report.bytes_up += static_cast<std::int64_t>(trip.sealed.size());
    report.bytes_down += static_cast<std::int64_t>(answer.size());
    report.complete = !outcome.more;
    if (on_trip) on_trip(report);
    if (report.complete) return report;
  }
  return make_error(Errc::server_failed, "too many trips");
}

}  // namespace ruhu
