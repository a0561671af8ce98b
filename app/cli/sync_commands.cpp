#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli/cli.hpp"
#include "sync/transport/http_transport.hpp"

namespace ruhu::cli {

using Json = nlohmann::ordered_json;

Result<int> run_enrol(const Args& args, Tablet::World world) {
  const auto client = make_curl_client();
  RUHU_TRY(const auto tablet, Tablet::enrol(args.data, {args.server, args.code, args.pin}, *client, world));
  RUHU_TRY(const auto identity, tablet->store().identity());
  const std::string number = std::to_string(identity->tablet.value);
  if (args.json) {
    print_line({{"tablet", identity->tablet.value},
                {"actor", identity->actor_name},
                {"role", identity->role},
                {"realm", std::string(name_of(identity->realm))}});
  } else {
    std::cout << fill(text(args.lang, "cli.enrolled"), {{"tablet", number}, {"name", identity->actor_name}})
              << std::endl;
  }
  return 0;
}

Result<int> run_sync(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  RUHU_TRY(const auto identity, tablet->store().identity());
  RUHU_TRY(const auto replicator, tablet->replicator());
  const auto client = make_curl_client();
  HttpTransport transport(*client, identity->server_url);
  const auto report = sync_to_end(*replicator, transport);
  RUHU_TRY(const StoreFigures figures, tablet->store().figures());
  if (!report.ok()) {
    complain(args, report.error());
    if (!args.json)
      std::cout << fill(text(args.lang, "cli.sync_left"), {{"n", std::to_string(figures.queued)}}) << std::endl;
    return 1;
  }
  if (args.json) {
    print_line({{"sent", report->sent},
                {"received", report->received},
                {"conflicts", report->conflicts},
                {"trips", report->trips},
                {"bytes_up", report->bytes_up},
                {"bytes_down", report->bytes_down},
                {"left", figures.queued},
                {"complete", report->complete}});
  } else {
    std::cout << fill(text(args.lang, "cli.sync_done"), {{"sent", std::to_string(report->sent)},
                                                         {"received", std::to_string(report->received)},
                                                         {"conflicts", std::to_string(report->conflicts)}})
              << std::endl;
  }
  return figures.queued == 0 ? 0 : 1;
}

void complain(const Args& args, const Error& error) {
  std::cerr << "ruhu: " << error_text_both(error.code);
  if (!error.detail.empty()) std::cerr << " [" << error.detail << "]";
  std::cerr << std::endl;
  if (args.json) print_line({{"error", std::string(traits_of(error.code).key)}, {"detail", error.detail}});
}

void print_line(const Json& json) {
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

}  // namespace ruhu::cli
