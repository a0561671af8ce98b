#include "storage/model/evidence.hpp"

#include <chrono>

namespace ruhu {
namespace {

/// Rank of who said it; smaller is better. Booklet and ID card weigh the same (domain rule for differing sources).
int rank_of(Source source) {
  switch (source) {
    case Source::booklet:
    case Source::idcard: return 0;
    case Source::self: return 1;
    case Source::family: return 2;
    case Source::landlord: return 3;
    case Source::committee: return 4;
    case Source::neighbour: return 5;
    case Source::import_: return 6;
    case Source::derived: return 7;
    case Source::none: return 8;
  }
  return 8;
}

/// The day that a statement speaks of; the day it was made when none is stated.
std::int64_t day_of(const Stamp& stamp) {
  if (stamp.provenance.as_of_day != 0) return stamp.provenance.as_of_day;
  const auto local = stamp.made_at.instant() + kChinaOffset;
  return std::chrono::floor<std::chrono::days>(local).time_since_epoch().count();
}

int sign_of(std::int64_t difference) { return difference > 0 ? 1 : (difference < 0 ? -1 : 0); }

}  // namespace

int compare_evidence(const Stamp& a, const Stamp& b) {
  const auto& pa = a.provenance;
  const auto& pb = b.provenance;
  if (pa.verified != pb.verified) return pa.verified > pb.verified ? 1 : -1;
  if (const int by_source = sign_of(rank_of(pb.source) - rank_of(pa.source)); by_source != 0) return by_source;
  return sign_of(day_of(a) - day_of(b));
}

}  // namespace ruhu
