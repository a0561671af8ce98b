#include "storage/search/search_finder.hpp"

#include <algorithm>
#include <deque>

#include "platform/base/text.hpp"

namespace ruhu {
namespace {

using Match = SearchTable::Match;

constexpr std::size_t kScanMax = 1'500;        ///< Keys read for one token; a word with more counts as common.
constexpr std::size_t kScanAgainMax = 20'000;  ///< The same when only common words were given and too little was found.
constexpr std::size_t kRareMax = 200;          ///< A token of a phrase with fewer settles the phrase.
constexpr std::size_t kScanPerResult = 4;      ///< A record has several keys, so more are read than results wanted.
constexpr std::size_t kPlacesAroundMax = 8;    ///< Dwelling, entrance, building, compound: rings end a walk.
constexpr std::size_t kCommonCandidates = 200;  ///< The same where every word is common: a few of many are shown.
constexpr std::size_t kCandidatesMax = 1'000;   ///< Records that are asked whether they have every word.

/// The smallest text that is greater than every text with the prefix. All keys are valid UTF-8, so 0xFF ends them.
std::string after_prefix(std::string prefix) { return prefix += '\xFF'; }

void keep_best(std::unordered_map<std::int64_t, int>& ranks, std::int64_t number, int rank) {
  const auto [at, fresh] = ranks.try_emplace(number, rank);
  if (!fresh) at->second = std::min(at->second, rank);
}

/// Tokens of an address are two characters, or a number closed by a dot; everything else may go on.
bool is_whole(KeyClass key_class, std::string_view token) {
  constexpr std::size_t kCharacterBytesMax = 4;
  const bool is_pair = static_cast<unsigned char>(token.front()) >= 0x80 && token.size() > kCharacterBytesMax;
  return key_class == KeyClass::address && (token.back() == '.' || is_pair);
}

}  // namespace

SearchFinder::Term SearchFinder::to_term(const SearchTerm& term) {
  std::vector<std::string> texts;
  for (const auto text : split(term.prefix, ' '))
    if (!text.empty()) texts.emplace_back(text);
  if (term.key_class == KeyClass::address) texts = paired_tokens(texts);
  Term out;
  for (const std::string& text : texts)
    out.tokens.push_back({stored_search_key({term.key_class, text}), is_whole(term.key_class, text)});
  return out;
}

Result<SearchFinder::Known> SearchFinder::scan(const Token& token, std::size_t scan_max) {
  RUHU_TRY(auto query, db_.prepare("SELECT key, no FROM sys_search WHERE key >= ?1 AND key < ?2 LIMIT ?3"));
  query.bind_text(1, token.key).bind_text(2, after_prefix(token.key)).bind(3, static_cast<std::int64_t>(scan_max));
  Known found;
  found.ranks.reserve(std::min(scan_max, kScanMax));
  std::size_t read = 0;
  for (;; ++read) {
    RUHU_TRY(const bool row, query.step());
    if (!row) break;
    keep_best(found.ranks, query.integer(1), query.text(0).size() == token.key.size() ? 0 : 1);
  }
  found.whole = read < scan_max;
  return found;
}

Result<std::size_t> SearchFinder::count(const Token& token, std::size_t most) {
  RUHU_TRY(auto query, db_.prepare("SELECT count(*) FROM (SELECT 1 FROM sys_search WHERE key >= ?1 AND key < ?2"
                                   " LIMIT ?3)"));
  query.bind_text(1, token.key).bind_text(2, after_prefix(token.key)).bind(3, static_cast<std::int64_t>(most));
  RUHU_TRY(const bool row, query.step());
  return row ? static_cast<std::size_t>(query.integer(0)) : 0;
}

/// Of a phrase the rarest token is enough to start from; addresses become rarer towards their end. Counting keys costs
/// a fraction of reading them.
Result<SearchFinder::Known> SearchFinder::read_term(const Term& term, std::size_t scan_max) {
  if (term.tokens.empty()) return Known{};
  if (term.tokens.size() == 1) return scan(term.tokens.front(), scan_max);
  const Token* rarest = &term.tokens.back();
  std::size_t fewest = kScanMax;
  for (auto token = term.tokens.rbegin(); token != term.tokens.rend() && fewest > kRareMax; ++token) {
    RUHU_TRY(const std::size_t keys, count(*token, fewest));
    if (keys < fewest) rarest = &*token, fewest = keys;
  }
  RUHU_TRY(Known found, scan(*rarest, fewest < kScanMax ? kScanMax : scan_max));
  found.sure = false;
  return found;
}

Result<SearchFinder::Word> SearchFinder::read_word(const SearchWord& word, std::size_t scan_max) {
  Word out;
  for (const SearchTerm& term : word.any_of) {
    out.any_of.push_back(to_term(term));
    RUHU_TRY(Known found, read_term(out.any_of.back(), scan_max));
    if (out.known.ranks.size() < found.ranks.size()) std::swap(out.known.ranks, found.ranks);
    for (const auto& [number, rank] : found.ranks) keep_best(out.known.ranks, number, rank);
    out.known.sure = out.known.sure && found.sure;
    out.known.whole = out.known.whole && found.whole;
  }
  return out;
}

Result<SearchFinder::Number> SearchFinder::place_around(Number number) {
  const auto [at, fresh] = places_.try_emplace(number, 0);
  if (!fresh) return at->second;
  RUHU_TRY(auto query, db_.prepare("SELECT place FROM sys_searchable WHERE no = ?1"));
  RUHU_TRY(const bool row, query.bind(1, number).step());
  if (row) at->second = query.integer(0);
  return at->second;
}

Result<std::vector<SearchFinder::Number>> SearchFinder::inside(Number place) {
  RUHU_TRY(auto query, db_.prepare("SELECT no FROM sys_searchable WHERE place = ?1"));
  query.bind(1, place);
  std::vector<Number> numbers;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return numbers;
    numbers.push_back(query.integer(0));
    places_[numbers.back()] = place;
  }
}

Result<bool> SearchFinder::has_token(Number number, const Token& token) {
  if (token.whole) {
    RUHU_TRY(auto query, db_.prepare("SELECT 1 FROM sys_search WHERE key = ?1 AND no = ?2"));
    return query.bind_text(1, token.key).bind(2, number).step();
  }
  auto at = row_keys_.find(number);
  if (at == row_keys_.end()) {
    if (rows_left_ == 0) return false;
    --rows_left_;
    RUHU_TRY(const auto keys, keys_.keys_of_number(number));
    at = row_keys_.try_emplace(number).first;
    for (const SearchKey& key : keys) at->second.push_back(stored_search_key(key));
  }
  return std::any_of(at->second.begin(), at->second.end(),
                     [&](const std::string& key) { return key.starts_with(token.key); });
}

Result<bool> SearchFinder::has_word(Number number, const Word& word) {
  for (const Term& term : word.any_of) {
    bool has_all = !term.tokens.empty();
    for (auto token = term.tokens.rbegin(); has_all && token != term.tokens.rend(); ++token) {
      RUHU_TRY(has_all, has_token(number, *token));
    }
    if (has_all) return true;
  }
  return false;
}

Result<std::optional<int>> SearchFinder::rank_here(Number number, Word& word) {
  const Known& known = word.known;
  const auto found = known.ranks.find(number);
  const bool is_found = found != known.ranks.end();
  const int rank = is_found ? found->second : 1;
  if (is_found && known.sure) return std::optional(rank);
  if (!is_found && known.whole) return std::optional<int>{};
  auto asked = word.asked.find(number);
  if (asked == word.asked.end()) {
    RUHU_TRY(const bool has, has_word(number, word));
    asked = word.asked.emplace(number, has).first;
  }
  return asked->second ? std::optional(rank) : std::optional<int>{};
}

Result<std::optional<int>> SearchFinder::rank_of(Number number, Word& word) {
  for (std::size_t i = 0; number != 0 && i < kPlacesAroundMax; ++i) {
    RUHU_TRY(const auto rank, rank_here(number, word));
    if (rank) return rank;
    RUHU_TRY(number, place_around(number));
  }
  return std::optional<int>{};
}

Result<std::optional<int>> SearchFinder::rank_of(Number number, std::vector<Word>& words) {
  int sum = 0;
  for (Word& word : words) {
    RUHU_TRY(const auto rank, rank_of(number, word));
    if (!rank) return std::optional<int>{};
    sum += *rank;
  }
  return std::optional(sum);
}

Result<SearchFinder::Ranks> SearchFinder::matches_of(std::vector<Word>& words, Word& rarest, std::size_t limit) {
  std::vector<Number> first;
  for (const auto& [number, rank] : rarest.known.ranks) first.push_back(number);
  std::sort(first.begin(), first.end());
  std::unordered_set<Number> seen(first.begin(), first.end());
  std::deque<Number> open;
  for (const Number number : first) {
    RUHU_TRY(const auto rank, rank_here(number, rarest));
    if (rank) open.push_back(number);
    if (open.size() == (rarest.known.whole ? kCandidatesMax : kCommonCandidates)) break;
  }
  Ranks matches;
  for (std::size_t looked = 0; !open.empty() && looked < kCandidatesMax && matches.size() < limit; ++looked) {
    const Number number = open.front();
    open.pop_front();
    RUHU_TRY(const auto rank, rank_of(number, words));
    if (rank) {
      matches.emplace(number, *rank);
      continue;  // what lies inside is the caller's to show
    }
    RUHU_TRY(const auto within, inside(number));
    for (const Number one : within)
      if (seen.insert(one).second) open.push_back(one);
  }
  return matches;
}

Result<std::vector<Match>> SearchFinder::to_matches(const Ranks& ranks, std::size_t limit) {
  std::vector<std::pair<int, Number>> best;
  for (const auto& [number, rank] : ranks) best.emplace_back(rank, number);
  std::sort(best.begin(), best.end());
  if (best.size() > limit) best.resize(limit);
  RUHU_TRY(auto query, db_.prepare("SELECT kind, id FROM sys_searchable WHERE no = ?1"));
  std::vector<Match> matches;
  for (const auto& [rank, number] : best) {
    RUHU_TRY(const bool row, query.bind(1, number).step());
    if (row) matches.push_back({{{static_cast<std::uint16_t>(query.integer(0))}, read_id(query.blob(1))}, rank});
    query.reset();
  }
  return matches;
}

Result<std::vector<Match>> SearchFinder::find(const SearchQuery& query, std::size_t limit) {
  if (query.all_of.empty()) return std::vector<Match>{};
  Ranks matches;
  for (const std::size_t scan_max : {kScanMax, kScanAgainMax}) {
    const bool single = query.all_of.size() == 1;
    std::vector<Word> words;
    for (const SearchWord& word : query.all_of) {
      RUHU_TRY(auto read, read_word(word, single ? std::min(scan_max, limit * kScanPerResult) : scan_max));
      words.push_back(std::move(read));
    }
    if (single && words.front().known.sure) return to_matches(words.front().known.ranks, limit);
    const auto size = [](const Word& word) { return word.known.whole ? word.known.ranks.size() : SIZE_MAX; };
    const auto rarest =
        std::min_element(words.begin(), words.end(), [&](const Word& a, const Word& b) { return size(a) < size(b); });
    RUHU_TRY(matches, matches_of(words, *rarest, limit));
    if (rarest->known.whole || matches.size() >= limit) break;
  }
  return to_matches(matches, limit);
}

}  // namespace ruhu
