#include "storage/model/life_cycle/plan_draft.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/model/life_cycle/days.hpp"

namespace ruhu {
namespace {

constexpr ColumnNo kGrid = kinds::person::grid_id;  // the same in every kind
constexpr ColumnNo kStatus = kinds::person::status;
constexpr std::size_t kGridDigits = 15;  // of a grid's code; a community's has 12

std::optional<ColumnNo> since_column(KindNo kind) {
  if (kind == kinds::membership::kKind) return kinds::membership::since;
  if (kind == kinds::residency::kKind) return kinds::residency::since;
  if (kind == kinds::person_label::kKind) return kinds::person_label::since;
  return std::nullopt;
}

}  // namespace

std::optional<ColumnNo> until_column(KindNo kind) {
  if (kind == kinds::membership::kKind) return kinds::membership::until;
  if (kind == kinds::residency::kKind) return kinds::residency::until;
  if (kind == kinds::person_label::kKind) return kinds::person_label::until;
  return std::nullopt;
}

bool PlanDraft::reaches(const Record& record) const {
  const std::string_view grid = record.text(kGrid);
  return grid.empty() || occasion_.grids.empty() ||
         std::find(occasion_.grids.begin(), occasion_.grids.end(), grid) != occasion_.grids.end();
}

const RecordEdit* PlanDraft::find(const RecordRef& ref) const {
  const auto at = std::find_if(plan_.edits.begin(), plan_.edits.end(),
                               [&](const RecordEdit& edit) { return edit.kind == ref.kind && edit.id == ref.id; });
  return at == plan_.edits.end() ? nullptr : &*at;
}

RecordEdit& PlanDraft::edit_of(const Record& record) {
  for (RecordEdit& edit : plan_.edits)
    if (edit.kind == record.ref.kind && edit.id == record.ref.id) return edit;
  return plan_.edits.emplace_back(RecordEdit{record.ref.kind, record.ref.id, {}, {}});
}

void PlanDraft::put(const Record& record, ColumnNo column, Value value) {
  if (now(record, column) != value) put_again(record, column, std::move(value));
}

void PlanDraft::put_again(const Record& record, ColumnNo column, Value value) {
  const std::string_view grid = record.text(kGrid);
  const bool foreign = grid.size() == kGridDigits && !occasion_.home_grid.empty() && grid != occasion_.home_grid;
  if (foreign || !reaches(record)) tell_grid(grid, record.ref);
  if (!reaches(record)) return;
  std::vector<Cell>& cells = edit_of(record).cells;
  const auto at = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.column == column; });
  if (at == cells.end()) {
    cells.push_back({column, std::move(value)});
  } else {
    at->value = std::move(value);
  }
}

void PlanDraft::end(const Record& record, std::string_view day) {
  put(record, kStatus, "closed");
  const auto until = until_column(record.ref.kind);
  if (!until) return;
  const auto since = since_column(record.ref.kind);
  put(record, *until, not_before(day, since ? record.text(*since) : std::string_view{}));
}

void PlanDraft::on_evidence(const Record& record, const Provenance& provenance) {
  if (find(record.ref) != nullptr) edit_of(record).provenance = provenance;
}

void PlanDraft::add(KindNo kind, std::optional<RecordId> id, std::string_view grid, std::vector<Cell> cells) {
  const bool has_grid = std::any_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.column == kGrid; });
  if (!has_grid && !grid.empty()) cells.insert(cells.begin(), {kGrid, std::string(grid)});
  plan_.edits.push_back({kind, id, std::move(cells), {}});
}

const Value& PlanDraft::now(const Record& record, ColumnNo column) const {
  if (const RecordEdit* edit = find(record.ref); edit != nullptr)
    for (const Cell& cell : edit->cells)
      if (cell.column == column) return cell.value;
  return record.get(column);
}

void PlanDraft::remind(std::string_view text_key, Audience audience, const RecordRef& about, std::string by) {
  const Reminder reminder{std::string(text_key), audience, std::move(by), about, {}};
  if (std::find(plan_.reminders.begin(), plan_.reminders.end(), reminder) == plan_.reminders.end())
    plan_.reminders.push_back(reminder);
}

void PlanDraft::tell_grid(std::string_view grid, const RecordRef& about) {
  const bool told = std::any_of(plan_.reminders.begin(), plan_.reminders.end(), [&](const Reminder& reminder) {
    return reminder.audience == Audience::other_worker && reminder.grid == grid;
  });
  if (!told) plan_.reminders.push_back({"life.other_grid", Audience::other_worker, {}, about, std::string(grid)});
}

LifeCyclePlan PlanDraft::finish() && { return std::move(plan_); }

}  // namespace ruhu
