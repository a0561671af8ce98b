#pragma once
#include <string>
#include <vector>

#include "storage/dictionary/dictionary.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu {

/// One thing found when a tablet's database was looked at; the text is `doctor.<key>`, in plain words.
struct DoctorFinding {
  enum class Weight : unsigned char { good, note, trouble } weight = Weight::good;
  std::string key;
  std::string amount;               ///< For the text's {n}; empty: none.
  std::vector<std::string> detail;  ///< For support: names of tables, ops and records, never values.
};

/// What is wrong with a tablet's database, and what is safe. Only looks: a damaged, older or newer file is as it was
/// afterwards. Findings stand in the order in which they matter.
std::vector<DoctorFinding> examine_database(const DatabaseOptions& options, const Dictionary& dictionary);

bool has_trouble(const std::vector<DoctorFinding>& findings);

}  // namespace ruhu
