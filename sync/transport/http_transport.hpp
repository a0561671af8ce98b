#pragma once
#include <string>

#include "platform/net/http_client.hpp"
#include "sync/transport/transport.hpp"

namespace ruhu {

inline constexpr std::string_view kSyncPath = "/v1/sync";
inline constexpr std::string_view kAttachmentsPath = "/v1/attachments";
inline constexpr std::string_view kParcelsPath = "/v1/parcels";

/// POST at the server's address.
class HttpTransport final : public Transport {
 public:
  HttpTransport(HttpClient& client, std::string server_url, std::string_view path = kSyncPath)
      : client_(client), server_url_(std::move(server_url)), path_(path) {}
  Result<std::string> exchange(std::string_view sealed_request, std::stop_token stop = {}) override;

 private:
  HttpClient& client_;
  std::string server_url_;
  std::string path_;
};

/// The address with a path behind it, whether or not it ends in a slash.
std::string join_url(std::string_view server_url, std::string_view path);

}  // namespace ruhu
