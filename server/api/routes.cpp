#include "server/api/routes.hpp"

#include <simdjson.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "platform/base/log.hpp"
#include "platform/base/texts.hpp"
#include "server/attachments/attachment_service.hpp"
#include "server/auth/enrolment.hpp"
#include "server/handover/parcel_service.hpp"

namespace ruhu::server {
namespace {

using Json = nlohmann::ordered_json;
constexpr const char* kJsonType = "application/json; charset=utf-8";
constexpr std::size_t kEnrolBytesMax = 4'096;

int status_of(Errc code) {
  switch (code) {
    case Errc::not_our_server:  // here: not a request of ours
    case Errc::malformed_message:
    case Errc::invalid_json:
    case Errc::usage: return 400;
    case Errc::not_authorised:
    case Errc::code_invalid: return 403;
    case Errc::not_found: return 404;
    case Errc::too_large: return 413;
    case Errc::disk_full:
    case Errc::out_of_memory:
    case Errc::database_busy: return 503;
    default: return 500;
  }
}

HttpReply refuse(const Error& error) {
  Json body;
  body["error"] = std::string(traits_of(error.code).key);
  body["message"] = {{"zh-CN", error_text(Lang::zh_cn, error.code)}, {"en", error_text(Lang::en, error.code)}};
  return {status_of(error.code), kJsonType, body.dump(), {}};
}

struct EnrolRequest {
  std::string code;
  std::string public_key;
};

Result<EnrolRequest> parse_enrol(const std::string& body) {
  if (body.size() > kEnrolBytesMax) return make_error(Errc::too_large, "enrol");
  simdjson::dom::parser parser;
  simdjson::dom::element json;
  std::string_view code;
  std::string_view key;
  if (parser.parse(body).get(json) != simdjson::SUCCESS || json["code"].get(code) != simdjson::SUCCESS ||
      json["public_key"].get(key) != simdjson::SUCCESS)
    return make_error(Errc::invalid_json, "enrol");
  const auto raw = from_hex(key);
  if (!raw) return make_error(Errc::invalid_json, "public_key");
  return EnrolRequest{std::string(code), *raw};
}

class Routes {
 public:
  explicit Routes(Platform& platform)
      : platform_(platform),
        sync_({.dictionary = platform.dictionary(),
               .clock = platform.clock(),
               .stores = platform.stores(),
               .sign = [&](std::string_view b) { return platform.signing_key().sign(b); },
               .verify = verify_signature}),
        attachments_({.clock = platform.clock(),
                      .stores = platform.stores(),
                      .sign = [&](std::string_view b) { return platform.signing_key().sign(b); },
                      .verify = verify_signature}),
        parcels_({.sync = sync_,
                  .clock = platform.clock(),
                  .stores = platform.stores(),
                  .sign = [&](std::string_view b) { return platform.signing_key().sign(b); },
                  .verify = verify_signature,
                  .open_box = [&](std::string_view box) { return platform.signing_key().open_box(box); },
                  .seal_box = seal_box}) {}

  HttpReply handle(const HttpIncoming& request) {
    if (request.path == "/healthz") return {200, kJsonType, R"({"ok":true})", {}};
    if (request.method == "POST" && request.path == "/v1/sync") return sealed(sync_.handle(request.body));
    if (request.method == "POST" && request.path == "/v1/attachments") return sealed(attachments_.handle(request.body));
    if (request.method == "POST" && request.path == "/v1/parcels") return sealed(parcels_.handle(request.body));
    if (request.method == "POST" && request.path == "/v1/enrol") return enrol(request);
    return refuse(make_error(Errc::not_found));
  }

 private:
  static HttpReply sealed(Result<std::string> answer) {
    if (!answer.ok()) return refuse(answer.error());
    return {200, std::string(kSyncContentType), std::move(*answer), {}};
  }

  HttpReply enrol(const HttpIncoming& request) {
    const auto parsed = parse_enrol(request.body);
    if (!parsed.ok()) return refuse(parsed.error());
    // The code lies in the realm that it was made for; the tablet learns its realm from the answer.
    for (PlatformStore* store : platform_.stores()) {
      const auto json = redeem(*store, *parsed);
      if (json.ok()) return {200, kJsonType, json->dump(), {}};
      if (json.error().code != Errc::code_invalid) return refuse(json.error());
    }
    return refuse(make_error(Errc::code_invalid));
  }

  Result<Json> redeem(PlatformStore& store, const EnrolRequest& request) {
    RUHU_TRY(const auto tx, store.begin());
    RUHU_TRY(const auto enrolled, redeem_code(*tx, request.code, request.public_key, platform_.clock().now()));
    RUHU_TRY_DONE(tx->commit());
    Json json;
    json["tablet"] = enrolled.tablet.no.value;
    json["incarnation"] = enrolled.tablet.incarnation;
    json["realm"] = std::string(name_of(store.realm()));
    json["epoch"] = std::to_string(store.epoch().value);
    json["actor"] = enrolled.account.no.value;
    json["name"] = enrolled.account.name;
    json["role"] = enrolled.tablet.role;
    json["scopes"] = Json::array();
    for (const ScopeCode scope : enrolled.tablet.scopes) json["scopes"].push_back(to_string(scope));
    json["server_key"] = to_hex(platform_.signing_key().public_key());
    return json;
  }

  Platform& platform_;
  SyncService sync_;
  AttachmentService attachments_;
  ParcelService parcels_;
};

}  // namespace

HttpHandler make_routes(Platform& platform) {
  return [routes = std::make_shared<Routes>(platform)](const HttpIncoming& request) { return routes->handle(request); };
}

}  // namespace ruhu::server
