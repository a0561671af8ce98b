#include "sync/replicator/batches.hpp"

#include "sync/protocol/batch.hpp"
#include "tests/support/catch.hpp"

namespace ruhu {
namespace {

/// So many ops of one group, each with a text of that length.
void add_group(std::vector<Change>& changes, std::uint32_t ops, std::size_t text, TabletNo tablet = {7}) {
  const std::uint64_t first = changes.empty() ? 1 : changes.back().id.counter + 1;
  for (std::uint32_t i = 0; i < ops; ++i) {
    Change change;
    change.id = {tablet, first + i};
    change.group_first = first;
    change.group_size = ops;
    change.record = {{10}, Uuid{{1, static_cast<std::uint8_t>(i)}}};
    change.fields = {{{3}, {}, std::string(text, static_cast<char>('a' + i % 26)), {}}};
    changes.push_back(std::move(change));
  }
}

/// Decoded one after the other: what a receiver gets.
std::vector<Change> all_of(const std::vector<std::string>& batches) {
  std::vector<Change> all;
  for (const std::string& batch : batches) {
    const auto changes = decode_changes(batch);  // refuses a batch that splits a group
    REQUIRE(changes.ok());
    all.insert(all.end(), changes->begin(), changes->end());
  }
  return all;
}

}  // namespace

TEST_CASE("Batches: none is larger than 256 KiB, whatever the ops' size, and nothing is lost or split") {
  for (const std::size_t text : {std::size_t{1}, std::size_t{300}, std::size_t{20'000}}) {
    INFO("texts of " << text);
    std::vector<Change> changes;
    for (int i = 0; i < 400; ++i) add_group(changes, 1 + static_cast<std::uint32_t>(i % 3), text);
    const auto batches = to_batches(changes);
    for (const std::string& batch : batches) CHECK(batch.size() <= kBatchBytes);
    CHECK(all_of(batches) == changes);
  }
}

TEST_CASE("Batches: a group larger than a batch is one of its own, and its neighbours are not held by it") {
  std::vector<Change> changes;
  add_group(changes, 1, 10);
  add_group(changes, 40, 20'000);
  add_group(changes, 1, 10);
  const auto batches = to_batches(changes);
  REQUIRE(batches.size() == 3);
  CHECK(decode_changes(batches[1])->size() == 40);
  CHECK(batches[1].size() > kBatchBytes);
  CHECK(batches[1].size() < kBatchBytesHardMax);
  CHECK(all_of(batches) == changes);
}

TEST_CASE("Batches: ops under another number of the tablet begin a batch") {
  std::vector<Change> changes;
  add_group(changes, 2, 10, {7});
  add_group(changes, 2, 10, {9});
  const auto batches = to_batches(changes);
  REQUIRE(batches.size() == 2);
  CHECK(all_of(batches) == changes);
  CHECK(to_batches({}).empty());
}

}  // namespace ruhu
