#include "app/queries/search.hpp"

#include <algorithm>
#include <unordered_set>

#include "app/queries/kept_texts.hpp"
#include "app/queries/places.hpp"
#include "app/queries/record_sync.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "storage/search/search_keys.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kRowsMax = 50;
constexpr std::size_t kHitsMax = 100;

/// Collects the rows of one search, each record once.
class SearchRows {
 public:
  SearchRows(Store& store, const QueryContext& ctx, std::string_view text)
      : ctx_(ctx), records_(store), text_(fold_for_search(text)) {}

  Status read_ledger(Store& store) {
    RUHU_TRY(ledger_, SyncLedger::read(store, records_, ctx_.identity.tablet));
    return {};
  }

  void add_hit(const RecordRef& ref) {
    if (ref.kind == kinds::person::kKind) return add_person(ref);
    if (ref.kind == kinds::household::kKind) return add_household(ref.id, ctx_.tr("app.match.tail"));
    add_place(ref);
  }

  /// Doors that were found themselves or lie in a place that was found, in walking order.
  void add_doors() {
    struct Found {
      std::string walk;
      const Record* dwelling;
    };
    std::vector<Found> found;
    for (const Record* dwelling : doors_)
      if (is_open(*dwelling)) found.push_back({address_of(records_, dwelling).walk, dwelling});
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.walk < b.walk; });
    for (const Found& door : found) add_dwelling(door.dwelling, ctx_.tr(is_number_of(*door.dwelling) ? "app.match.tail"
                                                                                              : "app.match.address"));
  }

  void add_household(const RecordId& id, std::string matched) {
    const Record* household = records_.find(kinds::household::kKind, id);
    if (household == nullptr || !is_open(*household) || !fresh(id)) return;
    if (is_full()) return;
    const Record* dwelling = records_.find(kinds::dwelling::kKind, household->uuid(kinds::household::dwelling_id));
    rows_.push_back({household->ref,
                     household_title(ctx_, records_, household, first_member(id)),
                     address_of(records_, dwelling).text(),
                     std::move(matched),
                     {},
                     ledger_.worst({household, dwelling})});
  }

  std::vector<SearchRow> take() { return std::move(rows_); }
  int total() const { return total_; }
  const Status& status() const { return records_.status(); }

 private:
  bool fresh(const RecordId& id) { return seen_.insert(id).second; }
  /// Counts a row that is about to be added; true when there is no room for it.
  bool is_full() { return static_cast<std::size_t>(total_++) >= kRowsMax; }

  /// A dwelling, or all dwellings of an entrance, a building, a compound.
  void add_place(const RecordRef& ref) {
    if (ref.kind == kinds::dwelling::kKind) {
      if (const Record* dwelling = records_.find(ref.kind, ref.id)) doors_.push_back(dwelling);
    } else if (ref.kind == kinds::compound::kKind) {
      for (const Record* building : records_.list(kinds::building::kKind, {kinds::building::compound_id, ref.id}))
        if (doors_.size() < kHitsMax) add_place(building->ref);
    } else if (ref.kind == kinds::building::kKind || ref.kind == kinds::entrance::kKind) {
      const bool whole = ref.kind == kinds::building::kKind;
      const ColumnNo within = whole ? kinds::dwelling::building_id : kinds::dwelling::entrance_id;
      const auto inside = records_.list(kinds::dwelling::kKind, {within, ref.id});
      doors_.insert(doors_.end(), inside.begin(), inside.end());
    }
  }

  /// Four digits and more that are not in the room's number are the end of the owner's or landlord's phone.
  bool is_number_of(const Record& dwelling) const {
    return is_all_digits(text_) && text_.size() >= 4 &&
           dwelling.text(kinds::dwelling::room_no).find(text_) == std::string_view::npos;
  }

  const Record* first_member(const RecordId& household) {
    const auto members = open_memberships(records_, household);
    return members.empty() ? nullptr
                           : records_.find(kinds::person::kKind, members.front()->uuid(kinds::membership::person_id));
  }

  void add_person(const RecordRef& ref) {
    const Record* person = records_.find(ref.kind, ref.id);
    if (person == nullptr || !is_open(*person) || !fresh(ref.id) || is_full()) return;
    const Record* household = records_.find(kinds::household::kKind, household_of_person(records_, ref.id));
    const Record* dwelling =
        household == nullptr ? nullptr
                             : records_.find(kinds::dwelling::kKind, household->uuid(kinds::household::dwelling_id));
    SearchRow row{ref, person_name(ctx_, *person), address_of(records_, dwelling).text(), matched_in(*person),
                  {},  ledger_.of(*person)};
    if (const std::string about = person_about(ctx_, *person); !about.empty())
      row.tags.push_back({about, Tone::neutral});
    rows_.push_back(std::move(row));
  }

  void add_dwelling(const Record* dwelling, const std::string& matched) {
    if (dwelling == nullptr || !is_open(*dwelling) || !fresh(dwelling->ref.id)) return;
    bool anybody = false;
    for (const Record* household :
         records_.list(kinds::household::kKind, {kinds::household::dwelling_id, dwelling->ref.id})) {
      if (!is_open(*household)) continue;
      anybody = true;
      add_household(household->ref.id, matched);
    }
    if (anybody || is_full()) return;
    rows_.push_back({dwelling->ref,
                     ctx_.tr("app.household.empty"),
                     address_of(records_, dwelling).text(),
                     matched,
                     {},
                     ledger_.of(*dwelling)});
  }

  std::string matched_in(const Record& person) const {
    const auto digits = std::count_if(text_.begin(), text_.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits > 0) return ctx_.tr("app.match.tail");
    const bool latin = !text_.empty() && static_cast<unsigned char>(text_.front()) < 0x80;
    if (!latin) return ctx_.tr("app.match.name");
    const std::string_view name = person.text(kinds::person::name);
    const auto characters = length_utf8(name);
    for (const std::string& key : name_keys(name))
      if (key.starts_with(text_) && key.size() > characters) return ctx_.tr("app.match.pinyin");
    return ctx_.tr("app.match.initials");
  }

  const QueryContext& ctx_;
  RecordCache records_;
  std::string text_;
  SyncLedger ledger_;
  std::unordered_set<Uuid> seen_;
  std::vector<const Record*> doors_;
  std::vector<SearchRow> rows_;
  int total_ = 0;
};

}  // namespace

Result<std::vector<SearchRow>> query_recent(Store& store, const QueryContext& ctx) {
  SearchRows rows(store, ctx, {});
  RUHU_TRY_DONE(rows.read_ledger(store));
  RUHU_TRY(const auto ids, kept::lines(store, kept::kRecent));
  for (const std::string& id : ids)
    if (const auto household = parse_uuid(id)) rows.add_household(*household, {});
  RUHU_TRY_DONE(rows.status());
  return rows.take();
}

Result<SearchState> query_search(Store& store, const QueryContext& ctx, std::string_view text) {
  SearchState state;
  state.text = text;
  RUHU_TRY(state.recent, query_recent(store, ctx));
  const std::string_view wanted = trim(text);
  if (wanted.empty()) return state;
  SearchRows rows(store, ctx, wanted);
  RUHU_TRY_DONE(rows.read_ledger(store));
  RUHU_TRY(const auto hits, store.search(wanted, kHitsMax));
  for (const SearchHit& hit : hits) rows.add_hit(hit.ref);
  rows.add_doors();
  RUHU_TRY_DONE(rows.status());
  state.total = rows.total();
  state.rows = rows.take();
  return state;
}

}  // namespace ruhu
