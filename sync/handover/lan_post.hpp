#pragma once
#include <string>
#include <string_view>

#include "platform/net/http_client.hpp"

namespace ruhu {

// Hand-over over a local network: one POST brings what would stand in a file, the reply brings the answers that the
// other tablet carries. Both are closed already, so the road may be an open one.
inline constexpr std::string_view kLanPath = "/v1/handover";
inline constexpr std::string_view kHandoverContentType = "application/vnd.ruhu.handover";
inline constexpr std::size_t kLanBytesMax = std::size_t{32} << 20U;  ///< More goes by file.

/// Gives the file to the tablet that listens at "HOST:PORT" and brings back its reply, for HandOver::import_parcels.
/// What the listener refuses comes back as its error; not_our_server: somebody else answers there.
Result<std::string> post_hand_over(HttpClient& client, std::string_view address, std::string_view file);

}  // namespace ruhu
