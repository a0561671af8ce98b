#include <algorithm>

#include "app/screens/worker/screens.hpp"
#include "app/widgets/choice.hpp"
#include "app/widgets/icons.hpp"

namespace ruhu {
namespace {

FieldLook look_of(const VisitState& state, const std::string& field, const std::string& label) {
  FieldLook look;
  look.label = label;
  look.enabled = !state.saving;
  for (const Finding& finding : state.findings)
    if (finding.field == field) look.findings.push_back(finding);
  return look;
}

std::vector<Choice> codes(const Ui& ui, const char* list_name) {
  const CodeList* list = ui.dictionary.find_list(list_name);
  return list != nullptr ? choices_of(ui, *list) : std::vector<Choice>{};
}

void draw_warnings(Ui& ui, const VisitState& state) {
  const auto warn = [&](const char* id, const std::string& text, Tone tone, const char* icon) {
    if (text.empty()) return;
    notice(ui, {.id = id, .tone = tone, .icon = icon, .title = text, .lines = {}});
    gap(ui, 10);
  };
  if (state.draft_restored) warn("visit.draft_restored", ui.tr("visit.draft_restored"), Tone::info, icon::kHistory);
  warn("visit.quiet_hours", state.quiet_hours, Tone::caution, icon::kClock);
  warn("visit.recent_visit", state.recent_visit, Tone::caution, icon::kAlert);
}

void draw_outcome(Ui& ui, const VisitState& state, VisitInput& input) {
  section_heading(ui, ui.tr("visit.outcome"), icon::kHome);
  chips_single(ui, "visit.outcome", codes(ui, "visit_outcome"), input.outcome);
  field_messages(ui, look_of(state, "outcome", ui.tr("visit.outcome")));
  gap(ui, 14);
  FieldLook look = look_of(state, "purpose", ui.tr("visit.purpose"));
  look.required = true;
  code_field(ui, "visit.purpose", look, codes(ui, "visit_purpose"), input.purpose);
}

void draw_notice_section(Ui& ui, const VisitState& state, VisitInput& input) {
  divider(ui);
  section_heading(ui, ui.tr("visit.notice"), icon::kCampaign);
  notice(ui, {.id = "visit.notice_text",
              .tone = Tone::neutral,
              .icon = icon::kDocument,
              .title = ui.tr("visit.notice_read"),
              .lines = {state.notice}});
  gap(ui, 6);
  switch_row(ui, "visit.notice_given", ui.tr("visit.notice_given"), ui.tr("visit.notice_given.text"),
             input.notice_given);
}

RosterInput& answer_of(VisitInput& input, const RecordId& person) {
  const auto at = std::find_if(input.roster.begin(), input.roster.end(),
                               [&](const RosterInput& row) { return row.person == person; });
  return at != input.roster.end() ? *at : input.roster.emplace_back(RosterInput{person, RosterAnswer::unasked});
}

constexpr const char* kAnswers[] = {"", "unchanged", "changed", "left"};

void draw_roster_row(PageContext& page, const RosterRow& row, VisitInput& input) {
  Ui& ui = page.ui;
  const float width = available_width(ui);
  const float name = text_width(ui, row.name, style::kStrong);
  const Rect head = take(ui, wrapped_height(ui, row.name, style::kStrong, width));
  draw_wrapped(ui, head.min, width, row.name, style::kStrong);
  const float rest = width - name - ui.px(12);
  const bool beside = text_width(ui, row.about, style::kSmall) <= rest;
  if (beside)
    draw_line(ui, {{head.min.x + name + ui.px(12), head.min.y}, head.max}, row.about, style::kSmall);
  else
    paragraph(ui, row.about);
  ui.add({.id = "roster." + to_string(row.person) + ".name", .role = Role::text, .label = row.name, .rect = head});
  if (!row.confirmed.empty()) {
    const ImU32 colour = row.recent ? theme::tone(Tone::good).text : theme::kTextSoft;
    paragraph(ui, row.confirmed, in_colour(style::kCaption, colour));
  }
  gap(ui, 6);
  RosterInput& answer = answer_of(input, row.person);
  std::string chosen = kAnswers[static_cast<int>(answer.answer)];
  if (segmented(ui, "roster." + to_string(row.person),
                {{"unchanged", ui.tr("roster.unchanged"), nullptr},
                 {"changed", ui.tr("roster.changed"), nullptr},
                 {"left", ui.tr("roster.left"), nullptr}},
                chosen)) {
    answer.answer = chosen == "unchanged" ? RosterAnswer::unchanged
                    : chosen == "changed" ? RosterAnswer::changed
                                          : RosterAnswer::left;
    if (answer.answer == RosterAnswer::changed) page.out.push(EditPerson{row.person, input.household});
  }
  if (answer.answer == RosterAnswer::changed) {
    gap(ui, 4);
    const std::string label = ui.tr(row.edited ? "roster.edit_again" : "roster.edit");
    if (button(ui, "roster." + to_string(row.person) + ".edit", label,
               {.kind = ButtonKind::plain, .icon = row.edited ? icon::kCheck : icon::kEdit}))
      page.out.push(EditPerson{row.person, input.household});
  }
  gap(ui, 14);
}

void draw_roster(PageContext& page, const VisitState& state, VisitInput& input) {
  Ui& ui = page.ui;
  divider(ui);
  section_heading(ui, ui.tr("visit.roster"), icon::kPeople);
  for (const RosterRow& row : state.roster) draw_roster_row(page, row, input);
  const int tapped = button_row(
      ui,
      {{"visit.add_person", ui.tr("household.add_person"), {.kind = ButtonKind::outlined, .icon = icon::kPersonAdd}},
       {"visit.add_newborn", ui.tr("household.add_newborn"), {.kind = ButtonKind::outlined, .icon = icon::kBaby}}});
  if (tapped == 0) page.out.push(AddPerson{input.household});
  if (tapped == 1) page.out.push(AddNewborn{input.household});
}

void draw_respondent(Ui& ui, const VisitState& state, VisitInput& input) {
  divider(ui);
  section_heading(ui, ui.tr("visit.respondent"), icon::kPerson);
  std::vector<Choice> choices;
  for (const RosterRow& row : state.roster) choices.push_back({to_string(row.person), row.name, nullptr});
  choices.push_back({"other", ui.tr("visit.respondent_other"), nullptr});
  std::string chosen = input.respondent_other ? "other" : input.respondent.is_nil() ? "" : to_string(input.respondent);
  if (chips_single(ui, "visit.respondent", choices, chosen)) {
    input.respondent = parse_uuid(chosen).value_or(Uuid{});
    input.respondent_other = chosen == "other";
  }
  if (input.respondent_other) {
    gap(ui, 10);
    text_field(ui, "visit.respondent_name", look_of(state, "respondent_name", ui.tr("visit.respondent_name")),
               input.respondent_name);
  }
  field_messages(ui, look_of(state, "respondent_id", ui.tr("visit.respondent")));
}

void draw_needs(Ui& ui, VisitInput& input) {
  divider(ui);
  section_heading(ui, ui.tr("visit.needs"), icon::kNeed);
  std::vector<std::string> picked;
  for (const NeedInput& need : input.needs) picked.push_back(need.category);
  const std::vector<Choice> choices = codes(ui, "need_category");
  if (chips_multi(ui, "visit.needs", choices, picked)) {
    std::vector<NeedInput> needs;
    for (const std::string& code : picked) {
      const auto kept = std::find_if(input.needs.begin(), input.needs.end(),
                                     [&](const NeedInput& need) { return need.category == code; });
      needs.push_back(kept != input.needs.end() ? *kept : NeedInput{code, {}});
    }
    input.needs = std::move(needs);
  }
  for (NeedInput& need : input.needs) {
    gap(ui, 10);
    FieldLook look;
    look.label = ui.dictionary.code_label("need_category", need.category, ui.tr.lang());
    text_field(ui, "visit.need." + need.category, look, need.text, {.placeholder = ui.tr("visit.need_text")});
  }
}

void draw_result(Ui& ui, const VisitState& state, VisitInput& input) {
  divider(ui);
  section_heading(ui, ui.tr("visit.record"), icon::kNote);
  FieldLook note = look_of(state, "note", ui.tr("visit.note"));
  note.hint = ui.tr("visit.note.hint");
  text_field(ui, "visit.note", note, input.note, {.kind = TextKind::note, .placeholder = ui.tr("visit.note.text")});
  gap(ui, 14);
  FieldLook next = look_of(state, "next_action", ui.tr("visit.next_action"));
  next.required = true;
  if (code_field(ui, "visit.next_action", next, codes(ui, "next_action"), input.next_action) &&
      input.next_action == "none")
    input.next_on.clear();
  if (input.next_action.empty() || input.next_action == "none") return;
  gap(ui, 14);
  const FieldLook date = look_of(state, "next_on", ui.tr("visit.next_on"));
  text_field(ui, "visit.next_on", date, input.next_on,
             {.kind = TextKind::date, .placeholder = ui.tr("field.date"), .icon = icon::kCalendar});
  std::vector<Choice> choices;
  for (const DateChoice& choice : state.next_dates)
    choices.push_back({choice.iso, choice.label, nullptr, "visit.next_on." + std::to_string(choices.size() + 1)});
  if (choices.empty()) return;
  gap(ui, 8);
  chips_single(ui, "visit.next_on.quick", choices, input.next_on, true);
}

void answer_no_change(VisitInput& input, const VisitState& state) {
  if (!is_contact(input.outcome)) input.outcome = "01";
  for (const RosterRow& row : state.roster) {
    RosterInput& answer = answer_of(input, row.person);
    if (answer.answer == RosterAnswer::unasked) answer.answer = RosterAnswer::unchanged;
  }
}

void draw_body(PageContext& page, const VisitState& state, VisitInput& input) {
  Ui& ui = page.ui;
  draw_warnings(ui, state);
  draw_outcome(ui, state, input);
  const bool contact = is_contact(input.outcome);
  if (contact) {
    draw_notice_section(ui, state, input);
    if (!input.notice_given) {
      gap(ui, 8);
      paragraph(ui, ui.tr("visit.notice_first"), style::kSoft);
      return;
    }
    draw_roster(page, state, input);
    draw_respondent(ui, state, input);
    draw_needs(ui, input);
  }
  if (!input.outcome.empty()) draw_result(ui, state, input);
}

}  // namespace

void draw_visit_page(PageContext& page, const VisitState& state, VisitInput& input) {
  Ui& ui = page.ui;
  const bool ready = state.load.phase == Load::Phase::ready;
  if (ready && input.revision != state.revision) {
    input = state.initial;
    input.household = state.household;
    input.revision = state.revision;
  }
  const std::string subtitle = state.started.empty() ? state.address : state.address + " · " + state.started;
  const Rect body = page_head(page, {.id = "visit",
                                     .title = ready ? state.title : ui.tr("visit.page"),
                                     .subtitle = ready ? subtitle : "",
                                     .tags = {}});
  Rect bar;
  const Rect scroll = page_foot(page, body, bar);
  {
    const ScrollArea area(ui, "visit.page", scroll, page_scroll());
    if (ready)
      draw_body(page, state, input);
    else if (load_state(ui, "visit", state.load))
      page.out.push(Reload{});
  }
  const bool may_save =
      ready && !state.saving && !input.outcome.empty() && (!is_contact(input.outcome) || input.notice_given);
  FootButtons foot;
  foot.side = {"visit.no_change",
               ui.tr("visit.no_change"),
               {.icon = icon::kDoneAll, .enabled = ready && !state.saving && !state.roster.empty()}};
  foot.main = {"visit.save",
               ui.tr(state.saving ? "action.saving" : "visit.save"),
               {.kind = ButtonKind::primary, .icon = icon::kCheckCircle, .enabled = may_save}};
  const FootTap tap = foot_buttons(ui, bar, foot);
  if (tap == FootTap::side) answer_no_change(input, state);
  if (tap == FootTap::main) page.out.push(SaveVisit{input});
}

}  // namespace ruhu
