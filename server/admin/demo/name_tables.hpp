#pragma once
#include <span>
#include <string_view>

namespace ruhu::demo {

struct Surname {
  std::string_view text;
  int weight;  ///< How common; any unit.
};

/// Characters of given names that were in fashion for people born from `from_year` on. Earlier characters are
/// more common. A name of two characters takes one from `first` and one from `second`.
struct NameFashion {
  int from_year;
  int single_per_mille;  ///< Names of one character only.
  std::u32string_view first;
  std::u32string_view second;
};

/// Names of people whose language writes them with a middle dot, or as one word.
struct OtherNames {
  std::string_view ethnicity;               ///< GB/T 3304
  std::span<const std::string_view> clans;  ///< Before the given name; empty: none.
  std::span<const std::string_view> men;
  std::span<const std::string_view> women;
  bool with_fathers_name;  ///< "given·father's given"
  std::string_view division;
  std::string_view home;  ///< Where the hukou is, down to the village.
};

std::span<const Surname> local_surnames();  ///< As heard on the coast of Fujian.
std::span<const Surname> national_surnames();
std::span<const NameFashion> mens_fashions();  ///< By `from_year`, falling; the last covers everybody.
std::span<const NameFashion> womens_fashions();
/// Official characters that many programs cannot show or store, most of them beyond 16 bits.
std::u32string_view rare_characters();
std::span<const OtherNames> other_names();
std::span<const std::string_view> overseas_men();
std::span<const std::string_view> overseas_women();

}  // namespace ruhu::demo
