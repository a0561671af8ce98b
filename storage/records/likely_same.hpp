#pragma once
#include <vector>

#include "storage/model/duplicates/likeness.hpp"
#include "storage/store.hpp"

namespace ruhu {

struct LikelySame {
  RecordRef ref;
  Likeness likeness;
};

/// Records on this tablet that may be what is about to be recorded anew, the likeliest first, at most kLikelyMax.
/// `fresh`: kind and cells as typed; its id does not count. `homes`: where a person is going to stay.
Result<std::vector<LikelySame>> find_likely_same(Store& store, const Record& fresh, const Homes& homes = {});
inline constexpr std::size_t kLikelyMax = 5;

}  // namespace ruhu
