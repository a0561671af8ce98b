#pragma once
#include <memory>
#include <string>
#include <vector>

#include "app/commands/session.hpp"
#include "dictionary_constants.hpp"
#include "platform/worker/task_runner.hpp"
#include "tests/support/manual_clock.hpp"

namespace ruhu::test {

/// 2026-03-05, a Thursday, 10:00 in China.
inline constexpr std::int64_t kThursdayTen = 1'772'676'000'000;

/// A tablet in memory with one grid, and a session that works on one thread.
class SessionWorld {
 public:
  SessionWorld();

  /// Another session on the same store: the app was killed and started again.
  void restart();
  /// What a session on this store and other runners is made of.
  Session::Parts parts(TaskRunner& store_runner, TaskRunner& net_runner);
  /// From the next restart on.
  void sync_by_itself() { syncs_by_itself_ = true; }
  int runs() const { return runs_; }  ///< Syncs that tried to reach the platform.
  bool poll() { return session_->poll(); }
  void handle(Command command) { session_->handle({std::move(command)}); }

  const AppState& state() const { return session_->state(); }
  Session& session() { return *session_; }
  Store& store() { return *store_; }
  ManualClock& clock() { return clock_; }
  const Dictionary& dictionary() const { return dictionary_; }

  /// A save that has to succeed; the ids of what it wrote.
  std::vector<RecordId> save(std::vector<RecordEdit> edits);
  RecordId add(KindNo kind, std::vector<Cell> cells) {
    return save({{kind, std::nullopt, std::move(cells), {}}}).front();
  }
  RecordId dwelling(const std::string& room, const std::string& tenure = "3");
  struct Family {
    RecordId dwelling;
    RecordId household;
    std::vector<RecordId> people;  ///< Head first.
  };
  struct Member {
    std::string name;
    std::string relation;
    std::string gender;
    std::string born;
  };
  Family family(const std::string& room, const std::vector<Member>& members);
  Record get(KindNo kind, const RecordId& id);
  std::vector<Record> all(KindNo kind);
  /// Fills the visit form as a worker does who meets the whole family.
  VisitInput visit_input(const std::string& outcome = "01");
  /// Makes later work fail as a damaged file would.
  void break_store(const std::string& sql) { static_cast<void>(store_->database().exec(sql)); }

 private:
  Dictionary dictionary_;
  ManualClock clock_{from_ms(kThursdayTen)};
  SeededRandom random_{7};
  std::shared_ptr<Store> store_;
  InlineRunner store_runner_;
  InlineRunner net_runner_;
  std::unique_ptr<Session> session_;
  bool syncs_by_itself_ = false;
  int runs_ = 0;
  RecordId building_;
  RecordId entrance_;
};

}  // namespace ruhu::test
