// Every call of a store while SQLite refuses one of its statements: the call says so, and nothing has happened.
#include "tests/storage/fault_scenarios.hpp"
#include "tests/storage/stored_town.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/failing_statements.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

using At = FailingStatements::At;

/// What went wrong first, for one message instead of hundreds.
class FirstWrong {
 public:
  void note(const std::string& what) {
    if (first_.empty()) first_ = what;
  }
  const std::string& text() const { return first_; }

 private:
  std::string first_;
};

template <class T>
Status status_of(const Result<T>& result) {
  return result.ok() ? Status{} : Status{result.error()};
}

std::string told(const Status& status) { return status.ok() ? "done" : to_log_line(status.error()); }

/// One after the other each statement of the call is refused, on a tablet that has compiled none of them yet. How many
/// were.
int refuse_each_statement(FailingStatements& failing, const StoredTown& town, const TownCall& call, At at,
                          FirstWrong& wrong) {
  const std::uint64_t before = content_of(TownTablet(town).store().database()).value();
  int struck = 0;
  bool reached = true;
  for (std::int64_t n = 0; reached; ++n) {
    TownTablet tablet(town);
    failing.fail_at(at, n);
    const Status status = call.run(tablet);
    reached = failing.reached();
    failing.recover();
    if (!failing.struck()) continue;
    ++struck;
    const std::string name = (at == At::compiling ? "compiled " : "run ") + std::to_string(n) + ": ";
    if (status.ok() ? !call.may_succeed : status.error().code != Errc::internal) wrong.note(name + told(status));
    if (!status.ok() && content_of(tablet.store().database()).value() != before) wrong.note(name + "something changed");
  }
  return struck;
}

void refuse_each_statement(const std::vector<TownCall>& calls, const StoredTown& town) {
  FailingStatements failing;
  for (const TownCall& call : calls) {
    INFO(call.name);
    FirstWrong wrong;
    int struck = 0;
    for (const At at : {At::compiling, At::running}) struck += refuse_each_statement(failing, town, call, at, wrong);
    CHECK(wrong.text() == "");
    CHECK(struck > 0);
  }
}

}  // namespace

TEST_CASE("Refused statement: a question is not answered, whichever statement of it is refused", "[store][refused]") {
  const StoredTown town = stored_town();
  refuse_each_statement(questions(town), town);
}

TEST_CASE("Refused statement: a task is not done, not even in part, whichever statement of it is refused",
          "[store][refused]") {
  const StoredTown town = stored_town();
  refuse_each_statement(tasks(town), town);
}

TEST_CASE("Refused statement: opening brings an old file up or leaves it as it is, whichever statement is refused",
          "[store][refused]") {
  FailingStatements failing;
  const Scenario scenario = migration(3);
  const DiskFiles files = prepared(scenario);
  const std::uint64_t before = content_of(files, scenario);
  for (const At at : {At::compiling, At::running}) {
    FirstWrong wrong;
    bool reached = true;
    for (std::int64_t n = 0; reached; ++n) {
      FaultDisk disk("old", files);
      StoreWorld world = step_world();
      failing.fail_at(at, n);
      const Status opened = status_of(world.open(options_on(disk, scenario), *scenario.dictionary));
      reached = failing.reached();
      failing.recover();
      if (!failing.struck()) continue;
      const std::string name = "statement " + std::to_string(n) + ": ";
      if (opened.ok() || opened.error().code != Errc::internal) wrong.note(name + told(opened));
      if (content_of(disk.files(), scenario) != before) wrong.note(name + "something changed");
    }
    CHECK(wrong.text() == "");
  }
}
