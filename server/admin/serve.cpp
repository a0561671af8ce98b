#include <charconv>
#include <csignal>
#include <iostream>
#include <thread>

#include "platform/base/text.hpp"
#include "server/admin/commands.hpp"
#include "server/admin/platform.hpp"
#include "server/api/routes.hpp"

namespace ruhu::server {
namespace {

constexpr std::size_t kBodyLimit = std::size_t{8} << 20U;

/// "host:port"; the port is what stands behind the last colon.
Status parse_listen(const std::string& listen, HttpOptions& options) {
  const auto colon = listen.rfind(':');
  if (colon == std::string::npos) return make_error(Errc::usage, "listen");
  options.host = listen.substr(0, colon);
  const char* from = listen.data() + colon + 1;
  const char* to = listen.data() + listen.size();
  const auto [end, failed] = std::from_chars(from, to, options.port);
  return failed == std::errc{} && end == to ? Status{} : Status{make_error(Errc::usage, "port")};
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host == "[::1]" || host.starts_with("127.");
}

}  // namespace

Result<bool> run_serve(const ServerArgs& args) {
  SystemClock clock;
  SystemRandom random;
  RUHU_TRY(const auto platform, Platform::open(args.data, clock, random));
  HttpOptions options;
  RUHU_TRY_DONE(parse_listen(args.listen, options));
  options.tls_cert = args.tls_cert;
  options.tls_key = args.tls_key;
  options.body_limit = kBodyLimit;
  if (args.tls_cert.empty() && !is_loopback(options.host) && !args.insecure)
    return make_error(Errc::usage, "plain HTTP on a reachable address needs --insecure; give --tls-cert and --tls-key");

  // Signals are taken by a thread of their own, so that stopping may do more than a signal handler can.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  RUHU_TRY(const auto server, HttpServer::listen(options, make_routes(*platform)));
  std::thread waiter([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    server->stop();
  });
  std::cout << "ruhu-server " << (args.tls_cert.empty() ? "http" : "https") << "://" << options.host << ":"
            << server->port() << std::endl;
  server->run();
  waiter.join();
  return true;
}

}  // namespace ruhu::server
