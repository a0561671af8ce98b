#pragma once
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace ruhu {

class Session;

/// Answers on their way to the thread that draws. Any thread puts in, one takes out.
class Inbox {
 public:
  using Answer = std::function<void(Session&)>;
  /// `wake` is called after each answer, from the thread that put it in, with nothing locked.
  explicit Inbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  void put(Answer answer) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(answer));
    }
    if (wake_) wake_();
  }

  std::vector<Answer> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<Answer> waiting_;
  std::function<void()> wake_;
};

}  // namespace ruhu
