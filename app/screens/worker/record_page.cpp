#include <algorithm>

#include "app/screens/worker/screens.hpp"
#include "app/widgets/icons.hpp"
#include "app/widgets/record_form.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kOpenAtFirst = 2;  // Sections that need not be unfolded.

/// A heading that folds the section below it; true when it is open.
bool section_fold(Ui& ui, const RecordForm& form, const SectionDef& section, bool open_at_first) {
  const std::string id = form.prefix + ".section." + section.key;
  auto& flipped = form.input.open_sections;
  const auto at = std::find(flipped.begin(), flipped.end(), section.key);
  bool open = open_at_first == (at == flipped.end());
  const Rect rect = take(ui, ui.px(theme::kTouch + 4));
  if (press(ui, id, rect).clicked) {
    if (at != flipped.end())
      flipped.erase(at);
    else
      flipped.push_back(section.key);
    open = !open;
  }
  const std::string& label = section.label.in(ui.tr.lang());
  draw_line(ui, {rect.min, {rect.max.x - ui.px(120), rect.max.y}}, label, style::kHeading);
  draw_icon(ui, {rect.max.x - ui.px(14), rect.centre().y}, open ? icon::kExpandLess : icon::kExpandMore, 26,
            theme::kTextSoft);
  const int filled = filled_fields(form, section);
  if (!open && filled > 0) {
    const std::string count = std::to_string(filled);
    draw_line(ui, {rect.min, {rect.max.x - ui.px(34), rect.max.y}}, ui.tr("form.filled", {{"n", count}}), style::kSmall,
              Align::right);
  }
  ui.add({.id = id, .role = Role::toggle, .label = label, .value = open ? "1" : "0", .rect = rect});
  return open;
}

void draw_notices(Ui& ui, const FormState& state, const std::string& prefix) {
  if (state.draft_restored) {
    notice(ui, {.id = prefix + ".draft_restored",
                .tone = Tone::info,
                .icon = icon::kHistory,
                .title = ui.tr("form.draft_restored"),
                .lines = {}});
    gap(ui, 10);
  }
  if (state.newborn) {
    notice(ui, {.id = prefix + ".newborn",
                .tone = Tone::info,
                .icon = icon::kBaby,
                .title = ui.tr("form.newborn"),
                .lines = {ui.tr("form.newborn.text")}});
    gap(ui, 10);
  }
  if (state.sync == RecordSync::conflict) {
    notice(ui, {.id = prefix + ".conflict",
                .tone = Tone::alarm,
                .icon = icon::kConflict,
                .title = ui.tr("form.conflict"),
                .lines = {}});
    gap(ui, 10);
  }
}

bool draw_relation(Ui& ui, const RecordForm& form) {
  if (!form.state.household) return false;
  FieldLook look;
  look.label = ui.tr("form.relation");
  look.required = true;
  look.enabled = !form.state.saving;
  for (const Finding& finding : form.state.findings)
    if (finding.field == "relation") look.findings.push_back(finding);
  const CodeList* list = ui.dictionary.find_list("relation");
  if (list == nullptr) return false;
  const bool changed = code_field(ui, form.prefix + ".relation", look, choices_of(ui, *list), form.input.relation);
  gap(ui, 12);
  return changed;
}

/// A new record cannot be saved without this section.
bool is_wanted(const RecordForm& form, const SectionDef& section) {
  if (form.state.id) return false;
  return std::any_of(form.kind.fields.begin(), form.kind.fields.end(),
                     [&](const FieldDef& field) { return field.required && field.section == section.key; });
}

void draw_sections(Ui& ui, const RecordForm& form, FormEvents& events) {
  std::size_t shown = 0;
  for (const SectionDef& section : form.kind.sections) {
    if (!has_fields(form, section)) continue;
    if (shown > 0) divider(ui);
    const bool open = section_fold(ui, form, section, shown < kOpenAtFirst || is_wanted(form, section));
    if (open) form_section(ui, form, section, events);
    ++shown;
  }
}

void draw_source(Ui& ui, const RecordForm& form) {
  divider(ui);
  section_heading(ui, ui.tr("form.source"), icon::kVerified);
  const auto codes = [&](const char* name) {
    const CodeList* list = ui.dictionary.find_list(name);
    std::vector<Choice> choices = list != nullptr ? choices_of(ui, *list) : std::vector<Choice>{};
    std::erase_if(choices, [](const Choice& choice) { return choice.code == "import" || choice.code == "derived"; });
    return choices;
  };
  chips_single(ui, form.prefix + ".source", codes("field_source"), form.input.source);
  gap(ui, 10);
  segmented(ui, form.prefix + ".verified", codes("verified"), form.input.verified);
}

Provenance provenance_of(const FormInput& input) {
  return {parse_source(input.source).value_or(Source::none), parse_verified(input.verified).value_or(Verified::none),
          0};
}

void push_save(CommandQueue& out, const RecordForm& form) {
  form.input.all_findings = true;
  const std::vector<Cell> cells = form.input.touched_cells(form.kind);
  if (form.kind.name == "person") {
    out.push(SavePerson{form.state.id, form.state.household, form.input.relation, cells, provenance_of(form.input)});
  } else {
    out.push(SaveRecord{form.kind.no, form.state.id, cells, provenance_of(form.input)});
  }
}

void draw_foot(PageContext& page, const RecordForm& form, const Rect& bar) {
  Ui& ui = page.ui;
  const FormState& state = form.state;
  const bool changed = form.input.is_touched() || form.input.relation != state.relation || !state.id;
  FootButtons foot;
  foot.main = {form.prefix + ".save",
               ui.tr(state.saving ? "action.saving" : "action.save"),
               {.kind = ButtonKind::primary, .icon = icon::kCheckCircle, .enabled = changed && !state.saving}};
  if (foot_buttons(ui, bar, foot) == FootTap::main) push_save(page.out, form);
}

}  // namespace

void draw_record_page(PageContext& page, const FormState& state, FormInput& input, const std::string& prefix) {
  Ui& ui = page.ui;
  const KindDef* kind = ui.dictionary.find_kind(state.kind);
  const bool ready = state.load.phase == Load::Phase::ready && kind != nullptr;
  const Rect body = page_head(page, {.id = prefix,
                                     .title = ready ? state.title : ui.tr("form.page"),
                                     .subtitle = ready ? state.subtitle : "",
                                     .tags = {}});
  Rect bar;
  const Rect scroll = page_foot(page, body, bar);
  if (!ready) {
    const ScrollArea area(ui, prefix + ".page", scroll, page_scroll());
    if (load_state(ui, prefix, state.load)) page.out.push(Reload{});
    return;
  }
  load_form(*kind, state, input);
  const RecordForm form{*kind, state, input, prefix};
  FormEvents events;
  {
    const ScrollArea area(ui, prefix + ".page", scroll, page_scroll());
    draw_notices(ui, state, prefix);
    if (draw_relation(ui, form)) events.changed = true;
    draw_sections(ui, form, events);
    draw_source(ui, form);
  }
  if (events.changed) page.out.push(CheckForm{state.kind, state.id, input.values(*kind), input.relation});
  if (events.reveal && state.id) page.out.push(RevealField{{state.kind, *state.id}, *events.reveal});
  if (events.history && state.id) page.out.push(OpenHistory{{state.kind, *state.id}, *events.history});
  draw_foot(page, form, bar);
}

}  // namespace ruhu
