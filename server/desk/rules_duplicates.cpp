// What is recorded twice. Situations 3, 6-9, 11, 12, 18, 19, 24, 26. How alike two records are is worked out by
// storage/model/duplicates; here is which ones are looked at.
#include <algorithm>

#include "dictionary_constants.hpp"
#include "server/desk/rules.hpp"
#include "storage/model/duplicates/likeness.hpp"
#include "storage/model/life_cycle/plan.hpp"

namespace ruhu::server {
namespace {

constexpr int kHomesMayDecide = 20;  ///< So much below the mark a common home can still make the difference.
constexpr std::size_t kRareSharersMax = 100;

/// Records that share a key, without those of keys that half the town has.
Result<std::vector<RecordRef>> sharers_of(RuleContext& ctx, const Record& at) {
  std::vector<RecordRef> refs;
  for (const MatchKey& key : ctx.keys_of(at)) {
    const std::size_t most = key.is_rare ? kRareSharersMax : kSharersMax;
    RUHU_TRY(const auto some, ctx.tx().records_with_key(key.hash, most + 1));
    if (some.size() > most && !key.is_rare) continue;
    for (const RecordRef& ref : some)
      if (ref != at.ref && ref.kind == at.ref.kind) refs.push_back(ref);
  }
  std::sort(refs.begin(), refs.end());
  refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
  return refs;
}

Result<Homes> homes_of(RuleContext& ctx, const Record& person) {
  namespace r = kinds::residency;
  Homes homes;
  RUHU_TRY(const auto stays, ctx.open(r::kKind, r::person_id, person.ref.id));
  for (const Record& stay : stays) homes.push_back(stay.uuid(r::dwelling_id));
  return homes;
}

Result<Likeness> likeness_of(RuleContext& ctx, const Record& one, const Record& other) {
  Likeness likeness = compare_records(one, other);
  const bool close = likeness.verdict == Likeness::Verdict::different && likeness.score >= kAskFrom - kHomesMayDecide;
  if (!close || one.ref.kind != kinds::person::kKind) return likeness;
  RUHU_TRY(const Homes homes, homes_of(ctx, one));
  RUHU_TRY(const Homes homes_of_other, homes_of(ctx, other));
  return compare_records(one, other, homes, homes_of_other);
}

Result<std::vector<Found>> find_duplicates(RuleContext& ctx, const Record& at) {
  std::vector<Found> all;
  RUHU_TRY(const auto refs, sharers_of(ctx, at));
  for (const RecordRef& ref : refs) {
    RUHU_TRY(const auto other, ctx.find(ref.kind, ref.id));
    if (!other || !is_open_record(*other)) continue;
    RUHU_TRY(Likeness likeness, likeness_of(ctx, at, *other));
    if (likeness.verdict == Likeness::Verdict::different) continue;
    const auto& columns = columns_compared(ref.kind);
    const bool first = at.ref < ref;
    Found found{subject_of(at.ref, ref),
                {side_of(first ? at : *other, columns), side_of(first ? *other : at, columns)},
                likeness.situation,
                std::move(likeness.reasons),
                likeness.score};
    found.for_good = true;
    all.push_back(std::move(found));
  }
  return all;
}

std::vector<Trigger> kinds_compared() {
  std::vector<Trigger> triggers;
  for (const KindNo kind : {kinds::person::kKind, kinds::household::kKind, kinds::dwelling::kKind,
                            kinds::enterprise::kKind, kinds::volunteer::kKind, kinds::case_::kKind})
    triggers.push_back({kind, columns_compared(kind)});
  return triggers;
}

}  // namespace

std::vector<Rule> rules_of_duplicates() {
  return {{"duplicate", "desk.duplicate", 4, kinds_compared(), nullptr, find_duplicates}};
}

}  // namespace ruhu::server
