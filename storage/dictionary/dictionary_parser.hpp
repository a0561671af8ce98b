#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu {

/// The parts of a dictionary after reading and checking its JSON.
struct ParsedDictionary {
  std::uint32_t version = 0;
  std::vector<KindDef> kinds;   ///< Sorted by number.
  std::vector<CodeList> lists;  ///< Sorted by name.
  std::vector<NotCollected> not_collected;
};

/// The item of the list that a heading hits; nullptr: none.
const NotCollected* find_not_collected(const std::vector<NotCollected>& never, std::string_view heading);

/// Reads the JSON form described at Dictionary::parse. Everything refused is Errc::invalid_json with the kind
/// and field.
Result<ParsedDictionary> parse_dictionary(std::string_view json);

}  // namespace ruhu
