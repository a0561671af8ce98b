#include "sync/replicator/replicator.hpp"

#include <algorithm>

#include "sync/protocol/server_error.hpp"
#include "sync/protocol/snapshot_rows.hpp"
#include "sync/replicator/batches.hpp"

namespace ruhu {
namespace {

constexpr std::int64_t kTripsMax = 10'000;

constexpr int kHealsInARow = 4;

}  // namespace

Result<SyncRequest> begin_request(Store& store, const Identity& identity, Random& random) {
  SyncRequest request;
  request.tablet = identity.tablet;
  request.incarnation = identity.incarnation;
  request.realm = identity.realm;
  request.dictionary_version = store.dictionary().version();
  request.epoch = identity.epoch;
  request.nonce = random.next();
  RUHU_TRY(const SyncMarks marks, store.marks());
  request.late_seen = marks.late_seen;
  request.newest = marks.newest;
  request.epoch_from = marks.epoch_from;
  request.own_too = marks.own_too;
  return request;
}

Result<Replicator::Trip> Replicator::prepare() {
  RUHU_TRY(const auto identity, store_.identity());
  if (!identity) return make_error(Errc::not_enrolled);
  RUHU_TRY(const auto kept, store_.trip_batches());
  const auto most = static_cast<std::size_t>(TripPace(kept).batches());
  RUHU_TRY(const auto changes, store_.changes().queued(most * kBatchBytes));
  RUHU_TRY(SyncRequest request, begin_request(store_, *identity, random_));
  request.is_copy = is_copy_;
  RUHU_TRY(request.cursors, store_.cursors());
  RUHU_TRY(request.snapshots, store_.snapshots());
  request.batches = to_batches(changes);
  if (request.batches.size() > most) request.batches.resize(most);  // the others come with the next trip
  Trip trip;
  trip.identity = *identity;
  trip.nonce = request.nonce;
  trip.batches = request.batches.size();
  trip.began = clock_.ticks();
  trip.sealed = seal(identity->tablet, encode_request(request), sign_);
  return trip;
}

Status Replicator::keep_pace(const TripPace& pace, std::int64_t kept) {
  return pace.batches() == TripPace(kept).batches() ? Status{} : store_.set_trip_batches(pace.batches());
}

Status Replicator::trip_was_cut(const Trip& trip) {
  RUHU_TRY(const auto kept, store_.trip_batches());
  TripPace pace(kept);
  pace.was_cut(static_cast<std::int64_t>(trip.batches));
  return keep_pace(pace, kept);
}

Status Replicator::trip_came_back(const Trip& trip) {
  RUHU_TRY(const auto kept, store_.trip_batches());
  TripPace pace(kept);
  pace.came_back(static_cast<std::int64_t>(trip.batches), clock_.ticks() - trip.began);
  return keep_pace(pace, kept);
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
  if ((!restored && !copied) || healed_ == kHealsInARow) return make_error(code, "server");
  if (restored) RUHU_TRY_DONE(store_.begin_epoch(response.epoch));
  const bool has_number = response.successor.value != 0;
  if (copied && has_number) RUHU_TRY_DONE(store_.become(response.successor));
  is_copy_ = copied && !has_number;
  ++healed_;  // only what worked: a full disk is no reason to give up for good
  return {};
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
  RUHU_TRY_DONE(trip_came_back(trip));
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

namespace {

Status make_search_keys(Replicator& replicator, const std::stop_token& stop) {
  for (;;) {
    if (stop.stop_requested()) return make_error(Errc::cancelled);
    RUHU_TRY(const bool more, replicator.make_more_search_keys());
    if (!more) return {};
  }
}

}  // namespace

Result<SyncReport> sync_to_end(Replicator& replicator, Transport& transport, std::stop_token stop,
                               const std::function<void(const SyncReport&)>& on_trip) {
  SyncReport report;
  while (report.trips < kTripsMax) {
    if (stop.stop_requested()) return make_error(Errc::cancelled);
    RUHU_TRY(const auto trip, replicator.prepare());
    const auto answer = transport.exchange(trip.sealed, stop);
    if (!answer.ok() && is_cut(answer.error().code)) RUHU_TRY_DONE(replicator.trip_was_cut(trip));
    if (!answer.ok()) return answer.error();
    RUHU_TRY(const auto outcome, replicator.take_in(trip, *answer));
    ++report.trips;
    report.sent += outcome.acknowledged;
    report.received += outcome.received;
    report.conflicts += outcome.conflicts;
    report.bytes_up += static_cast<std::int64_t>(trip.sealed.size());
    report.bytes_down += static_cast<std::int64_t>(answer->size());
    report.complete = !outcome.more;
    if (on_trip) on_trip(report);
    if (!report.complete) continue;
    RUHU_TRY_DONE(make_search_keys(replicator, stop));
    return report;
  }
  return make_error(Errc::server_failed, "too many trips");
}

}  // namespace ruhu
