#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/dictionary/field_types.hpp"
#include "storage/text/folding.hpp"

namespace ruhu {

/// What a stored key is made from. Digits mean different things in each, so a store keeps the classes apart.
enum class KeyClass : std::uint8_t {
  name = 1,     ///< Han name, pinyin or initials: they differ by script, so one class holds all three.
  tail = 2,     ///< Last digits of a number, backwards.
  address = 3,  ///< One token of an address.
};

struct SearchKey {
  KeyClass key_class = KeyClass::name;
  std::string text;
  auto operator<=>(const SearchKey&) const = default;
};

/// Keys of a name, at most 24: folded and simplified; given name alone; pinyin without tones for every
/// reading of the surname ("zengguofan" before "cengguofan"); initials ("zgf"). The first is always the
/// folded name.
std::vector<std::string> name_keys(std::string_view name);

/// The last six characters of a number, last one first: whatever end of the number a person types begins the key when
/// it is turned round too. Takes the longest run of digits (with a final X) of the text: "13800138000 daughter" is a
/// phone number. Empty: no digits.
std::string tail_key(std::string_view number);

/// Tokens of an address in the order of the text. Han characters stand one by one, Latin words in lower case;
/// numbers become what they are and end with a dot, so that "b3." does not begin "b31.": b building, u
/// entrance, f floor, r room, h door number, g group, l lane. "3-502" may be building or entrance, so it
/// gives b3. u3. r502. Chinese numerals before such a word are numbers too (三栋 → b3. 三 栋).
std::vector<std::string> address_tokens(std::string_view text);

/// Neighbouring characters of an address in pairs, everything else as it is: "灵 源 路 h12." → "灵源 源路 h12.". A
/// pair is far rarer than a character, and says that the two stand side by side. A character without a neighbour stays.
std::vector<std::string> paired_tokens(const std::vector<std::string>& tokens);

/// The class of all keys that a field of that use makes.
KeyClass key_class_of(SearchUse use);

/// All keys of one text value with that search use, sorted, without repeats. For the store's key table.
std::vector<SearchKey> search_keys(SearchUse use, std::string_view text);

/// A record matches when every word has at least one term of which some key of the record begins with
/// `prefix`.
struct SearchTerm {
  KeyClass key_class = KeyClass::name;
  /// Normalised like the keys. Class address: several tokens separated by blanks are neighbours in this order
  /// (only the last is a prefix); a store without positions may ask for each of them.
  std::string prefix;
  auto operator<=>(const SearchTerm&) const = default;
};
struct SearchWord {
  std::vector<SearchTerm> any_of;
  auto operator<=>(const SearchWord&) const = default;
};
struct SearchQuery {
  std::vector<SearchWord> all_of;  ///< Empty: nothing to search for.
  auto operator<=>(const SearchQuery&) const = default;
};

/// What a person typed in one box, said as keys: digits → tail or address, Latin → pinyin or initials,
/// Han → name or address. Words are separated by blanks; at most 8 count.
SearchQuery parse_query(std::string_view text);

}  // namespace ruhu
