#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/dictionary/dictionary.hpp"
#include "storage/model/record.hpp"
#include "storage/schema/record_table.hpp"
#include "storage/search/search_keys.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu {

/// The stored keys of every searchable record. Part of the caller's transaction: keys and row change together.
///
/// A record gets a small number, and each of its keys is one entry (key, number): a community's keys stay a fraction of
/// its records. A place also knows the place that it lies in, so that "阳光花园 3栋 502" is found although its three
/// parts belong to three records.
class SearchTable {
 public:
  SearchTable(Database& db, const Dictionary& dictionary) : db_(db), dictionary_(dictionary) {}

  /// Replaces the keys that `before` had by those that `after` has. nullptr `before`: a new record.
  Status refresh(const Record* before, const Record& after);
  /// Makes all keys anew from the rows: after the way of making them has changed.
  Status rebuild();
  /// Tells which fields become which keys; a store whose keys were made under another mark needs `rebuild`.
  static std::int64_t form_mark(const Dictionary& dictionary);

  struct Match {
    RecordRef ref;
    int rank = 0;  ///< 0: some key is the whole text; 1 and more: it only begins with the text.
  };
  /// Records of which every word of the query begins some key, best first, at most `limit`. Words of an address may
  /// also stand in a place around the record.
  Result<std::vector<Match>> find(const SearchQuery& query, std::size_t limit);

  /// Keys of the record with that number, made from its row; empty when the row is not here.
  Result<std::vector<SearchKey>> keys_of_number(std::int64_t number);

 private:
  /// Sorted, without repeats.
  static std::vector<SearchKey> keys_of(const std::vector<const FieldDef*>& fields, const Record& record);
  /// The place around the record, as the dictionary says; the nearest of several. Nothing: none, or not a place.
  std::optional<RecordRef> place_of(const KindDef& kind, const Record& record) const;
  Status write_keys(std::string_view sql, std::int64_t number, const std::vector<SearchKey>& keys);
  /// The record's number, given now if it has none.
  Result<std::int64_t> number_of(const RecordRef& ref);
  Status set_place(std::int64_t number, const std::optional<RecordRef>& place);

  Database& db_;
  const Dictionary& dictionary_;
};

/// The form in which a key lies in the table and in which a search looks for it.
std::string stored_search_key(const SearchKey& key);

}  // namespace ruhu
