#include "server/desk/touched.hpp"

#include <utility>

namespace ruhu::server {

void TouchedRecords::add(Touched one) {
  const auto [at, fresh] = places_.try_emplace(one.record.id, all_.size());
  if (fresh) return all_.push_back(std::move(one));
  Touched& known = all_[at->second];
  known.columns.insert(known.columns.end(), one.columns.begin(), one.columns.end());
  known.ops.insert(known.ops.end(), one.ops.begin(), one.ops.end());
  known.was_ended = known.was_ended || one.was_ended;
  // A record that is new has no keys yet, whatever was written to it since.
  if (!known.before && !known.is_new) known.before = std::move(one.before);
}

std::vector<Touched> TouchedRecords::take() {
  places_.clear();
  return std::exchange(all_, {});
}

}  // namespace ruhu::server
