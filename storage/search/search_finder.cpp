#include "storage/search/search_finder.hpp"

#include <algorithm>

#include "platform/base/text.hpp"

namespace ruhu {
namespace {

using Match = SearchTable::Match;

constexpr std::size_t kScanMax = 5'000;     ///< Keys read for one term of a query with several words.
constexpr std::size_t kScanPerResult = 4;   ///< A record has several keys, so more are read than results wanted.
constexpr std::size_t kPlacesAroundMax = 8; ///< Dwelling, entrance, building, compound: rings end a walk.

/// The smallest text that is greater than every text with the prefix. All keys are valid UTF-8, so 0xFF ends them.
std::string after_prefix(std::string prefix) { return prefix += '\xFF'; }

void keep_best(std::unordered_map<std::int64_t, int>& ranks, std::int64_t number, int rank) {
  const auto [at, fresh] = ranks.try_emplace(number, rank);
  if (!fresh) at->second = std::min(at->second, rank);
}

bool begins_a_key(const std::vector<SearchKey>& keys, KeyClass key_class, std::string_view token) {
  return std::any_of(keys.begin(), keys.end(), [&](const SearchKey& key) {
    return key.key_class == key_class && std::string_view(key.text).starts_with(token);
  });
}

bool has_term(const std::vector<SearchKey>& keys, const SearchTerm& term) {
  for (const auto token : split(term.prefix, ' '))
    if (!token.empty() && !begins_a_key(keys, term.key_class, token)) return false;
  return true;
}

}  // namespace

Status SearchFinder::scan(const SearchTerm& term, std::size_t scan_max, FoundWord& found) {
  Ranks of_term;
  bool first = true;
  // Neighbouring address tokens: each must be there; positions are not kept.
  for (const auto token : split(term.prefix, ' ')) {
    if (token.empty()) continue;
    const std::string from = stored_search_key({term.key_class, std::string(token)});
    RUHU_TRY(auto query, db_.prepare("SELECT key, no FROM sys_search WHERE key >= ?1 AND key < ?2 LIMIT ?3"));
    query.bind_text(1, from).bind_text(2, after_prefix(from)).bind(3, static_cast<std::int64_t>(scan_max));
    Ranks of_token;
    std::size_t read = 0;
    for (;; ++read) {
      RUHU_TRY(const bool row, query.step());
      if (!row) break;
      const std::int64_t number = query.integer(1);
      if (!first && !of_term.contains(number)) continue;
      keep_best(of_token, number, query.text(0).size() == from.size() ? 0 : 1);
    }
    found.cut = found.cut || read == scan_max;
    of_term = std::move(of_token);
    first = false;
  }
  for (const auto& [number, rank] : of_term) keep_best(found.ranks, number, rank);
  return {};
}

Result<SearchFinder::FoundWord> SearchFinder::find_word(const SearchWord& word, std::size_t scan_max) {
  FoundWord found{&word, {}, false};
  for (const SearchTerm& term : word.any_of) RUHU_TRY_DONE(scan(term, scan_max, found));
  return found;
}

Result<std::int64_t> SearchFinder::place_around(std::int64_t number) {
  const auto [at, fresh] = places_.try_emplace(number, 0);
  if (!fresh) return at->second;
  RUHU_TRY(auto query, db_.prepare("SELECT place FROM sys_searchable WHERE no = ?1"));
  RUHU_TRY(const bool row, query.bind(1, number).step());
  if (row) at->second = query.integer(0);
  return at->second;
}

Result<bool> SearchFinder::has_key(std::int64_t number, const SearchWord& word) {
  if (checks_left_ == 0) return false;
  --checks_left_;
  RUHU_TRY(const auto keys, keys_.keys_of_number(number));
  return std::any_of(word.any_of.begin(), word.any_of.end(),
                     [&](const SearchTerm& term) { return has_term(keys, term); });
}

Result<std::optional<int>> SearchFinder::rank_with_places(std::int64_t number, const FoundWord& word) {
  std::int64_t at = number;
  for (std::size_t i = 0; at != 0 && i < kPlacesAroundMax; ++i) {
    if (const auto found = word.ranks.find(at); found != word.ranks.end()) return std::optional(found->second);
    if (word.cut) {
      RUHU_TRY(const bool has, has_key(at, *word.word));
      if (has) return std::optional(1);
    }
    RUHU_TRY(at, place_around(at));
  }
  return std::optional<int>{};
}

Result<std::vector<SearchFinder::Candidate>> SearchFinder::having_all(const std::vector<FoundWord>& words) {
  Ranks all;
  // Every record that has a word may be the one: a compound's name is rare, but the dwelling has another word.
  for (const FoundWord& word : words) {
    for (const auto& [number, own_rank] : word.ranks) {
      if (all.contains(number)) continue;
      int rank = 0;
      bool has_all = true;
      for (std::size_t i = 0; has_all && i < words.size(); ++i) {
        RUHU_TRY(const auto of_word, rank_with_places(number, words[i]));
        has_all = of_word.has_value();
        rank += of_word.value_or(0);
      }
      if (has_all) all.emplace(number, rank);
    }
  }
  std::vector<Candidate> candidates;
  for (const auto& [number, rank] : all) candidates.push_back({number, rank});
  return candidates;
}

Result<std::vector<Match>> SearchFinder::to_matches(std::vector<Candidate> candidates, std::size_t limit) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.number < b.number;
  });
  if (candidates.size() > limit) candidates.resize(limit);
  RUHU_TRY(auto query, db_.prepare("SELECT kind, id FROM sys_searchable WHERE no = ?1"));
  std::vector<Match> matches;
  for (const Candidate& candidate : candidates) {
    RUHU_TRY(const bool row, query.bind(1, candidate.number).step());
    if (row) matches.push_back({{{static_cast<std::uint16_t>(query.integer(0))}, read_id(query.blob(1))}, candidate.rank});
    query.reset();
  }
  return matches;
}

Result<std::vector<Match>> SearchFinder::find(const SearchQuery& query, std::size_t limit) {
  if (query.all_of.empty()) return std::vector<Match>{};
  const bool single = query.all_of.size() == 1;
  std::vector<FoundWord> words;
  for (const SearchWord& word : query.all_of) {
    RUHU_TRY(auto found, find_word(word, single ? std::min(kScanMax, limit * kScanPerResult) : kScanMax));
    words.push_back(std::move(found));
  }
  std::vector<Candidate> candidates;
  if (single) {
    for (const auto& [number, rank] : words.front().ranks) candidates.push_back({number, rank});
  } else {
    RUHU_TRY(candidates, having_all(words));
  }
  return to_matches(std::move(candidates), limit);
}

}  // namespace ruhu
