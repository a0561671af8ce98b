#include "sync/replicator/batches.hpp"

#include <iterator>

#include "sync/protocol/batch.hpp"

namespace ruhu {
namespace {

/// Groups of one tablet number that go together.
using Groups = std::vector<std::vector<Change>>;

std::string encode_groups(const Groups& groups) {
  std::vector<Change> changes;
  for (const auto& group : groups) changes.insert(changes.end(), group.begin(), group.end());
  return encode_changes(changes);
}

std::size_t ops_in(const Groups& groups) {
  std::size_t ops = 0;
  for (const auto& group : groups) ops += group.size();
  return ops;
}

/// As it is if it is small enough or one group; else in two halves, each in the same way.
void add_batches(const Groups& groups, std::vector<std::string>& batches) {
  if (groups.empty()) return;
  std::string batch = encode_groups(groups);
  const bool fits = batch.size() <= kBatchBytes && ops_in(groups) <= kBatchItemsMax;
  if (fits || groups.size() == 1) return batches.push_back(std::move(batch));
  const auto half = groups.begin() + static_cast<std::ptrdiff_t>(groups.size() / 2);
  add_batches({groups.begin(), half}, batches);
  add_batches({half, groups.end()}, batches);
}

/// What the op takes in a batch of its own; beside others it takes less.
std::size_t weight_of(const Change& change) { return encode_changes({change}).size(); }

}  // namespace

std::vector<std::string> to_batches(const std::vector<Change>& changes) {
  std::vector<std::string> batches;
  Groups groups;
  std::size_t weight = 0;
  std::size_t group_from = 0;
  for (std::size_t at = 0; at < changes.size(); at = group_from) {
    std::size_t group_weight = 0;
    do group_weight += weight_of(changes[group_from++]);
    while (group_from < changes.size() && changes[group_from].group_first == changes[at].group_first &&
           changes[group_from].id.tablet == changes[at].id.tablet);
    const bool other_number = !groups.empty() && groups.back().back().id.tablet != changes[at].id.tablet;
    if (other_number || (weight + group_weight > kBatchBytes && !groups.empty())) {
      add_batches(groups, batches);
      groups.clear();
      weight = 0;
    }
    weight += group_weight;
    groups.emplace_back(changes.begin() + static_cast<std::ptrdiff_t>(at),
                        changes.begin() + static_cast<std::ptrdiff_t>(group_from));
  }
  add_batches(groups, batches);
  return batches;
}

}  // namespace ruhu
