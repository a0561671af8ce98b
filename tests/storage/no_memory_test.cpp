#include <set>

#include "tests/storage/crash_check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/failing_memory.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

struct MemoryReport {
  int runs = 0;  ///< In which a request was refused.
  int told_error = 0;
  int told_done = 0;     ///< SQLite did without.
  int wrong_code = 0;    ///< Told something else than that memory is short.
  int wrong_answer = 0;  ///< A question that was answered, but not as with memory enough.
  int not_usable = 0;    ///< With memory again, the same store failed.
  CrashReport after;     ///< The disks left behind.
  std::string first;

  void note(int& count, const std::string& what) {
    ++count;
    if (first.empty()) first = what;
  }
};

/// Everything a screen asks for, as one text. Two equal texts: the same answers.
Result<std::string> ask_everything(Store& store) {
  std::string answers;
  for (const KindDef& kind : store.dictionary().kinds()) {
    RUHU_TRY(const auto records, store.list(kind.no));
    for (const Record& record : records) {
      answers += to_string(record.ref.id);
      for (const Cell& cell : record.cells) answers += std::string(text_of(cell.value)) + "|";
      answers += std::to_string(record.meta.seen.value) + "," + std::to_string(record.meta.later.size());
    }
  }
  RUHU_TRY(const auto hits, store.search("张建国", 9));
  for (const SearchHit& hit : hits) answers += to_string(hit.ref.id);
  RUHU_TRY(const auto queued, store.changes().queued(1U << 20U));
  answers += std::to_string(queued.size());
  RUHU_TRY(const auto figures, store.figures());
  answers += std::to_string(figures.queued);
  RUHU_TRY(const auto findings, store.audit());
  for (const std::string& finding : findings) answers += finding;
  return answers;
}

/// One run of a scenario during which one request for memory, or every one from there on, is refused.
class MemoryRun {
 public:
  enum class Of : std::uint8_t { opening, step, questions };
  MemoryRun(const Recording& recording, FailingMemory& memory, Of of, MemoryReport& report)
      : recording_(recording), memory_(memory), of_(of), report_(report), disk_("short", recording.journal.before) {
    disk_.record();
  }

  /// False: the run needs fewer requests.
  bool run(std::int64_t request, bool for_good) {
    where_ = "request " + std::to_string(request) + (for_good ? " and all later ones" : "");
    StoreWorld world = step_world();
    if (of_ == Of::opening) memory_.fail_at(request, for_good);
    auto store = world.open(options_on(disk_, scenario()), *scenario().dictionary);
    Status told = store.ok() ? Status{} : Status{store.error()};
    if (store.ok() && of_ != Of::opening) told = work(world, **store, request, for_good);
    const bool struck = memory_.struck();
    memory_.recover();
    const bool promised = told.ok() && (of_ == Of::step || scenario().migrates());
    if (struck) note(told);
    if (store.ok() && struck) use_again(world, **store, promised);
    return struck;
  }

 private:
  const Scenario& scenario() const { return recording_.scenario; }

  Status work(StoreWorld& world, Store& store, std::int64_t request, bool for_good) {
    if (of_ == Of::step) {
      memory_.fail_at(request, for_good);
      return scenario().step(world, store, 0);
    }
    if (expected_.empty()) expected_ = ask_everything(store).value();
    memory_.fail_at(request, for_good);
    const auto answers = ask_everything(store);
    memory_.recover();
    if (!answers.ok()) return answers.error();
    if (*answers != expected_) report_.note(report_.wrong_answer, where_);
    return {};
  }

  void note(const Status& told) {
    ++report_.runs;
    ++(told.ok() ? report_.told_done : report_.told_error);
    if (!told.ok() && told.error().code != Errc::out_of_memory)
      report_.note(report_.wrong_code, where_ + ": " + to_log_line(told.error()));
    look_at_disk(told.ok() && (of_ == Of::step || scenario().migrates()) ? 1 : 0);
  }

  void look_at_disk(std::size_t due) {
    SeededRandom random(1);
    CrashWalk walk(disk_.journal());
    walk.go_to(disk_.journal().ops.size());
    for (const Crash crash : {Crash::forgotten, Crash::killed}) {
      DiskFiles files = walk.after(crash, random);
      // Most refusals leave the very same disk; each is looked at once.
      std::uint64_t sum = due;
      for (const auto& [name, content] : files) sum = sum * 31 + std::hash<std::string>{}(name + content);
      if (seen_.insert(sum).second) check_crashed(recording_, std::move(files), due, where_, report_.after);
    }
  }

  void use_again(StoreWorld& world, Store& store, bool promised) {
    const auto fail = [&](const Error& error) { report_.note(report_.not_usable, where_ + ": " + to_log_line(error)); };
    const auto findings = store.audit();
    if (!findings.ok()) return fail(findings.error());
    if (!findings->empty()) report_.note(report_.not_usable, where_ + ": " + findings->front());
    // What is written without a transaction of its own must not land in one that was left open.
    if (store.database().in_transaction()) report_.note(report_.not_usable, where_ + ": a transaction is left open");
    if (scenario().migrates()) return;
    const Status again = scenario().step(world, store, promised ? 1 : 0);
    if (!again.ok()) fail(again.error());
    if (store.database().in_transaction()) report_.note(report_.not_usable, where_ + ": not committed");
  }

  const Recording& recording_;
  FailingMemory& memory_;
  Of of_;
  MemoryReport& report_;
  FaultDisk disk_;
  std::string where_;
  std::string expected_;
  static inline std::set<std::uint64_t> seen_;
};

void check_short_memory(const Scenario& scenario, MemoryRun::Of of, Ended before = Ended::closed) {
  FailingMemory memory;
  const Recording recording = record_run(scenario, {.steps = scenario.migrates() ? 0 : 1, .before = before});
  MemoryReport report;
  std::int64_t last = 0;
  for (const bool for_good : {false, true}) {
    std::int64_t request = 0;
    while (MemoryRun(recording, memory, of, report).run(request, for_good)) ++request;
    last = request;
  }
  WARN(scenario.name << ": up to request " << last << ", " << report.runs << " runs, told error " << report.told_error
                     << ", told done " << report.told_done << ", wrong code " << report.wrong_code << ", wrong answer "
                     << report.wrong_answer << ", not usable " << report.not_usable << ", first: " << report.first
                     << "; " << report.after.summary());
  CHECK(report.runs > 0);
  CHECK(report.told_error > 0);
  CHECK(report.wrong_code == 0);
  CHECK(report.wrong_answer == 0);
  CHECK(report.not_usable == 0);
  CHECK(report.after.clean());
}

}  // namespace

TEST_CASE("No memory: opening a store says so and harms nothing, whichever request is refused", "[store][memory]") {
  check_short_memory(edits(), MemoryRun::Of::opening);
}

TEST_CASE("No memory: opening a store after a crash says so and drops nothing, whichever request is refused",
          "[store][memory]") {
  check_short_memory(new_households(), MemoryRun::Of::opening, Ended::killed);
}

TEST_CASE("No memory: a migration says so and is done or not begun, whichever request is refused", "[store][memory]") {
  check_short_memory(migration(3), MemoryRun::Of::opening);
}

TEST_CASE("No memory: a save says so and is done or not, whichever request is refused", "[store][memory]") {
  for (const Scenario& scenario : {new_households(), edits(), visits(), later(visits())})
    check_short_memory(scenario, MemoryRun::Of::step);
}

TEST_CASE("No memory: news say so and are taken in wholly or not, whichever request is refused", "[store][memory]") {
  check_short_memory(news(), MemoryRun::Of::step);
}

TEST_CASE("No memory: a list, a search, an audit say so or answer in full, whichever request is refused",
          "[store][memory]") {
  check_short_memory(edits(), MemoryRun::Of::questions);
}
