#include "server/http/http_server.hpp"

#include "platform/base/log.hpp"
#include "server/http/session.hpp"

#include <algorithm>

namespace ruhu {
namespace {

using namespace http_detail;

Result<std::optional<asio::ssl::context>> make_tls(const HttpOptions& options) {
  if (options.tls_cert.empty() && options.tls_key.empty()) return std::optional<asio::ssl::context>{};
  asio::ssl::context tls(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(tls.native_handle(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  beast::error_code failed;
  tls.use_certificate_chain_file(options.tls_cert, failed);
  if (failed) return make_error(Errc::usage, "TLS certificate: " + failed.message());
  tls.use_private_key_file(options.tls_key, asio::ssl::context::pem, failed);
  if (failed) return make_error(Errc::usage, "TLS key: " + failed.message());
  return std::optional<asio::ssl::context>{std::move(tls)};
}

/// The session goes when its coroutine does.
template <class Stream>
asio::awaitable<void> keep_serving(std::unique_ptr<Session<Stream>> session) {
  co_await session->serve();
}

}  // namespace

/// Sockets live on the thread of `run`, the handler on the pool; nothing is shared but through the two
/// executors.
class HttpServer::Impl {
 public:
  Impl(HttpOptions options, HttpHandler handler, std::optional<asio::ssl::context> tls)
      : pool_(static_cast<std::size_t>(std::max(options.threads, 1))),
        core_{.options = std::move(options), .handler = std::move(handler), .pool = pool_},
        tls_(std::move(tls)) {}

  Status bind() {
    beast::error_code failed;
    Tcp::resolver resolver(io_);
    const auto& options = core_.options;
    const auto found = resolver.resolve(options.host, std::to_string(options.port), Tcp::resolver::passive, failed);
    if (failed || found.empty()) return make_error(Errc::usage, "host to listen on: " + failed.message());
    const Tcp::endpoint endpoint = found.begin()->endpoint();
    acceptor_.open(endpoint.protocol(), failed);
    if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
    if (!failed) acceptor_.bind(endpoint, failed);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (!failed) port_ = acceptor_.local_endpoint(failed).port();
    if (failed) return make_error(Errc::io_failed, "listen: " + failed.message());
    return {};
  }

  std::uint16_t port() const { return port_; }

  void run() {
    asio::co_spawn(io_, accept_all(), asio::detached);
    io_.run();
    pool_.join();
  }

  void stop() {
    asio::post(io_, [this] { begin_stop(); });
  }

 private:
  asio::awaitable<void> accept_all() {
    while (!core_.stopping) {
      if (core_.connections.size() >= core_.options.connections_max) {
        slot_free_.expires_after(std::chrono::hours(1));
        co_await slot_free_.async_wait(kAsValue);
        continue;
      }
      auto [failed, socket] = co_await acceptor_.async_accept(kAsValue);
      if (!failed) {
        start(std::move(socket));
      } else if (!core_.stopping && failed != asio::error::connection_aborted) {
        log_line(LogLevel::warning, "http: accept: " + failed.message());
        slot_free_.expires_after(std::chrono::milliseconds(100));  // out of file descriptors: let some go
        co_await slot_free_.async_wait(kAsValue);
      }
    }
  }

  void start(Tcp::socket socket) {
    beast::error_code failed;
    const auto remote = socket.remote_endpoint(failed);
    if (failed) return;  // gone already
    socket.set_option(Tcp::no_delay(true), failed);
    PlainStream plain(std::move(socket));
    const std::string address = remote.address().to_string();
    if (tls_) {
      spawn(std::make_unique<Session<TlsStream>>(core_, TlsStream(std::move(plain), *tls_), address));
    } else {
      spawn(std::make_unique<Session<PlainStream>>(core_, std::move(plain), address));
    }
  }

  template <class Stream>
  void spawn(std::unique_ptr<Session<Stream>> session) {
    asio::co_spawn(io_, keep_serving(std::move(session)), [this](std::exception_ptr thrown) {
      if (thrown) log_line(LogLevel::error, "http: a connection ended by an exception");
      slot_free_.cancel();
      if (core_.stopping && core_.connections.empty()) grace_.cancel();
    });
  }

  void begin_stop() {
    if (core_.stopping) return;
    core_.stopping = true;
    beast::error_code ignored;
    acceptor_.close(ignored);
    slot_free_.cancel();
    for_each_connection([](Connection& connection) { connection.close_if_idle(); });
    if (core_.connections.empty()) return;
    grace_.expires_after(core_.options.stop_grace);
    grace_.async_wait([this](beast::error_code cancelled) {
      if (!cancelled) for_each_connection([](Connection& connection) { connection.close_now(); });
    });
  }

  template <class Action>
  void for_each_connection(Action action) {
    const auto present = core_.connections;  // closing may end some
    for (Connection* connection : present) {
      if (core_.connections.contains(connection)) action(*connection);
    }
  }

  // In this order: what a waiting coroutine touches when it is destroyed outlives `io_`.
  asio::thread_pool pool_;
  Core core_;
  std::optional<asio::ssl::context> tls_;
  asio::io_context io_{1};
  Tcp::acceptor acceptor_{io_};
  asio::steady_timer slot_free_{io_};
  asio::steady_timer grace_{io_};
  std::uint16_t port_ = 0;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::listen(HttpOptions options, HttpHandler handler) {
  RUHU_TRY(auto tls, make_tls(options));
  auto impl = std::make_unique<Impl>(std::move(options), std::move(handler), std::move(tls));
  RUHU_TRY_DONE(impl->bind());
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

std::uint16_t HttpServer::port() const { return impl_->port(); }
void HttpServer::run() { impl_->run(); }
void HttpServer::stop() { impl_->stop(); }

}  // namespace ruhu
