#include "platform/worker/task_runner.hpp"

#include <utility>

#include "platform/base/assert.hpp"

namespace ruhu {

ThreadRunner::ThreadRunner(AtEnd at_end) : at_end_(at_end), thread_([this] { run(); }) {}

ThreadRunner::~ThreadRunner() {
  {
    std::deque<Task> dropped;  // destroyed outside the lock: what a task holds may do anything
    const std::lock_guard lock(mutex_);
    ending_ = true;
    if (at_end_ == AtEnd::drop) dropped.swap(waiting_);
  }
  wake_.notify_one();
  thread_.join();
}

void ThreadRunner::post(Task task) {
  RUHU_ASSERT(task != nullptr);
  {
    const std::lock_guard lock(mutex_);
    if (ending_ && at_end_ == AtEnd::drop) return;
    waiting_.push_back(std::move(task));
  }
  wake_.notify_one();
}

void ThreadRunner::run() {
  for (;;) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      task = std::move(waiting_.front());
      waiting_.pop_front();
    }
    task();
  }
}

void InlineRunner::post(Task task) {
  RUHU_ASSERT(task != nullptr);
  waiting_.push_back(std::move(task));
  if (running_) return;
  running_ = true;
  while (!waiting_.empty()) {
    const Task next = std::move(waiting_.front());
    waiting_.pop_front();
    next();
  }
  running_ = false;
}

}  // namespace ruhu
