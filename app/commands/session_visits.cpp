// Visits: opened, kept while being written, saved as one group.
#include <algorithm>

#include "app/commands/save_requests.hpp"
#include "app/commands/session.hpp"
#include "app/queries/kept_texts.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

RecordId door_of(const VisitStart& start) { return start.household.is_nil() ? start.dwelling : start.household; }

/// The draft of that door, unless it has become a visit already (the app was killed between save and clean-up).
Result<std::optional<VisitDraft>> find_draft(const AtStore& at, const RecordId& door) {
  RUHU_TRY(const std::string bytes, at.store.text(kept::visit_draft(door)));
  auto draft = decode_visit_draft(bytes);
  if (!draft) return std::optional<VisitDraft>{};
  RUHU_TRY(const auto saved, at.store.find({kinds::visit::kKind, draft->visit}));
  if (!saved) return draft;
  RUHU_TRY_DONE(kept::keep_draft(at.store, kept::visit_draft(door), ""));
  return std::optional<VisitDraft>{};
}

}  // namespace

void Session::on(const StartVisit& command) {
  const bool shown = state_.household.household == command.household;
  open_visit(command.household, shown ? state_.household.dwelling : RecordId{});
}

void Session::open_visit(const RecordId& household, const RecordId& dwelling, const std::optional<OpenVisit>& resumed) {
  state_.visit = {};
  state_.visit.household = household;
  state_.visit.load.phase = Load::Phase::loading;
  visit_.reset();
  open_page(state_, Page::visit);
  const auto question = [household, dwelling, resumed](const AtStore& at) -> Result<VisitAnswer> {
    VisitAnswer answer;
    RUHU_TRY(const auto draft, find_draft(at, household.is_nil() ? dwelling : household));
    answer.open = {at.new_id(), {household, dwelling, at.ctx.now}};
    const auto before = draft ? std::optional<OpenVisit>{{draft->visit, draft->start}} : resumed;
    if (before) {
      answer.open.visit = before->visit;
      // A draft of an earlier day becomes today's visit: the worker is at the door now.
      const bool todays = local_day(before->start.started_at) == local_day(at.ctx.now);
      if (todays) answer.open.start.started_at = before->start.started_at;
    }
    RUHU_TRY(answer.state, query_visit(at.store, at.ctx, answer.open.start));
    if (draft) {
      answer.state.initial = draft->input;
      answer.state.draft_restored = true;
    }
    return answer;
  };
  ask<VisitAnswer>(question, [ticket = ++visit_ticket_](Session& session, const Result<VisitAnswer>& answer) {
    if (ticket != session.visit_ticket_) return;
    VisitState& visit = session.state_.visit;
    if (!answer.ok()) {
      visit.load = {Load::Phase::failed, answer.error().code};
      return;
    }
    visit = answer.value().state;
    visit.revision = ++session.revisions_;
    visit.initial.revision = visit.revision;
    session.visit_ = answer.value().open;
  });
}

void Session::on(const KeepVisitDraft& command) {
  if (!visit_ || command.draft.household != visit_->start.household || state_.visit.saving) return;
  const VisitDraft draft{visit_->visit, visit_->start, command.draft};
  const auto keep = [draft](const AtStore& at) -> Result<bool> {
    RUHU_TRY_DONE(kept::keep_draft(at.store, kept::visit_draft(door_of(draft.start)), encode_visit_draft(draft)));
    return true;
  };
  ask<bool>(keep, [](Session& session, const Result<bool>& kept) {
    if (!kept.ok()) session.show_error(kept.error());
  });
}

void Session::on(const SaveVisit& command) { save_visit(command, Asked::no); }

std::vector<Finding> Session::check_visit(const VisitInput& input) const {
  namespace f = kinds::visit;
  const KindDef& kind = parts_.dictionary.get_kind(f::kKind);
  const Instant now = parts_.clock.now();
  std::vector<Finding> findings;
  std::vector<Cell> values;
  const auto put = [&](ColumnNo column, Value value) {
    if (text_of(value).empty()) return;
    const FieldDef& field = *kind.find(column);
    value = normalise(field, std::move(value));
    for (Finding& finding : check_value(parts_.dictionary, field, value, now)) findings.push_back(std::move(finding));
    values.push_back({column, std::move(value)});
  };
  put(f::purpose, input.purpose);
  put(f::outcome, input.outcome);
  put(f::note, input.note);
  put(f::next_action, input.next_action);
  put(f::next_on, input.next_on);
  if (input.respondent_other) put(f::respondent_name, input.respondent_name);
  // Half a record can be saved at the door, but a knock without a result is none.
  if (input.outcome.empty()) findings.push_back({Strength::error, "outcome", "check.required"});
  for (Finding& finding : check_record(parts_.dictionary, kind, values, now)) {
    const bool typed_here = finding.field == "purpose" || finding.field == "next_on";
    if (typed_here) findings.push_back(std::move(finding));
  }
  return findings;
}

void Session::save_visit(const SaveVisit& command, Asked asked) {
  if (!visit_ || command.draft.household != visit_->start.household || state_.visit.saving) return;
  state_.visit.findings = check_visit(command.draft);
  if (has_error(state_.visit.findings)) {
    show_toast(state_, "invalid", error_text(state_.settings.lang, Errc::invalid_value), Tone::caution);
    return;
  }
  if (!state_.visit.findings.empty() && asked == Asked::no)
    return ask_about(state_.visit.findings, parts_.dictionary.get_kind(kinds::visit::kKind), command);
  state_.visit.saving = true;
  const VisitDraft draft{visit_->visit, visit_->start, command.draft};
  const auto save = [draft](const AtStore& at) -> Result<std::vector<SavedRecord>> {
    const std::string name = kept::visit_draft(door_of(draft.start));
    RUHU_TRY(const SaveRequest request, visit_request(at, draft));
    auto saved = at.store.save(request);
    if (!saved.ok()) {
      // The input stays on screen, and in the draft should the app be killed now.
      static_cast<void>(kept::keep_draft(at.store, name, encode_visit_draft(draft)));
      return saved;
    }
    static_cast<void>(kept::keep_draft(at.store, name, ""));  // a draft that stays is recognised by its visit
    return saved;
  };
  using Saved = std::vector<SavedRecord>;
  ask<Saved>(save, [ticket = visit_ticket_](Session& session, const Result<Saved>& saved) {
    if (ticket != session.visit_ticket_) return;
    session.state_.visit.saving = false;
    if (!saved.ok()) return session.show_error(saved.error());
    session.visit_.reset();
    std::erase(session.state_.pages, Page::visit);
    show_toast(session.state_, "saved", session.tr("toast.visit_saved"));
    session.refresh();
  });
}

}  // namespace ruhu
