// Sync, settings, toasts and dialogs.
#include <algorithm>
#include <cmath>

#include "app/commands/session.hpp"
#include "app/queries/kept_texts.hpp"
#include "app/queries/settings.hpp"
#include "app/queries/sync.hpp"

namespace ruhu {
namespace {

/// A choice of the worker that outlives the run; a failure is told, the choice holds for now.
auto keep_text(std::string_view name, std::string value) {
  return [name, value = std::move(value)](const AtStore& at) -> Result<bool> {
    RUHU_TRY_DONE(at.store.set_text(name, value));
    return true;
  };
}

}  // namespace

void Session::on(const SyncNow&) { start_sync(SyncBy::worker); }

bool Session::sync_if_due() {
  if (!parts_.syncs_by_itself || state_.sync.phase == SyncPhase::running) return false;
  if (!schedule_.is_due(parts_.clock.ticks())) return false;
  // What is being typed was typed over what stands on screen: no news may come between.
  for (const Page page : state_.pages)
    if (page == Page::visit || page == Page::person || page == Page::record) return false;
  start_sync(SyncBy::itself);
  return true;
}

void Session::start_sync(SyncBy by) {
  SyncState& sync = state_.sync;
  if (sync.phase == SyncPhase::running) return;
  sync.phase = SyncPhase::running;
  sync.done = 0;
  sync.total = sync.queued;
  sync.received = 0;
  const auto wiring = wiring_;
  const auto on_trip = [wiring](const SyncReport& report) {
    wiring->inbox.put(
        [done = static_cast<int>(report.sent), received = static_cast<int>(report.received)](Session& session) {
          session.state_.sync.done = done;
          session.state_.sync.received = received;
          session.state_.sync.total = std::max(session.state_.sync.total, done);
          session.load_sync();
        });
  };
  const auto on_end = [wiring, by](const Result<SyncReport>& result) {
    wiring->inbox.put([result, by](Session& session) { session.sync_ended(result, by); });
  };
  sync_run_ = std::make_shared<SyncRun>(SyncRun::Parts{parts_.store, parts_.store_runner, parts_.net_runner,
                                                       parts_.make_replicator, parts_.make_transport, cut_, on_trip,
                                                       on_end, errand_parts()});
  sync_run_->start();
}

/// Originals stay where the network costs and the worker has not said otherwise.
ErrandParts Session::errand_parts() const {
  if (!parts_.make_errands) return {};
  const auto make = [store = parts_.store, make_errands = parts_.make_errands,
                     metering = parts_.metering]() -> Result<std::vector<Errand>> {
    using Originals = AttachmentMover::Originals;
    RUHU_TRY(const bool any_network, photos_go_anywhere(*store));
    const bool costs = metering && metering() == Metering::metered;
    return make_errands(costs && !any_network ? Originals::leave : Originals::move);
  };
  return {make, parts_.make_errand_transport};
}

void Session::on(const SetPhotoNetwork& command) {
  state_.settings.photos_on_wifi_only = command.wifi_only;
  ask<bool>(keep_text(kept::kPhotoNetwork, command.wifi_only ? std::string() : std::string(kept::kAnyNetwork)),
            [](Session& session, const Result<bool>& kept) {
              if (!kept.ok()) session.show_error(kept.error());
            });
}

void Session::sync_ended(const Result<SyncReport>& result, SyncBy by) {
  SyncState& sync = state_.sync;
  sync_run_.reset();
  const auto failure = result.ok() ? std::nullopt : std::optional(result.error().code);
  schedule_.run_ended(failure, parts_.clock.ticks());
  if (!failure || *failure == Errc::cancelled) {
    sync.phase = SyncPhase::idle;
  } else if (*failure == Errc::offline || *failure == Errc::timed_out) {
    sync.phase = SyncPhase::offline;
  } else {
    sync.phase = SyncPhase::failed;
    sync.error = *failure;
  }
  // Nobody asked: the header says how it stands, and only what a person has to mend is worth a word.
  const bool needs_somebody = failure && !traits_of(*failure).transient;
  if (by == SyncBy::worker || needs_somebody) tell_sync_end(result);
  load_settings();
  refresh();
}

void Session::tell_sync_end(const Result<SyncReport>& result) {
  if (result.ok()) return show_toast(state_, "sync_done", tr("toast.sync_done"));
  switch (result.error().code) {
    case Errc::cancelled: return show_toast(state_, "sync_stopped", tr("toast.sync_stopped"), Tone::info);
    case Errc::offline:
    case Errc::timed_out: return show_toast(state_, "sync_offline", tr("toast.sync_offline"), Tone::info);
    default: return show_error(result.error());
  }
}

void Session::on(const StopSync&) {
  if (sync_run_) sync_run_->stop();
}

void Session::on(const AskHandover&) {
  const auto question = [](const AtStore& at) { return query_handover(at.store, at.ctx); };
  ask<HandoverAnswer>(question, [](Session& session, const Result<HandoverAnswer>& answer) {
    if (answer.ok())
      session.state_.sync.handover = answer.value();
    else
      session.show_error(answer.error());
  });
}

void Session::on(const DismissHandover&) { state_.sync.handover.reset(); }

void Session::on(const SwitchLanguage& command) {
  state_.settings.lang = command.lang;
  ask<bool>(keep_text(kept::kLanguage, command.lang == Lang::zh_cn ? "zh-CN" : "en"),
            [](Session& session, const Result<bool>& kept) {
              if (!kept.ok()) session.show_error(kept.error());
            });
  state_.toasts.clear();
  if (state_.dialog) {
    state_.dialog.reset();
    pending_.reset();
  }
  reload_texts();
}

void Session::on(const SetTextScale& command) {
  state_.settings.text_scale = std::clamp(command.scale, 1.0F, 2.0F);
  const auto percent = std::lround(state_.settings.text_scale * 100);
  ask<bool>(keep_text(kept::kTextScale, std::to_string(percent)), [](Session& session, const Result<bool>& kept) {
    if (!kept.ok()) session.show_error(kept.error());
  });
}

void Session::on(const GoOffline& command) {
  cut_->store(command.offline);
  if (state_.sync.phase == SyncPhase::running) return;
  if (command.offline)
    state_.sync.phase = SyncPhase::offline;
  else if (state_.sync.phase == SyncPhase::offline)
    state_.sync.phase = SyncPhase::idle;
}

void Session::on(const DismissToast& command) {
  std::erase_if(state_.toasts, [&](const Toast& toast) { return toast.serial == command.serial; });
}

void Session::on(const AnswerDialog& command) {
  if (!state_.dialog || state_.dialog->key != command.key) return;
  state_.dialog.reset();
  const auto pending = std::exchange(pending_, std::nullopt);
  if (!pending || !command.confirmed) return;
  if (const auto* visit = std::get_if<SaveVisit>(&*pending)) save_visit(*visit, Asked::yes);
  if (const auto* person = std::get_if<SavePerson>(&*pending)) save_person(*person, Asked::yes);
  if (const auto* record = std::get_if<SaveRecord>(&*pending)) save_record(*record, Asked::yes);
}

}  // namespace ruhu
