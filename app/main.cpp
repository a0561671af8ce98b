#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/cli/options.hpp"
#include "app/commands/session.hpp"
#include "app/shell/app_loop.hpp"
#include "platform/base/log.hpp"
#include "platform/worker/task_runner.hpp"
#include "sync/transport/http_transport.hpp"

// The only place that knows which concrete classes stand behind the interfaces.
namespace {

using namespace ruhu;

constexpr const char* kVersion = "0.1.0";

std::filesystem::path default_data_folder() {
  if (const char* home = std::getenv("XDG_DATA_HOME")) return std::filesystem::path(home) / "ruhu";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home == nullptr ? "." : home) / ".local" / "share" / "ruhu";
}

/// HTTP with a client of its own.
class OwningHttpTransport final : public Transport {
 public:
  explicit OwningHttpTransport(const std::string& url) : client_(make_curl_client()), http_(*client_, url) {}
  Result<std::string> exchange(std::string_view request, std::stop_token stop) override {
    return http_.exchange(request, std::move(stop));
  }

 private:
  std::unique_ptr<HttpClient> client_;
  HttpTransport http_;
};

bool has_display() {
  if (const char* driver = std::getenv("SDL_VIDEODRIVER")) return std::string_view(driver) != "dummy";
  return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
}

Result<WindowOptions> window_options(const cli::WindowArgs& args) {
  WindowOptions options;
  options.title = "入户";
  options.headless = !has_display();
  int read = 0;
  if (std::sscanf(args.size.c_str(), "%dx%d%n", &options.width, &options.height, &read) != 2 ||
      static_cast<std::size_t>(read) != args.size.size() || options.width < 320 || options.height < 320)
    return make_error(Errc::usage, "--size");
  if (options.headless && args.drive.empty()) return make_error(Errc::usage, "no display; --drive plays without one");
  return options;
}

/// Plays the script of --drive; a step that cannot be done is said on standard error.
Result<int> drive(AppLoop& loop, Session& session, Inputs& inputs, const LoopHooks& hooks, const cli::WindowArgs& args,
                  Clock& clock) {
  std::ifstream file(args.drive, std::ios::binary);
  if (!file) return make_error(Errc::file_missing, "--drive");
  const std::string script{std::istreambuf_iterator<char>(file), {}};
  RUHU_TRY(auto steps, parse_drive_steps(script));
  std::error_code ignored;  // a folder that cannot be made shows at the first picture
  if (!args.shots.empty()) std::filesystem::create_directories(args.shots, ignored);
  Driver driver(std::move(steps), {.shots_folder = args.shots}, clock);
  const Status played = loop.drive(session.state(), inputs, hooks, driver);
  if (played.ok()) return 0;
  if (driver.failure().empty()) return played.error();
  std::fprintf(stderr, "ruhu: %s\n", driver.failure().c_str());
  return 1;
}

Result<int> run_window(const cli::Parsed& parsed, Tablet::World world) {
  const cli::WindowArgs& args = parsed.window;
  const auto folder = args.data.empty() ? default_data_folder() : std::filesystem::path(args.data);
  RUHU_TRY(const WindowOptions options, window_options(args));
  RUHU_TRY(const auto tablet, Tablet::open(folder, parsed.args.pin, world));
  RUHU_TRY(const auto loop, AppLoop::open(options, world.dictionary, world.clock));
  // Declared in the order in which they must go: the session last, then net, then store.
  ThreadRunner store_runner;
  ThreadRunner net_runner;
  Session session({.dictionary = world.dictionary,
                   .clock = world.clock,
                   .random = world.random,
                   .store = tablet->shared_store(),
                   .store_runner = store_runner,
                   .net_runner = net_runner,
                   .make_replicator = [&] { return tablet->replicator(); },
                   .make_transport = [](const Identity& identity) -> std::unique_ptr<Transport> {
                     return std::make_unique<OwningHttpTransport>(identity.server_url);
                   },
                   .wake = [&] { loop->wake(); },
                   .lang = parsed.args.lang,
                   .version = kVersion});
  session.start();
  Inputs inputs;
  if (!args.lang.empty()) session.handle({SwitchLanguage{parse_lang(args.lang)}});
  if (args.scale > 0) session.handle({SetTextScale{args.scale}});
  const LoopHooks hooks{.on_commands = [&](CommandQueue& queue) { session.handle(queue.take()); },
                        .poll = [&] { return session.poll(); }};
  if (!args.drive.empty()) return drive(*loop, session, inputs, hooks, args, world.clock);
  loop->run(session.state(), inputs, hooks);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const cli::Parsed parsed = cli::parse(argc, argv);
  if (parsed.exit_code >= 0) return parsed.exit_code;
  SystemClock clock;
  SystemRandom random;
  const auto dictionary = Dictionary::built_in();
  if (!dictionary.ok()) {
    cli::complain(parsed.args, dictionary.error());
    return 1;
  }
  const Tablet::World world{*dictionary, clock, random};
  const auto code = parsed.command ? parsed.command(parsed.args, world) : run_window(parsed, world);
  if (code.ok()) return *code;
  cli::complain(parsed.args, code.error());
  return 1;
}
