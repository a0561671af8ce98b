#pragma once
#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"

namespace ruhu {

/// What came back, whatever it was. A Wi-Fi login page arrives here as a plain 200 or 302: the status alone
/// proves nothing, the caller checks that the body is ours.
struct HttpResponse {
  int status = 0;            ///< As sent: 404 and 500 are responses, not errors.
  std::string content_type;  ///< As sent, with parameters; empty when the answer names none.
  std::string body;          ///< As sent: never decompressed.
};

struct HttpRequest {
  std::string method = "GET";    ///< "GET" or "POST".
  std::string url;               ///< Absolute, http or https.
  std::string content_type;      ///< Of the body; empty: none is sent.
  std::string body;              ///< For POST only.
  Millis timeout_total{30'000};  ///< From the call to the last byte, name lookup and TLS included.
  std::size_t response_limit = std::size_t{64} << 20U;  ///< Bytes of body.
  std::string authorization;                            ///< Value of that header; empty: none is sent.
};

/// Sends one request and waits for the whole answer.
class HttpClient {
 public:
  virtual ~HttpClient() = default;

  /// Errors: offline (no name, no connection, cut on the way), timed_out, not_our_server (wrong TLS key or
  /// certificate, or an answer that is not HTTP), too_large, cancelled (asked through `stop`), usage (a URL
  /// that is not http or https, another method). A redirect is never followed.
  virtual Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop = {}) = 0;
};

/// Whom to trust. Pins alone: any certificate with one of these keys, self-signed too. Certificate file
/// alone: what it signs. Both: both. Neither: the authorities that the system trusts.
struct CurlOptions {
  std::vector<std::string> pinned_keys;  ///< "sha256//" + base64 of the SHA-256 of the public key. With pins,
                                         ///< plain http is refused.
  std::string ca_file;                   ///< PEM; empty: see above.
  std::string proxy;                     ///< URL of an HTTP proxy; empty: none, whatever the environment says.
};

/// One connection pool that outlives the requests. Not thread-safe: one client for each thread that talks.
std::unique_ptr<HttpClient> make_curl_client(CurlOptions options = {});

}  // namespace ruhu
