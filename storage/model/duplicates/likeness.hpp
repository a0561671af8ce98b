#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/model/record.hpp"

// Are two records one and the same person, home, firm …? Pure: two records in, a weighed answer out. Which records are
// looked at at all is decided by keys: two that share none are not compared.
namespace ruhu {

struct Likeness {
  enum class Verdict : unsigned char {
    different,
    clash,  ///< Something that only one of them can have stands in both; they are not the same.
    alike,  ///< A person should look at the two.
    same,   ///< As sure as records can make it; still a person's decision.
  };
  Verdict verdict = Verdict::different;
  int score = 0;                     ///< 0-100.
  int situation = 0;                 ///< Of the thirty in "duplicates and conflicts"; 0: none of them.
  std::vector<std::string> reasons;  ///< Text keys "duplicate.*", for and against.
};

/// From this score on a person is asked.
inline constexpr int kAskFrom = 60;

/// Where a person stays now; of other kinds nothing is asked.
using Homes = std::vector<RecordId>;

/// Both of one kind; `different` for kinds that are not compared. The order of the two does not matter.
Likeness compare_records(const Record& one, const Record& other, const Homes& homes_of_one = {},
                         const Homes& homes_of_other = {});

/// Kinds that can be recorded twice: person, household, dwelling, enterprise, volunteer, case.
bool can_be_twice(KindNo kind);
/// Columns that keys and likeness are made from.
const std::vector<ColumnNo>& columns_compared(KindNo kind);

/// A key names something that two records of one thing are likely to share.
struct MatchKey {
  std::uint64_t hash = 0;
  bool is_rare = false;  ///< A number that belongs to one: however many records share it, all are looked at.
  auto operator<=>(const MatchKey&) const = default;
};
/// At most kMatchKeysMax, sorted, without repeats. None for a record that has ended.
std::vector<MatchKey> match_keys(const Record& record);
inline constexpr std::size_t kMatchKeysMax = 12;
/// That of the citizen number alone; nothing without a valid one.
std::optional<MatchKey> number_key(const Record& record);
/// A key that more records than this share says nothing, unless it is rare by nature: it is not followed.
inline constexpr std::size_t kSharersMax = 20;

}  // namespace ruhu
