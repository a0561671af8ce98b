#pragma once
#include <string>
#include <string_view>

#include "storage/model/record.hpp"

// Chinese names have two to four characters, so a distance between spellings says nothing. What counts is how a name
// comes to be written in two ways.
namespace ruhu {

enum class NameLikeness : unsigned char {
  none,     ///< One of them is not told, or stands for a child without a name.
  other,    ///< Two names.
  sound,    ///< Other characters with the same readings: typed by ear.
  variant,  ///< One is an alias or former name of the other.
  same,     ///< Equal once width, dots, blanks and traditional characters are out.
};

/// The names of two records of people: `name`, `former_name` and `alias` where the kind has them.
NameLikeness compare_names(const Record& one, const Record& other);

/// Letters of a name in the form in which two are compared.
std::u32string comparable_name(std::string_view name);
/// True when every character can be read alike, in the same order.
bool sound_alike(std::u32string_view one, std::u32string_view other);
/// The usual reading of a comparable name, without tones, as one word: a key.
std::string usual_reading(std::u32string_view name);
/// "张三之子", "未命名": a newborn that has no name yet.
bool is_unnamed(std::string_view name);
bool same_surname(std::u32string_view one, std::u32string_view other);

}  // namespace ruhu
