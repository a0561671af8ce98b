#include "app/widgets/record_form.hpp"

#include <algorithm>

#include "app/widgets/facts.hpp"
#include "app/widgets/icons.hpp"
#include "app/widgets/sheet.hpp"

namespace ruhu {
namespace {

constexpr float kTwoColumns = 560;  // Units from which two fields stand side by side.
constexpr float kBoxMiddle = 25;    // Of a field's box, below its label.

const MaskedField* mask_of(const FormState& state, ColumnNo column) {
  for (const MaskedField& masked : state.masked)
    if (masked.column == column) return &masked;
  return nullptr;
}

/// The records that a `ref` field can name here.
std::vector<Choice> ref_choices(const Ui& ui, const RecordForm& form, const FieldDef& field) {
  const KindDef* target = ui.dictionary.find_kind(field.target);
  std::vector<Choice> choices;
  for (const RefChoice& choice : form.state.choices)
    if (target != nullptr && choice.kind == target->no)
      choices.push_back({to_string(choice.id), choice.label, nullptr});
  return choices;
}

/// Links are set by workflows, photos by the camera; of links only those with something to choose from are shown.
bool is_for_worker(const RecordForm& form, const FieldDef& field) {
  if (field.section == "record" || field.type == FieldType::time || field.type == FieldType::refs) return false;
  if (field.check == Check::attachment) return false;
  return field.type != FieldType::ref || (!field.required && !form.state.choices.empty());
}

TextKind kind_of(const FieldDef& field) {
  if (field.check == Check::citizen_id) return TextKind::id_no;
  switch (field.type) {
    case FieldType::note: return TextKind::note;
    case FieldType::digits:
    case FieldType::integer: return TextKind::digits;
    case FieldType::number: return TextKind::decimal;
    case FieldType::phone: return TextKind::phone;
    case FieldType::date: return TextKind::date;
    default: return TextKind::line;
  }
}

bool takes_whole_line(const Ui& ui, const FieldDef& field) {
  if (field.type == FieldType::note || field.type == FieldType::texts || field.type == FieldType::codes) return true;
  const CodeList* list = field.type == FieldType::code ? ui.dictionary.find_list(field.list) : nullptr;
  return list != nullptr && list->codes.size() > 3 && list->codes.size() <= 9;
}

FieldLook look_of(const Ui& ui, const RecordForm& form, const FieldDef& field, const FieldInput& input) {
  FieldLook look;
  look.label = field.label.in(ui.tr.lang());
  look.hint = field.hint.in(ui.tr.lang());
  look.required = field.required;
  look.enabled = !form.state.saving;
  for (const Finding& finding : form.state.findings)
    if (finding.field == field.name && (input.touched || form.input.all_findings || is_about_household(finding)))
      look.findings.push_back(finding);
  return look;
}

bool is_unanswered(const FieldInput& input) { return input.text.empty() && input.picks.empty(); }

/// "Declined", "does not know", "does not apply": under a field where they were unfolded, where one was chosen, and
/// where an answer is missed.
bool gap_choice(Ui& ui, const RecordForm& form, const FieldDef& field, FieldInput& input, const FieldLook& look) {
  const bool missing = look.required && is_unanswered(input) && !look.findings.empty();
  if (!input.gap && !missing && !form.input.open_gaps.contains(field.no)) return false;
  const std::vector<Choice> choices{{"1", ui.tr("gap.refused"), nullptr},
                                    {"2", ui.tr("gap.unknown"), nullptr},
                                    {"3", ui.tr("gap.not_applicable"), nullptr}};
  std::string chosen = input.gap ? std::to_string(static_cast<int>(*input.gap)) : "";
  gap(ui, 6);
  if (!chips_single(ui, form.prefix + "." + field.name + ".gap", choices, chosen, true)) return false;
  if (chosen.empty()) {
    input.gap.reset();
  } else {
    input.gap = static_cast<Gap>(chosen[0] - '0');
    input.text.clear();
    input.picks.clear();
  }
  return true;
}

/// Three dots beside the box: unfolds the reasons for no answer.
void gap_unfold(Ui& ui, const RecordForm& form, const FieldDef& field, const FieldInput& input, ImVec2 centre) {
  if (input.gap || form.state.saving) return;
  auto& open = form.input.open_gaps;
  const bool unfolded = open.contains(field.no);
  const ImU32 colour = unfolded ? theme::kPrimary : theme::kTextHint;
  const std::string id = form.prefix + "." + field.name + ".no_answer";
  if (!icon_button_at(ui, id, centre, icon::kMore, ui.tr("field.no_answer"), colour)) return;
  if (unfolded)
    open.erase(field.no);
  else
    open.insert(field.no);
}

bool boolean_field(Ui& ui, const std::string& id, const FieldLook& look, std::string& text) {
  field_label(ui, look);
  const bool changed =
      segmented(ui, id, {{"1", ui.tr("answer.yes"), nullptr}, {"0", ui.tr("answer.no"), nullptr}}, text, look.enabled);
  field_messages(ui, look);
  return changed;
}

/// Several texts: one a line.
bool texts_field(Ui& ui, const std::string& id, const FieldLook& look, std::vector<std::string>& picks) {
  std::string joined;
  for (const std::string& pick : picks) joined += (joined.empty() ? "" : "、") + pick;
  if (!text_field(ui, id, look, joined, {.placeholder = ui.tr("field.several")})) return false;
  picks.clear();
  constexpr std::string_view kComma = "、";
  for (std::size_t at = 0; at <= joined.size();) {
    const std::size_t next = std::min(joined.find(kComma, at), joined.size());
    picks.push_back(joined.substr(at, next - at));
    at = next + kComma.size();
  }
  if (picks.size() == 1 && picks.front().empty()) picks.clear();
  return true;
}

bool value_field(Ui& ui, const RecordForm& form, const FieldDef& field, const FieldLook& look, FieldInput& input) {
  const std::string id = form.prefix + "." + field.name;
  switch (field.type) {
    case FieldType::boolean: return boolean_field(ui, id, look, input.text);
    case FieldType::texts: return texts_field(ui, id, look, input.picks);
    case FieldType::ref: return code_field(ui, id, look, ref_choices(ui, form, field), input.text);
    case FieldType::code:
    case FieldType::codes: {
      const CodeList* list = ui.dictionary.find_list(field.list);
      const std::vector<Choice> choices = list != nullptr ? choices_of(ui, *list) : std::vector<Choice>{};
      if (field.type == FieldType::codes) return codes_field(ui, id, look, choices, input.picks);
      return code_field(ui, id, look, choices, input.text);
    }
    default: break;
  }
  TextOptions options{.kind = kind_of(field), .unit = field.unit};
  if (field.type == FieldType::date) {
    options.icon = icon::kCalendar;
    options.placeholder = ui.tr(field.partial ? "field.date_partial" : "field.date");
  }
  return text_field(ui, id, look, input.text, options);
}

/// A field in its column; beside it room for the three dots, where the field takes gaps.
bool answer_field(Ui& ui, const RecordForm& form, const FieldDef& field, const FieldLook& look, FieldInput& input) {
  if (!field.takes_gaps()) {
    const bool changed = value_field(ui, form, field, look, input);
    if (changed) input.gap.reset();
    return (input.gap && gap_choice(ui, form, field, input, look)) || changed;  // from elsewhere: seen, and cleared
  }
  const float dots = ui.px(theme::kTouch);
  const float all = available_width(ui);
  const Rect top = take(ui, 0);
  bool changed = false;
  {
    const ColumnScope narrower(ui, top.min.x, all - dots);
    const std::string label = look.required ? look.label + " *" : look.label;
    const float box = top.min.y + wrapped_height(ui, label, style::kCaption, available_width(ui)) + ui.px(4);
    changed = value_field(ui, form, field, look, input);
    gap_unfold(ui, form, field, input, {top.min.x + all - dots / 2, box + ui.px(kBoxMiddle)});
  }
  if (changed) input.gap.reset();
  return gap_choice(ui, form, field, input, look) || changed;
}

void draw_value(Ui& ui, const RecordForm& form, const FieldDef& field, FormEvents& events) {
  FieldInput& input = form.input.fields[field.no];
  const FieldLook look = look_of(ui, form, field, input);
  const std::string id = form.prefix + "." + field.name;
  if (const MaskedField* masked = mask_of(form.state, field.no)) {
    if (masked_field(ui, id, look, masked->text)) events.reveal = field.no;
    return;
  }
  if (answer_field(ui, form, field, look, input)) {
    input.touched = true;
    events.changed = true;
  }
}

/// The field, and below it who said what is stored there.
void draw_field(Ui& ui, const RecordForm& form, const FieldDef& field, FormEvents& events) {
  draw_value(ui, form, field, events);
  for (const auto& [column, line] : form.state.provenance)
    if (column == field.no && !line.text.empty() &&
        provenance_note(ui, form.prefix + "." + field.name + ".history", line))
      events.history = field.no;
}

}  // namespace

void load_form(const KindDef& kind, const FormState& state, FormInput& input) {
  if (input.revision == state.revision) return;
  FormInput fresh;
  fresh.revision = state.revision;
  fresh.relation = state.relation;
  if (!state.source.empty()) fresh.source = state.source;
  if (!state.verified.empty()) fresh.verified = state.verified;
  for (const Cell& cell : state.values) {
    const FieldDef* field = kind.find(cell.column);
    if (field == nullptr) continue;
    FieldInput loaded = to_input(*field, cell.value);
    loaded.touched = std::find(state.touched.begin(), state.touched.end(), cell.column) != state.touched.end();
    fresh.fields[cell.column] = std::move(loaded);
  }
  input = std::move(fresh);
}

bool has_fields(const RecordForm& form, const SectionDef& section) {
  const auto& hidden = form.state.hidden_sections;
  if (std::find(hidden.begin(), hidden.end(), section.key) != hidden.end()) return false;
  return std::any_of(form.kind.fields.begin(), form.kind.fields.end(),
                     [&](const FieldDef& field) { return field.section == section.key && is_for_worker(form, field); });
}

int filled_fields(const RecordForm& form, const SectionDef& section) {
  int filled = 0;
  for (const FieldDef& field : form.kind.fields) {
    if (field.section != section.key || !is_for_worker(form, field)) continue;
    const auto at = form.input.fields.find(field.no);
    const bool answered = at != form.input.fields.end() && (at->second.gap || !is_unanswered(at->second));
    if (answered || mask_of(form.state, field.no) != nullptr) ++filled;
  }
  return filled;
}

void form_section(Ui& ui, const RecordForm& form, const SectionDef& section, FormEvents& events) {
  const float all = available_width(ui);
  const bool two = all >= ui.px(kTwoColumns);
  const float between = ui.px(theme::kGapWide);
  const float half = (all - between) / 2;
  const float left = take(ui, 0).min.x;
  float row_top = cursor_y();
  float row_bottom = row_top;
  bool right_is_next = false;
  for (const FieldDef& field : form.kind.fields) {
    if (field.section != section.key || !is_for_worker(form, field)) continue;
    const bool whole = !two || takes_whole_line(ui, field);
    if (!right_is_next || whole) {
      if (row_bottom > row_top) row_bottom += ui.px(14);
      row_top = row_bottom;
      right_is_next = false;
    }
    const ColumnScope column(ui, right_is_next ? left + half + between : left, whole ? all : half);
    set_cursor_y(ui, row_top);
    draw_field(ui, form, field, events);
    row_bottom = std::max(row_bottom, cursor_y());
    right_is_next = !whole && !right_is_next;
  }
  set_cursor_y(ui, row_bottom);
}

}  // namespace ruhu
