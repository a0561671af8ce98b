#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "platform/base/random.hpp"
#include "storage/store.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/plain_town.hpp"

namespace ruhu::bench {

/// A tablet's encrypted database with 100,000 persons, and the same records in plain SQLite beside it. Filled the way a
/// first sync fills it, without a network.
class FilledTablet {
 public:
  explicit FilledTablet(const BenchContext& ctx);

  static DatabaseOptions options(const std::string& file);
  void reopen();
  Store& store() { return *store_; }
  PlainTown& plain() { return *plain_; }
  const std::vector<RecordId>& persons() const { return persons_; }
  const std::vector<RecordId>& households() const { return households_; }
  /// Names, their pinyin and initials, last digits and addresses of records all over the town.
  std::vector<std::string> texts_to_search();
  std::map<std::string, std::size_t> counts() const { return counts_; }
  std::uintmax_t bytes_on_disk();
  /// Peak of a process of its own that opens the database and works with it.
  double resident_mib_of_a_fresh_program();

 private:
  const BenchContext& ctx_;
  SeededRandom random_{3};
  std::string file_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<PlainTown> plain_;
  std::vector<RecordId> persons_;
  std::vector<RecordId> households_;
  std::map<std::string, std::size_t> counts_;
};

/// The most memory that this program ever had resident.
double peak_resident_mib();

}  // namespace ruhu::bench
