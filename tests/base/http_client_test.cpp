#include "platform/net/http_client.hpp"

#include <atomic>
#include <thread>

#include "server/http/certificate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/raw_connection.hpp"
#include "tests/support/running_server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace ruhu {
namespace {

using test::CannedPeer;
using test::RunningServer;
using test::TemporaryFolder;

// Pins, not dates, decide here; any day within the machine's clock does for the test of the authority.
const Instant kNow = SystemClock{}.now();

/// A certificate of its own for 127.0.0.1, and a server that shows it.
struct TlsWorld {
  TemporaryFolder folder;
  CertificateFiles files{folder.file("cert.pem"), folder.file("key.pem")};
  std::string pin = make();
  RunningServer server{[](const HttpIncoming&) { return HttpReply{.body = "ours"}; },
                       {.tls_cert = files.certificate, .tls_key = files.key}};

  std::string make() const {
    REQUIRE(write_self_signed(files, "127.0.0.1", kNow).ok());
    return pin_of_certificate(files.certificate).value();
  }
};

Errc code_of(const Result<HttpResponse>& answer) {
  REQUIRE_FALSE(answer.ok());
  INFO(to_log_line(answer.error()));
  return answer.error().code;
}

std::string url_of(const CannedPeer& peer) { return "http://127.0.0.1:" + std::to_string(peer.port()) + "/"; }

/// What the client makes of a server that says these bytes and closes.
Result<HttpResponse> ask_peer_that_says(const std::string& bytes, HttpRequest request = {}) {
  CannedPeer peer(bytes);
  std::jthread answering([&peer] { peer.answer_one(); });
  request.url = url_of(peer);
  return make_curl_client()->send(request);
}

TEST_CASE("HttpClient: accepts the server whose key is pinned, among several pins") {
  TlsWorld world;
  const std::string other = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  const auto answer = make_curl_client({.pinned_keys = {other, world.pin}})->send({.url = world.server.url("/")});
  REQUIRE(answer.ok());
  CHECK(answer->body == "ours");
}

TEST_CASE("HttpClient: refuses another key before a byte of the request is sent") {
  std::atomic<int> handled = 0;
  TlsWorld world;
  RunningServer stranger([&handled](const HttpIncoming&) { return ++handled, HttpReply{}; },
                         {.tls_cert = world.files.certificate, .tls_key = world.files.key});
  const auto client = make_curl_client({.pinned_keys = {"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}});
  CHECK(code_of(client->send({.url = stranger.url("/")})) == Errc::not_our_server);
  CHECK(handled == 0);
}

TEST_CASE("HttpClient: trusts a named authority file, and without pin or file no self-signed server") {
  TlsWorld world;
  CHECK(make_curl_client({.ca_file = world.files.certificate})->send({.url = world.server.url("/")}).ok());
  CHECK(code_of(make_curl_client()->send({.url = world.server.url("/")})) == Errc::not_our_server);
}

TEST_CASE("HttpClient: with pin and authority file both must hold") {
  TlsWorld world;
  TlsWorld other;
  const auto both = make_curl_client({.pinned_keys = {world.pin}, .ca_file = world.files.certificate});
  CHECK(both->send({.url = world.server.url("/")}).ok());
  const auto wrong_authority = make_curl_client({.pinned_keys = {world.pin}, .ca_file = other.files.certificate});
  CHECK(code_of(wrong_authority->send({.url = world.server.url("/")})) == Errc::not_our_server);
  const auto wrong_pin = make_curl_client({.pinned_keys = {other.pin}, .ca_file = world.files.certificate});
  CHECK(code_of(wrong_pin->send({.url = world.server.url("/")})) == Errc::not_our_server);
}

TEST_CASE("HttpClient: never asks a pinned server in the clear") {
  RunningServer server([](const HttpIncoming&) { return HttpReply{}; });
  const auto client = make_curl_client({.pinned_keys = {"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}});
  CHECK(code_of(client->send({.url = server.url("/")})) == Errc::not_our_server);
}

TEST_CASE("HttpClient: passes a Wi-Fi login page on as it is and follows no redirect") {
  std::atomic<int> handled = 0;
  RunningServer portal([&handled](const HttpIncoming& in) {
    ++handled;
    if (in.path == "/login") return HttpReply{.content_type = "text/html", .body = "<html>log in</html>"};
    return HttpReply{.status = 302, .body = "moved", .headers = {{"Location", "/login"}}};
  });
  const auto client = make_curl_client();
  const auto redirect = client->send({.method = "POST", .url = portal.url("/v1/sync"), .body = "batch"});
  REQUIRE(redirect.ok());
  CHECK(redirect->status == 302);
  CHECK(redirect->body == "moved");
  CHECK(handled == 1);
  const auto page = client->send({.url = portal.url("/login")});
  REQUIRE(page.ok());
  CHECK(page->status == 200);
  CHECK(page->content_type == "text/html");
  CHECK(page->body == "<html>log in</html>");
}

TEST_CASE("HttpClient: sends a second request over the first one's connection") {
  RunningServer server([](const HttpIncoming&) { return HttpReply{}; }, {.connections_max = 1});
  const auto client = make_curl_client();
  for (int i = 0; i < 3; ++i) CHECK(client->send({.method = "POST", .url = server.url("/"), .body = "x"}).ok());
}

TEST_CASE("HttpClient: refuses an answer longer than the limit, with and without a named length") {
  RunningServer server([](const HttpIncoming&) { return HttpReply{.body = std::string(1001, 'x')}; });
  const auto client = make_curl_client();
  CHECK(code_of(client->send({.url = server.url("/"), .response_limit = 1000})) == Errc::too_large);
  CHECK(client->send({.url = server.url("/"), .response_limit = 1001}).ok());
  const std::string unnamed = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(1001, 'x');
  CHECK(code_of(ask_peer_that_says(unnamed, {.response_limit = 1000})) == Errc::too_large);
}

TEST_CASE("HttpClient: tells an answer cut on the way from a whole one") {
  CHECK(code_of(ask_peer_that_says("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")) == Errc::offline);
  CHECK(code_of(ask_peer_that_says("")) == Errc::offline);
}

TEST_CASE("HttpClient: an answer that is not HTTP is not our server") {
  CHECK(code_of(ask_peer_that_says("SSH-2.0-OpenSSH_9.2\r\n")) == Errc::not_our_server);
}

TEST_CASE("HttpClient: says offline when nobody listens") {
  std::uint16_t port = 0;
  {
    CannedPeer gone("");
    port = gone.port();
  }
  const auto answer = make_curl_client()->send({.url = "http://127.0.0.1:" + std::to_string(port)});
  CHECK(code_of(answer) == Errc::offline);
}

TEST_CASE("HttpClient: gives up on a silent server at its deadline") {
  CannedPeer silent("");  // the system's queue takes the connection; nobody answers
  CHECK(code_of(make_curl_client()->send({.url = url_of(silent), .timeout_total = Millis{100}})) == Errc::timed_out);
}

TEST_CASE("HttpClient: stops waiting when it is told to, and works again afterwards") {
  std::stop_source stop;
  std::atomic<bool> wait = true;
  RunningServer server([&](const HttpIncoming&) {
    if (wait.exchange(false)) stop.request_stop();
    return HttpReply{};
  });
  CannedPeer silent("");
  const auto client = make_curl_client();
  std::jthread asking_to_stop([&] { static_cast<void>(make_curl_client()->send({.url = server.url("/")})); });
  CHECK(code_of(client->send({.url = url_of(silent)}, stop.get_token())) == Errc::cancelled);
  CHECK(code_of(client->send({.url = server.url("/")}, stop.get_token())) == Errc::cancelled);
  CHECK(client->send({.url = server.url("/")}).ok());
}

TEST_CASE("HttpClient: refuses what it cannot ask safely") {
  const auto client = make_curl_client();
  CHECK(code_of(client->send({.url = "file:///etc/passwd"})) == Errc::usage);
  CHECK(code_of(client->send({.url = "gopher://x/"})) == Errc::usage);
  CHECK(code_of(client->send({.method = "DELETE", .url = "http://127.0.0.1/"})) == Errc::usage);
  CHECK(code_of(client->send({.url = "http://127.0.0.1/", .authorization = "a\r\nX: b"})) == Errc::usage);
}

TEST_CASE("write_self_signed: keeps the key private and leaves existing files alone") {
  namespace fs = std::filesystem;
  TlsWorld world;
  CHECK(fs::status(world.files.key).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK_FALSE(write_self_signed(world.files, "127.0.0.1", kNow).ok());
  CHECK(pin_of_certificate(world.files.certificate).value() == world.pin);
  CHECK_FALSE(write_self_signed({world.folder.file("a"), world.folder.file("b")}, "a,DNS:evil", kNow).ok());
}

}  // namespace
}  // namespace ruhu
