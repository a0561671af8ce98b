// What must hold among people, homes and households. Situations 3, 4, 5, 13, 14, 15.
#include <algorithm>

#include "dictionary_constants.hpp"
#include "server/desk/concurrency.hpp"
#include "server/desk/rules.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/model/duplicates/likeness.hpp"
#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/days.hpp"

namespace ruhu::server {
namespace {

namespace p = kinds::person;
namespace r = kinds::residency;
namespace m = kinds::membership;
namespace h = kinds::household;

using Cases = Result<std::vector<Found>>;

// --- main homes (3, 5) ---

/// The records of one human being: this one, and others with the same number and nothing against it.
Result<std::vector<Record>> records_of_same(RuleContext& ctx, const Record& person) {
  std::vector<Record> same = {person};
  if (!is_open_record(person)) return same;
  const auto key = number_key(person);
  if (!key || bool_of(person.get(p::id_in_doubt))) return same;
  RUHU_TRY(const auto refs, ctx.tx().records_with_key(key->hash, kSharersMax));
  for (const RecordRef& ref : refs) {
    if (ref == person.ref) continue;
    RUHU_TRY(const auto other, ctx.find(ref.kind, ref.id));
    if (!other || !is_open_record(*other) || bool_of(other->get(p::id_in_doubt))) continue;
    if (compare_records(person, *other).verdict == Likeness::Verdict::same) same.push_back(*other);
  }
  return same;
}

/// The first day that its beginning can mean; a stay of which none is told has always been.
std::string beginning_of(const Record& stay) {
  const auto since = parse_partial_date(stay.text(r::since));
  if (!since) return {};
  const CivilDate day = first_day(*since);
  return to_string(PartialDate{day.year, day.month, day.day});
}

/// Who lives where their hukou is has the main home there; otherwise where they have lived longer; otherwise by id, so
/// that everybody comes to the same answer.
bool is_rather_main(const Record& one, const Record& other) {
  const auto rank = [](const Record& stay) {
    return bool_of(stay.get(r::registered_here)) && bool_of(stay.get(r::lives_here)) ? 0 : 1;
  };
  if (rank(one) != rank(other)) return rank(one) < rank(other);
  if (beginning_of(one) != beginning_of(other)) return beginning_of(one) < beginning_of(other);
  return one.ref < other.ref;
}

/// A later main home in another grid is a move, if both tell the day.
bool is_move(const Record& old, const Record& fresh) {
  const std::string_view since = fresh.text(r::since);
  return old.text(r::grid_id) != fresh.text(r::grid_id) && old.uuid(r::dwelling_id) != fresh.uuid(r::dwelling_id) &&
         since.size() == std::string_view("2026-03-05").size() && beginning_of(old) < since;
}

Status end_by_move(RuleContext& ctx, const Record& old, const Record& fresh) {
  const std::string until = not_before(day_before(fresh.text(r::since)), old.text(r::since));
  return ctx.put(old,
                 {{r::status, std::string("closed")}, {r::until, until}, {r::primary, false}, {r::lives_here, false}});
}

Status keep_one_main_home(RuleContext& ctx, const Record& at, const Touched& touched) {
  const bool is_stay = at.ref.kind == r::kKind;
  if (!is_stay && touched.is_new) return {};  // who has just been recorded stays nowhere yet
  if (is_stay && (!bool_of(at.get(r::primary)) || !is_open_record(at))) return {};
  RUHU_TRY(const auto person, ctx.find(p::kKind, is_stay ? at.uuid(r::person_id) : at.ref.id));
  if (!person || !is_open_record(*person)) return {};
  RUHU_TRY(const auto records, records_of_same(ctx, *person));
  std::vector<Record> mains;
  for (const Record& record : records) {
    RUHU_TRY(const auto stays, ctx.open(r::kKind, r::person_id, record.ref.id));
    for (const Record& stay : stays)
      if (bool_of(stay.get(r::primary)) && stay.text(r::until).empty()) mains.push_back(stay);
  }
  if (mains.size() < 2) return {};
  const auto latest = std::max_element(mains.begin(), mains.end(), [](const Record& one, const Record& other) {
    return std::pair(beginning_of(one), one.ref) < std::pair(beginning_of(other), other.ref);
  });
  std::vector<Record> left;
  for (const Record& stay : mains) {
    if (stay.ref != latest->ref && is_move(stay, *latest))
      RUHU_TRY_DONE(end_by_move(ctx, stay, *latest));
    else
      left.push_back(stay);
  }
  std::sort(left.begin(), left.end(), is_rather_main);
  for (std::size_t i = 1; i < left.size(); ++i) RUHU_TRY_DONE(ctx.put(left[i], {{r::primary, false}}));
  return {};
}

/// The worker of the grid that was left may know better; until somebody says so, the move stands.
Cases find_moved(RuleContext& ctx, const Record& at) {
  std::vector<Found> all;
  if (at.text(r::status) != "closed") return all;
  RUHU_TRY(const bool by_rule, ctx.is_own(at.meta.stamp_of(r::status)));
  if (!by_rule) return all;
  RUHU_TRY(const auto person, ctx.find(p::kKind, at.uuid(r::person_id)));
  if (!person) return all;
  RUHU_TRY(const auto records, records_of_same(ctx, *person));
  for (const Record& record : records) {
    RUHU_TRY(const auto stays, ctx.open(r::kKind, r::person_id, record.ref.id));
    for (const Record& stay : stays) {
      if (!bool_of(stay.get(r::primary)) || !is_move(at, stay)) continue;
      const std::vector<ColumnNo> columns = {r::grid_id, r::dwelling_id, r::since, r::until};
      all.push_back({subject_of(at.ref), {side_of(at, columns), side_of(stay, columns)}, 5, {}, 0, true});
      return all;
    }
  }
  return all;
}

// --- heads (13) ---

Cases heads_of(RuleContext& ctx, const Record& household) {
  std::vector<Found> all;
  if (!is_open_record(household)) return all;
  RUHU_TRY(const auto members, ctx.open(m::kKind, m::household_id, household.ref.id));
  const RecordId named = household.uuid(h::head_person_id);
  std::vector<Record> heads;
  for (const Record& member : members)
    if (member.text(m::relation) == "02" && member.text(m::until).empty()) heads.push_back(member);
  const bool named_is_none = heads.size() == 1 && !named.is_nil() && heads[0].uuid(m::person_id) != named &&
                             std::any_of(members.begin(), members.end(),
                                         [&](const Record& member) { return member.uuid(m::person_id) == named; });
  if (heads.size() < 2 && !named_is_none) return all;
  Found found;
  found.subject = subject_of(household.ref);
  found.situation = 13;
  found.sides.push_back(side_of(household, {h::head_person_id, h::dwelling_id}));
  for (const Record& head : heads) found.sides.push_back(side_of(head, {m::person_id, m::relation, m::since}));
  all.push_back(std::move(found));
  return all;
}

Cases find_heads(RuleContext& ctx, const Record& at) {
  if (at.ref.kind == h::kKind) return heads_of(ctx, at);
  RUHU_TRY(const auto household, ctx.find(h::kKind, at.uuid(m::household_id)));
  if (!household) return std::vector<Found>{};
  // A case names the household and its heads; of any other member it tells nothing.
  const bool concerned = at.text(m::relation) == "02" || household->uuid(h::head_person_id) == at.uuid(m::person_id);
  return concerned ? heads_of(ctx, *household) : Cases{std::vector<Found>{}};
}

// --- households that became one (15) ---

/// Each went into the other: nobody of the two is left.
Cases find_merged_in_circle(RuleContext& ctx, const Record& at) {
  std::vector<Found> all;
  RUHU_TRY(const auto other, ctx.find(h::kKind, at.uuid(h::merged_into)));
  if (!other || other->uuid(h::merged_into) != at.ref.id || is_open_record(at) || is_open_record(*other)) return all;
  const std::vector<ColumnNo> columns = {h::dwelling_id, h::head_person_id, h::status, h::merged_into};
  const auto [first, second] = std::minmax(at.ref, other->ref);
  const bool in_order = at.ref == first;
  all.push_back({subject_of(first, second),
                 {side_of(in_order ? at : *other, columns), side_of(in_order ? *other : at, columns)},
                 15});
  return all;
}

/// A member of two open households behind one door.
Cases memberships_of(RuleContext& ctx, const RecordId& person) {
  std::vector<Found> all;
  RUHU_TRY(const auto members, ctx.open(m::kKind, m::person_id, person));
  if (members.size() < 2) return all;
  struct Place {
    const Record* membership;
    RecordId household;
    RecordId door;
  };
  std::vector<Place> places;
  for (const Record& member : members) {
    RUHU_TRY(const auto household, ctx.find(h::kKind, member.uuid(m::household_id)));
    if (household && is_open_record(*household) && member.text(m::until).empty())
      places.push_back({&member, household->ref.id, household->uuid(h::dwelling_id)});
  }
  const std::vector<ColumnNo> columns = {m::person_id, m::household_id, m::relation, m::since};
  for (std::size_t i = 0; i < places.size(); ++i)
    for (std::size_t j = i + 1; j < places.size(); ++j)
      if (places[i].door == places[j].door && places[i].household != places[j].household)
        all.push_back({subject_of(places[i].membership->ref, places[j].membership->ref),
                       {side_of(*places[i].membership, columns), side_of(*places[j].membership, columns)},
                       15});
  return all;
}

Cases find_two_memberships(RuleContext& ctx, const Record& at) {
  if (at.ref.kind == m::kKind) return memberships_of(ctx, at.uuid(m::person_id));
  std::vector<Found> all;
  RUHU_TRY(const auto members, ctx.open(m::kKind, m::household_id, at.ref.id));
  for (const Record& member : members) {
    RUHU_TRY(const auto found, memberships_of(ctx, member.uuid(m::person_id)));
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

// --- the end of a record against what others wrote (4, 14) ---

/// What an end brings along, and where a record belongs.
bool is_of_end(KindNo kind, ColumnNo column) {
  if (column == r::status || column == r::grid_id) return true;
  if (kind == r::kKind)
    return column == r::until || column == r::left_to || column == r::left_reason || column == r::lives_here ||
           column == r::primary;
  if (kind == m::kKind) return column == m::until || column == m::relation;
  return (kind == h::kKind && (column == h::merged_into || column == h::head_person_id)) ||
         (kind == p::kKind && column == p::merged_into);
}

int situation_of_end(KindNo kind) {
  if (kind == r::kKind || kind == m::kKind) return 4;
  return kind == h::kKind ? 14 : 0;
}

/// The end stands. What somebody wrote who did not know of it, or whom the end did not know of, may belong to whoever
/// came after, or speak against the end.
Cases find_written_beside_end(RuleContext& ctx, const Record& at) {
  std::vector<Found> all;
  const Stamp& end = at.meta.stamp_of(p::status);
  if (is_open_record(at) || !at.meta.has_own_stamp(p::status) || end.op.tablet.value == 0) return all;
  RUHU_TRY(const auto ending, ctx.tx().find_op(end.op));
  if (!ending) return all;
  RUHU_TRY(const ServerVersion known, version_seen(ctx.tx(), *ending, p::status));
  std::vector<ColumnNo> columns = {p::status};
  for (const auto& [column, stamp] : at.meta.later) {
    const bool own = stamp.op.tablet == end.op.tablet || stamp.op.tablet.value == 0;
    if (own || is_of_end(at.ref.kind, column)) continue;
    RUHU_TRY(const auto op, ctx.tx().find_op(stamp.op));
    if (!op) continue;
    RUHU_TRY(const ServerVersion seen, version_seen(ctx.tx(), *op, column));
    if (stamp.version < end.version ? stamp.version > known : end.version > seen) columns.push_back(column);
  }
  if (columns.size() > 1) all.push_back({subject_of(at.ref), {side_of(at, columns)}, situation_of_end(at.ref.kind)});
  return all;
}

std::vector<Trigger> whatever_ends() {
  std::vector<Trigger> triggers;
  for (const KindNo kind : {p::kKind, r::kKind, m::kKind, h::kKind, kinds::dwelling::kKind, kinds::building::kKind,
                            kinds::enterprise::kKind, kinds::need::kKind})
    triggers.push_back({kind, {}, true});
  return triggers;
}

}  // namespace

std::vector<Rule> rules_of_households() {
  return {
      {"one_main_home",
       "desk.one_main_home",
       9,
       {{r::kKind, {r::person_id, r::primary, r::status, r::until, r::since, r::grid_id, r::registered_here}},
        {p::kKind, {p::id_no, p::status}}},
       keep_one_main_home,
       nullptr},
      {"moved_away", "desk.moved_away", 6, {{r::kKind, {r::status, r::until}}}, nullptr, find_moved},
      {"two_heads",
       "desk.two_heads",
       3,
       {{m::kKind, {m::relation, m::household_id, m::person_id, m::status, m::until}},
        {h::kKind, {h::head_person_id, h::status}}},
       nullptr,
       find_heads},
      {"merged_in_circle",
       "desk.merged_in_circle",
       3,
       {{h::kKind, {h::merged_into, h::status}}},
       nullptr,
       find_merged_in_circle},
      {"two_memberships",
       "desk.two_memberships",
       4,
       {{m::kKind, {m::household_id, m::person_id, m::status, m::until}}, {h::kKind, {h::status, h::dwelling_id}}},
       nullptr,
       find_two_memberships},
      {"written_beside_end", "desk.written_beside_end", 4, whatever_ends(), nullptr, find_written_beside_end},
  };
}

}  // namespace ruhu::server
