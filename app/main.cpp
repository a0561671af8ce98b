#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/cli/options.hpp"
#include "app/commands/front_door.hpp"
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
  explicit OwningHttpTransport(const std::string& url, std::string_view path = kSyncPath)
      : client_(make_curl_client()), http_(*client_, url, path) {}
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

/// The script of --drive, if there is one.
Result<std::unique_ptr<Driver>> make_driver(const cli::WindowArgs& args, Clock& clock) {
  if (args.drive.empty()) return std::unique_ptr<Driver>{};
  std::ifstream file(args.drive, std::ios::binary);
  if (!file) return make_error(Errc::file_missing, "--drive");
  const std::string script{std::istreambuf_iterator<char>(file), {}};
  RUHU_TRY(auto steps, parse_drive_steps(script));
  std::error_code ignored;  // a folder that cannot be made shows at the first picture
  if (!args.shots.empty()) std::filesystem::create_directories(args.shots, ignored);
  return std::make_unique<Driver>(std::move(steps), Driver::Options{.shots_folder = args.shots}, clock);
}

/// What is seen and by whom it is driven: a script, or a person (no driver).
struct Stage {
  AppLoop& loop;
  Inputs& inputs;
  Driver* driver;
};

/// Until the window is closed, the script is through or the hooks have finished; true: the last, there is more to come.
Result<bool> play(const Stage& stage, AppState& state, const LoopHooks& hooks) {
  if (stage.driver == nullptr) return stage.loop.run(state, stage.inputs, hooks);
  const Status played = stage.loop.drive(state, stage.inputs, hooks, *stage.driver);
  if (!played.ok()) return played.error();
  return hooks.finished && hooks.finished();
}

Result<int> run_session(const Stage& stage, Session& session, const std::vector<Command>& first) {
  session.handle(first);  // First, so that the start reads the settings that were chosen at the door.
  session.start();
  stage.inputs = {};
  const LoopHooks hooks{.on_commands = [&](CommandQueue& queue) { session.handle(queue.take()); },
                        .poll = [&] { return session.poll(); }};
  RUHU_TRY_DONE(play(stage, session.state(), hooks));
  return 0;
}

/// Enrols or unlocks the tablet, as needed. Nothing: the worker has closed the window before.
Result<std::shared_ptr<Tablet>> pass_front_door(const Stage& stage, FrontDoor& door, const cli::Parsed& parsed) {
  std::vector<Command> wishes;
  if (!parsed.window.lang.empty()) wishes.push_back(SwitchLanguage{parse_lang(parsed.window.lang)});
  if (parsed.window.scale > 0) wishes.push_back(SetTextScale{parsed.window.scale});
  door.handle(std::move(wishes));
  door.start(parsed.args.pin);
  const LoopHooks hooks{.on_commands = [&](CommandQueue& queue) { door.handle(queue.take()); },
                        .poll = [&] { return door.poll(); },
                        .finished = [&] { return door.is_left(); }};
  RUHU_TRY(const bool more, play(stage, door.state(), hooks));
  return more ? door.tablet() : nullptr;
}

Result<int> run_tablet(const cli::Parsed& parsed, Tablet::World world, Driver* driver) {
  const std::string& data = parsed.window.data;
  const auto folder = data.empty() ? default_data_folder() : std::filesystem::path(data);
  RUHU_TRY(const WindowOptions options, window_options(parsed.window));
  RUHU_TRY(const auto loop, AppLoop::open(options, world.dictionary, world.clock));
  // Declared in the order in which they must go: the session last, then net, then store.
  const UnknownConnectivity connectivity;
  ThreadRunner store_runner;
  ThreadRunner net_runner;
  const auto wake = [&] { loop->wake(); };
  Inputs inputs;
  const Stage stage{*loop, inputs, driver};
  FrontDoor door({.folder = folder,
                  .world = world,
                  .store_runner = store_runner,
                  .make_client = [] { return make_curl_client(); },
                  .wake = wake,
                  .lang = parsed.args.lang});
  RUHU_TRY(const auto tablet, pass_front_door(stage, door, parsed));
  if (!tablet) return 0;
  Session session(
      {.dictionary = world.dictionary,
       .clock = world.clock,
       .random = world.random,
       .store = tablet->shared_store(),
       .store_runner = store_runner,
       .net_runner = net_runner,
       .make_replicator = [tablet] { return tablet->replicator(); },
       .make_transport = [](const Identity& identity) -> std::unique_ptr<Transport> {
         return std::make_unique<OwningHttpTransport>(identity.server_url);
       },
       .wake = wake,
       .lang = parsed.args.lang,
       .version = kVersion,
       .syncs_by_itself = driver == nullptr,  // a script says itself when
       .make_errands = [tablet](AttachmentMover::Originals o) { return tablet->errands(o); },
       .make_errand_transport = [](const Identity& identity, std::string_view path) -> std::unique_ptr<Transport> {
         return std::make_unique<OwningHttpTransport>(identity.server_url, path);
       },
       .metering = [&connectivity] { return connectivity.metering(); }});
  return run_session(stage, session, door.carried());
}

/// A step of the script that cannot be done is said on standard error.
Result<int> run_window(const cli::Parsed& parsed, Tablet::World world) {
  RUHU_TRY(const auto driver, make_driver(parsed.window, world.clock));
  auto code = run_tablet(parsed, world, driver.get());
  if (code.ok() || driver == nullptr || driver->failure().empty()) return code;
  std::fprintf(stderr, "ruhu: %s\n", driver->failure().c_str());
  return 1;
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
