#include <pthread.h>

#include <charconv>
#include <csignal>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/cli.hpp"
#include "platform/base/log.hpp"
#include "server/http/http_server.hpp"
#include "sync/handover/lan_post.hpp"

namespace ruhu::cli {
namespace {

/// One hand-over at a time, and little memory for strangers: whoever is on the local network can knock.
Result<HttpOptions> listen_options(const std::string& address) {
  HttpOptions options;
  const auto colon = address.rfind(':');
  if (colon == std::string::npos) return make_error(Errc::usage, "--listen HOST:PORT");
  options.host = address.substr(0, colon);
  const char* to = address.data() + address.size();
  const auto [end, failed] = std::from_chars(address.data() + colon + 1, to, options.port);
  if (failed != std::errc{} || end != to) return make_error(Errc::usage, "--listen HOST:PORT");
  options.body_limit = kLanBytesMax;
  options.request_deadline = Millis{60'000};
  options.idle_deadline = Millis{5'000};
  options.connections_max = 2;
  options.threads = 1;  // the store belongs to one thread
  return options;
}

HttpReply refuse(const Error& error) {
  log_error("hand-over over the local network", error);
  return {400, "text/plain; charset=utf-8", std::string(traits_of(error.code).key), {}};
}

/// Takes the parcels along, then gives the answers that are carried here.
HttpReply take_hand_over(HandOver& hand_over, const HttpIncoming& request) {
  if (request.method != "POST" || request.path != kLanPath) return {404, "text/plain", "not_found", {}};
  if (request.content_type != kHandoverContentType) return refuse(make_error(Errc::parcel_unfit, "content type"));
  const auto imported = hand_over.import_parcels(request.body);
  if (!imported.ok()) return refuse(imported.error());
  auto answers = hand_over.export_answers();
  if (!answers.ok()) return refuse(answers.error());
  print_line({{"carried", imported->carried}, {"answers", answers->answers}});
  return {200, std::string(kHandoverContentType), std::move(answers->file), {}};
}

}  // namespace

Result<int> run_handover_listen(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  RUHU_TRY(const std::shared_ptr<HandOver> hand_over, tablet->hand_over());
  RUHU_TRY(const HttpOptions options, listen_options(args.address));
  // Signals are taken by a thread of their own, so that stopping may do more than a signal handler can.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  RUHU_TRY(const auto server, HttpServer::listen(options, [hand_over](const HttpIncoming& request) {
             return take_hand_over(*hand_over, request);
           }));
  std::jthread waiter([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    server->stop();
  });
  print_line({{"listening", options.host + ":" + std::to_string(server->port())}});
  server->run();
  return 0;
}

Result<int> run_handover_send(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  RUHU_TRY(const auto hand_over, tablet->hand_over());
  RUHU_TRY(const auto exported, hand_over->export_parcels());
  const auto client = make_curl_client();
  RUHU_TRY(const std::string reply, post_hand_over(*client, args.address, exported.file));
  // Only now is it certain that the other tablet has them.
  RUHU_TRY_DONE(hand_over->note_exported(exported));
  RUHU_TRY(const auto heard, hand_over->import_parcels(reply));
  if (args.json) {
    print_line({{"ops", exported.ops},
                {"left", exported.left},
                {"answers", heard.answers},
                {"acknowledged", heard.acknowledged},
                {"received", heard.received},
                {"refused", heard.refused}});
  } else {
    std::cout << fill(text(args.lang, "cli.handover_sent"),
                      {{"n", std::to_string(exported.ops)}, {"acknowledged", std::to_string(heard.acknowledged)}})
              << std::endl;
  }
  return exported.left == 0 ? 0 : 1;
}

}  // namespace ruhu::cli
