#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace ruhu {

/// Runs tasks one after the other, in the order in which they were posted. A task lets no exception out.
class TaskRunner {
 public:
  using Task = std::function<void()>;
  virtual ~TaskRunner() = default;
  /// From any thread, also from inside a task.
  virtual void post(Task task) = 0;
};

/// What the destructor does with tasks that have not started. The one that runs is always finished.
enum class AtEnd : std::uint8_t { finish, drop };

/// One thread of its own. The destructor waits for it; tasks posted meanwhile by a task are treated like the
/// waiting ones. Nobody else may post once the destructor runs.
class ThreadRunner final : public TaskRunner {
 public:
  explicit ThreadRunner(AtEnd at_end = AtEnd::finish);
  ~ThreadRunner() override;
  ThreadRunner(const ThreadRunner&) = delete;
  ThreadRunner& operator=(const ThreadRunner&) = delete;

  void post(Task task) override;

 private:
  void run();

  const AtEnd at_end_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> waiting_;
  bool ending_ = false;
  std::jthread thread_;  // last: starts when the rest is ready
};

/// Runs each task inside `post`, on the caller's thread. A task posted by a task runs right after it, as on a
/// thread of its own. For tests: one thread only.
class InlineRunner final : public TaskRunner {
 public:
  void post(Task task) override;

 private:
  std::deque<Task> waiting_;
  bool running_ = false;
};

}  // namespace ruhu
