#include "storage/search/search_table.hpp"

#include <algorithm>
#include <map>

#include "platform/base/text.hpp"
#include "storage/schema/record_table.hpp"

namespace ruhu {
namespace {

using Match = SearchTable::Match;
constexpr std::size_t kCandidatesMax = 5'000;

std::string stored_key(const SearchKey& key) {
  return std::string(1, static_cast<char>('0' + static_cast<int>(key.key_class))) + key.text;
}

/// The smallest text that is greater than every text with the prefix. All keys are valid UTF-8, so 0xFF ends them.
std::string after_prefix(std::string prefix) { return prefix += '\xFF'; }

void add_text_keys(std::vector<SearchKey>& keys, SearchUse use, std::string_view text) {
  auto more = search_keys(use, text);
  keys.insert(keys.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::map<RecordRef, int> intersect(const std::map<RecordRef, int>& a, const std::map<RecordRef, int>& b) {
  std::map<RecordRef, int> both;
  for (const auto& [ref, rank] : a)
    if (const auto at = b.find(ref); at != b.end()) both.emplace(ref, rank + at->second);
  return both;
}

}  // namespace

std::string SearchTable::create_sql() {
  return "CREATE TABLE IF NOT EXISTS sys_search(key TEXT NOT NULL, kind INTEGER NOT NULL, record BLOB NOT NULL,"
         " PRIMARY KEY(key, kind, record)) WITHOUT ROWID;";
}

std::vector<SearchKey> SearchTable::keys_of(const Record& record) const {
  std::vector<SearchKey> keys;
  const KindDef& kind = dictionary_.get_kind(record.ref.kind);
  for (const FieldDef& field : kind.fields) {
    if (field.search == SearchUse::none) continue;
    const Value& value = record.get(field.no);
    if (const auto* set = std::get_if<TextSet>(&value)) {
      for (const auto& item : set->items) add_text_keys(keys, field.search, item);
    } else {
      add_text_keys(keys, field.search, text_of(value));
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

Status SearchTable::refresh(const Record* before, const Record& after) {
  const auto now = keys_of(after);
  const auto was = before == nullptr ? std::vector<SearchKey>{} : keys_of(*before);
  std::vector<SearchKey> gone;
  std::vector<SearchKey> fresh;
  std::set_difference(was.begin(), was.end(), now.begin(), now.end(), std::back_inserter(gone));
  std::set_difference(now.begin(), now.end(), was.begin(), was.end(), std::back_inserter(fresh));
  const auto run = [&](std::string_view sql, const std::vector<SearchKey>& keys) -> Status {
    if (keys.empty()) return {};
    RUHU_TRY(auto statement, db_.prepare(sql));
    for (const SearchKey& key : keys) {
      statement.bind_text(1, stored_key(key)).bind(2, std::int64_t{after.ref.kind.value});
      RUHU_TRY_DONE(statement.bind_blob(3, id_bytes(after.ref.id)).run());
    }
    return {};
  };
  RUHU_TRY_DONE(run("DELETE FROM sys_search WHERE key = ?1 AND kind = ?2 AND record = ?3", gone));
  return run("INSERT OR IGNORE INTO sys_search(key, kind, record) VALUES (?1, ?2, ?3)", fresh);
}

Result<std::vector<Match>> SearchTable::find_term(const SearchTerm& term, std::size_t limit) {
  // Neighbouring address tokens: each must be there; positions are not kept.
  std::map<RecordRef, int> found;
  bool first = true;
  for (const auto token : split(term.prefix, ' ')) {
    if (token.empty()) continue;
    const std::string from = stored_key({term.key_class, std::string(token)});
    RUHU_TRY(auto query, db_.prepare("SELECT key, kind, record FROM sys_search WHERE key >= ?1 AND key < ?2 LIMIT ?3"));
    query.bind_text(1, from).bind_text(2, after_prefix(from)).bind(3, static_cast<std::int64_t>(limit));
    std::map<RecordRef, int> of_token;
    for (;;) {
      RUHU_TRY(const bool row, query.step());
      if (!row) break;
      const RecordRef ref{{static_cast<std::uint16_t>(query.integer(1))}, read_id(query.blob(2))};
      const int rank = query.text(0) == from ? 0 : 1;
      const auto [at, fresh] = of_token.try_emplace(ref, rank);
      if (!fresh) at->second = std::min(at->second, rank);
    }
    found = first ? std::move(of_token) : intersect(found, of_token);
    first = false;
  }
  std::vector<Match> matches;
  for (const auto& [ref, rank] : found) matches.push_back({ref, rank});
  return matches;
}

Result<std::vector<Match>> SearchTable::find(const SearchQuery& query, std::size_t limit) {
  std::map<RecordRef, int> found;
  bool first = true;
  for (const SearchWord& word : query.all_of) {
    std::map<RecordRef, int> of_word;
    for (const SearchTerm& term : word.any_of) {
      RUHU_TRY(const auto matches, find_term(term, kCandidatesMax));
      for (const Match& match : matches) {
        const auto [at, fresh] = of_word.try_emplace(match.ref, match.rank);
        if (!fresh) at->second = std::min(at->second, match.rank);
      }
    }
    found = first ? std::move(of_word) : intersect(found, of_word);
    first = false;
  }
  std::vector<Match> matches;
  for (const auto& [ref, rank] : found) matches.push_back({ref, rank});
  std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) { return a.rank < b.rank; });
  if (matches.size() > limit) matches.resize(limit);
  return matches;
}

}  // namespace ruhu
