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
    self->make_search_keys([self] { self->prepare(); });  // what a run that was cut short has left
  });
}

/// In slices, so that the worker's saves and searches come between.
void SyncRun::make_search_keys(const std::function<void()>& then) {
  const auto more = parts_.store->make_more_search_keys();
  if (!more.ok()) return end(more.error());
  if (!*more) return then();
  parts_.store_runner.post([self = shared_from_this(), then] { self->make_search_keys(then); });
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
  if (!answer.ok() && is_cut(answer.error().code)) {
    parts_.store_runner.post([self = shared_from_this(), trip, error = answer.error()] {
      const Status noted = self->replicator_->trip_was_cut(*trip);
      self->end(noted.ok() ? error : noted.error());
    });
    return;
  }
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
  make_search_keys([self = shared_from_this()] { self->text_is_through(); });
}

void SyncRun::text_is_through() {
  if (const auto kept = parts_.store->set_text(kept::kSyncComplete, "1"); !kept.ok()) return end(kept.error());
  if (!parts_.errands.make) return end(report_);
  auto errands = parts_.errands.make();
  if (!errands.ok()) return end(errands.error());
  errands_ = std::move(*errands);
  run_errands();
}

void SyncRun::run_errands() {
  while (!errands_.empty()) {
    if (stop_.stop_requested()) return end(make_error(Errc::cancelled));
    auto sealed = errands_.front().prepare();
    if (!sealed.ok()) return end(sealed.error());
    const auto identity = parts_.store->identity();
    if (!identity.ok()) return end(identity.error());
    if (*sealed) {
      parts_.net_runner.post([self = shared_from_this(), who = **identity, path = errands_.front().path,
                              bytes = std::move(**sealed)] { self->carry_errand(who, path, bytes); });
      return;
    }
    errands_.erase(errands_.begin());
  }
  end(report_);
}

void SyncRun::carry_errand(const Identity& identity, std::string_view path, const std::string& sealed) {
  if (parts_.cut->load()) return end(make_error(Errc::offline, "cut on purpose"));
  if (!errand_transport_ || errand_path_ != path) errand_transport_ = parts_.errands.transport(identity, path);
  errand_path_ = path;
  auto answer = errand_transport_->exchange(sealed, stop_.get_token());
  if (!answer.ok()) return end(answer.error());
  parts_.store_runner.post([self = shared_from_this(), bytes = std::move(*answer)] { self->take_in_errand(bytes); });
}

void SyncRun::take_in_errand(const std::string& answer) {
  const Status taken = errands_.front().take_in(answer);
  if (!taken.ok()) return end(taken.error());
  parts_.on_trip(report_);  // what is left has changed
  run_errands();
}

void SyncRun::end(const Result<SyncReport>& result) { parts_.on_end(result); }

}  // namespace ruhu
