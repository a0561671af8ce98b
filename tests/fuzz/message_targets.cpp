// Messages of the sync protocol: what a stranger on the network can send to server and tablet.
#include "sync/protocol/batch.hpp"
#include "sync/protocol/compression.hpp"
#include "sync/protocol/envelope.hpp"
#include "sync/protocol/messages.hpp"
#include "sync/protocol/snapshot_rows.hpp"
#include "tests/fuzz/targets.hpp"

namespace ruhu::fuzz {
namespace {

void run_request(std::string_view bytes) { check_round_trip(bytes, decode_request, encode_request, "request"); }
void run_response(std::string_view bytes) { check_round_trip(bytes, decode_response, encode_response, "response"); }
void run_changes(std::string_view bytes) { check_round_trip(bytes, decode_changes, encode_changes, "changes"); }
void run_entries(std::string_view bytes) { check_round_trip(bytes, decode_entries, encode_entries, "entries"); }
void run_results(std::string_view bytes) { check_round_trip(bytes, decode_results, encode_results, "results"); }

/// What is compressed is fuzzed as it is before that: a fuzzer does not get through zstd.
void run_snapshot(std::string_view bytes) {
  const auto decode = [](std::string_view raw) { return decode_snapshot_rows(compress(raw, 1)); };
  const auto encode = [](const std::vector<Record>& rows) {
    return decompress(encode_snapshot_rows(rows), kMessageBytesMax).value();
  };
  check_round_trip(bytes, decode, encode, "snapshot");
}

std::string no_signature(std::string_view) { return std::string(kSignatureBytes, 's'); }

void run_envelope(std::string_view bytes) {
  const auto opened = open_envelope(bytes, [](TabletNo, std::string_view, std::string_view) { return true; });
  if (!opened.ok()) return;
  must(opened->message.size() <= kMessageBytesMax, "a message is no longer than messages may be");
  run_request(opened->message);
  run_response(opened->message);
}

const Provenance kSaid{Source::self, Verified::declared, 20'000};

std::vector<Change> some_changes() {
  std::vector<Change> changes;
  for (std::uint64_t n = 4; n < 7; ++n) {
    Change change;
    change.id = {{7}, n};
    change.group_first = n == 6 ? 5 : n;
    change.group_size = n == 4 ? 1 : 2;
    change.record = {{10}, Uuid{{1, 2, static_cast<std::uint8_t>(n)}}};
    if (n == 5) change.visit = Uuid{{9}};
    change.made_at = {1'700'000'000'000'000 + n};
    change.actor = {3};
    change.fields = {{{3}, {Base::Of::server, 8}, std::string("张建国"), kSaid},
                     {{4}, {Base::Of::own_op, n - 1}, Value{}, {}},
                     {{5}, {}, SetDelta{{{"E1"}}, {{"P2"}}}, kSaid},
                     {{6}, {}, std::int64_t{-42}, {}},
                     {{7}, {}, 1.5, {}},
                     {{8}, {}, true, {}},
                     {{9}, {}, Gap::refused, {}},
                     {{12}, {}, Uuid{{4, 4}}, {}}};
    changes.push_back(std::move(change));
  }
  return changes;
}

std::vector<LogEntry> some_entries() {
  std::vector<LogEntry> entries;
  for (std::uint64_t n = 1; n < 4; ++n)
    entries.push_back({{350'203'001'004'02},
                       {n},
                       {{10}, Uuid{{7, static_cast<std::uint8_t>(n)}}},
                       {n + 1},
                       {{8}, n},
                       {1'700'000'000'000'000 + n},
                       {3},
                       {{{3}, std::string("欧阳明"), kSaid}, {{5}, TextSet{{"a", "b"}}, {}}}});
  return entries;
}

std::vector<OpResult> some_results() {
  OpResult clean;
  clean.op = {{7}, 4};
  clean.version = {3};
  OpResult conflict;
  conflict.op = {{7}, 5};
  conflict.outcome = OpOutcome::conflict;
  conflict.version = {4};
  conflict.fields = {{{3}, FieldOutcome::conflict, 12, std::string("李四"), {{4}, {{2}, 1}, {5}, {9}, kSaid}}};
  OpResult aside;
  aside.op = {{7}, 6};
  aside.outcome = OpOutcome::quarantined;
  aside.reason = "out_of_scope";
  return {clean, conflict, aside};
}

std::vector<Record> some_rows() {
  std::vector<Record> rows;
  for (std::uint8_t n = 1; n < 4; ++n) {
    Record row;
    row.ref = {{n == 3 ? std::uint16_t{11} : std::uint16_t{10}}, Uuid{{7, n}}};
    row.set({3}, std::string("欧阳明"));
    row.set({5}, TextSet{{"a", "b"}});
    row.set({7}, Gap::unknown);
    row.meta.created = {{1}, {{8}, n}, {1'700'000'000'000'000U + n}, {3}, kSaid};
    row.meta.set_stamp({5}, {{2}, {{9}, n}, {1'700'000'000'000'100U + n}, {4}, {}});
    row.meta.seen = {2};
    rows.push_back(std::move(row));
  }
  return rows;
}

SyncRequest a_request() {
  SyncRequest request;
  request.tablet = {7};
  request.dictionary_version = 3;
  request.epoch = {11};
  request.nonce = 99;
  request.late_seen = 4;
  request.cursors = {{{350'203'001'004'02}, {17}}, {{350'203'001'004'00}, {0}}};
  request.snapshots = {{{350'203'001'004'00}, {12}, 3}};
  request.batches = {encode_changes(some_changes())};
  return request;
}

SyncResponse a_response() {
  SyncResponse response;
  response.nonce = 99;
  response.server_time = from_ms(1'772'700'000'000);
  response.epoch = {11};
  response.scopes = {{350'203'001'004'02}};
  response.news.results = some_results();
  response.news.entries = some_entries();
  response.news.cursors = {{{350'203'001'004'02}, {20}}};
  response.news.actors = {{{3}, "陈静"}};
  response.news.acknowledged = 6;
  response.news.late = {some_results().back()};
  response.news.late_upto = 5;
  response.news.more = true;
  response.chunks = {{{350'203'001'004'00}, {12}, 3, 9, encode_snapshot_rows(some_rows())}};
  return response;
}

std::vector<std::string> envelope_seeds() {
  return {seal({7}, encode_request(a_request()), no_signature), seal({7}, encode_response(a_response()), no_signature)};
}
std::vector<std::string> request_seeds() { return {encode_request(a_request()), encode_request({})}; }
std::vector<std::string> response_seeds() {
  SyncResponse refused;
  refused.error = "wrong_epoch";
  return {encode_response(a_response()), encode_response(refused)};
}
std::vector<std::string> changes_seeds() { return {encode_changes(some_changes()), encode_changes({})}; }
std::vector<std::string> entries_seeds() { return {encode_entries(some_entries()), encode_entries({})}; }
std::vector<std::string> snapshot_seeds() {
  return {decompress(encode_snapshot_rows(some_rows()), kMessageBytesMax).value(),
          decompress(encode_snapshot_rows({}), kMessageBytesMax).value()};
}
std::vector<std::string> results_seeds() { return {encode_results(some_results()), encode_results({})}; }

}  // namespace

std::vector<Target> message_targets() {
  return {{"envelope", run_envelope, envelope_seeds}, {"request", run_request, request_seeds},
          {"response", run_response, response_seeds}, {"changes", run_changes, changes_seeds},
          {"entries", run_entries, entries_seeds},    {"results", run_results, results_seeds},
          {"snapshot", run_snapshot, snapshot_seeds}};
}

}  // namespace ruhu::fuzz
