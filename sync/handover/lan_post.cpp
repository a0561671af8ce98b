#include "sync/handover/lan_post.hpp"

#include "platform/base/error.hpp"

namespace ruhu {
namespace {

constexpr Millis kPatience{60'000};

/// The key stands alone in the body of a refusal.
Error refusal(const HttpResponse& response) {
  if (response.status == 413) return make_error(Errc::too_large, "hand-over over the local network");
  for (const ErrorTraits& traits : error_table())
    if (traits.key == response.body) return make_error(traits.code, "the other tablet");
  return make_error(Errc::not_our_server, "status " + std::to_string(response.status));
}

}  // namespace

Result<std::string> post_hand_over(HttpClient& client, std::string_view address, std::string_view file) {
  if (file.size() > kLanBytesMax) return make_error(Errc::too_large, "hand-over over the local network");
  HttpRequest request;
  request.method = "POST";
  request.url = "http://" + std::string(address) + std::string(kLanPath);
  request.content_type = kHandoverContentType;
  request.body = file;
  request.timeout_total = kPatience;
  request.response_limit = kLanBytesMax * 2;
  RUHU_TRY(HttpResponse response, client.send(request));
  if (response.status == 200 && response.content_type == kHandoverContentType) return std::move(response.body);
  if (response.status == 200) return make_error(Errc::not_our_server, "content type");
  return refusal(response);
}

}  // namespace ruhu
