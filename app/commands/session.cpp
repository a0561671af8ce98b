#include "app/commands/session.hpp"

#include <algorithm>

#include "app/queries/kept_texts.hpp"
#include "app/queries/settings.hpp"
#include "platform/base/log.hpp"

namespace ruhu {
namespace {

/// Drafts first: what is typed is kept before anything takes its page away.
bool keeps_draft(const Command& command) {
  return std::holds_alternative<KeepVisitDraft>(command) || std::holds_alternative<KeepFormDraft>(command);
}

}  // namespace

Session::Session(Parts parts)
    : parts_(std::move(parts)),
      wiring_(new Wiring{parts_.dictionary, parts_.clock, parts_.random, parts_.store, Inbox(parts_.wake), {}}),
      cut_(std::make_shared<std::atomic<bool>>(false)),
      schedule_(parts_.clock.ticks(), static_cast<std::uint64_t>(parts_.clock.ticks().count())) {
  state_.settings.lang = parts_.lang;
  state_.settings.version = parts_.version;
  state_.today.load.phase = Load::Phase::loading;
}

Session::~Session() {
  if (sync_run_) sync_run_->stop();
}

void Session::start() {
  const auto question = [fallback = parts_.lang](const AtStore& at) -> Result<Settings> {
    QueryContext ctx = at.ctx;
    RUHU_TRY(ctx.lang, stored_language(at.store, fallback));
    return query_settings(at.store, ctx);
  };
  ask<Settings>(question, [](Session& session, const Result<Settings>& settings) {
    if (settings.ok()) {
      const std::string version = session.state_.settings.version;
      session.state_.settings = settings.value();
      session.state_.settings.version = version;
    } else {
      session.show_error(settings.error());
    }
    session.load_today();
    session.load_sync();
    session.load_recent();
  });
  load_place();
  poll();
}

void Session::handle(std::vector<Command> commands) {
  std::stable_partition(commands.begin(), commands.end(), keeps_draft);
  for (const Command& command : commands) std::visit([&](const auto& c) { on(c); }, command);
  if (!commands.empty()) remember_place();
  poll();
}

bool Session::poll() {
  bool changed = sync_if_due();
  for (;;) {
    const auto answers = wiring_->inbox.take();
    if (answers.empty()) return changed;
    for (const auto& answer : answers) answer(*this);
    remember_place();
    changed = true;
  }
}

void Session::show_error(const Error& error) {
  log_error("command", error);
  show_toast(state_, "error", error_text(state_.settings.lang, error.code), Tone::alarm, true);
}

void Session::ask_about(const std::vector<Finding>& warnings, const KindDef& kind, const Command& again) {
  Dialog dialog;
  dialog.key = "confirm_warnings";
  dialog.tone = Tone::caution;
  dialog.title = tr("app.confirm.title");
  for (const Finding& finding : warnings) {
    const FieldDef* field = kind.find(finding.field);
    const std::string label = field == nullptr ? finding.field : field->label.in(state_.settings.lang);
    dialog.lines.push_back(finding_text(state_.settings.lang, finding, label));
  }
  dialog.confirm = tr("app.confirm.save");
  dialog.cancel = tr("app.confirm.cancel");
  state_.dialog = std::move(dialog);
  pending_ = again;
}

}  // namespace ruhu
