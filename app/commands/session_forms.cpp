// Forms of persons, households and dwellings: opened with their drafts, checked, saved.
#include <algorithm>

#include "app/commands/attach.hpp"
#include "app/commands/save_requests.hpp"
#include "app/commands/session.hpp"
#include "app/queries/kept_texts.hpp"
#include "app/queries/likely_same.hpp"
#include "dictionary_constants.hpp"
#include "storage/dictionary/citizen_id.hpp"
#include "storage/model/life_cycle/kinship.hpp"

namespace ruhu {
namespace {

int slot_of(Page page) { return page == Page::record ? 1 : 0; }

void set_value(std::vector<Cell>& values, ColumnNo column, Value value) {
  const auto at = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.column == column; });
  if (at != values.end())
    at->value = std::move(value);
  else
    values.push_back({column, std::move(value)});
}

/// Lays a draft over the stored values: its fields count as typed already.
void overlay(FormAnswer& answer, const FormDraft& draft) {
  FormState& state = answer.state;
  for (const Cell& cell : draft.cells) {
    std::erase_if(state.values, [&](const Cell& stored) { return stored.column == cell.column; });
    std::erase_if(state.masked, [&](const MaskedField& masked) { return masked.column == cell.column; });
    state.values.push_back(cell);
    if (std::find(state.touched.begin(), state.touched.end(), cell.column) == state.touched.end())
      state.touched.push_back(cell.column);
  }
  if (!draft.relation.empty()) state.relation = draft.relation;
  state.source = draft.source;
  state.verified = draft.verified;
  state.draft_restored = true;
}

Result<std::vector<SavedRecord>> save_and_forget_draft(const AtStore& at, const SaveRequest& request,
                                                       const std::string& draft) {
  std::vector<SavedRecord> saved;
  if (!request.edits.empty()) {
    RUHU_TRY(saved, at.store.save(request));
  }
  static_cast<void>(kept::keep_draft(at.store, draft, ""));
  return saved;
}

}  // namespace

std::string Session::form_draft_of(const FormState& form, const RecordId& dwelling) {
  if (form.id) return kept::form_draft(form.kind, "edit", *form.id);
  const RecordId household = form.household.value_or(RecordId{});
  return kept::form_draft(form.kind, form.newborn ? "newborn" : "new", household.is_nil() ? dwelling : household);
}

void Session::on(const AddPerson& command) { add_person(command.household, false); }
void Session::on(const AddNewborn& command) { add_person(command.household, true); }

void Session::add_person(const RecordId& household, bool newborn) {
  RecordId dwelling = state_.household.dwelling;
  if (visit_ && visit_->start.household == household && household.is_nil()) dwelling = visit_->start.dwelling;
  open_new_person(household, dwelling, newborn);
}

void Session::open_new_person(const RecordId& household, const RecordId& dwelling, bool newborn) {
  form_dwelling_ = dwelling;
  FormState form;
  form.kind = kinds::person::kKind;
  form.household = household;
  form.newborn = newborn;
  state_.person = form;
  const NewPerson wanted{household, form_dwelling_, newborn};
  open_form(
      Page::person, [wanted](const AtStore& at) { return query_new_person(at.store, at.ctx, wanted); },
      form_draft_name(form));
}

void Session::on(const EditPerson& command) {
  FormState form;
  form.kind = kinds::person::kKind;
  form.id = command.person;
  form.household = command.household;
  state_.person = form;
  revealed_[slot_of(Page::person)].clear();
  open_page(state_, Page::person);
  reload_form(Page::person);
}

void Session::on(const EditRecord& command) {
  FormState form;
  form.kind = command.record.kind;
  form.id = command.record.id;
  state_.record = form;
  revealed_[slot_of(Page::record)].clear();
  open_page(state_, Page::record);
  reload_form(Page::record);
}

/// Reads the form on that page again with its draft: what was typed comes back with it.
void Session::reload_form(Page page) {
  const FormState& form = form_of(page);
  if (!form.id) return add_person(form.household.value_or(RecordId{}), form.newborn);
  const auto question = [id = *form.id, kind = form.kind, household = form.household,
                         revealed = revealed_[slot_of(page)]](const AtStore& at) -> Result<FormAnswer> {
    if (kind == kinds::person::kKind) return query_person_form(at.store, at.ctx, id, household, revealed);
    return query_record_form(at.store, at.ctx, {kind, id}, revealed);
  };
  open_form(page, question, form_draft_name(form));
}

void Session::open_form(Page page, std::function<Result<FormAnswer>(const AtStore&)> question, std::string draft) {
  const int slot = slot_of(page);
  const bool shown_before = form_of(page).revision != 0;
  if (!shown_before) form_of(page).load.phase = Load::Phase::loading;
  open_page(state_, page);
  const bool keep_quiet = !revealed_[slot].empty();  // a number was shown: the draft is not news
  const auto with_draft = [question, draft, keep_quiet](const AtStore& at) -> Result<FormAnswer> {
    RUHU_TRY(FormAnswer answer, question(at));
    RUHU_TRY(const std::string bytes, at.store.text(draft));
    if (const auto kept = decode_form_draft(bytes)) overlay(answer, *kept);
    if (keep_quiet) answer.state.draft_restored = false;
    return answer;
  };
  ask<FormAnswer>(with_draft,
                  [page, slot, ticket = ++form_ticket_[slot]](Session& session, const Result<FormAnswer>& answer) {
                    if (ticket != session.form_ticket_[slot]) return;
                    FormState& form = session.form_of(page);
                    if (!answer.ok()) {
                      form.load = {Load::Phase::failed, answer.error().code};
                      return;
                    }
                    form = answer.value().state;
                    form.revision = ++session.revisions_;
                    session.hidden_[slot] = answer.value().hidden;
                    session.around_[slot] = answer.value().around;
                    if (page == Page::person && !answer.value().dwelling.is_nil())
                      session.form_dwelling_ = answer.value().dwelling;
                  });
}

/// Everything that speaks against a form as typed; values behind masks count as they are stored.
std::vector<Finding> Session::check_form(const FormState& form, std::vector<Cell> typed,
                                         const std::string& relation) const {
  const KindDef& kind = parts_.dictionary.get_kind(form.kind);
  const Instant now = parts_.clock.now();
  std::vector<Finding> findings;
  for (const Cell& value : typed)
    if (const FieldDef* field = kind.find(value.column))
      for (Finding& finding : check_value(parts_.dictionary, *field, value.value, now))
        findings.push_back(std::move(finding));
  const Page page = form.kind == kinds::person::kKind ? Page::person : Page::record;
  const auto has = [&](ColumnNo column) {
    return std::any_of(typed.begin(), typed.end(), [&](const auto& value) { return value.column == column; });
  };
  std::vector<std::string> masked;
  for (const Cell& cell : hidden_[slot_of(page)]) {
    if (has(cell.column)) continue;
    typed.push_back({cell.column, cell.value});
    masked.push_back(kind.find(cell.column)->name);
  }
  // What the store fills in by itself.
  for (const FieldDef& field : kind.fields)
    if (field.section == "record" && !has(field.no)) typed.push_back({field.no, Gap::not_applicable});
  const RecordAge age = form.id ? RecordAge::existing : RecordAge::fresh;
  for (Finding& finding : check_record(parts_.dictionary, kind, typed, now, age))
    findings.push_back(std::move(finding));
  check_surroundings(form, typed, relation, findings);
  for (const std::string& field : masked) hide_in_texts(findings, field);
  return findings;
}

/// Adds what speaks against it among the records around it.
void Session::check_surroundings(const FormState& form, const std::vector<Cell>& values, const std::string& relation,
                                 std::vector<Finding>& findings) const {
  const CivilDate today = civil_date(parts_.clock.now());
  std::vector<Finding> more;
  if (form.kind == kinds::person::kKind) {
    std::string_view gender;
    for (const Cell& value : values)
      if (value.column == kinds::person::gender) gender = text_of(value.value);
    // A newborn's relation follows the gender when it is saved, so it is no contradiction before.
    const std::string as_saved = form.newborn ? relation_for_gender(relation, gender) : relation;
    more = check_among_people(around_[slot_of(Page::person)], {form.id, as_saved, values}, today);
  }
  if (form.kind == kinds::household::kKind) more = check_people(around_[slot_of(Page::record)], today);
  findings.insert(findings.end(), more.begin(), more.end());
}

void Session::on(const CheckForm& command) {
  FormState& form = form_of(command.kind == kinds::person::kKind ? Page::person : Page::record);
  if (form.kind != command.kind || form.id != command.id) return;
  form.findings = check_form(form, command.values, command.relation);
  if (command.kind == kinds::person::kKind) ask_for_number_owners(command);
}

/// A number that was typed to its end may belong to somebody else already; the answer checks the form again.
void Session::ask_for_number_owners(const CheckForm& command) {
  constexpr std::size_t kShortest = 6;
  const auto typed = std::find_if(command.values.begin(), command.values.end(),
                                  [](const auto& value) { return value.column == kinds::person::id_no; });
  if (typed == command.values.end()) return;
  const std::string number = citizen_id_for_matching(text_of(typed->value));
  if (number.size() < kShortest || number == around_[slot_of(Page::person)].number.number) return;
  const auto question = [number, id = command.id](const AtStore& at) {
    return query_number_owners(at.store, at.ctx, number, id);
  };
  ask<NumberOwners>(question, [command](Session& session, const Result<NumberOwners>& owners) {
    FormState& form = session.state_.person;
    if (!owners.ok() || form.kind != command.kind || form.id != command.id) return;
    session.around_[slot_of(Page::person)].number = owners.value();
    if (!owners.value().owners.empty()) form.findings = session.check_form(form, command.values, command.relation);
  });
}

/// For a record that exists, only warnings about what was touched.
std::vector<Finding> Session::warnings_to_ask(Page page, const std::vector<Cell>& cells, const std::string& relation) {
  const FormState& form = form_of(page);
  const KindDef& kind = parts_.dictionary.get_kind(form.kind);
  const auto is_touched = [&](std::string_view name) {
    const FieldDef* field = kind.find(name);
    return field != nullptr &&
           std::any_of(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.column == field->no; });
  };
  const bool among_people = (page == Page::person && relation != form.relation) || is_touched("gender") ||
                            is_touched("birth_date") || is_touched("birth_calendar") || is_touched("id_no");
  std::vector<Finding> warnings;
  for (const Finding& finding : form.findings) {
    const bool concerned = is_touched(finding.field) || (among_people && is_about_household(finding));
    if (finding.strength == Strength::warning && (!form.id || concerned)) warnings.push_back(finding);
  }
  return warnings;
}

/// Checks the whole form with the touched fields in it. Warnings are asked about once, and for a record that exists
/// only those of the fields that were touched.
bool Session::may_save_form(Page page, const std::vector<Cell>& cells, const std::string& relation,
                            const std::vector<Finding>& more, Asked asked, const Command& again) {
  FormState& form = form_of(page);
  const KindDef& kind = parts_.dictionary.get_kind(form.kind);
  std::vector<Cell> values;
  for (const Cell& cell : form.values) set_value(values, cell.column, cell.value);
  for (const Cell& cell : cells) set_value(values, cell.column, cell.value);
  std::erase_if(values, [](const Cell& value) { return is_empty(value.value); });
  form.findings = check_form(form, values, relation);
  form.findings.insert(form.findings.end(), more.begin(), more.end());
  if (has_error(form.findings)) {
    const bool missing = std::any_of(form.findings.begin(), form.findings.end(),
                                     [](const Finding& finding) { return finding.text_key == "check.required"; });
    const Errc code = missing ? Errc::required_missing : Errc::invalid_value;
    show_toast(state_, "invalid", error_text(state_.settings.lang, code), Tone::caution);
    return false;
  }
  const std::vector<Finding> warnings = warnings_to_ask(page, cells, relation);
  if (warnings.empty() || asked == Asked::yes) return true;
  ask_about(warnings, kind, again);
  return false;
}

/// Before a new record is saved the store is asked whether it knows it already; the form goes on with the answer, also
/// where the store could not tell.
void Session::look_for_same(Page page, const std::vector<Cell>& cells, const Homes& homes,
                            std::function<void(Session&, const std::vector<Finding>&)> go_on) {
  FormState& form = form_of(page);
  if (form.saving) return;
  form.saving = true;
  Record typed;
  typed.ref.kind = form.kind;
  for (const Cell& cell : form.values) typed.set(cell.column, cell.value);
  for (const Cell& cell : cells) typed.set(cell.column, cell.value);
  const auto question = [typed, homes](const AtStore& at) { return query_likely_same(at.store, at.ctx, typed, homes); };
  using Same = std::vector<Finding>;
  ask<Same>(question, [page, go_on](Session& session, const Result<Same>& same) {
    session.form_of(page).saving = false;
    go_on(session, same.ok() ? *same : Same{});
  });
}

void Session::on(const SavePerson& command) {
  if (command.id) return save_person(command, Asked::no);
  const Homes homes = form_dwelling_.is_nil() ? Homes{} : Homes{form_dwelling_};
  state_.person.kind = kinds::person::kKind;
  look_for_same(Page::person, command.cells, homes, [command](Session& session, const std::vector<Finding>& same) {
    session.save_person(command, Asked::no, same);
  });
}

void Session::save_person(const SavePerson& command, Asked asked, const std::vector<Finding>& same) {
  FormState& form = state_.person;
  if (form.saving) return;
  if (form.kind != kinds::person::kKind || form.id != command.id || form.household != command.household) {
    form = {};  // asked for without a form, by a script
    form.kind = kinds::person::kKind;
    form.id = command.id;
    form.household = command.household;
    hidden_[slot_of(Page::person)].clear();
    around_[slot_of(Page::person)] = {};
  }
  std::vector<Finding> more = same;
  const bool founds = command.household && command.household->is_nil();
  if (!command.id && !founds && command.relation.empty())
    more.push_back({Strength::error, "relation", "check.required"});
  const std::string relation = command.relation.empty() ? form.relation : command.relation;
  if (!may_save_form(Page::person, command.cells, relation, more, asked, command)) return;
  form.saving = true;
  const PersonToSave wanted{command, form_dwelling_, form.newborn};
  const auto save = [wanted, draft = form_draft_name(form)](const AtStore& at) -> Result<std::vector<SavedRecord>> {
    RUHU_TRY(const SaveRequest request, person_request(at, wanted));
    return save_and_forget_draft(at, request, draft);
  };
  using Saved = std::vector<SavedRecord>;
  ask<Saved>(save, [](Session& session, const Result<Saved>& saved) { session.form_saved(Page::person, saved); });
}

void Session::on(const SaveRecord& command) {
  if (command.id || state_.record.kind != command.kind) return save_record(command, Asked::no);
  look_for_same(Page::record, command.cells, {}, [command](Session& session, const std::vector<Finding>& same) {
    session.save_record(command, Asked::no, same);
  });
}

void Session::save_record(const SaveRecord& command, Asked asked, const std::vector<Finding>& same) {
  FormState& form = state_.record;
  if (form.saving) return;
  if (form.kind != command.kind || form.id != command.id) {
    form = {};
    form.kind = command.kind;
    form.id = command.id;
    hidden_[slot_of(Page::record)].clear();
    around_[slot_of(Page::record)] = {};
  }
  if (!may_save_form(Page::record, command.cells, {}, same, asked, command)) return;
  form.saving = true;
  const auto save = [command, draft = form_draft_name(form)](const AtStore& at) -> Result<std::vector<SavedRecord>> {
    RUHU_TRY(const SaveRequest request, record_request(at, command));
    return save_and_forget_draft(at, request, draft);
  };
  using Saved = std::vector<SavedRecord>;
  ask<Saved>(save, [](Session& session, const Result<Saved>& saved) { session.form_saved(Page::record, saved); });
}

void Session::form_saved(Page page, const Result<std::vector<SavedRecord>>& saved) {
  form_of(page).saving = false;
  if (!saved.ok()) return show_error(saved.error());
  ++form_ticket_[slot_of(page)];
  std::erase(state_.pages, page);
  show_toast(state_, "saved", tr("toast.saved"));
  refresh();
}

void Session::on(const KeepFormDraft& command) {
  FormState form;
  form.kind = command.kind;
  form.id = command.id;
  form.household = command.household;
  form.newborn = command.kind == kinds::person::kKind && !command.id && state_.person.newborn;
  const FormDraft draft{command.relation, command.cells, command.source, command.verified};
  const auto photos = attachments_in(parts_.dictionary.get_kind(command.kind), command.cells);
  const auto keep = [draft, photos, name = form_draft_name(form)](const AtStore& at) -> Result<bool> {
    RUHU_TRY_DONE(kept::keep_draft(at.store, name, encode_form_draft(draft)));
    RUHU_TRY_DONE(at.store.attachments().keep(name, photos));
    return true;
  };
  ask<bool>(keep, [](Session& session, const Result<bool>& kept) {
    if (!kept.ok()) session.show_error(kept.error());
  });
}

}  // namespace ruhu
