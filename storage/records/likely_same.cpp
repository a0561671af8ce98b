#include "storage/records/likely_same.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "storage/model/duplicates/comparison.hpp"
#include "storage/model/duplicates/name_likeness.hpp"
#include "storage/model/life_cycle/plan.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kHitsMax = 40;           ///< Of one search: a common name has more, and says little.
constexpr std::size_t kNeighboursMax = 2'000;  ///< Records of one building, household or category.
constexpr std::size_t kTail = 6;

/// Collects who may be meant, by the keys that the search has anyway.
class LikelyFinder {
 public:
  LikelyFinder(Store& store, const Record& fresh, const Homes& homes) : store_(store), fresh_(fresh), homes_(homes) {}

  Result<std::vector<LikelySame>> run() {
    RUHU_TRY_DONE(collect());
    std::sort(refs_.begin(), refs_.end());
    refs_.erase(std::unique(refs_.begin(), refs_.end()), refs_.end());
    std::vector<LikelySame> likely;
    for (const RecordRef& ref : refs_) {
      RUHU_TRY(const auto other, store_.find(ref));
      if (!other || !is_open_record(*other)) continue;
      RUHU_TRY(Likeness likeness, likeness_of(*other));
      if (likeness.verdict == Likeness::Verdict::different) continue;
      likely.push_back({ref, std::move(likeness)});
    }
    std::stable_sort(likely.begin(), likely.end(), [](const LikelySame& one, const LikelySame& other) {
      return one.likeness.score > other.likeness.score;
    });
    if (likely.size() > kLikelyMax) likely.resize(kLikelyMax);
    return likely;
  }

 private:
  Status collect() {
    namespace p = kinds::person;
    namespace e = kinds::enterprise;
    const KindNo kind = fresh_.ref.kind;
    if (kind == p::kKind || kind == kinds::volunteer::kKind) return collect_people();
    if (kind == kinds::dwelling::kKind) return add_where(kinds::dwelling::building_id);
    if (kind == kinds::household::kKind) return add_where(kinds::household::dwelling_id);
    if (kind == kinds::case_::kKind) return add_where(kinds::case_::category);
    if (kind != e::kKind) return {};
    RUHU_TRY_DONE(search(fresh_.text(e::name)));
    RUHU_TRY_DONE(search(fresh_.text(e::sign_name)));
    return search_tail(fresh_.text(e::uscc));
  }

  Status collect_people() {
    namespace p = kinds::person;
    namespace v = kinds::volunteer;
    const bool volunteer = fresh_.ref.kind == v::kKind;
    const std::string_view name = fresh_.text(volunteer ? v::name : p::name);
    RUHU_TRY_DONE(search(name));
    RUHU_TRY_DONE(search(usual_reading(comparable_name(name))));
    const std::string number = comparable_number(fresh_);
    RUHU_TRY_DONE(search_tail(number));
    // An old number is kept under its own end, which has no check digit.
    if (!number.empty()) RUHU_TRY_DONE(search_tail(std::string_view(number).substr(0, number.size() - 1)));
    for (const std::string& phone : phones_of(fresh_)) RUHU_TRY_DONE(search_tail(phone));
    if (volunteer) return add_where(v::person_id);
    if (const auto* aliases = std::get_if<TextSet>(&fresh_.get(p::alias)))
      for (const std::string& alias : aliases->items) RUHU_TRY_DONE(search(alias));
    return add_where(p::guardian_id);
  }

  Status search(std::string_view text) {
    if (text.empty()) return {};
    RUHU_TRY(const auto hits, store_.search(text, kHitsMax));
    for (const SearchHit& hit : hits)
      if (hit.ref.kind == fresh_.ref.kind) refs_.push_back(hit.ref);
    return {};
  }
  Status search_tail(std::string_view number) {
    return number.size() < kTail ? Status{} : search(number.substr(number.size() - kTail));
  }

  Status add_where(ColumnNo column) {
    const Value& value = fresh_.get(column);
    if (is_empty(value)) return {};
    RUHU_TRY(const auto records,
             store_.list(fresh_.ref.kind, {.where = {{column, value}}, .after = {}, .limit = kNeighboursMax}));
    for (const Record& record : records) refs_.push_back(record.ref);
    return {};
  }

  Result<Likeness> likeness_of(const Record& other) {
    Homes homes;
    if (fresh_.ref.kind == kinds::person::kKind && !homes_.empty()) {
      namespace r = kinds::residency;
      RUHU_TRY(const auto stays, store_.list(r::kKind, {.where = {{r::person_id, other.ref.id}}, .after = {}}));
      for (const Record& stay : stays)
        if (is_open_record(stay)) homes.push_back(stay.uuid(r::dwelling_id));
    }
    return compare_records(fresh_, other, homes_, homes);
  }

  Store& store_;
  const Record& fresh_;
  const Homes& homes_;
  std::vector<RecordRef> refs_;
};

}  // namespace

Result<std::vector<LikelySame>> find_likely_same(Store& store, const Record& fresh, const Homes& homes) {
  if (!can_be_twice(fresh.ref.kind)) return std::vector<LikelySame>{};
  RUHU_TRY(const auto moment, store.snapshot());
  return LikelyFinder(store, fresh, homes).run();
}

}  // namespace ruhu
