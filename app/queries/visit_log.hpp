#pragma once
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/queries/record_cache.hpp"
#include "platform/base/clock.hpp"

namespace ruhu {

/// Codes of `visit_outcome` that count as verified: 01, 09, and 06-08 for the dwelling (domain.md §4 L25).
bool is_verified_outcome(std::string_view outcome);
/// A knock without any result at all: nobody home, no way in.
bool is_attempt(std::string_view outcome);

Instant started_at(const Record& visit);

/// What the visits to one door or household say together.
struct VisitSummary {
  const Record* latest = nullptr;    ///< By start; nullptr: never visited.
  const Record* verified = nullptr;  ///< Latest with a verified outcome.
  void add(const Record& visit);
};

/// All visits of a grid, by household and by dwelling.
class VisitLog {
 public:
  void add(const Record& visit);
  /// Visits of the household, or of the dwelling where no household is given.
  const VisitSummary& of(const Uuid& household, const Uuid& dwelling) const;
  /// Dwellings verified at or after the instant.
  int dwellings_verified_since(Instant from) const;

 private:
  std::unordered_map<Uuid, VisitSummary> by_door_;      ///< Households, and dwellings of visits without one.
  std::unordered_map<Uuid, VisitSummary> by_dwelling_;  ///< Every visit.
};

/// Day of the follow-up that the latest visit promised; nothing when none is open.
std::optional<std::int32_t> promised_day(const VisitSummary& visits);

}  // namespace ruhu
