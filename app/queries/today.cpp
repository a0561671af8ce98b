#include "app/queries/today.hpp"

#include <algorithm>
#include <unordered_set>

#include "app/queries/due.hpp"
#include "app/queries/kept_texts.hpp"
#include "app/queries/places.hpp"
#include "app/queries/record_sync.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

std::string people_text(const QueryContext& ctx, std::size_t count) {
  return count == 1 ? ctx.tr("app.person") : ctx.tr("app.people", {{"n", std::to_string(count)}});
}

constexpr int kLeastPerDay = 12;
constexpr int kDoorsPerEmptyOne = 6;  // Of the doors where nobody is known, one for so many others.

struct Listed {
  Door door;
  Due due;
};

/// Everything of the own grids that the list needs, each kind read once.
class GridDoors {
 public:
  GridDoors(Store& store, const QueryContext& ctx, std::vector<std::string> drafts)
      : ctx_(ctx), records_(store), drafts_(drafts.begin(), drafts.end()) {}

  void read() {
    const auto grids = ctx_.grids();
    for (const KindNo kind : {kinds::compound::kKind, kinds::building::kKind, kinds::entrance::kKind})
      records_.list_grids(kind, grids);
    records_.list_grids(kinds::person::kKind, grids);
    for (const Record* visit : records_.list_grids(kinds::visit::kKind, grids)) log_.add(*visit);
    for (const Record* member : records_.list_grids(kinds::membership::kKind, grids))
      if (is_open(*member)) members_[member->uuid(kinds::membership::household_id)].push_back(member);
    for (const Record* household : records_.list_grids(kinds::household::kKind, grids))
      if (is_open(*household)) households_[household->uuid(kinds::household::dwelling_id)].push_back(household);
    for (const Record* dwelling : records_.list_grids(kinds::dwelling::kKind, grids)) add_dwelling(dwelling);
  }

  RecordCache& records() { return records_; }
  const VisitLog& log() const { return log_; }
  std::vector<Listed>& doors() { return doors_; }
  int dwellings() const { return dwellings_; }

 private:
  void add_dwelling(const Record* dwelling) {
    if (!is_open(*dwelling)) return;
    const auto at = households_.find(dwelling->ref.id);
    const bool home = dwelling->text(kinds::dwelling::use) != "7";
    if (home) ++dwellings_;
    if (at != households_.end()) {
      for (const Record* household : at->second) add_door(dwelling, household);
    } else if (home) {
      add_door(dwelling, nullptr);
    }
  }

  void add_door(const Record* dwelling, const Record* household) {
    Door door{.dwelling = dwelling, .household = household, .people = {}, .visits = {}};
    const Uuid id = household == nullptr ? Uuid{} : household->ref.id;
    if (const auto at = members_.find(id); household != nullptr && at != members_.end())
      for (const Record* member : at->second)
        if (const Record* person = records_.find(kinds::person::kKind, member->uuid(kinds::membership::person_id)))
          door.people.push_back(person);
    door.visits = log_.of(id, dwelling->ref.id);
    door.has_draft = drafts_.contains(kept::visit_draft(household == nullptr ? dwelling->ref.id : id));
    doors_.push_back({std::move(door), {}});
    doors_.back().due = due_of(ctx_, doors_.back().door);
  }

  const QueryContext& ctx_;
  RecordCache records_;
  std::unordered_set<std::string> drafts_;
  std::unordered_map<Uuid, std::vector<const Record*>> members_;
  std::unordered_map<Uuid, std::vector<const Record*>> households_;
  VisitLog log_;
  std::vector<Listed> doors_;
  int dwellings_ = 0;
};

bool touched_today(const Listed& listed) {
  return listed.due.state == DueState::done || listed.due.state == DueState::attempted;
}

bool is_done(DueState state) { return state == DueState::done; }

/// Leaves what belongs to today: the worked, the promised, the begun, and the share of the rest.
void keep_todays(std::vector<Listed>& doors, int share) {
  std::stable_sort(doors.begin(), doors.end(),
                   [](const Listed& a, const Listed& b) { return a.due.weight > b.due.weight; });
  const auto worked = std::count_if(doors.begin(), doors.end(), touched_today);
  auto left = std::max<std::ptrdiff_t>(0, share - worked);
  auto empty_left = std::min<std::ptrdiff_t>(left, share / kDoorsPerEmptyOne);
  std::erase_if(doors, [&](const Listed& listed) {
    if (touched_today(listed) || listed.due.state == DueState::draft || listed.due.promised) return false;
    if (listed.door.household == nullptr) return empty_left-- <= 0;
    return left-- <= 0;
  });
}

TodayRow to_row(const QueryContext& ctx, GridDoors& grid, const SyncLedger& ledger, const Listed& listed,
                const DoorAddress& address) {
  const Door& door = listed.door;
  TodayRow row;
  if (door.household != nullptr) row.household = door.household->ref.id;
  row.dwelling = door.dwelling->ref.id;
  row.title = household_title(ctx, grid.records(), door.household, door.people.empty() ? nullptr : door.people.front());
  row.address = address.text();
  row.group = address.building;
  row.tags = door_tags(ctx, door);
  if (!door.people.empty()) row.people = people_text(ctx, door.people.size());
  row.reason = listed.due.reason;
  row.state = listed.due.state;
  row.sync = ledger.worst({door.household, door.dwelling, door.visits.latest});
  for (const Record* person : door.people) row.sync = std::max(row.sync, ledger.of(*person));
  return row;
}

void add_rows(const QueryContext& ctx, GridDoors& grid, const SyncLedger& ledger, TodayState& today) {
  struct Placed {
    const Listed* listed;
    DoorAddress address;
  };
  std::vector<Placed> placed;
  for (const Listed& listed : grid.doors())
    placed.push_back({&listed, address_of(grid.records(), listed.door.dwelling)});
  // People first: whether an empty dwelling is still empty can be seen on the way back.
  std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    const bool a_empty = a.listed->door.household == nullptr;
    const bool b_empty = b.listed->door.household == nullptr;
    return a_empty != b_empty ? b_empty : a.address.walk < b.address.walk;
  });
  for (const Placed& place : placed) {
    const bool done = is_done(place.listed->due.state);
    ++today.count_all;
    ++(done ? today.count_done : today.count_due);
    const bool shown = today.filter == TodayFilter::all || done == (today.filter == TodayFilter::done);
    if (shown) today.rows.push_back(to_row(ctx, grid, ledger, *place.listed, place.address));
  }
}

}  // namespace

std::string grid_name(Store& store, const QueryContext& ctx) {
  const auto grids = ctx.grids();
  if (grids.empty()) return {};
  RecordCache records(store);
  for (const Record* grid : records.list(kinds::grid::kKind, {kinds::grid::code, grids.front()}))
    if (const std::string_view name = grid->text(kinds::grid::name); !name.empty()) return std::string(name);
  constexpr std::uint64_t kNumberDigits = 1000;
  const auto code = parse_scope_code(grids.front());
  return ctx.tr("app.grid", {{"n", std::to_string(code ? code->value % kNumberDigits : 0)}});
}

Result<TodayState> query_today(Store& store, const QueryContext& ctx, TodayFilter filter) {
  RUHU_TRY(const auto moment, store.snapshot());
  const std::int32_t day = local_day(ctx.now);
  RUHU_TRY(auto drafts, kept::lines(store, kept::kDrafts));
  GridDoors grid(store, ctx, std::move(drafts));
  grid.read();
  RUHU_TRY(const auto ledger, SyncLedger::read(store, grid.records(), ctx.identity));
  TodayState today;
  today.filter = filter;
  today.title = grid_name(store, ctx);
  today.no_grid = ctx.identity.scopes.empty();
  today.date = day_title(ctx, day);
  constexpr int kTenth = 10;
  today.week_goal = (grid.dwellings() + kTenth - 1) / kTenth;
  today.week_verified = grid.log().dwellings_verified_since(start_of_day(monday_of(day)));
  const int verified_today = grid.log().dwellings_verified_since(start_of_day(day));
  keep_todays(grid.doors(), std::max(kLeastPerDay, today.week_goal - (today.week_verified - verified_today)));
  add_rows(ctx, grid, ledger, today);
  RUHU_TRY_DONE(grid.records().status());
  return today;
}

}  // namespace ruhu
