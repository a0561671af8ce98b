#include <chrono>
#include <condition_variable>
#include <mutex>

#include "tests/app/session_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using test::SessionWorld;

namespace {

const std::vector<SessionWorld::Member> kZhang = {{"张建国", "02", "1", "1991-05-01"}};

}  // namespace

TEST_CASE("Sync: without a network the work stays here and the worker is told so", "[app]") {
  SessionWorld world;
  world.family("501", kZhang);
  world.restart();
  const int queued = world.state().sync.queued;
  REQUIRE(queued > 0);
  world.handle(SyncNow{});
  CHECK(world.state().sync.phase == SyncPhase::offline);
  CHECK(world.state().sync.queued == queued);
  CHECK(world.state().toasts.back().key == "sync_offline");
  CHECK_FALSE(world.state().toasts.back().sticky);
}

TEST_CASE("Handover: unsent changes and open drafts are named, and the answer goes away when dismissed", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(StartVisit{family.household});
  world.handle(KeepVisitDraft{world.visit_input()});
  world.handle(AskHandover{});
  REQUIRE(world.state().sync.handover);
  CHECK_FALSE(world.state().sync.handover->safe);
  CHECK(world.state().sync.handover->reasons.size() == 2);
  world.handle(DismissHandover{});
  CHECK_FALSE(world.state().sync.handover);
}

TEST_CASE("Conflict: both sides stand on the sync screen until newer news settle it", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  namespace h = kinds::household;
  world.save({{h::kKind, family.household, {{h::contact_phone, "13900139000"}}, {}}});
  const auto changes = world.store().changes().queued(SIZE_MAX).value();
  ServerNews news;
  for (const Change& change : changes) {
    OpResult result{.op = change.id, .outcome = OpOutcome::applied, .version = {1}, .reason = {}, .fields = {}};
    if (change.id == changes.back().id) {
      result.outcome = OpOutcome::conflict;
      result.fields = {
          {h::contact_phone,
           FieldOutcome::conflict,
           17,
           std::string("13700137000"),
           {{2}, {{9}, 5}, HybridTime::from(world.clock().now()), {43}, {Source::family, Verified::declared, 0}}}};
    }
    news.results.push_back(result);
  }
  news.acknowledged = changes.back().id.counter;
  news.actors = {{{43}, "王芳"}};
  REQUIRE(world.store().take_in(news).ok());
  world.handle(GoTo{Tab::sync});
  const SyncState& sync = world.state().sync;
  CHECK(sync.queued == 0);
  REQUIRE(sync.conflicts.size() == 1);
  CHECK(sync.conflicts[0].conflict == 17);
  CHECK(sync.conflicts[0].title == "张建国 户 · 联系电话");
  CHECK(sync.conflicts[0].mine.value == "139****9000");
  CHECK(sync.conflicts[0].mine.who == "李晓");
  CHECK(sync.conflicts[0].theirs.value == "137****7000");
  CHECK(sync.conflicts[0].theirs.who == "王芳");
  CHECK(sync.conflicts[0].theirs.source == "家人 · 申报");
  world.handle(OpenRecord{sync.conflicts[0].record});
  CHECK(world.state().household.sync == RecordSync::conflict);
  CHECK(world.state().household.conflicts == std::vector<std::string>{"张建国 户 · 联系电话"});

  LogEntry settled{.scope = ScopeCode{350'582'006'001'003},
                   .lsn = {1},
                   .record = {h::kKind, family.household},
                   .version = {3},
                   .op = {{0}, 1},
                   .made_at = HybridTime::from(world.clock().now()),
                   .actor = {},
                   .fields = {{h::contact_phone, std::string("13900139000"), {}}}};
  ServerNews later;
  later.acknowledged = news.acknowledged;
  later.entries = {settled};
  REQUIRE(world.store().take_in(later).ok());
  world.handle(GoTo{Tab::sync});
  CHECK(world.state().sync.conflicts.empty());
}

TEST_CASE("Language: a switch rewrites what stands on screen and outlives the run", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.restart();
  world.handle(OpenHousehold{family.household});
  CHECK(world.state().household.members[0].relation == "户主");
  const std::string before = world.state().today.rows[0].reason;
  world.handle(SwitchLanguage{Lang::en});
  CHECK(world.state().today.rows[0].reason != before);
  CHECK(world.state().household.members[0].relation != "户主");
  CHECK(world.state().settings.grid == "Grid 3");
  world.handle(SetTextScale{1.25F});
  world.restart();
  CHECK(world.state().settings.lang == Lang::en);
  CHECK(world.state().settings.text_scale == Approx(1.25F));
  CHECK(world.state().settings.server == "grid.example.cn:8443");
}

TEST_CASE("Language: a switch keeps what is being written", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(StartVisit{family.household});
  const auto revision = world.state().visit.revision;
  const std::string notice = world.state().visit.notice;
  world.handle(SwitchLanguage{Lang::en});
  CHECK(world.state().visit.revision == revision);
  CHECK(world.state().visit.notice != notice);
}

TEST_CASE("Due: the day's share can be worked off and promised days come first", "[app]") {
  SessionWorld world;
  std::vector<SessionWorld::Family> families;
  for (int room = 101; room < 121; ++room) families.push_back(world.family(std::to_string(room), kZhang));
  world.restart();
  CHECK(world.state().today.count_due == 12);
  world.handle(StartVisit{families.back().household});
  VisitInput input = world.visit_input("03");
  input.next_action = "revisit";
  input.next_on = "2026-03-07";
  world.handle(SaveVisit{input});
  CHECK(world.state().today.count_all == 12);
  world.clock().advance(std::chrono::hours{24 * 3});
  world.restart();
  const auto& rows = world.state().today.rows;
  REQUIRE(rows.size() == 13);
  CHECK(rows.back().household == families.back().household);
  CHECK(rows.back().state == DueState::overdue);
  CHECK(rows.back().reason == "约好 2026-03-07 回访，已过 1 天");
}

TEST_CASE("Threads: answers come through the inbox, and the session may end while tasks wait", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  std::mutex mutex;
  std::condition_variable came;
  int answers = 0;
  ThreadRunner store_runner;
  ThreadRunner net_runner;
  {
    Session::Parts parts = world.parts(store_runner, net_runner);
    parts.wake = [&] {
      const std::lock_guard lock(mutex);
      ++answers;
      came.notify_one();
    };
    Session session(std::move(parts));
    const auto until = [&](const auto& done) {
      while (!done()) {
        std::unique_lock lock(mutex);
        came.wait(lock, [&] { return answers > 0; });
        answers = 0;
        lock.unlock();
        session.poll();
      }
    };
    session.start();
    until(
        [&] { return session.state().today.load.phase == Load::Phase::ready && session.state().today.count_all == 1; });
    session.handle({StartVisit{family.household}});
    CHECK(session.state().pages.back() == Page::visit);
    until([&] { return session.state().visit.load.phase == Load::Phase::ready; });
    session.handle({SyncNow{}});
    until([&] { return session.state().sync.phase == SyncPhase::offline; });
    session.handle({SearchText{"z"}, SearchText{"zj"}, SearchText{"zjg"}});
    until([&] { return session.state().search.text == "zjg"; });
    session.handle({SyncNow{}, AskHandover{}});
  }
}
