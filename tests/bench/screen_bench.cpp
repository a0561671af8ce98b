#include <nlohmann/json.hpp>
#include "app/commands/session.hpp"
#include "app/shell/app_loop.hpp"
#include "platform/worker/task_runner.hpp"

#include "tests/bench/bench_platform.hpp"

namespace ruhu::bench {
namespace {

std::unique_ptr<Store> reopen(const BenchContext& ctx, const std::string& file, Random& random) {
  DatabaseOptions options;
  options.path = ctx.folder.file(file);
  options.key = std::string(32, 'k');
  return Store::open(options, ctx.dictionary, ctx.clock, random).value();
}

}  // namespace

/// From nothing to the first frame that shows today's visits, then frames of the same screen; without a display.
Json bench_screen(const BenchContext& ctx) {
  BenchPlatform platform(ctx, "xilinsi");
  {
    const auto store = platform.make_tablet("screen-tablet.db", 1);
    RUHU_ASSERT(sync_to_end(*platform.replicator(*store), platform).ok());
  }
  SeededRandom random(2);
  InlineRunner runner;
  std::unique_ptr<AppLoop> loop;
  std::unique_ptr<Session> session;
  Inputs inputs;
  LoopHooks hooks;
  Json json;
  json["open_store_ms"] = rounded(1000 * seconds_of(ctx.clock, [&] { reopen(ctx, "screen-tablet.db", random); }));
  const double start = seconds_of(ctx.clock, [&] {
    std::shared_ptr<Store> store = reopen(ctx, "screen-tablet.db", random);
    loop = AppLoop::open({.title = "bench", .headless = true}, ctx.dictionary, ctx.clock).value();
    session = std::make_unique<Session>(Session::Parts{.dictionary = ctx.dictionary,
                                                       .clock = ctx.clock,
                                                       .random = random,
                                                       .store = store,
                                                       .store_runner = runner,
                                                       .net_runner = runner,
                                                       .make_replicator = {},
                                                       .make_transport = {},
                                                       .wake = [] {},
                                                       .lang = Lang::zh_cn,
                                                       .version = "bench"});
    hooks = {[&](CommandQueue& queue) { session->handle(queue.take()); }, [&] { return session->poll(); }};
    session->start();
    session->poll();
    loop->frame(session->state(), inputs, hooks);
  });
  json["start_to_first_frame_ms"] = rounded(1000 * start);
  json["frame"] =
      p50_p99(milliseconds_each(ctx.clock, 300, [&](int) { loop->frame(session->state(), inputs, hooks); }));
  json["rows_on_today"] = session->state().today.rows.size();
  return json;
}

}  // namespace ruhu::bench
