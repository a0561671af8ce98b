#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"

namespace ruhu {

/// One whole request, checked for form only.
struct HttpIncoming {
  std::string method;  ///< "GET", "POST" … as sent.
  std::string path;    ///< From the first slash to the question mark, not percent-decoded.
  std::string query;   ///< Behind the question mark, not decoded; empty when there is none.
  std::string body;
  std::string remote;         ///< Address of the other end, without port.
  std::string authorization;  ///< These headers as sent; empty when absent.
  std::string content_type;
  std::string accept;
};

struct HttpReply {
  int status = 200;
  std::string content_type;
  std::string body;
  /// More headers; one whose name or value holds a control character is left out.
  std::vector<std::pair<std::string, std::string>> headers;
};

/// Called on up to `threads` threads at once. What it throws becomes a 500 without text.
using HttpHandler = std::function<HttpReply(const HttpIncoming&)>;

struct HttpOptions {
  std::string host = "127.0.0.1";      ///< Address or name to listen on.
  std::uint16_t port = 0;              ///< 0: any free one, see `HttpServer::port`.
  std::size_t body_limit = 1U << 20U;  ///< Bytes; a longer request gets 413, before its body when it names its length.
  Millis request_deadline{30'000};  ///< From a request's first byte (or the connection) to its last, however it drips.
  int threads = 2;                  ///< That run the handler; sockets have one more, the caller's of `run`.
  std::size_t connections_max = 1024;  ///< Further ones wait in the system's queue.
  std::string tls_cert;                ///< PEM file with the chain; empty, with tls_key: plain HTTP.
  std::string tls_key;                 ///< PEM file.
  Millis idle_deadline{60'000};        ///< Between two requests of one connection.
  Millis stop_grace{5'000};            ///< How long `stop` lets requests arrive and replies leave.
};

/// HTTP/1.1 over TCP or TLS (1.2 or newer). Refuses with 400 and closes: both Content-Length and
/// Transfer-Encoding, a transfer coding other than chunked, no or two Hosts, line ends without CR, control
/// characters.
class HttpServer {
 public:
  /// Binds the port; connections are taken from `run` on. Errors: io_failed (the port is taken or not ours to
  /// have), usage (host unknown, certificate or key unusable).
  static Result<std::unique_ptr<HttpServer>> listen(HttpOptions options, HttpHandler handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const;
  /// Serves until `stop`; once only.
  void run();
  /// From any thread, before or during `run`: no new connections, idle ones closed, current requests
  /// finished.
  void stop();

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ruhu
