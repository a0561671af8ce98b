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
};

/// Reads the JSON form described at Dictionary::parse. Everything refused is Errc::invalid_json with the kind
/// and field.
Result<ParsedDictionary> parse_dictionary(std::string_view json);

}  // namespace ruhu
