#include "sync/transport/http_transport.hpp"

#include "sync/protocol/envelope.hpp"

namespace ruhu {

std::string join_url(std::string_view server_url, std::string_view path) {
  while (server_url.ends_with('/')) server_url.remove_suffix(1);
  return std::string(server_url) + std::string(path);
}

Result<std::string> HttpTransport::exchange(std::string_view sealed_request, std::stop_token stop) {
  HttpRequest request;
  request.method = "POST";
  request.url = join_url(server_url_, path_);
  request.content_type = kSyncContentType;
  request.body = sealed_request;
  RUHU_TRY(HttpResponse response, client_.send(request, std::move(stop)));
  if (response.status == 503 || response.status == 502 || response.status == 504 || response.status == 500)
    return make_error(Errc::server_failed, "status " + std::to_string(response.status));
  if (response.status == 413) return make_error(Errc::too_large, "server refused the size");
  if (response.status == 403 && response.body.find("\"error\":\"not_authorised\"") != std::string::npos)
    return make_error(Errc::not_authorised, "server");
  // Anything else that is not our type is somebody else's page, whatever its status says.
  if (response.status != 200 || response.content_type != kSyncContentType)
    return make_error(Errc::not_our_server, "status " + std::to_string(response.status));
  return std::move(response.body);
}

}  // namespace ruhu
