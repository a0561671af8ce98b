#pragma once
#include <unordered_map>
#include <vector>

#include "storage/search/search_table.hpp"

namespace ruhu {

/// One search over the stored keys.
///
/// Each word gives the numbers of the records that have it. A query of one word is answered by the first of them, in
/// the order of the keys: whole texts come before longer ones. With more words a record must have them all; a place
/// may leave some of them to the places around it. Scanning is bounded, so a word that half the community has ("z")
/// is known in part only; what another word found is then asked key by key whether it has that one.
class SearchFinder {
 public:
  SearchFinder(Database& db, SearchTable& keys) : db_(db), keys_(keys) {}
  Result<std::vector<SearchTable::Match>> find(const SearchQuery& query, std::size_t limit);

 private:
  using Ranks = std::unordered_map<std::int64_t, int>;  ///< Number of a record → how well it fits.
  struct FoundWord {
    const SearchWord* word = nullptr;
    Ranks ranks;
    bool cut = false;  ///< More records have the word than were scanned.
  };
  struct Candidate {
    std::int64_t number = 0;
    int rank = 0;
  };

  Result<FoundWord> find_word(const SearchWord& word, std::size_t scan_max);
  Status scan(const SearchTerm& term, std::size_t scan_max, FoundWord& found);
  Result<std::vector<Candidate>> having_all(const std::vector<FoundWord>& words);
  /// How well the record, or a place around it, fits the word; nothing when neither has it.
  Result<std::optional<int>> rank_with_places(std::int64_t number, const FoundWord& word);
  Result<bool> has_key(std::int64_t number, const SearchWord& word);
  Result<std::int64_t> place_around(std::int64_t number);  ///< 0: none.
  Result<std::vector<SearchTable::Match>> to_matches(std::vector<Candidate> candidates, std::size_t limit);

  Database& db_;
  SearchTable& keys_;
  int checks_left_ = 300;  ///< Rows that may still be read to ask them for a word.
  std::unordered_map<std::int64_t, std::int64_t> places_;
};

}  // namespace ruhu
