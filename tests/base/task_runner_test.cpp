#include "platform/worker/task_runner.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <numeric>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "platform/worker/progress.hpp"
#include "tests/support/catch.hpp"

namespace ruhu {
namespace {

std::vector<int> counted(int n) {
  std::vector<int> numbers(static_cast<std::size_t>(n));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

TEST_CASE("ThreadRunner: runs tasks in order on one thread that is not the caller's") {
  std::vector<int> order;
  std::vector<std::thread::id> threads;
  {
    ThreadRunner runner;
    for (int i = 0; i < 1000; ++i) {
      runner.post([&, i] {
        order.push_back(i);
        threads.push_back(std::this_thread::get_id());
      });
    }
  }
  CHECK(order == counted(1000));
  CHECK(std::all_of(threads.begin(), threads.end(), [&](auto id) { return id == threads.front(); }));
  CHECK(threads.front() != std::this_thread::get_id());
}

TEST_CASE("ThreadRunner: takes tasks from several threads and keeps each one's order") {
  std::vector<std::pair<int, int>> ran;
  {
    ThreadRunner runner;
    std::vector<std::jthread> posters;
    for (int poster = 0; poster < 4; ++poster) {
      posters.emplace_back([&, poster] {
        for (int i = 0; i < 250; ++i) runner.post([&ran, poster, i] { ran.emplace_back(poster, i); });
      });
    }
  }
  CHECK(ran.size() == 1000);
  for (int poster = 0; poster < 4; ++poster) {
    std::vector<int> own;
    for (const auto& [who, i] : ran)
      if (who == poster) own.push_back(i);
    CHECK(own == counted(250));
  }
}

/// Runs a runner to its end while its first task is held; how many of `extra` later tasks ran.
int ran_after_the_end_began(AtEnd at_end, int extra) {
  std::atomic<int> ran = 0;
  std::promise<void> started;
  std::promise<void> go_on;
  auto runner = std::make_unique<ThreadRunner>(at_end);
  runner->post([&, raw = runner.get()] {
    started.set_value();
    go_on.get_future().wait();
    raw->post([&ran] { ++ran; });
  });
  for (int i = 0; i < extra; ++i) runner->post([&ran] { ++ran; });
  started.get_future().wait();
  // The destructor drops what waits before it joins; a token held by a dropped task tells when that is done.
  auto token = std::make_shared<int>(0);
  std::promise<void> token_gone;
  const std::weak_ptr<int> watched = token;
  runner->post([token = std::move(token), &ran] { ++ran; });
  std::jthread ending([&runner] { runner.reset(); });
  if (at_end == AtEnd::drop) {
    while (!watched.expired()) std::this_thread::yield();
  }
  go_on.set_value();
  ending.join();
  return ran;
}

TEST_CASE("ThreadRunner: finishes what waits at its end, what a task still posts included") {
  CHECK(ran_after_the_end_began(AtEnd::finish, 10) == 12);
}

TEST_CASE("ThreadRunner: drops what waits at its end when told so, but finishes the running task") {
  CHECK(ran_after_the_end_began(AtEnd::drop, 10) == 0);
}

TEST_CASE("ThreadRunner: may end without ever having run a task") { const ThreadRunner runner; }

TEST_CASE("InlineRunner: runs at once on the caller's thread") {
  InlineRunner runner;
  std::thread::id ran_on;
  runner.post([&ran_on] { ran_on = std::this_thread::get_id(); });
  CHECK(ran_on == std::this_thread::get_id());
}

TEST_CASE("InlineRunner: runs a task posted by a task after it, in the order of a thread") {
  InlineRunner runner;
  std::vector<std::string> order;
  runner.post([&] {
    order.emplace_back("outer begins");
    runner.post([&] {
      order.emplace_back("first");
      runner.post([&] { order.emplace_back("third"); });
    });
    runner.post([&] { order.emplace_back("second"); });
    order.emplace_back("outer ends");
  });
  CHECK(order == std::vector<std::string>{"outer begins", "outer ends", "first", "second", "third"});
}

TEST_CASE("Progress: a screen that outlives the job sees it gone, and a job sees the wish to stop") {
  auto job = std::make_shared<Progress>();
  const std::weak_ptr<Progress> screen = job;
  job->total = 10;
  screen.lock()->stop.request_stop();
  CHECK(job->stop.stop_requested());
  CHECK(screen.lock()->total == 10);
  job.reset();
  CHECK(screen.expired());
}

}  // namespace
}  // namespace ruhu
