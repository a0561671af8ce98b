#pragma once
#include "server/admin/platform.hpp"
#include "server/http/http_server.hpp"
#include "server/ingest/sync_service.hpp"

namespace ruhu::server {

/// What the server answers over HTTP: /v1/sync, /v1/enrol, /healthz. Everything else is 404.
/// The platform must outlive the handler; the handler may be called from several threads.
HttpHandler make_routes(Platform& platform);

}  // namespace ruhu::server
