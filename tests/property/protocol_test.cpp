#include "sync/protocol/batch.hpp"
#include "sync/protocol/cbor.hpp"
#include "sync/protocol/messages.hpp"
#include "tests/property/allocation_watch.hpp"
#include "tests/property/any_value.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

template <class T>
T number_up_to(T most) {
  return *rc::gen::inRange<T>(0, most);
}

std::vector<FieldEdit> any_edits() {
  std::vector<FieldEdit> edits;
  std::uint16_t column = 0;
  for (int left = number_up_to(6); left > 0; --left) {
    column = static_cast<std::uint16_t>(column + 1 + number_up_to(9));
    const auto of = *rc::gen::element(Base::Of::server, Base::Of::own_op);
    edits.push_back({{column}, {of, number_up_to<std::uint64_t>(1ULL << 40U)}, *any_value(), *any_provenance()});
  }
  return edits;
}

/// Ops of one tablet as a sender makes them: consecutive counters, whole groups.
std::vector<Change> any_changes() {
  std::vector<Change> changes;
  const TabletNo tablet{*rc::gen::arbitrary<std::uint32_t>()};
  std::uint64_t counter = 1 + number_up_to<std::uint64_t>(1ULL << 50U);
  for (int groups = number_up_to(5); groups > 0; --groups) {
    const auto size = static_cast<std::uint32_t>(1 + number_up_to(3));
    const std::uint64_t first = counter;
    for (std::uint32_t i = 0; i < size; ++i) {
      Change change;
      change.id = {tablet, counter++};
      change.group_first = first;
      change.group_size = size;
      change.record = {{*rc::gen::arbitrary<std::uint16_t>()}, *any_uuid()};
      if (*rc::gen::arbitrary<bool>()) change.visit = *any_uuid();
      change.made_at = {*rc::gen::arbitrary<std::uint64_t>()};
      change.actor = {*rc::gen::arbitrary<std::uint32_t>()};
      change.fields = any_edits();
      changes.push_back(std::move(change));
    }
  }
  return changes;
}

std::vector<LogEntry> any_entries() {
  std::vector<LogEntry> entries(static_cast<std::size_t>(number_up_to(6)));
  for (LogEntry& entry : entries) {
    const Stamp who = *any_stamp();
    entry = {{*rc::gen::arbitrary<std::uint64_t>()},
             {*rc::gen::arbitrary<std::uint64_t>()},
             {{*rc::gen::arbitrary<std::uint16_t>()}, *any_uuid()},
             who.version,
             who.op,
             who.made_at,
             who.actor,
             {}};
    for (const FieldEdit& edit : any_edits()) entry.fields.push_back({edit.column, edit.value, edit.provenance});
  }
  return entries;
}

/// Results of consecutive ops, as one answer holds them.
std::vector<OpResult> any_results() {
  std::vector<OpResult> results(static_cast<std::size_t>(number_up_to(6)));
  const TabletNo tablet{*rc::gen::arbitrary<std::uint32_t>()};
  std::uint64_t counter = number_up_to<std::uint64_t>(1ULL << 60U);
  for (OpResult& result : results) {
    result.op = {tablet, counter++};
    result.version = {*rc::gen::arbitrary<std::uint64_t>()};
    if (*rc::gen::arbitrary<bool>()) continue;
    result.outcome = static_cast<OpOutcome>(number_up_to(6));
    if (result.outcome >= OpOutcome::waiting) result.reason = *nasty_text();
    for (const FieldEdit& edit : any_edits())
      result.fields.push_back({edit.column, static_cast<FieldOutcome>(number_up_to(5)),
                               *rc::gen::arbitrary<std::uint64_t>(), edit.value, *any_stamp()});
  }
  return results;
}

std::vector<CursorAt> any_cursors() {
  std::vector<CursorAt> cursors(static_cast<std::size_t>(number_up_to(4)));
  for (CursorAt& cursor : cursors)
    cursor = {{*rc::gen::arbitrary<std::uint64_t>()}, {*rc::gen::arbitrary<std::uint64_t>()}};
  return cursors;
}

SyncRequest any_request() {
  SyncRequest request;
  request.tablet = {*rc::gen::arbitrary<std::uint32_t>()};
  request.incarnation = *rc::gen::arbitrary<std::uint32_t>();
  request.realm = *rc::gen::element(Realm::live, Realm::practice);
  request.dictionary_version = *rc::gen::arbitrary<std::uint32_t>();
  request.epoch = {*rc::gen::arbitrary<std::uint64_t>()};
  request.nonce = *rc::gen::arbitrary<std::uint64_t>();
  request.late_seen = *rc::gen::arbitrary<std::uint64_t>();
  request.newest = *rc::gen::arbitrary<std::uint64_t>();
  request.epoch_from = *rc::gen::arbitrary<std::uint64_t>();
  request.own_too = *rc::gen::arbitrary<bool>();
  request.is_copy = *rc::gen::arbitrary<bool>();
  request.cursors = any_cursors();
  for (int left = number_up_to(3); left > 0; --left) request.batches.push_back(encode_changes(any_changes()));
  return request;
}

SyncResponse any_response() {
  SyncResponse response;
  response.nonce = *rc::gen::arbitrary<std::uint64_t>();
  response.server_time = from_ms(*rc::gen::arbitrary<std::int64_t>());
  response.epoch = {*rc::gen::arbitrary<std::uint64_t>()};
  response.successor = {*rc::gen::arbitrary<std::uint32_t>()};
  response.error = *nasty_text();
  for (const CursorAt& cursor : any_cursors()) response.scopes.push_back(cursor.scope);
  response.news.acknowledged = *rc::gen::arbitrary<std::uint64_t>();
  response.news.results = any_results();
  response.news.entries = any_entries();
  response.news.cursors = any_cursors();
  if (*rc::gen::arbitrary<bool>()) response.news.actors.push_back({{7}, *nasty_text()});
  response.news.late = any_results();
  response.news.late_upto = *rc::gen::arbitrary<std::uint64_t>();
  response.news.more = *rc::gen::arbitrary<bool>();
  return response;
}

/// Everything a decoder may ask for in memory: proportional to what arrived.
std::size_t fair_share(std::size_t message) { return (std::size_t{1} << 20U) + 256 * message; }

/// Every cut and many damaged bytes: refused or read, always within the fair share, and what was read can be written.
template <class Decode, class Encode>
void withstands_damage(const std::string& bytes, Decode decode, Encode encode) {
  for (std::size_t length = 0; length < bytes.size(); length += 1 + bytes.size() / 400)
    RC_ASSERT(!decode(std::string_view(bytes).substr(0, length)).ok());
  RC_ASSERT(!decode(bytes + '\0').ok());
  for (int i = 0; i < 60 && !bytes.empty(); ++i) {
    std::string damaged = bytes;
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    damaged[at] = static_cast<char>(damaged[at] ^ static_cast<char>(1 + number_up_to(255)));
    const AllocationWatch watch;
    const auto read = decode(damaged);
    RC_ASSERT(watch.bytes() <= fair_share(damaged.size()));
    if (read.ok()) RC_ASSERT(decode(encode(*read)).ok());
  }
}

/// A batch that says every one of its ops has as many fields as may be, and then has none of them.
std::string batch_of_promises(std::size_t ops) {
  CborWriter out;
  const auto column = [&](auto write) {
    out.array(ops);
    for (std::size_t i = 0; i < ops; ++i) write();
  };
  out.array(13);
  out.unsigned_int(ops);
  out.unsigned_int(1);
  out.unsigned_int(1);
  column([&] { out.unsigned_int(0); });
  column([&] { out.unsigned_int(1); });
  column([&] { out.unsigned_int(10); });
  out.bytes(std::string(ops * 16, 'i'));
  column([&] { out.null(); });
  column([&] { out.integer(0); });
  column([&] { out.unsigned_int(1); });
  out.array(2);
  column([&] { out.unsigned_int(kFieldsPerItemMax); });
  return out.take();
}

}  // namespace

TEST_CASE("Protocol: changes of every kind of value and text come back as sent", "[property][protocol]") {
  CHECK(holds([] {
    const auto changes = any_changes();
    const auto read = decode_changes(encode_changes(changes));
    RC_ASSERT(read.ok());
    RC_ASSERT(*read == changes);
  }));
}

TEST_CASE("Protocol: log entries come back as sent", "[property][protocol]") {
  CHECK(holds([] {
    const auto entries = any_entries();
    const auto read = decode_entries(encode_entries(entries));
    RC_ASSERT(read.ok());
    RC_ASSERT(*read == entries);
  }));
}

TEST_CASE("Protocol: results come back as sent", "[property][protocol]") {
  CHECK(holds([] {
    const auto results = any_results();
    const auto read = decode_results(encode_results(results));
    RC_ASSERT(read.ok());
    RC_ASSERT(*read == results);
  }));
}

TEST_CASE("Protocol: requests come back as sent", "[property][protocol]") {
  CHECK(holds([] {
    const SyncRequest request = any_request();
    const auto read = decode_request(encode_request(request));
    RC_ASSERT(read.ok());
    RC_ASSERT(read->tablet == request.tablet);
    RC_ASSERT(read->incarnation == request.incarnation);
    RC_ASSERT(read->realm == request.realm);
    RC_ASSERT(read->dictionary_version == request.dictionary_version);
    RC_ASSERT(read->epoch == request.epoch);
    RC_ASSERT(read->nonce == request.nonce);
    RC_ASSERT(read->late_seen == request.late_seen);
    RC_ASSERT(read->newest == request.newest);
    RC_ASSERT(read->epoch_from == request.epoch_from);
    RC_ASSERT(read->own_too == request.own_too);
    RC_ASSERT(read->is_copy == request.is_copy);
    RC_ASSERT(read->cursors == request.cursors);
    RC_ASSERT(read->batches == request.batches);
  }));
}

TEST_CASE("Protocol: responses come back as sent", "[property][protocol]") {
  CHECK(holds([] {
    const SyncResponse response = any_response();
    const auto read = decode_response(encode_response(response));
    RC_ASSERT(read.ok());
    RC_ASSERT(read->nonce == response.nonce);
    RC_ASSERT(read->server_time == response.server_time);
    RC_ASSERT(read->epoch == response.epoch);
    RC_ASSERT(read->error == response.error);
    RC_ASSERT(read->scopes == response.scopes);
    RC_ASSERT(read->successor == response.successor);
    RC_ASSERT(read->news.acknowledged == response.news.acknowledged);
    RC_ASSERT(read->news.results == response.news.results);
    RC_ASSERT(read->news.entries == response.news.entries);
    RC_ASSERT(read->news.cursors == response.news.cursors);
    RC_ASSERT(read->news.actors == response.news.actors);
    RC_ASSERT(read->news.more == response.news.more);
  }));
}

TEST_CASE("Protocol: cut or damaged messages are refused or read, within a fair share of memory",
          "[property][protocol]") {
  CHECK(holds([] { withstands_damage(encode_changes(any_changes()), decode_changes, encode_changes); }));
  CHECK(holds([] { withstands_damage(encode_entries(any_entries()), decode_entries, encode_entries); }));
  CHECK(holds([] { withstands_damage(encode_results(any_results()), decode_results, encode_results); }));
  CHECK(holds([] { withstands_damage(encode_request(any_request()), decode_request, encode_request); }));
  CHECK(holds([] { withstands_damage(encode_response(any_response()), decode_response, encode_response); }));
}

TEST_CASE("Protocol: bytes of any origin are read within a fair share of memory", "[property][protocol]") {
  CHECK(holds([](const std::string& bytes) {
    const AllocationWatch watch;
    (void)decode_changes(bytes);
    (void)decode_entries(bytes);
    (void)decode_results(bytes);
    (void)decode_request(bytes);
    (void)decode_response(bytes);
    RC_ASSERT(watch.bytes() <= 5 * fair_share(bytes.size()));
  }));
}

TEST_CASE("Protocol: fields that are promised and do not follow cost no memory", "[protocol]") {
  const std::string batch = batch_of_promises(2'000);
  const AllocationWatch watch;
  const auto read = decode_changes(batch);
  const std::size_t used = watch.bytes();
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().code == Errc::malformed_message);
  CHECK(used <= fair_share(batch.size()));
}
