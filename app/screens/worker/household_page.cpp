#include "app/screens/worker/screens.hpp"
#include "app/widgets/icons.hpp"

namespace ruhu {
namespace {

void draw_notices(Ui& ui, const HouseholdState& state) {
  if (!state.conflicts.empty()) {
    notice(ui, {.id = "household.conflict",
                .tone = Tone::alarm,
                .icon = icon::kConflict,
                .title = ui.tr("household.conflict"),
                .lines = state.conflicts});
    gap(ui, 10);
  }
  if (!state.doubts.empty()) {
    notice(ui, {.id = "household.doubts",
                .tone = Tone::caution,
                .icon = icon::kAlert,
                .title = ui.tr("household.doubts"),
                .lines = state.doubts});
    gap(ui, 10);
  }
  if (!state.access_note.empty()) {
    notice(ui, {.id = "household.access_note",
                .tone = Tone::info,
                .icon = icon::kCampaign,
                .title = ui.tr("household.access_note"),
                .lines = {state.access_note}});
    gap(ui, 10);
  }
  if (!state.due.empty()) {
    notice(ui, {.id = "household.due", .tone = state.due_tone, .title = state.due, .lines = {}});
    gap(ui, 10);
  }
}

void draw_last_verified(Ui& ui, const ProvenanceLine& line) {
  if (line.text.empty()) return;
  const float width = available_width(ui);
  const Rect rect = take(ui, provenance_height(ui, width, line));
  draw_provenance(ui, rect.min, width, line);
  ui.add({.id = "household.provenance", .role = Role::text, .label = line.text, .rect = rect});
}

void draw_members(PageContext& page, const HouseholdState& state) {
  Ui& ui = page.ui;
  const std::string count = std::to_string(state.members.size());
  section_heading(ui, ui.tr("household.members", {{"n", count}}), icon::kPeople);
  for (std::size_t i = 0; i < state.members.size(); ++i) {
    const MemberRow& member = state.members[i];
    LinkRow row{.id = "member." + to_string(member.person),
                .alias = "member." + std::to_string(i + 1),
                .icon = icon::kPerson,
                .tone = Tone::neutral,
                .title = member.name,
                .text = {},
                .tags = member.tags,
                .sync = member.sync};
    row.text = member.relation + (member.about.empty() ? "" : " · " + member.about);
    if (link_row(ui, row)) page.out.push(EditPerson{member.person, state.household});
    gap(ui, 8);
  }
  if (state.members.empty()) paragraph(ui, ui.tr("household.no_members"), style::kSoft);
  gap(ui, 4);
  const int tapped = button_row(
      ui,
      {{"household.add_person",
        ui.tr("household.add_person"),
        {.kind = ButtonKind::outlined, .icon = icon::kPersonAdd}},
       {"household.add_newborn", ui.tr("household.add_newborn"), {.kind = ButtonKind::outlined, .icon = icon::kBaby}}});
  if (tapped == 0) page.out.push(AddPerson{state.household});
  if (tapped == 1) page.out.push(AddNewborn{state.household});
}

struct FactBlock {
  const char* id;
  const char* title;
  const char* icon;
  const std::vector<Fact>& facts;
  RecordRef record;
};
void draw_facts(PageContext& page, const FactBlock& section) {
  Ui& ui = page.ui;
  divider(ui);
  const ButtonSpec edit{section.id, ui.tr("action.edit"), {.kind = ButtonKind::plain, .icon = icon::kEdit}};
  if (section_heading_with(ui, ui.tr(section.title), section.icon, edit)) page.out.push(EditRecord{section.record});
  push_fact_tap(page.out, fact_grid(ui, section.facts));
}

void draw_needs(Ui& ui, const HouseholdState& state) {
  if (state.needs.empty()) return;
  divider(ui);
  section_heading(ui, ui.tr("household.needs"), icon::kNeed);
  for (const NeedRow& need : state.needs) {
    const float tag = tag_width(ui, need.state);
    const float width = available_width(ui) - tag - ui.px(12);
    const float text = wrapped_height(ui, need.text, style::kBody, width);
    const Rect rect = take(ui, text + wrapped_height(ui, need.about, style::kSmall, width) + ui.px(8));
    draw_wrapped(ui, rect.min, width, need.text, style::kBody);
    draw_wrapped(ui, {rect.min.x, rect.min.y + text}, width, need.about, style::kSmall);
    draw_tag(ui, {rect.max.x - tag, rect.centre().y}, need.state);
    ui.add({.id = "need." + to_string(need.need),
            .role = Role::text,
            .label = need.text,
            .value = need.state.text,
            .rect = rect});
  }
}

/// Past visits on a line of time.
void draw_visits(Ui& ui, const HouseholdState& state) {
  divider(ui);
  section_heading(ui, ui.tr("household.visits"), icon::kHistory);
  if (state.visits.empty()) paragraph(ui, ui.tr("household.no_visits"), style::kSoft);
  const float indent = ui.px(28);
  for (std::size_t i = 0; i < state.visits.size(); ++i) {
    const PastVisitRow& visit = state.visits[i];
    const std::string when = visit.when + " · " + visit.who;
    const float width = available_width(ui) - indent;
    const float outcome = wrapped_height(ui, visit.outcome, style::kStrong, width);
    const float line = wrapped_height(ui, when, style::kSmall, width);
    const Rect rect = take(ui, outcome + line + wrapped_height(ui, visit.note, style::kSmall, width) + ui.px(14));
    const ImVec2 dot{rect.min.x + ui.px(10), rect.min.y + outcome / 2};
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (i + 1 < state.visits.size())
      list->AddLine(dot, {dot.x, rect.max.y + outcome / 2}, theme::kLineStrong, ui.px(2));
    list->AddCircleFilled(dot, ui.px(7), theme::tone(visit.tone).text, 24);
    list->AddCircleFilled(dot, ui.px(3.5F), theme::kSurface, 24);
    float y = rect.min.y + draw_wrapped(ui, {rect.min.x + indent, rect.min.y}, width, visit.outcome, style::kStrong);
    y += draw_wrapped(ui, {rect.min.x + indent, y}, width, when, style::kSmall);
    draw_wrapped(ui, {rect.min.x + indent, y}, width, visit.note, style::kSmall);
    ui.add({.id = "past_visit." + to_string(visit.visit),
            .role = Role::text,
            .label = visit.outcome,
            .value = when,
            .rect = rect});
  }
}

}  // namespace

void draw_household_page(PageContext& page, const HouseholdState& state) {
  Ui& ui = page.ui;
  std::vector<Tag> tags = state.tags;
  if (state.sync != RecordSync::synced) tags.push_back(sync_tag(ui, state.sync));
  const bool ready = state.load.phase == Load::Phase::ready;
  const Rect body = page_head(page, {.id = "household",
                                     .title = ready ? state.title : ui.tr("household.page"),
                                     .subtitle = ready ? state.address : "",
                                     .tags = tags});
  Rect bar;
  const Rect scroll = page_foot(page, body, bar);
  {
    const ScrollArea area(ui, "household.page", scroll, page_scroll());
    if (!ready) {
      if (load_state(ui, "household", state.load)) page.out.push(Reload{});
    } else {
      draw_notices(ui, state);
      draw_last_verified(ui, state.provenance);
      gap(ui, 12);
      draw_members(page, state);
      draw_facts(page, {"dwelling.edit",
                        "household.dwelling",
                        icon::kHome,
                        state.dwelling_facts,
                        {state.dwelling_kind, state.dwelling}});
      draw_facts(page, {"household.edit",
                        "household.facts",
                        icon::kDocument,
                        state.household_facts,
                        {state.household_kind, state.household}});
      draw_needs(ui, state);
      draw_visits(ui, state);
    }
  }
  const std::string label = ui.tr(state.visit_open ? "household.continue_visit" : "household.start_visit");
  const FootButtons foot{
      .side = {},
      .main = {"household.visit", label, {.kind = ButtonKind::primary, .icon = icon::kToday, .enabled = ready}}};
  if (foot_buttons(ui, bar, foot) == FootTap::main) page.out.push(StartVisit{state.household});
}

}  // namespace ruhu
