#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "storage/search/search_table.hpp"

namespace ruhu {

/// One search over the stored keys.
///
/// A word that few records have is read whole: the numbers of all of them. The rarest word gives the candidates: its
/// records, and for places what lies inside them. Each candidate is then asked for the other words, of which a place
/// may leave some to the places around it; a word that half the town has is asked key by key instead of being read.
/// So the work follows the rarest word of a query and the results wanted, not its commonest word.
class SearchFinder {
 public:
  SearchFinder(Database& db, SearchTable& keys) : db_(db), keys_(keys) {}
  Result<std::vector<SearchTable::Match>> find(const SearchQuery& query, std::size_t limit);

 private:
  using Number = std::int64_t;                    ///< Of a record, in sys_searchable.
  using Ranks = std::unordered_map<Number, int>;  ///< How well each record fits.

  /// One token of a term: a whole key, or only its beginning.
  struct Token {
    std::string key;  ///< As stored.
    bool whole = false;
  };
  struct Term {
    std::vector<Token> tokens;  ///< All must be keys of one record.
  };
  /// Records that may have a word or a term, and how far that can be trusted.
  struct Known {
    Ranks ranks;
    bool sure = true;   ///< Every one of them has it; false: each is still to be asked.
    bool whole = true;  ///< Nobody else has it; false: there are more than were read.
  };
  struct Word {
    std::vector<Term> any_of;
    Known known;
    std::unordered_map<Number, bool> asked;  ///< Has it or not, of those that were asked.
  };

  static Term to_term(const SearchTerm& term);
  Result<Word> read_word(const SearchWord& word, std::size_t scan_max);
  Result<Known> read_term(const Term& term, std::size_t scan_max);
  Result<Known> scan(const Token& token, std::size_t scan_max);
  /// How many keys begin with the token, as far as `most`.
  Result<std::size_t> count(const Token& token, std::size_t most);

  /// Starts from what the rarest word found; the rest is asked until enough have them all.
  Result<Ranks> matches_of(std::vector<Word>& words, Word& rarest, std::size_t limit);
  /// How well the record fits all words together; nothing when it lacks one.
  Result<std::optional<int>> rank_of(Number number, std::vector<Word>& words);
  /// The same for one word, here or in the places around.
  Result<std::optional<int>> rank_of(Number number, Word& word);
  /// The same for this record alone.
  Result<std::optional<int>> rank_here(Number number, Word& word);
  Result<bool> has_word(Number number, const Word& word);
  Result<bool> has_token(Number number, const Token& token);
  Result<Number> place_around(Number number);  ///< 0: none.
  Result<std::vector<Number>> inside(Number place);
  Result<std::vector<SearchTable::Match>> to_matches(const Ranks& ranks, std::size_t limit);

  Database& db_;
  SearchTable& keys_;
  int rows_left_ = 60;  ///< Rows that may still be read to ask them for the beginning of a key.
  std::unordered_map<Number, Number> places_;
  std::unordered_map<Number, std::vector<std::string>> row_keys_;
};

}  // namespace ruhu
