#include "sync/protocol/messages.hpp"

#include <span>

#include "sync/protocol/columns.hpp"
#include "sync/protocol/message_head.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kRequestParts = 15;
constexpr std::size_t kResponseParts = 17;
constexpr std::size_t kActorsMax = 10'000;

Error malformed(const char* what) { return make_error(Errc::malformed_message, what); }

void put_cursors(CborWriter& out, const std::vector<CursorAt>& cursors) {
  out.array(cursors.size() * 2);
  for (const CursorAt& cursor : cursors) {
    out.unsigned_int(cursor.scope.value);
    out.unsigned_int(cursor.lsn.value);
  }
}

std::vector<CursorAt> get_cursors(CborReader& in) {
  const std::size_t count = in.array(kScopesMax * 2);
  if (count % 2 != 0) in.fail();
  std::vector<CursorAt> cursors(count / 2);
  for (CursorAt& cursor : cursors) {
    cursor.scope = {in.unsigned_int()};
    cursor.lsn = {in.unsigned_int()};
  }
  return cursors;
}

void put_snapshots(CborWriter& out, const std::vector<SnapshotAt>& snapshots) {
  out.array(snapshots.size() * 3);
  for (const SnapshotAt& at : snapshots) {
    out.unsigned_int(at.scope.value);
    out.unsigned_int(at.lsn.value);
    out.unsigned_int(at.next);
  }
}

std::vector<SnapshotAt> get_snapshots(CborReader& in) {
  const std::size_t count = in.array(kScopesMax * 3);
  if (count % 3 != 0) in.fail();
  std::vector<SnapshotAt> snapshots(count / 3);
  for (SnapshotAt& at : snapshots) {
    at.scope = {in.unsigned_int()};
    at.lsn = {in.unsigned_int()};
    at.next = static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX));
  }
  return snapshots;
}

void put_chunks(CborWriter& out, const std::vector<PackedChunk>& chunks) {
  out.array(chunks.size());
  for (const PackedChunk& chunk : chunks) {
    out.array(5);
    out.unsigned_int(chunk.scope.value);
    out.unsigned_int(chunk.lsn.value);
    out.unsigned_int(chunk.no);
    out.unsigned_int(chunk.count);
    out.bytes(chunk.rows);
  }
}

std::vector<PackedChunk> get_chunks(CborReader& in) {
  std::vector<PackedChunk> chunks(in.array(kChunksPerMessageMax));
  for (PackedChunk& chunk : chunks) {
    in.array_of(5);
    chunk.scope = {in.unsigned_int()};
    chunk.lsn = {in.unsigned_int()};
    chunk.no = static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX));
    chunk.count = static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX));
    chunk.rows = in.bytes();
    if (chunk.no >= chunk.count) in.fail();
  }
  return chunks;
}

void put_byte_strings(CborWriter& out, const std::vector<std::string>& strings) {
  out.array(strings.size());
  for (const auto& s : strings) out.bytes(s);
}

std::vector<std::string> get_byte_strings(CborReader& in) {
  std::vector<std::string> strings(in.array(kBatchesPerMessageMax));
  for (auto& s : strings) s = in.bytes();
  return strings;
}

/// A batch beyond what a receiver takes is halved; a single entry always fits, as its op once did.
void add_entry_batches(std::span<const LogEntry> entries, std::vector<std::string>& batches) {
  std::string batch = encode_entries({entries.begin(), entries.end()});
  if (batch.size() <= kBatchBytesHardMax || entries.size() == 1) return batches.push_back(std::move(batch));
  const std::size_t half = entries.size() / 2;
  add_entry_batches(entries.first(half), batches);
  add_entry_batches(entries.subspan(half), batches);
}

/// Entries leave in batches of bounded size.
std::vector<std::string> entry_batches(std::span<const LogEntry> entries) {
  constexpr std::size_t kEntriesPerBatch = 2'000;
  std::vector<std::string> batches;
  for (std::size_t from = 0; from < entries.size(); from += kEntriesPerBatch)
    add_entry_batches(entries.subspan(from, std::min(kEntriesPerBatch, entries.size() - from)), batches);
  return batches;
}

/// Late results belong to ops far apart, so each is a batch of its own.
std::vector<std::string> late_results(const std::vector<OpResult>& late) {
  std::vector<std::string> batches;
  for (const OpResult& result : late) batches.push_back(encode_results({result}));
  return batches;
}

void put_actors(CborWriter& out, const std::vector<ActorName>& actors) {
  out.array(actors.size() * 2);
  for (const ActorName& actor : actors) {
    out.unsigned_int(actor.actor.value);
    out.text(actor.name);
  }
}

std::vector<ActorName> get_actors(CborReader& in) {
  const std::size_t count = in.array(kActorsMax);
  if (count % 2 != 0) in.fail();
  std::vector<ActorName> actors(count / 2);
  for (ActorName& actor : actors) {
    actor.actor = {static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX))};
    actor.name = in.text();
  }
  return actors;
}

}  // namespace

std::string encode_request(const SyncRequest& request) {
  CborWriter out;
  out.array(kRequestParts);
  out.unsigned_int(request.protocol);
  out.unsigned_int(request.tablet.value);
  out.unsigned_int(request.incarnation);
  out.unsigned_int(static_cast<std::uint64_t>(request.realm));
  out.unsigned_int(request.dictionary_version);
  out.unsigned_int(request.epoch.value);
  out.unsigned_int(request.nonce);
  out.unsigned_int(request.late_seen);
  out.unsigned_int(request.newest);
  out.unsigned_int(request.epoch_from);
  out.boolean(request.own_too);
  out.boolean(request.is_copy);
  put_cursors(out, request.cursors);
  put_snapshots(out, request.snapshots);
  put_byte_strings(out, request.batches);
  return out.take();
}

Result<SyncRequest> decode_request(std::string_view bytes) {
  CborReader in(bytes);
  SyncRequest request;
  in.array_of(kRequestParts);
  request.protocol = static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX));
  if (in.ok() && request.protocol > kProtocolVersion) return make_error(Errc::protocol_newer, "request");
  request.tablet = {static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX))};
  request.incarnation = static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX));
  request.realm = static_cast<Realm>(in.unsigned_up_to(1));
  request.dictionary_version = static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX));
  request.epoch = {in.unsigned_int()};
  request.nonce = in.unsigned_int();
  request.late_seen = in.unsigned_int();
  request.newest = in.unsigned_int();
  request.epoch_from = in.unsigned_int();
  request.own_too = in.boolean();
  request.is_copy = in.boolean();
  request.cursors = get_cursors(in);
  request.snapshots = get_snapshots(in);
  request.batches = get_byte_strings(in);
  if (!in.at_end()) return malformed("request");
  return request;
}

std::string encode_response(const SyncResponse& response) {
  CborWriter out;
  out.array(kResponseParts);
  put_answer_head(out, response);
  out.array(response.scopes.size());
  for (const ScopeCode scope : response.scopes) out.unsigned_int(scope.value);
  out.unsigned_int(response.successor.value);
  out.unsigned_int(response.news.acknowledged);
  out.bytes(encode_results(response.news.results));
  put_byte_strings(out, entry_batches(response.news.entries));
  put_cursors(out, response.news.cursors);
  put_actors(out, response.news.actors);
  put_byte_strings(out, late_results(response.news.late));
  out.unsigned_int(response.news.late_upto);
  out.boolean(response.news.more);
  put_chunks(out, response.chunks);
  return out.take();
}

Result<SyncResponse> decode_response(std::string_view bytes) {
  CborReader in(bytes);
  SyncResponse response;
  in.array_of(kResponseParts);
  if (!get_answer_head(in, response, kProtocolVersion)) return make_error(Errc::protocol_newer, "response");
  response.scopes.resize(in.array(kScopesMax));
  for (ScopeCode& scope : response.scopes) scope = {in.unsigned_int()};
  response.successor = {static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX))};
  response.news.acknowledged = in.unsigned_int();
  const std::string_view results = in.bytes();
  const std::vector<std::string> batches = get_byte_strings(in);
  response.news.cursors = get_cursors(in);
  response.news.actors = get_actors(in);
  const std::vector<std::string> late = get_byte_strings(in);
  response.news.late_upto = in.unsigned_int();
  response.news.more = in.boolean();
  response.chunks = get_chunks(in);
  if (!in.at_end()) return malformed("response");
  RUHU_TRY(response.news.results, decode_results(results));
  for (const std::string& batch : batches) {
    RUHU_TRY(auto entries, decode_entries(batch));
    std::move(entries.begin(), entries.end(), std::back_inserter(response.news.entries));
  }
  for (const std::string& one : late) {
    RUHU_TRY(auto result, decode_results(one));
    if (result.size() != 1) return malformed("late result");
    response.news.late.push_back(std::move(result.front()));
  }
  return response;
}

}  // namespace ruhu
