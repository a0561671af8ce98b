#include "storage/search/search_keys.hpp"

#include <algorithm>
#include <utility>

#include "platform/base/text.hpp"
#include "storage/text/address_text.hpp"
#include "storage/text/pinyin.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kTailLength = 6;     ///< Characters of a number's end that are kept.
constexpr std::size_t kTailTypedMin = 3;   ///< With fewer last digits half the town would be found.
constexpr std::size_t kDigitsBeforeX = 3;  ///< A final x belongs to a number only after so many digits.
constexpr std::size_t kWordsMax = 8;
constexpr std::size_t kQueryCharactersMax = 100;
constexpr std::size_t kAddressDigitsMax = 5;  ///< Longer runs of digits are numbers of people and buildings.

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_separator(char c) { return c == ' ' || c == '-'; }

/// The longest run of digits of a folded text, blanks and hyphens inside left out; with a final x as X.
std::string number_in(std::string_view folded) {
  std::string best;
  std::string run;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char c = folded[i];
    if (is_digit(c)) run += c;
    const bool final_x = c == 'x' && run.size() >= kDigitsBeforeX;
    if (final_x) run += 'X';
    const bool goes_on = is_digit(c) || (is_separator(c) && i + 1 < folded.size() && is_digit(folded[i + 1]));
    if (goes_on && i + 1 < folded.size()) continue;
    if (run.size() > best.size()) best = run;
    run.clear();
  }
  return best;
}

/// Letters and digits without a gap, like a unified social credit code; a citizen number's final x is no letter here.
bool is_code_with_letters(std::string_view folded) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const bool letters = std::any_of(folded.begin(), folded.end(), is_letter);
  const bool only_final_x =
      letters && folded.find_first_not_of("0123456789") == folded.size() - 1 && folded.back() == 'x';
  return letters && !only_final_x && std::any_of(folded.begin(), folded.end(), is_digit) &&
         std::all_of(folded.begin(), folded.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

/// From its end backwards, so that "ends with" is "begins with".
std::string reversed_tail(std::string_view number) {
  return {number.rbegin(), number.rbegin() + static_cast<std::ptrdiff_t>(std::min(kTailLength, number.size()))};
}

std::string number_token(char role, const AddressPiece& piece) { return std::string(1, role) + piece.text + "."; }

/// "a502" can be looked for as 502 too.
std::string digits_at_end(const std::string& text) {
  const auto at = text.find_last_not_of("0123456789");
  return at == std::string::npos || at + 1 == text.size() ? std::string{} : text.substr(at + 1);
}

SearchTerm address_term(std::string prefix) { return {KeyClass::address, std::move(prefix)}; }

/// What one number in a query may be. Without its word it may go on, so it is a prefix of rooms and door
/// numbers.
SearchWord number_word(const AddressPiece& piece) {
  SearchWord word;
  if (piece.closed) {
    for (const char role : piece.roles) word.any_of.push_back(address_term(number_token(role, piece)));
    return word;
  }
  for (const char role : {'r', 'h', 'b'}) word.any_of.push_back(address_term(std::string(1, role) + piece.text));
  word.any_of.push_back(address_term(number_token('r', piece)));
  return word;
}

/// Words that together say what an address text says: neighbouring characters are one word.
std::vector<SearchWord> address_words(std::string_view folded) {
  std::vector<SearchWord> words;
  std::string phrase;
  const auto close_phrase = [&] {
    if (!phrase.empty()) words.push_back({{address_term(std::exchange(phrase, {}))}});
  };
  for (const AddressPiece& piece : take_address_apart(folded)) {
    if (piece.of == AddressPiece::Of::number) {
      close_phrase();
      words.push_back(number_word(piece));
    } else if (!piece.spoken) {
      phrase += (phrase.empty() ? "" : " ") + piece.text;
    }
  }
  close_phrase();
  return words;
}

/// One word of a query with the letters that decide what it is.
struct QueryWord {
  std::string text;  ///< Folded, simplified.
  bool han = false;
  bool latin = false;
  bool digits = false;
};

QueryWord classify(std::string_view text) {
  QueryWord word{std::string(text)};
  for (const char32_t c : decode_utf8(text)) {
    word.han = word.han || is_han(c);
    word.latin = word.latin || (c >= U'a' && c <= U'z') || c == U'ü';
    word.digits = word.digits || (c < 0x80 && is_digit(static_cast<char>(c)));
  }
  return word;
}

/// Pinyin as the keys have it: ü is v, the apostrophe of xi'an is out.
std::string latin_key(std::string_view text) {
  std::string out;
  for (const char32_t c : decode_utf8(text)) {
    if (c >= U'a' && c <= U'z') out += static_cast<char>(c);
    if (c == U'ü') out += 'v';
  }
  return out;
}

void add_words(SearchQuery& query, std::vector<SearchWord> words) {
  std::move(words.begin(), words.end(), std::back_inserter(query.all_of));
}

void add_latin(SearchQuery& query, const std::string& letters) {
  SearchWord word{{{KeyClass::name, letters}}};
  word.any_of.push_back(address_term(letters));
  query.all_of.push_back(std::move(word));
}

void add_digits(SearchQuery& query, const std::string& text) {
  const std::string number = number_in(text);
  const bool is_path = text.find('-') != std::string::npos && number.size() < 7;
  if (is_path) return add_words(query, address_words(text));
  SearchWord word;
  if (number.size() >= kTailTypedMin) word.any_of.push_back({KeyClass::tail, reversed_tail(number)});
  if (number.size() <= kAddressDigitsMax && number.back() != 'X')
    for (auto& words : address_words(text))
      std::move(words.any_of.begin(), words.any_of.end(), std::back_inserter(word.any_of));
  query.all_of.push_back(std::move(word));
}

/// Han characters alone: a name or a piece of an address. Numerals with their words (三栋二单元) are surely
/// an address when there is more than a name could hold.
void add_han(SearchQuery& query, const QueryWord& word) {
  auto words = address_words(word.text);
  const auto keys = name_keys(word.text);
  const auto pieces = take_address_apart(word.text);
  const bool spoken = std::any_of(pieces.begin(), pieces.end(), [](const auto& piece) { return piece.spoken; });
  const bool counts =
      std::any_of(pieces.begin(), pieces.end(), [](const auto& piece) { return piece.of == AddressPiece::Of::number; });
  const bool surely_address = counts && (!spoken || length_utf8(word.text) > 3);
  if (keys.empty() || surely_address) return add_words(query, std::move(words));
  SearchWord either{{{KeyClass::name, keys.front()}}};
  std::string phrase;
  for (const auto& piece : pieces)
    if (piece.of != AddressPiece::Of::number) phrase += (phrase.empty() ? "" : " ") + piece.text;
  if (!phrase.empty()) either.any_of.push_back(address_term(phrase));
  if (spoken && words.size() == 1) either.any_of.push_back(words.front().any_of.front());
  query.all_of.push_back(std::move(either));
}

bool is_number_with_x(const std::string& text) {
  return text.size() > kDigitsBeforeX && text.back() == 'x' && is_all_digits(text.substr(0, text.size() - 1));
}

void add_word(SearchQuery& query, const QueryWord& word) {
  if (word.digits && (!word.latin || is_number_with_x(word.text)) && !word.han) return add_digits(query, word.text);
  if (word.digits) {
    auto words = address_words(word.text);
    if (words.size() == 1 && is_code_with_letters(word.text) && word.text.size() >= kTailTypedMin)
      words.front().any_of.push_back({KeyClass::tail, reversed_tail(word.text)});
    return add_words(query, std::move(words));
  }
  if (word.han) return add_han(query, word);
}

}  // namespace

std::string tail_key(std::string_view text) {
  const std::string folded = fold_for_comparison(text);
  return reversed_tail(is_code_with_letters(folded) ? folded : number_in(folded));
}

std::vector<std::string> address_tokens(std::string_view text) {
  std::vector<std::string> tokens;
  for (const AddressPiece& piece : take_address_apart(fold_for_search(text))) {
    if (piece.of != AddressPiece::Of::number) {
      tokens.push_back(piece.text);
      continue;
    }
    for (const char role : piece.roles) {
      tokens.push_back(number_token(role, piece));
      const std::string digits = digits_at_end(piece.text);
      if (!digits.empty()) tokens.push_back(std::string(1, role) + digits + ".");
    }
  }
  return tokens;
}

std::vector<std::string> paired_tokens(const std::vector<std::string>& tokens) {
  const auto is_character = [](const std::string& token) { return static_cast<unsigned char>(token.front()) >= 0x80; };
  std::vector<std::string> paired;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool follows = i > 0 && is_character(tokens[i - 1]);
    const bool leads = i + 1 < tokens.size() && is_character(tokens[i + 1]);
    if (!is_character(tokens[i]) || (!follows && !leads)) {
      paired.push_back(tokens[i]);
    } else if (leads) {
      paired.push_back(tokens[i] + tokens[i + 1]);
    }
  }
  return paired;
}

namespace {

/// The pairs of an address, and the last character of each run, so that each character begins a key.
std::vector<std::string> address_keys(std::string_view text) {
  const auto tokens = address_tokens(text);
  std::vector<std::string> keys = paired_tokens(tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (i + 1 == tokens.size() || static_cast<unsigned char>(tokens[i + 1].front()) < 0x80) keys.push_back(tokens[i]);
  return keys;
}

}  // namespace

KeyClass key_class_of(SearchUse use) {
  if (use == SearchUse::tail) return KeyClass::tail;
  return use == SearchUse::name ? KeyClass::name : KeyClass::address;
}

std::vector<SearchKey> search_keys(SearchUse use, std::string_view text) {
  std::vector<std::string> texts;
  if (use == SearchUse::name) texts = name_keys(text);
  if (use == SearchUse::tail)
    if (std::string tail = tail_key(text); !tail.empty()) texts = {std::move(tail)};
  if (use == SearchUse::address || use == SearchUse::entrance) {
    const bool bare = use == SearchUse::entrance && is_all_digits(fold_for_comparison(text));
    texts = address_keys(std::string(text) + (bare ? "单元" : ""));
  }
  std::vector<SearchKey> keys;
  for (auto& key : texts) keys.push_back({key_class_of(use), std::move(key)});
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

SearchQuery parse_query(std::string_view text) {
  SearchQuery query;
  const std::u32string folded = decode_utf8(fold_for_search(text)).substr(0, kQueryCharactersMax);
  const std::string plain = encode_utf8(folded);
  std::string latin;  // Latin words side by side are the syllables of one name
  const auto close_latin = [&] {
    if (!latin.empty()) add_latin(query, std::exchange(latin, {}));
  };
  for (const auto part : split(plain, ' ')) {
    const QueryWord word = classify(part);
    if (word.latin && !word.han && !word.digits) {
      latin += latin_key(part);
      continue;
    }
    close_latin();
    add_word(query, word);
  }
  close_latin();
  if (query.all_of.size() > kWordsMax) query.all_of.resize(kWordsMax);
  return query;
}

}  // namespace ruhu
