#include <algorithm>

#include "platform/base/text.hpp"
#include "storage/search/search_keys.hpp"
#include "storage/text/folding.hpp"
#include "storage/text/pinyin.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kKeysMax = 24;
constexpr std::size_t kSpellingsMax = 10;      ///< Pinyin of the whole name.
constexpr std::size_t kGivenSpellingsMax = 4;  ///< Pinyin of the given name alone.
constexpr std::size_t kSpelledMax = 12;        ///< Characters of a name that are spelled out.
constexpr std::size_t kReadingsMax = 3;        ///< Of a character in a given name.

/// Ways to write a piece of a name in Latin letters: syllables of each reading.
using Readings = std::vector<std::vector<std::string>>;
/// One choice of a reading for every piece.
using Spelling = std::vector<std::string>;

void add_new(std::vector<std::string>& keys, std::string key) {
  if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
}

/// Parts of a name between dots and blanks.
std::vector<std::u32string> parts_of(std::u32string_view text) {
  std::vector<std::u32string> parts(1);
  for (const char32_t c : text) {
    if (c == 0xB7 || c == U' ') {
      if (!parts.back().empty()) parts.emplace_back();
    } else if (counts_in_name(c)) {
      parts.back() += c;
    }
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

std::vector<std::string> to_syllables(const std::string& reading) {
  std::vector<std::string> out;
  for (const auto syllable : split(reading, ' ')) out.emplace_back(syllable);
  return out;
}

/// All spellings up to a limit: the usual readings first, then the surname's others, then the given name's.
std::vector<Spelling> spellings_of(const std::vector<Readings>& pieces, std::size_t max) {
  std::vector<std::vector<std::size_t>> choices{std::vector<std::size_t>(pieces.size(), 0)};
  for (std::size_t piece = 0; piece < pieces.size(); ++piece) {
    const std::size_t known = choices.size();
    for (std::size_t i = 0; i < known; ++i) {
      for (std::size_t reading = 1; reading < pieces[piece].size() && choices.size() < max; ++reading) {
        choices.push_back(choices[i]);
        choices.back()[piece] = reading;
      }
    }
  }
  std::vector<Spelling> out;
  for (const auto& choice : choices) {
    Spelling spelling;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const auto& syllables = pieces[i][choice[i]];
      spelling.insert(spelling.end(), syllables.begin(), syllables.end());
    }
    out.push_back(std::move(spelling));
  }
  return out;
}

std::vector<Readings> readings_of_text(std::u32string_view text) {
  std::vector<Readings> pieces;
  for (const char32_t c : text.substr(0, kSpelledMax)) {
    Readings readings;
    for (const auto reading : readings_of(c)) {
      if (readings.size() == kReadingsMax) break;
      readings.push_back({std::string(reading)});
    }
    if (readings.empty() && c < 0x80) readings.push_back({std::string(1, static_cast<char>(c))});
    if (!readings.empty()) pieces.push_back(std::move(readings));
  }
  return pieces;
}

std::string initials_of(const Spelling& spelling) {
  std::string out;
  for (const auto& syllable : spelling) out += syllable.front();
  return out;
}

void add_spellings(std::vector<std::string>& keys, std::u32string_view surname, std::u32string_view given) {
  std::vector<Readings> pieces;
  if (const auto readings = surname_readings(surname); !readings.empty()) {
    Readings of_surname;
    for (const auto& reading : readings) of_surname.push_back(to_syllables(reading));
    pieces.push_back(std::move(of_surname));
  } else {
    pieces = readings_of_text(surname);
  }
  const auto of_given = readings_of_text(given);
  pieces.insert(pieces.end(), of_given.begin(), of_given.end());
  if (pieces.empty()) return;
  const auto spellings = spellings_of(pieces, kSpellingsMax);
  for (const auto& spelling : spellings) add_new(keys, join(spelling, ""));
  for (const auto& spelling : spellings) add_new(keys, initials_of(spelling));
  if (of_given.empty()) return;
  for (const auto& spelling : spellings_of(of_given, kGivenSpellingsMax)) add_new(keys, join(spelling, ""));
}

}  // namespace

std::vector<std::string> name_keys(std::string_view name) {
  std::vector<std::string> keys;
  const std::u32string folded = decode_utf8(fold_for_search(name));
  const std::u32string letters = letters_of_folded(folded);
  if (letters.empty()) return keys;
  add_new(keys, encode_utf8(letters));
  const auto parts = parts_of(folded);
  std::u32string_view surname = letters;
  std::u32string_view given;
  if (is_han(letters[0]) && folded.find(U'\u00B7') == std::u32string::npos) {
    surname = surname.substr(0, surname_length(letters));
    given = std::u32string_view(letters).substr(surname.size());
    add_new(keys, encode_utf8(given));
  }
  for (std::size_t i = 1; i < parts.size(); ++i) add_new(keys, encode_utf8(parts[i]));
  add_spellings(keys, surname, given);
  if (keys.size() > kKeysMax) keys.resize(kKeysMax);
  return keys;
}

}  // namespace ruhu
