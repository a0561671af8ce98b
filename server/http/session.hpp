#pragma once
// Heavy: Beast with coroutines. For server/http/*.cpp only.

#if defined(__SANITIZE_THREAD__)
#define BOOST_ASIO_DISABLE_FENCED_BLOCK  // the sanitizer does not know fences; Asio's own locks suffice
#endif

#include <array>
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <exception>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

#include "server/http/http_server.hpp"

namespace ruhu::http_detail {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;
using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

/// Errors come back as values: `auto [ec, n] = co_await …(…, kAsValue)`.
inline constexpr auto kAsValue = asio::as_tuple(asio::use_awaitable);

constexpr std::uint32_t kHeaderBytesMax = 16 * 1024;
constexpr std::chrono::seconds kLingerMax{2};
constexpr std::size_t kLingerBytesMax = 16U << 20U;
constexpr std::size_t kSlowestReplyBytesPerSecond = 16 * 1024;  ///< A slower reader is cut.

/// A connection as the server sees it when it stops.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void close_if_idle() = 0;
  virtual void close_now() = 0;
};

/// What all sessions share. Everything but the pool lives on the one thread of `HttpServer::run`.
struct Core {
  HttpOptions options;
  HttpHandler handler;
  std::set<Connection*> connections;
  bool stopping = false;
  asio::thread_pool& pool;
};

/// Why a request is refused from its header alone; nothing when it is fine.
std::optional<http::status> refusal_of(const Request& head);
/// What to answer to a parser's error; nothing: the connection is gone or too slow, just close.
std::optional<http::status> answer_to(const beast::error_code& error);
HttpIncoming to_incoming(const Request& head, const std::string& remote);
Response to_response(HttpReply&& reply, const Request& head, bool keep_alive);
/// Runs the handler; whatever it throws becomes a 500.
HttpReply guarded(const HttpHandler& handler, const HttpIncoming& incoming) noexcept;

/// One connection, from the first byte to the last. Single-threaded but for the handler.
template <class Stream>
class Session final : public Connection {
 public:
  Session(Core& core, Stream stream, std::string remote)
      : core_(core), stream_(std::move(stream)), remote_(std::move(remote)) {
    core_.connections.insert(this);
  }
  ~Session() override { core_.connections.erase(this); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  asio::awaitable<void> serve() {
    if (!co_await shake_hands()) co_return;
    Millis patience = core_.options.request_deadline;  // a new connection has no reason to wait
    while (!core_.stopping && co_await wait_for_bytes(patience)) {
      const After after = co_await serve_one();
      if (after == After::drain) co_await drain();
      if (after == After::close) co_await close_politely();
      if (after != After::next) co_return;
      patience = core_.options.idle_deadline;
    }
  }

  void close_if_idle() override {
    if (idle_) close_now();
  }
  void close_now() override { tcp().close(); }

 private:
  enum class After : unsigned char {
    next,   ///< Keep-alive: another request may come.
    close,  ///< Said goodbye; nothing unread is left.
    drain,  ///< Refused early: unread bytes are on their way.
    gone,   ///< Nobody is there any more.
  };
  static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;
  using Parser = http::request_parser<http::string_body>;

  beast::tcp_stream& tcp() { return beast::get_lowest_layer(stream_); }

  asio::awaitable<bool> shake_hands() {
    if constexpr (kTls) {
      tcp().expires_after(core_.options.request_deadline);
      auto [failed] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kAsValue);
      co_return !failed;
    }
    co_return true;
  }

  /// The idle time between requests; the only time at which a stopping server may just close.
  asio::awaitable<bool> wait_for_bytes(Millis patience) {
    if (buffer_.size() > 0) co_return true;
    tcp().expires_after(patience);
    idle_ = true;
    auto [failed, count] = co_await stream_.async_read_some(buffer_.prepare(4096), kAsValue);
    idle_ = false;
    buffer_.commit(count);
    co_return !failed;
  }

  asio::awaitable<After> serve_one() {
    Parser parser;
    parser.header_limit(kHeaderBytesMax);
    parser.body_limit(core_.options.body_limit);
    tcp().expires_after(core_.options.request_deadline);  // for header and body together
    auto [head_error, head_count] = co_await http::async_read_header(stream_, buffer_, parser, kAsValue);
    if (head_error) co_return co_await refuse(answer_to(head_error));
    if (const auto status = refusal_of(parser.get())) co_return co_await refuse(status);
    HttpIncoming incoming = to_incoming(parser.get(), remote_);  // before trailers could add to the header

    if (!parser.is_done() && parser.get().count(http::field::expect) > 0) co_await invite_body();
    auto [body_error, body_count] = co_await http::async_read(stream_, buffer_, parser, kAsValue);
    if (body_error) co_return co_await refuse(answer_to(body_error));
    incoming.body = std::move(parser.get().body());
    tcp().expires_never();
    HttpReply reply = co_await asio::co_spawn(core_.pool, handle(std::move(incoming)), asio::use_awaitable);
    const bool keep_alive = parser.get().keep_alive() && !core_.stopping;
    Response response = to_response(std::move(reply), parser.get(), keep_alive);
    if (!co_await write(response)) co_return After::gone;
    co_return keep_alive ? After::next : After::close;
  }

  asio::awaitable<HttpReply> handle(HttpIncoming incoming) { co_return guarded(core_.handler, incoming); }

  asio::awaitable<void> invite_body() {
    http::response<http::empty_body> go_on{http::status::continue_, 11};
    auto [failed, count] = co_await http::async_write(stream_, go_on, kAsValue);
    static_cast<void>(failed);  // the read that follows fails too
    static_cast<void>(count);
  }

  asio::awaitable<After> refuse(std::optional<http::status> status) {
    if (!status) co_return After::gone;
    HttpReply reply{.status = static_cast<int>(*status)};
    Response response = to_response(std::move(reply), Request{}, false);
    const bool written = co_await write(response);
    co_return written ? After::drain : After::gone;
  }

  asio::awaitable<bool> write(Response& response) {
    const std::chrono::seconds for_size{response.body().size() / kSlowestReplyBytesPerSecond};
    tcp().expires_after(core_.options.request_deadline + for_size);
    auto [failed, count] = co_await http::async_write(stream_, response, kAsValue);
    co_return !failed;
  }

  /// A socket closed over unread bytes resets the connection, and the other end loses our answer: read them
  /// first.
  asio::awaitable<void> drain() {
    beast::error_code ignored;
    tcp().socket().shutdown(Tcp::socket::shutdown_send, ignored);
    tcp().expires_after(kLingerMax);
    std::array<char, 8192> sink{};
    for (std::size_t total = 0; total < kLingerBytesMax;) {
      auto [failed, count] = co_await tcp().async_read_some(asio::buffer(sink), kAsValue);
      if (failed) break;
      total += count;
    }
  }

  asio::awaitable<void> close_politely() {
    beast::error_code ignored;
    if constexpr (kTls) {
      tcp().expires_after(kLingerMax);
      auto [failed] = co_await stream_.async_shutdown(kAsValue);
      static_cast<void>(failed);
    }
    tcp().socket().shutdown(Tcp::socket::shutdown_both, ignored);
  }

  Core& core_;
  Stream stream_;
  std::string remote_;
  beast::flat_buffer buffer_;
  bool idle_ = false;
};

}  // namespace ruhu::http_detail
