#pragma once
#include <unordered_set>

#include "app/queries/record_sync.hpp"
#include "app/queries/search_match.hpp"
#include "app/state/search.hpp"

namespace ruhu {

/// Collects what one search has found, each record once, and makes rows of the first of it.
///
/// Collecting reads a record's own row at most; the address, the household and the reason are looked up for rows that
/// are shown only. What is over stands last, whatever found it.
class SearchRows {
 public:
  SearchRows(Store& store, const QueryContext& ctx, std::string_view text) : ctx_(ctx), records_(store), typed_(text) {}

  Status read_ledger(Store& store);
  /// A record that the store has found. A place brings itself and the doors in it.
  void add_hit(const RecordRef& ref);
  void add_household(const RecordId& id);
  /// Makes the rows, at most so many: hits in the order of the store, places, doors in walking order, what is over.
  std::vector<SearchRow> take(std::size_t rows_max);
  /// How many there are with those that `take` left out; a door counts once, however many households share it.
  int total() const { return total_; }
  const Status& status() const { return records_.status(); }

 private:
  void add_inside(const RecordRef& place);
  std::vector<const Record*> doors_in_walking_order();
  void add_row(const Record& record, std::size_t rows_max);
  void add_door(const Record& dwelling, std::size_t rows_max);
  SearchRow row_of(const Record& record, const std::string& matched);
  SearchRow person_row(const Record& person);
  SearchRow household_row(const Record& household, const std::string& matched);
  std::string door_match(const Record& dwelling) const;
  const Record* first_member(const RecordId& household);
  bool fresh(const RecordId& id) { return seen_.insert(id).second; }

  const QueryContext& ctx_;
  RecordCache records_;
  TypedSearch typed_;
  SyncLedger ledger_;
  std::unordered_set<Uuid> seen_;
  std::vector<const Record*> hits_;
  std::vector<const Record*> places_;
  std::vector<const Record*> doors_;
  std::vector<const Record*> ended_;
  std::vector<SearchRow> rows_;
  int total_ = 0;
};

}  // namespace ruhu
