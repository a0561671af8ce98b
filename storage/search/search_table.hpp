#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "storage/dictionary/dictionary.hpp"
#include "storage/model/record.hpp"
#include "storage/search/search_keys.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu {

/// The stored keys of every searchable record. Part of the caller's transaction: keys and row change together.
class SearchTable {
 public:
  SearchTable(Database& db, const Dictionary& dictionary) : db_(db), dictionary_(dictionary) {}
  static std::string create_sql();

  /// Replaces the keys that `before` had by those that `after` has. nullptr `before`: a new record.
  Status refresh(const Record* before, const Record& after);

  struct Match {
    RecordRef ref;
    int rank = 0;  ///< 0: some key is the whole text; 1: it begins with the text.
  };
  /// Records of which every word of the query begins some key, best first, at most `limit`.
  Result<std::vector<Match>> find(const SearchQuery& query, std::size_t limit);

 private:
  std::vector<SearchKey> keys_of(const Record& record) const;
  Result<std::vector<Match>> find_term(const SearchTerm& term, std::size_t limit);

  Database& db_;
  const Dictionary& dictionary_;
};

}  // namespace ruhu
