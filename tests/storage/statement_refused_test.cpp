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

std::string told(const Status& status) { return status.ok() ? "done" : to_log_line(status.error()); }

/// One after the other each statement of the call is refused, on a tablet that has compiled none of them yet.
void refuse_each_statement(FailingStatements& failing, const StoredTown& town, const TownCall& call, At at,
                           bool changes) {
  INFO(call.name << (at == At::compiling ? ", compiling" : ", running"));
  FirstWrong wrong;
  bool reached = true;
  std::int64_t struck = 0;
  for (std::int64_t n = 0; reached; ++n) {
    TownTablet tablet(town);
    const std::uint64_t before = changes ? content_of(tablet.store().database()).value() : 0;
    failing.fail_at(at, n);
    const Status status = call.run(tablet);
    reached = failing.reached();
    failing.recover();
    if (!failing.struck()) continue;
    ++struck;
    const std::string name = "statement " + std::to_string(n) + ": ";
    if (status.ok() || status.error().code != Errc::internal) wrong.note(name + told(status));
    if (changes && content_of(tablet.store().database()).value() != before) wrong.note(name + "something changed");
  }
  CHECK(wrong.text() == "");
  CHECK(struck > 0);
}

}  // namespace

TEST_CASE("Refused statement: a question is not answered, whichever statement of it is refused", "[store][refused]") {
  FailingStatements failing;
  const StoredTown town = stored_town();
  for (const TownCall& call : questions(town))
    for (const At at : {At::compiling, At::running}) refuse_each_statement(failing, town, call, at, false);
}

TEST_CASE("Refused statement: a task is not done, not even in part, whichever statement of it is refused",
          "[store][refused]") {
  FailingStatements failing;
  const StoredTown town = stored_town();
  for (const TownCall& call : tasks(town))
    for (const At at : {At::compiling, At::running}) refuse_each_statement(failing, town, call, at, true);
}
