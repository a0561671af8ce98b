// Work that was done or promised twice. Situations 27 and 28. All of it is put right without asking anybody.
#include <algorithm>

#include "dictionary_constants.hpp"
#include "server/desk/rules.hpp"
#include "storage/model/life_cycle/circles.hpp"

namespace ruhu::server {
namespace {

// --- one inspection done twice in a period (27): both stay, their hazards are joined by item ---

namespace i = kinds::inspection;
namespace z = kinds::hazard;

/// Inspections of one kind, place and period, the first one first.
Result<std::vector<Record>> inspections_like(RuleContext& ctx, const Record& inspection) {
  std::vector<Record> all;
  for (const ColumnNo place : {i::enterprise_id, i::dwelling_id}) {
    RUHU_TRY(const auto some, ctx.open(i::kKind, place, inspection.uuid(place)));
    for (const Record& one : some)
      if (one.text(i::kind) == inspection.text(i::kind) && one.text(i::period) == inspection.text(i::period) &&
          std::none_of(all.begin(), all.end(), [&](const Record& known) { return known.ref == one.ref; }))
        all.push_back(one);
  }
  std::sort(all.begin(), all.end(), [](const Record& a, const Record& b) {
    return std::pair(int_of(a.get(i::done_at)), a.ref) < std::pair(int_of(b.get(i::done_at)), b.ref);
  });
  return all;
}

Status join_hazards(RuleContext& ctx, const Record& at, const Touched&) {
  const RecordId id = at.ref.kind == i::kKind ? at.ref.id : at.uuid(z::inspection_id);
  RUHU_TRY(const auto inspection, ctx.find(i::kKind, id));
  if (!inspection || !is_open_record(*inspection)) return {};
  RUHU_TRY(const auto inspections, inspections_like(ctx, *inspection));
  if (inspections.size() < 2) return {};
  std::vector<Record> first_of_item;
  for (const Record& one : inspections) {
    RUHU_TRY(const auto hazards, ctx.open(z::kKind, z::inspection_id, one.ref.id));
    for (const Record& hazard : hazards) {
      const auto first = std::find_if(first_of_item.begin(), first_of_item.end(), [&](const Record& known) {
        return known.text(z::item) == hazard.text(z::item) && known.uuid(z::inspection_id) != one.ref.id;
      });
      if (first == first_of_item.end())
        first_of_item.push_back(hazard);
      else if (hazard.uuid(z::dup_of).is_nil())
        RUHU_TRY_DONE(ctx.put(hazard, {{z::dup_of, first->ref.id}}));
    }
  }
  return {};
}

// --- points sent twice (28): a cause is booked once ---

namespace e = kinds::points_entry;

/// The earlier to arrive is the one that counts. Within a moment the place in the grid's log tells.
struct Arrival {
  Instant at = Instant::max();
  Lsn lsn;
  OpId op;
  auto operator<=>(const Arrival&) const = default;
};

Result<Arrival> arrival_of(RuleContext& ctx, const Record& record, const Stamp& stamp) {
  RUHU_TRY(const auto op, ctx.tx().find_op(stamp.op));
  RUHU_TRY(const auto entries, ctx.tx().record_log(record.ref, stamp.version));
  return Arrival{op ? op->received_at : Instant::max(), entries.empty() ? Lsn{} : entries.front().lsn, stamp.op};
}

bool is_same_cause(const Record& one, const Record& other) {
  const auto same = [&](ColumnNo column) { return one.get(column) == other.get(column); };
  return same(e::org_id) && same(e::volunteer_id) && same(e::reason) && same(e::period) &&
         one.uuid(e::corrects_id).is_nil() && other.uuid(e::corrects_id).is_nil();
}

Status book_once(RuleContext& ctx, const Record& at, const Touched&) {
  if (!is_open_record(at)) return {};
  const std::string_view key = at.text(e::cause_key);
  std::vector<Record> entries;
  if (!key.empty()) {
    RUHU_TRY(entries, ctx.tx().list_records(e::kKind, {.where = {{e::cause_key, std::string(key)}}, .after = {}}));
  } else {
    RUHU_TRY(entries, ctx.open(e::kKind, e::cause_id, at.uuid(e::cause_id)));
  }
  std::erase_if(entries, [&](const Record& one) { return !is_open_record(one) || !is_same_cause(at, one); });
  if (entries.size() < 2) return {};
  const Record* first = nullptr;
  Arrival earliest;
  for (const Record& one : entries) {
    RUHU_TRY(const auto arrival, arrival_of(ctx, one, one.meta.created));
    if (first == nullptr || arrival < earliest) std::tie(first, earliest) = std::pair(&one, arrival);
  }
  for (const Record& one : entries)
    if (&one != first) RUHU_TRY_DONE(ctx.put(one, {{e::status, std::string("void")}}));
  return {};
}

// --- one team picked for two needs (28): the first keeps it, the other is matched anew ---

namespace n = kinds::need;

Status keep_first_pick(RuleContext& ctx, const Record& at, const Touched&) {
  RUHU_TRY(auto needs, ctx.open(n::kKind, n::team_id, at.uuid(n::team_id)));
  std::erase_if(
      needs, [](const Record& need) { return need.text(n::state) != "matched" && need.text(n::state) != "serving"; });
  if (needs.size() < 2) return {};
  const Record* first = nullptr;
  std::pair<bool, Arrival> best;
  for (const Record& need : needs) {
    RUHU_TRY(const auto arrival, arrival_of(ctx, need, need.meta.stamp_of(n::team_id)));
    const std::pair rank(need.text(n::state) != "serving", arrival);  // who is being served is not left
    if (first == nullptr || rank < best) std::tie(first, best) = std::pair(&need, rank);
  }
  for (const Record& need : needs)
    if (&need != first && need.text(n::state) == "matched")
      RUHU_TRY_DONE(ctx.put(need, {{n::state, std::string("classified")}, {n::team_id, {}}, {n::picked_at, {}}}));
  return {};
}

}  // namespace

std::vector<Rule> rules_of_services() {
  return {
      {"hazards_joined",
       "desk.hazards_joined",
       9,
       {{z::kKind, {z::inspection_id, z::item, z::status}},
        {i::kKind, {i::enterprise_id, i::dwelling_id, i::period, i::kind, i::done_at, i::status}}},
       join_hazards,
       nullptr},
      {"booked_once", "desk.booked_once", 9, {{e::kKind, {e::cause_key, e::cause_id, e::status}}}, book_once, nullptr},
      {"team_once", "desk.team_once", 9, {{n::kKind, {n::team_id, n::state, n::status}}}, keep_first_pick, nullptr},
  };
}

}  // namespace ruhu::server
