#include "app/commands/sync_run.hpp"

#include "app/queries/kept_texts.hpp"

namespace ruhu {
namespace {

constexpr std::int64_t kTripsMax = 10'000;

}  // namespace

void SyncRun::start() {
  parts_.store_runner.post([self = shared_from_this()] {
    auto replicator = self->parts_.make_replicator();
    if (!replicator.ok()) return self->end(replicator.error());
    self->replicator_ = std::move(*replicator);
    self->prepare();
  });
}

void SyncRun::prepare() {
  if (stop_.stop_requested()) return end(make_error(Errc::cancelled));
  if (report_.trips >= kTripsMax) return end(make_error(Errc::server_failed, "too many trips"));
  auto trip = replicator_->prepare();
  if (!trip.ok()) return end(trip.error());
  auto shared = std::make_shared<Replicator::Trip>(std::move(*trip));
  parts_.net_runner.post([self = shared_from_this(), shared] { self->carry(shared); });
}

void SyncRun::carry(const std::shared_ptr<Replicator::Trip>& trip) {
  if (parts_.cut->load()) return end(make_error(Errc::offline, "cut on purpose"));
  if (!transport_) transport_ = parts_.make_transport(trip->identity);
  if (!transport_) return end(make_error(Errc::offline, "no transport"));
  auto answer = transport_->exchange(trip->sealed, stop_.get_token());
  if (!answer.ok()) return end(answer.error());
  auto bytes = std::make_shared<std::string>(std::move(*answer));
  parts_.store_runner.post([self = shared_from_this(), trip, bytes] { self->take_in(*trip, *bytes); });
}

void SyncRun::take_in(const Replicator::Trip& trip, const std::string& answer) {
  const auto outcome = replicator_->take_in(trip, answer);
  if (!outcome.ok()) return end(outcome.error());
  ++report_.trips;
  report_.sent += outcome.value().acknowledged;
  report_.received += outcome.value().received;
  report_.conflicts += outcome.value().conflicts;
  report_.bytes_up += static_cast<std::int64_t>(trip.sealed.size());
  report_.bytes_down += static_cast<std::int64_t>(answer.size());
  report_.complete = !outcome.value().more;
  parts_.on_trip(report_);
  if (!report_.complete) return prepare();
  if (const auto kept = parts_.store->set_text(kept::kSyncComplete, "1"); !kept.ok()) return end(kept.error());
  end(report_);
}

void SyncRun::end(const Result<SyncReport>& result) { parts_.on_end(result); }

}  // namespace ruhu
