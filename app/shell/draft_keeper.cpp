#include "app/shell/draft_keeper.hpp"

#include <algorithm>

namespace ruhu {
namespace {

constexpr double kPause = 0.8;  // Seconds without a change that count as a pause.
constexpr char kEnd = '\x1F';

/// Any change of the input changes its print.
std::string print_of(const VisitInput& in) {
  std::string print = in.purpose + kEnd + in.outcome + kEnd + (in.notice_given ? '1' : '0') + to_string(in.respondent) +
                      (in.respondent_other ? '1' : '0') + in.respondent_name + kEnd + in.note + kEnd + in.next_action +
                      kEnd + in.next_on + kEnd;
  for (const RosterInput& row : in.roster)
    print += to_string(row.person) + std::to_string(static_cast<int>(row.answer));
  for (const NeedInput& need : in.needs) print += kEnd + need.category + kEnd + need.text;
  return print;
}

std::string print_of(const FormInput& in) {
  std::string print = in.relation + kEnd + in.source + kEnd + in.verified;
  for (const auto& [column, field] : in.fields) {
    if (!field.touched) continue;
    print += kEnd + std::to_string(column.value) + kEnd + field.text;
    for (const std::string& pick : field.picks) print += kEnd + pick;
    if (field.gap) print += static_cast<char>('0' + static_cast<int>(*field.gap));
  }
  return print;
}

/// Something else was asked for that may take the page away; a save keeps its own.
bool may_leave(const CommandQueue& out) {
  bool leaves = false;
  for (const Command& command : out.waiting()) {
    if (std::holds_alternative<SaveVisit>(command) || std::holds_alternative<SavePerson>(command) ||
        std::holds_alternative<SaveRecord>(command))
      return false;
    leaves = leaves || !std::holds_alternative<CheckForm>(command);
  }
  return leaves;
}

bool is_open(const AppState& state, Page page) {
  return std::find(state.pages.begin(), state.pages.end(), page) != state.pages.end();
}

KeepFormDraft draft_of(const FormState& state, const FormInput& input, const KindDef& kind) {
  return {state.kind,   state.id,      state.household, input.relation, input.touched_cells(kind),
          input.source, input.verified};
}

}  // namespace

bool DraftKeeper::is_due(Watched& watched, std::uint64_t revision, const std::string& print, double now,
                         bool on_screen) {
  if (watched.revision != revision) {  // Loaded anew: that is what the store has.
    watched = {revision, print, -1};
    return false;
  }
  if (!on_screen) {
    watched.changed_at = -1;
    return false;
  }
  if (print != watched.seen) {
    watched.seen = print;
    watched.changed_at = now;
  }
  if (watched.changed_at < 0 || (!leaving_ && now - watched.changed_at < kPause)) return false;
  watched.changed_at = -1;
  return true;
}

void DraftKeeper::watch(const AppState& state, const Inputs& inputs, const Dictionary& dictionary, double now,
                        CommandQueue& out) {
  leaving_ = may_leave(out);
  const bool visiting = is_open(state, Page::visit) && !state.visit.saving;
  if (is_due(visit_, inputs.visit.revision, print_of(inputs.visit), now, visiting) && visiting)
    out.push(KeepVisitDraft{inputs.visit});
  const auto watch_form = [&](Watched& watched, Page page, const FormState& form, const FormInput& input) {
    const KindDef* kind = dictionary.find_kind(form.kind);
    const bool open = is_open(state, page) && !form.saving;
    if (is_due(watched, input.revision, print_of(input), now, open) && open && kind != nullptr && input.is_touched())
      out.push(draft_of(form, input, *kind));
  };
  watch_form(person_, Page::person, state.person, inputs.person);
  watch_form(record_, Page::record, state.record, inputs.record);
}

double DraftKeeper::due_in(double now) const {
  double soonest = -1;
  for (const Watched* watched : {&visit_, &person_, &record_}) {
    if (watched->changed_at < 0) continue;
    const double left = std::max(0.0, kPause - (now - watched->changed_at));
    soonest = soonest < 0 ? left : std::min(soonest, left);
  }
  return soonest;
}

}  // namespace ruhu
