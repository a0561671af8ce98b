#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"
#include "storage/model/identity.hpp"
#include "storage/model/outcome.hpp"
#include "storage/model/snapshot.hpp"
#include "sync/protocol/batch.hpp"

namespace ruhu {

inline constexpr std::uint32_t kProtocolVersion = 4;
inline constexpr std::size_t kBatchesPerMessageMax = 64;
inline constexpr std::size_t kScopesMax = 1'024;
inline constexpr std::size_t kChunksPerMessageMax = 256;
inline constexpr std::size_t kLateResultsMax = kBatchesPerMessageMax;  ///< In one answer.

/// One trip from tablet to server.
struct SyncRequest {
  std::uint32_t protocol = kProtocolVersion;
  TabletNo tablet;
  std::uint32_t incarnation = 1;
  Realm realm = Realm::live;
  std::uint32_t dictionary_version = 0;
  Epoch epoch;
  std::uint64_t nonce = 0;           ///< Random; the answer repeats it, so that an old answer is not taken.
  std::uint64_t late_seen = 0;       ///< ServerNews::late_upto of the last answer that had one.
  std::uint64_t newest = 0;          ///< Counter of the tablet's last op, sent or not.
  std::uint64_t epoch_from = 0;      ///< Ops up to here were made under epochs before `epoch`.
  bool own_too = false;              ///< The tablet's own entries are wanted, too.
  bool is_copy = false;              ///< The server has said so, and the tablet asks for a number of its own.
  std::vector<CursorAt> cursors;     ///< What the tablet has; scopes without a cursor are not wanted.
  std::vector<SnapshotAt> snapshots;  ///< Begun and not complete; until then the scope's cursor stays.
  std::vector<std::string> batches;  ///< encode_changes(); each is acknowledged by itself.
};

/// A chunk as it travels.
struct PackedChunk {
  ScopeCode scope;
  Lsn lsn;
  std::uint32_t no = 0;
  std::uint32_t count = 1;
  std::string rows;  ///< encode_snapshot_rows().
};

/// The server's answer. Only believed when signed by the server and carrying the request's nonce.
struct SyncResponse {
  std::uint32_t protocol = kProtocolVersion;
  std::uint64_t nonce = 0;
  Instant server_time{};
  Epoch epoch;
  Realm realm = Realm::live;
  std::string error;              ///< Key of the error; empty: none. What `news` says holds all the same.
  std::vector<ScopeCode> scopes;  ///< What this tablet may have now.
  TabletNo successor;             ///< With op_id_reused: the number under which a copy goes on; 0: none given.
  ServerNews news;
  std::vector<PackedChunk> chunks;  ///< To be taken in after `news`, one by one.
};

std::string encode_request(const SyncRequest& request);
Result<SyncRequest> decode_request(std::string_view bytes);
std::string encode_response(const SyncResponse& response);
Result<SyncResponse> decode_response(std::string_view bytes);

}  // namespace ruhu
