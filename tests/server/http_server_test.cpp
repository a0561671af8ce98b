#include "server/http/http_server.hpp"

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

#include "platform/net/http_client.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/raw_connection.hpp"
#include "tests/support/running_server.hpp"

namespace ruhu {
namespace {

using test::RawConnection;
using test::RunningServer;

HttpReply echo(const HttpIncoming& in) {
  return {.content_type = "text/plain", .body = in.method + " " + in.path + " [" + in.query + "] " + in.body};
}

int status_of(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 ") && answer.size() > 12 ? std::stoi(answer.substr(9, 3)) : 0;
}

/// The status of the answer to raw bytes, after which the server must have closed; 0: closed without a word.
int refusal_of(const RunningServer& server, std::string_view bytes) {
  RawConnection connection(server.port());
  connection.send(bytes);
  const int status = status_of(connection.read_to_end());
  CHECK(connection.closed_by_peer());
  return status;
}

TEST_CASE("HttpServer: gives the handler the whole request and the client the whole reply") {
  HttpIncoming seen;
  RunningServer server([&seen](const HttpIncoming& in) {
    seen = in;
    return HttpReply{.status = 201, .content_type = "application/cbor", .body = std::string("a\0b", 3)};
  });
  const auto client = make_curl_client();
  const auto answer = client->send({.method = "POST",
                                    .url = server.url("/v1/sync/%E5%85%A5?a=1&b=%20"),
                                    .content_type = "application/cbor",
                                    .body = std::string("\0\xFFx", 3),
                                    .authorization = "Bearer abc"});
  REQUIRE(answer.ok());
  CHECK(answer->status == 201);
  CHECK(answer->content_type == "application/cbor");
  CHECK(answer->body == std::string("a\0b", 3));
  CHECK(seen.method == "POST");
  CHECK(seen.path == "/v1/sync/%E5%85%A5");
  CHECK(seen.query == "a=1&b=%20");
  CHECK(seen.body == std::string("\0\xFFx", 3));
  CHECK(seen.content_type == "application/cbor");
  CHECK(seen.authorization == "Bearer abc");
  CHECK(seen.remote == "127.0.0.1");
}

TEST_CASE("HttpServer: answers several requests on one connection, also when they come at once") {
  RunningServer server(echo);
  RawConnection connection(server.port());
  connection.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b?q HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const auto answers = connection.read_to_end();
  CHECK_THAT(answers, Catch::Contains("GET /a [] ") && Catch::Contains("GET /b [q] "));
  CHECK(connection.closed_by_peer());
}

TEST_CASE("HttpServer: reads a chunked body and sends no body to HEAD") {
  RunningServer server(echo);
  RawConnection connection(server.port());
  connection.send("POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  CHECK(status_of(connection.read_until("POST /c [] abcde")) == 200);
  connection.send("HEAD /h HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const auto answer = connection.read_to_end();
  CHECK_THAT(answer, Catch::Contains("Content-Length: 11\r\n") && Catch::EndsWith("\r\n\r\n"));
}

TEST_CASE("HttpServer: sends the handler's headers but none that could split the reply") {
  RunningServer server([](const HttpIncoming&) {
    return HttpReply{.status = 204, .headers = {{"Retry-After", "7"}, {"X-Bad", "a\r\nSet-Cookie: b"}}};
  });
  RawConnection connection(server.port());
  connection.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const auto answer = connection.read_to_end();
  CHECK(status_of(answer) == 204);
  CHECK_THAT(answer, Catch::Contains("Retry-After: 7\r\n") && !Catch::Contains("X-Bad") && !Catch::Contains("Cookie"));
}

TEST_CASE("HttpServer: refuses a long body before it is read when the length is named") {
  std::atomic<int> handled = 0;
  RunningServer server([&handled](const HttpIncoming&) { return ++handled, HttpReply{}; }, {.body_limit = 1000});
  CHECK(refusal_of(server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n") == 413);
  CHECK(refusal_of(server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551615\r\n\r\n") == 413);
  CHECK(handled == 0);
}

TEST_CASE("HttpServer: refuses a long body while it is read when the length is not named") {
  RunningServer server(echo, {.body_limit = 10});
  CHECK(refusal_of(server, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nB\r\n0123456789A\r\n") ==
        413);
}

TEST_CASE("HttpServer: a client that is still sending a long body gets to read the 413") {
  RunningServer server(echo, {.body_limit = 1000});
  const auto client = make_curl_client();
  const auto answer = client->send({.method = "POST", .url = server.url("/"), .body = std::string(8U << 20U, 'x')});
  REQUIRE(answer.ok());
  CHECK(answer->status == 413);
}

TEST_CASE("HttpServer: refuses requests that two servers could read differently") {
  std::atomic<int> handled = 0;
  RunningServer server([&handled](const HttpIncoming&) { return ++handled, HttpReply{}; });
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
  const auto bytes = GENERATE_COPY(post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                                   post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                                   post + "Transfer-Encoding: identity\r\nContent-Length: 4\r\n\r\nabcd",
                                   post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                                   post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                                   post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                                   post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                                   post + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
                                   post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
                                   post + "Content-Length: 4, 4\r\n\r\nabcd", post + "Content-Length: +4\r\n\r\nabcd",
                                   post + "Content-Length: -1\r\n\r\n", post + "Content-Length: 0x4\r\n\r\nabcd",
                                   std::string("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
  INFO(bytes);
  CHECK(refusal_of(server, bytes) == 400);
  CHECK(handled == 0);
}

TEST_CASE("HttpServer: refuses malformed heads") {
  RunningServer server(echo);
  const std::string get = "GET / HTTP/1.1\r\n";
  const auto bytes =
      GENERATE_COPY(get + "Host: x\r\nA: b\nC: d\r\n\r\n", "GET / HTTP/1.1\nHost: x\r\n\r\n",
                    get + std::string("Host: x\r\nA: b\0c\r\n\r\n", 19), get + "Host: x\rA: b\r\n\r\n", get + "\r\n",
                    get + "Host: x\r\nHost: y\r\n\r\n", "GET x HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GE T / HTTP/1.1\r\nHost: x\r\n\r\n", std::string("GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n", 28),
                    "\x16\x03\x01\x02 hello TLS\r\n\r\n");
  INFO(bytes);
  CHECK(refusal_of(server, bytes) == 400);
}

TEST_CASE("HttpServer: refuses a head without end, another version and an expectation that it cannot meet") {
  RunningServer server(echo);
  CHECK(refusal_of(server, "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(20'000, 'a')) == 431);
  CHECK(refusal_of(server, "GET / HTTP/2.0\r\nHost: x\r\n\r\n") == 400);
  CHECK(refusal_of(server, "POST / HTTP/1.1\r\nHost: x\r\nExpect: magic\r\nContent-Length: 1\r\n\r\n") == 417);
}

TEST_CASE("HttpServer: invites the body of a client that asks first") {
  RunningServer server(echo);
  RawConnection connection(server.port());
  connection.send("POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(status_of(connection.read_until("\r\n\r\n")) == 100);
  connection.send("hi");
  CHECK(status_of(connection.read_until("POST /e [] hi")) == 200);
}

TEST_CASE("HttpServer: cuts whoever has not sent the whole request at the deadline") {
  std::atomic<int> handled = 0;
  RunningServer server([&handled](const HttpIncoming&) { return ++handled, HttpReply{}; },
                       {.request_deadline = Millis{200}});
  const auto part =
      GENERATE(as<std::string>{}, "", "GET / HT", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
  INFO(part);
  CHECK(refusal_of(server, part) == 0);
  CHECK(handled == 0);
}

TEST_CASE("HttpServer: bytes that keep dripping do not move the deadline") {
  RunningServer server(echo, {.request_deadline = Millis{200}});
  RawConnection dripper(server.port());
  dripper.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
  std::jthread drip([&dripper](std::stop_token done) {
    while (!done.stop_requested()) {
      dripper.send("x");
      std::this_thread::yield();
    }
  });
  CHECK(status_of(dripper.read_to_end()) == 0);
  CHECK(dripper.closed_by_peer());
}

TEST_CASE("HttpServer: closes a connection that stays idle after a reply") {
  RunningServer server(echo, {.idle_deadline = Millis{100}});
  RawConnection connection(server.port());
  connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(status_of(connection.read_to_end()) == 200);
  CHECK(connection.closed_by_peer());
}

TEST_CASE("HttpServer: takes the next connection when one of the most goes") {
  RunningServer server(echo, {.connections_max = 1});
  for (int i = 0; i < 3; ++i) {
    const auto client = make_curl_client();
    CHECK(client->send({.url = server.url("/")}).ok());
  }
}

TEST_CASE("HttpServer: turns what a handler throws into a 500 and goes on") {
  RunningServer server([](const HttpIncoming& in) {
    if (in.path == "/bad") throw std::runtime_error("the text of a person");
    return HttpReply{};
  });
  const auto client = make_curl_client();
  const auto bad = client->send({.url = server.url("/bad")});
  REQUIRE(bad.ok());
  CHECK(bad->status == 500);
  CHECK(bad->body.empty());
  CHECK(client->send({.url = server.url("/good")})->status == 200);
}

TEST_CASE("HttpServer: runs as many handlers at once as it has threads") {
  std::promise<void> second_came;
  RunningServer server(
      [&second_came](const HttpIncoming& in) {
        if (in.path == "/second") second_came.set_value();
        if (in.path == "/first") second_came.get_future().wait();
        return HttpReply{};
      },
      {.threads = 2});
  auto first = std::async(std::launch::async, [&] { return make_curl_client()->send({.url = server.url("/first")}); });
  CHECK(make_curl_client()->send({.url = server.url("/second")}).ok());
  CHECK(first.get().ok());
}

TEST_CASE("HttpServer: finishes the current request when it stops, closes idle connections and takes no new ones") {
  std::promise<void> came;
  std::promise<void> go_on;
  RunningServer server(
      [&](const HttpIncoming&) {
        came.set_value();
        go_on.get_future().wait();
        return HttpReply{.body = "done"};
      },
      {.stop_grace = std::chrono::hours{1}});
  RawConnection idle(server.port());
  RawConnection busy(server.port());
  busy.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  came.get_future().wait();
  server.stop();
  CHECK(idle.read_to_end().empty());
  CHECK(idle.closed_by_peer());
  go_on.set_value();
  const auto answer = busy.read_to_end();
  CHECK_THAT(answer, Catch::Contains("Connection: close") && Catch::EndsWith("done"));
  server.wait_until_stopped();
  const auto late = make_curl_client()->send({.url = server.url("/")});
  REQUIRE_FALSE(late.ok());
  CHECK(late.error().code == Errc::offline);
}

TEST_CASE("HttpServer: gives up on a half-sent request at the end of its grace") {
  RunningServer server(echo, {.stop_grace = Millis{50}});
  RawConnection half(server.port());
  half.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  half.read_until("[] ");
  half.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  half.read_until("\r\n\r\n");  // the server is in the middle of this request now
  server.stop();
  server.wait_until_stopped();
  CHECK(half.read_to_end().empty());
}

TEST_CASE("HttpServer: may be stopped before it runs") {
  auto server = HttpServer::listen({}, echo);
  REQUIRE(server.ok());
  (*server)->stop();
  (*server)->run();
}

TEST_CASE("HttpServer: says why it cannot listen") {
  RunningServer first(echo);
  const auto taken = HttpServer::listen({.port = first.port()}, echo);
  REQUIRE_FALSE(taken.ok());
  CHECK(taken.error().code == Errc::io_failed);
  const auto no_certificate = HttpServer::listen({.tls_cert = "/nowhere.pem", .tls_key = "/nowhere.key"}, echo);
  REQUIRE_FALSE(no_certificate.ok());
  CHECK(no_certificate.error().code == Errc::usage);
}

}  // namespace
}  // namespace ruhu
