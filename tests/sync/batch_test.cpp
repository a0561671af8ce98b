#include "sync/protocol/batch.hpp"

#include "sync/protocol/messages.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

constexpr TabletNo kTablet{7};

Change op(std::uint64_t counter, std::uint64_t group_first = 0, std::uint32_t group_size = 1) {
  Change change;
  change.id = {kTablet, counter};
  change.group_first = group_first == 0 ? counter : group_first;
  change.group_size = group_size;
  change.record = {{10}, Uuid{{1, 2, 3}}};
  change.made_at = {42};
  change.fields.push_back({{3}, {}, std::string("甲"), {}});
  return change;
}

Errc refusal(const std::vector<Change>& changes) {
  const auto read = decode_changes(encode_changes(changes));
  return read.ok() ? Errc::internal : read.error().code;
}

}  // namespace

TEST_CASE("Batch: ops of whole groups in counter order are taken", "[batch]") {
  CHECK(decode_changes(encode_changes({op(4), op(5, 5, 2), op(6, 5, 2), op(7)})).ok());
  CHECK(decode_changes(encode_changes({})).ok());
}

TEST_CASE("Batch: a group that begins or ends outside is malformed", "[batch]") {
  CHECK(refusal({op(5, 5, 2)}) == Errc::malformed_message);
  CHECK(refusal({op(6, 5, 2)}) == Errc::malformed_message);
  CHECK(refusal({op(5, 5, 3), op(6, 5, 3)}) == Errc::malformed_message);
  CHECK(refusal({op(5, 5, 2), op(6, 6, 1)}) == Errc::malformed_message);
  CHECK(refusal({op(5, 5, 0)}) == Errc::malformed_message);
}

TEST_CASE("Batch: counter zero and fields that stand twice are malformed", "[batch]") {
  CHECK(refusal({op(0)}) == Errc::malformed_message);
  Change twice = op(1);
  twice.fields.push_back(twice.fields.front());
  CHECK(refusal({twice}) == Errc::malformed_message);
  Change unsorted = op(1);
  unsorted.fields.push_back({{2}, {}, {}, {}});
  CHECK(refusal({unsorted}) == Errc::malformed_message);
}

TEST_CASE("Batch: more than the hard limits is refused unread", "[batch]") {
  const auto big = decode_changes(std::string(kBatchBytesHardMax + 1, '\x8D'));
  REQUIRE_FALSE(big.ok());
  CHECK(big.error().code == Errc::too_large);
  CHECK(decode_entries(std::string(kBatchBytesHardMax + 1, '\x8B')).error().code == Errc::too_large);
  std::vector<Change> many;
  for (std::uint64_t i = 1; i <= kBatchItemsMax + 1; ++i) many.push_back(op(i));
  CHECK_FALSE(decode_changes(encode_changes(many)).ok());
}

TEST_CASE("Response: entries with long texts can be read however many there are", "[messages]") {
  SyncResponse response;
  for (std::uint64_t i = 1; i <= 1'500; ++i) {
    LogEntry entry;
    entry.scope = {350582006001003};
    entry.lsn = {i};
    entry.record = {{12}, Uuid{{1}}};
    entry.op = {kTablet, i};
    entry.fields.push_back({{15}, std::string(3'000, 'n'), {}});
    response.news.entries.push_back(std::move(entry));
  }
  const auto read = decode_response(encode_response(response));
  REQUIRE(read.ok());
  CHECK(read->news.entries == response.news.entries);
}

TEST_CASE("Response and request of a newer protocol are told from broken ones", "[messages]") {
  SyncRequest request;
  request.protocol = kProtocolVersion + 1;
  CHECK(decode_request(encode_request(request)).error().code == Errc::protocol_newer);
  SyncResponse response;
  response.protocol = kProtocolVersion + 1;
  CHECK(decode_response(encode_response(response)).error().code == Errc::protocol_newer);
}
