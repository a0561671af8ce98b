#pragma once
#include <memory>
#include <string>
#include <vector>

#include "dictionary_constants.hpp"
#include "platform/base/random.hpp"
#include "storage/store.hpp"
#include "tests/support/manual_clock.hpp"

namespace ruhu::test {

inline constexpr ScopeCode kGrid{350582006001003};
inline constexpr ScopeCode kCommunity{350582006001};

const Dictionary& built_in();
/// The built-in dictionary one version on: person has the text field `nickname`, number kNickname, found by name.
const Dictionary& next_dictionary();
std::string next_dictionary_json();
inline constexpr ColumnNo kNickname{60};

/// Everything a store needs around it; stores opened here are enrolled as tablet 7.
struct StoreWorld {
  ManualClock clock;
  SeededRandom random{20260401};

  Result<std::unique_ptr<Store>> open(const DatabaseOptions& options, const Dictionary& dictionary = built_in());
  /// Opened and enrolled; stops the test when it cannot.
  std::unique_ptr<Store> enrolled(const DatabaseOptions& options = in_memory());

  static DatabaseOptions in_memory();
  static Identity worker();
};

SaveRequest new_person(const std::string& name, std::vector<Cell> more = {});
/// A person, a household and the membership between them: one group of three ops.
SaveRequest new_home(StoreWorld& world, const std::string& name);
/// A case with that picture to it.
SaveRequest case_with_photo(const std::string& photo);
SaveRequest edit_of(const RecordRef& ref, std::vector<Cell> cells);

/// The one record that the save made.
RecordRef made_by(const Result<std::vector<SavedRecord>>& saved);
std::vector<std::string> audit_of(Store& store);
std::string read_bytes(const std::string& path);
void write_bytes(const std::string& path, const std::string& bytes);

}  // namespace ruhu::test
