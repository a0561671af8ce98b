#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "platform/base/assert.hpp"
#include "platform/base/text.hpp"
#include "platform/net/http_client.hpp"

namespace ruhu {
namespace {

struct EasyDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiDeleter {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListDeleter>;

/// What the write callback fills.
struct Incoming {
  std::string body;
  std::size_t limit = 0;
  bool over_limit = false;
};

/// Libcurl's callback: anything but `size * count` ends the transfer.
std::size_t take_bytes(char* bytes, std::size_t size, std::size_t count, void* to) {
  auto& incoming = *static_cast<Incoming*>(to);
  const std::size_t length = size * count;
  if (length > incoming.limit - incoming.body.size()) {
    incoming.over_limit = true;
    return 0;
  }
  incoming.body.append(bytes, length);
  return length;
}

void add_header(HeaderList& list, const std::string& line) {
  curl_slist* grown = curl_slist_append(list.get(), line.c_str());
  RUHU_ASSERT(grown != nullptr);
  static_cast<void>(list.release());
  list.reset(grown);
}

bool has_line_break(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) != text.npos; }

/// `scheme` in lower case; the URL in any.
bool starts_with_scheme(std::string_view url, std::string_view scheme) {
  const auto same = [](char want, char got) {
    return want == (got >= 'A' && got <= 'Z' ? static_cast<char>(got - 'A' + 'a') : got);
  };
  return url.size() > scheme.size() && std::equal(scheme.begin(), scheme.end(), url.begin(), same);
}

Status check_request(const HttpRequest& request, bool pinned) {
  const bool secure = starts_with_scheme(request.url, "https://");
  if (!secure && !starts_with_scheme(request.url, "http://"))
    return make_error(Errc::usage, "not an http or https URL");
  if (!secure && pinned) return make_error(Errc::not_our_server, "a pinned server is never asked in the clear");
  if (request.method != "GET" && request.method != "POST") return make_error(Errc::usage, "method " + request.method);
  if (has_line_break(request.content_type) || has_line_break(request.authorization) || has_line_break(request.url)) {
    return make_error(Errc::usage, "line break in a header");
  }
  return {};
}

/// The detail names the step that failed, and no part of the URL behind the host.
Error error_from(CURLcode code, const char* more) {
  std::string detail = curl_easy_strerror(code);
  if (*more != '\0') detail = detail + ": " + more;
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return make_error(Errc::timed_out, detail);
    case CURLE_FILESIZE_EXCEEDED: return make_error(Errc::too_large, detail);
    case CURLE_OUT_OF_MEMORY:
    case CURLE_FAILED_INIT:
    case CURLE_BAD_FUNCTION_ARGUMENT: return make_error(Errc::internal, detail);
    case CURLE_URL_MALFORMAT: return make_error(Errc::usage, detail);
    case CURLE_SSL_CACERT_BADFILE: return make_error(Errc::file_missing, detail);
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_UNSUPPORTED_PROTOCOL:  // the scheme was checked before: this is an answer that is not HTTP
    case CURLE_WEIRD_SERVER_REPLY: return make_error(Errc::not_our_server, detail);
    // A cut connection; also a TLS handshake that broke off, where nobody showed a wrong identity.
    default: return make_error(Errc::offline, detail);
  }
}

/// A connection cache (the multi handle) and one transfer at a time in it.
class CurlClient final : public HttpClient {
 public:
  explicit CurlClient(CurlOptions options)
      : pins_(join(options.pinned_keys, ";")),
        ca_file_(std::move(options.ca_file)),
        proxy_(std::move(options.proxy)),
        multi_(curl_multi_init()),
        easy_(curl_easy_init()) {
    RUHU_ASSERT(multi_ != nullptr && easy_ != nullptr);
  }

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override;

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    RUHU_ASSERT(curl_easy_setopt(easy_.get(), option, value) == CURLE_OK);
  }
  void set_trust();
  void set_limits(const HttpRequest& request);
  HeaderList set_request(const HttpRequest& request);
  Result<CURLcode> transfer(const std::stop_token& stop);

  std::string pins_;
  std::string ca_file_;
  std::string proxy_;
  std::unique_ptr<CURLM, MultiDeleter> multi_;
  std::unique_ptr<CURL, EasyDeleter> easy_;
};

void CurlClient::set_trust() {
  const bool by_pin_alone = !pins_.empty() && ca_file_.empty();
  set(CURLOPT_SSL_VERIFYPEER, by_pin_alone ? 0L : 1L);
  set(CURLOPT_SSL_VERIFYHOST, by_pin_alone ? 0L : 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!pins_.empty()) set(CURLOPT_PINNEDPUBLICKEY, pins_.c_str());
  if (!ca_file_.empty()) set(CURLOPT_CAINFO, ca_file_.c_str());
}

void CurlClient::set_limits(const HttpRequest& request) {
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<Millis::rep>(request.timeout_total.count(), 1)));
  set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.response_limit));
  set(CURLOPT_PROXY, proxy_.c_str());
}

HeaderList CurlClient::set_request(const HttpRequest& request) {
  HeaderList headers;
  add_header(headers, "Expect:");  // never wait for permission to send a body
  if (!request.authorization.empty()) add_header(headers, "Authorization: " + request.authorization);
  if (request.method == "POST") {
    // An empty value keeps libcurl from naming a type of its own.
    add_header(headers, request.content_type.empty() ? "Content-Type:" : "Content-Type: " + request.content_type);
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.data());
  } else {
    set(CURLOPT_HTTPGET, 1L);
  }
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_USERAGENT, "ruhu");
  set(CURLOPT_HTTPHEADER, headers.get());
  return headers;
}

/// Runs the prepared transfer to its end; a request to stop is seen at once. Error: cancelled.
Result<CURLcode> CurlClient::transfer(const std::stop_token& stop) {
  constexpr int kPollMax = 1000;  // libcurl's own timers come earlier when they are due
  const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi_.get()); });
  RUHU_ASSERT(curl_multi_add_handle(multi_.get(), easy_.get()) == CURLM_OK);
  CURLMcode state = CURLM_OK;
  int running = 1;
  while (running > 0 && state == CURLM_OK && !stop.stop_requested()) {
    state = curl_multi_perform(multi_.get(), &running);
    if (running > 0 && state == CURLM_OK) state = curl_multi_poll(multi_.get(), nullptr, 0, kPollMax, nullptr);
  }
  CURLcode outcome = CURLE_FAILED_INIT;
  int left = 0;
  if (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) outcome = message->data.result;
  curl_multi_remove_handle(multi_.get(), easy_.get());
  if (running > 0 && stop.stop_requested()) return make_error(Errc::cancelled);
  return outcome;
}

Result<HttpResponse> CurlClient::send(const HttpRequest& request, std::stop_token stop) {
  RUHU_TRY_DONE(check_request(request, !pins_.empty()));
  std::array<char, CURL_ERROR_SIZE> more{};
  Incoming incoming{.limit = request.response_limit};
  curl_easy_reset(easy_.get());
  set_trust();
  set_limits(request);
  const HeaderList headers = set_request(request);
  set(CURLOPT_ERRORBUFFER, more.data());
  set(CURLOPT_WRITEFUNCTION, &take_bytes);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&incoming));

  const auto outcome = transfer(stop);
  set(CURLOPT_ERRORBUFFER, static_cast<char*>(nullptr));  // it dies with this call
  if (!outcome.ok()) return outcome.error();
  if (incoming.over_limit) return make_error(Errc::too_large, "answer beyond the limit");
  if (*outcome != CURLE_OK) return error_from(*outcome, more.data());

  long status = 0;
  const char* content_type = nullptr;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy_.get(), CURLINFO_CONTENT_TYPE, &content_type);
  return HttpResponse{static_cast<int>(status), content_type == nullptr ? "" : content_type, std::move(incoming.body)};
}

}  // namespace

std::unique_ptr<HttpClient> make_curl_client(CurlOptions options) {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  RUHU_ASSERT(ready);
  return std::make_unique<CurlClient>(std::move(options));
}

}  // namespace ruhu
