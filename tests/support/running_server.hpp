#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "server/http/http_server.hpp"

namespace ruhu::test {

/// An HTTP server on a free loopback port, served by a thread of its own until the end of the scope.
class RunningServer {
 public:
  explicit RunningServer(HttpHandler handler, HttpOptions options = {})
      : scheme_(options.tls_cert.empty() ? "http" : "https"),
        server_(HttpServer::listen(std::move(options), std::move(handler)).value()),
        thread_([this] { server_->run(); }) {}
  ~RunningServer() { server_->stop(); }  // the thread's destructor waits for the last request
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  std::uint16_t port() const { return server_->port(); }
  std::string url(std::string_view path) const {
    return scheme_ + "://127.0.0.1:" + std::to_string(port()) + std::string(path);
  }
  void stop() { server_->stop(); }
  void wait_until_stopped() { thread_.join(); }

 private:
  std::string scheme_;
  std::unique_ptr<HttpServer> server_;
  std::jthread thread_;
};

}  // namespace ruhu::test
