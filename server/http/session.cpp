#include "server/http/session.hpp"

#include <algorithm>
#include <string_view>
#include <typeinfo>

#include "platform/base/assert.hpp"
#include "platform/base/log.hpp"

namespace ruhu::http_detail {
namespace {

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// Without content there is no Content-Length either.
bool is_bodiless(int status) { return status == 204 || status == 304; }

bool is_length_clear(const Request& head) {
  const auto lengths = head.count(http::field::content_length);
  const auto codings = head.count(http::field::transfer_encoding);
  if (lengths + codings > 1) return false;
  if (codings == 1) return head.version() == 11 && beast::iequals(head[http::field::transfer_encoding], "chunked");
  const auto length = head[http::field::content_length];
  return std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_host_clear(const Request& head) {
  const auto hosts = head.count(http::field::host);
  return hosts == 1 || (hosts == 0 && head.version() == 10);
}

}  // namespace

std::optional<http::status> refusal_of(const Request& head) {
  if (!is_length_clear(head) || !is_host_clear(head)) return http::status::bad_request;
  if (head.target().empty() || head.target().front() != '/') return http::status::bad_request;
  const auto expect = head[http::field::expect];
  if (!expect.empty() && !beast::iequals(expect, "100-continue")) return http::status::expectation_failed;
  return std::nullopt;
}

std::optional<http::status> answer_to(const beast::error_code& error) {
  if (error == http::error::body_limit) return http::status::payload_too_large;
  if (error == http::error::header_limit) return http::status::request_header_fields_too_large;
  const bool ended = error == http::error::end_of_stream || error == http::error::partial_message;
  if (ended || error.category() != http::make_error_code(http::error::bad_value).category()) return std::nullopt;
  return http::status::bad_request;
}

HttpIncoming to_incoming(const Request& head, const std::string& remote) {
  const std::string_view target{head.target().data(), head.target().size()};
  const auto mark = target.find('?');
  HttpIncoming incoming;
  incoming.method = head.method_string();
  incoming.path = target.substr(0, mark);
  if (mark != std::string_view::npos) incoming.query = target.substr(mark + 1);
  incoming.remote = remote;
  incoming.authorization = head[http::field::authorization];
  incoming.content_type = head[http::field::content_type];
  incoming.accept = head[http::field::accept];
  return incoming;
}

Response to_response(HttpReply&& reply, const Request& head, bool keep_alive) {
  RUHU_ASSERT(reply.status >= 200 && reply.status <= 599);
  Response response{static_cast<http::status>(reply.status), head.version()};
  // Nothing that we answer is for a cache in between or for a browser to guess about.
  response.set(http::field::cache_control, "no-store");
  response.set("X-Content-Type-Options", "nosniff");
  if (!has_control_character(reply.content_type) && !reply.content_type.empty()) {
    response.set(http::field::content_type, reply.content_type);
  }
  for (const auto& [name, value] : reply.headers) {
    if (!name.empty() && !has_control_character(name) && !has_control_character(value)) response.set(name, value);
  }
  response.keep_alive(keep_alive);
  if (is_bodiless(reply.status)) return response;
  response.content_length(reply.body.size());
  if (head.method() != http::verb::head) response.body() = std::move(reply.body);
  return response;
}

HttpReply guarded(const HttpHandler& handler, const HttpIncoming& incoming) noexcept {
  try {
    return handler(incoming);
  } catch (const std::exception& thrown) {
    log_line(LogLevel::error, std::string("http: the handler threw ") + typeid(thrown).name());
  } catch (...) {
    log_line(LogLevel::error, "http: the handler threw something");
  }
  return HttpReply{.status = 500};
}

}  // namespace ruhu::http_detail
