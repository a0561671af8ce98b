#include "tests/support/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "platform/base/assert.hpp"

extern char** environ;

namespace ruhu::test {
namespace {

/// Strings as execve wants them; they live as long as `texts`.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& changes) {
  std::vector<std::string> all;
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string_view entry = *at;
    const auto name = entry.substr(0, entry.find('='));
    const bool changed = std::any_of(changes.begin(), changes.end(), [&](const auto& c) { return c.first == name; });
    if (!changed) all.emplace_back(entry);
  }
  for (const auto& [name, value] : changes) all.push_back(name + "=" + value);
  return all;
}

/// Between fork and exec: nothing but system calls.
[[noreturn]] void become(const std::array<int, 3>& streams, const rlimit* file_limit, char* const* argv,
                         char* const* env) {
  for (int i = 0; i < 3; ++i)
    if (::dup2(streams[static_cast<std::size_t>(i)], i) < 0) ::_exit(126);
  if (file_limit != nullptr) {
    // Ignored, the signal turns into an error of the write.
    if (std::signal(SIGXFSZ, SIG_IGN) == SIG_ERR || ::setrlimit(RLIMIT_FSIZE, file_limit) != 0) ::_exit(126);
  }
  ::execve(argv[0], argv, env);
  ::_exit(127);
}

/// False: the end has come, or an error.
bool read_some(int fd, std::string& into) {
  std::array<char, 16'384> part{};
  const auto got = ::read(fd, part.data(), part.size());
  if (got <= 0) return false;
  into.append(part.data(), static_cast<std::size_t>(got));
  return true;
}

void close_once(int& fd) {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

}  // namespace

Process::Process(const Launch& launch) {
  std::vector<std::string> arguments = launch.argv;
  std::vector<std::string> variables = environment_with(launch.env);
  const auto argv = pointers_to(arguments);
  const auto env = pointers_to(variables);
  rlimit file_limit{};
  file_limit.rlim_cur = file_limit.rlim_max = launch.file_bytes_max.value_or(RLIM_INFINITY);
  // The input is a socket, so that writing to a child that is gone raises no signal here.
  int in[2];
  int out[2];
  int err[2];
  RUHU_ASSERT(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) == 0);
  RUHU_ASSERT(::pipe2(out, O_CLOEXEC) == 0 && ::pipe2(err, O_CLOEXEC) == 0);
  pid_ = ::fork();
  RUHU_ASSERT(pid_ >= 0);
  const rlimit* limit = launch.file_bytes_max ? &file_limit : nullptr;
  if (pid_ == 0) become({in[1], out[1], err[1]}, limit, argv.data(), env.data());
  ::close(in[1]);
  ::close(out[1]);
  ::close(err[1]);
  in_ = in[0];
  out_ = out[0];
  err_ = err[0];
}

Process::~Process() {
  if (!status_) kill();
  close_once(in_);
  close_once(out_);
  close_once(err_);
}

void Process::feed() {
  const auto sent = ::send(in_, to_write_.data(), to_write_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent > 0) to_write_.erase(0, static_cast<std::size_t>(sent));
  if (sent < 0 && errno != EAGAIN) {  // it reads no more
    to_write_.clear();
    close_once(in_);
  }
}

/// One round of reading and writing. False: both outputs are closed, or the deadline (of the ticks) has passed.
bool Process::pump(std::chrono::nanoseconds deadline) {
  if (no_more_input_ && to_write_.empty()) close_once(in_);
  if (out_ < 0 && err_ < 0) return false;
  const auto left = deadline - clock_.ticks();
  if (left.count() <= 0) return false;
  const short in_events = to_write_.empty() ? 0 : POLLOUT;
  std::array<pollfd, 3> fds{{{in_events == 0 ? -1 : in_, in_events, 0}, {out_, POLLIN, 0}, {err_, POLLIN, 0}}};
  const timespec time{static_cast<std::time_t>(left.count() / 1'000'000'000), left.count() % 1'000'000'000};
  if (::ppoll(fds.data(), fds.size(), &time, nullptr) <= 0) return true;
  if (fds[0].revents != 0) feed();
  if (fds[1].revents != 0 && !read_some(out_, unread_out_)) close_once(out_);
  if (fds[2].revents != 0 && !read_some(err_, unread_err_)) close_once(err_);
  return true;
}

std::optional<std::string> Process::read_line(std::chrono::nanoseconds patience) {
  const auto deadline = clock_.ticks() + patience;
  for (;;) {
    if (const auto end = unread_out_.find('\n'); end != std::string::npos) {
      std::string line = unread_out_.substr(0, end);
      unread_out_.erase(0, end + 1);
      return line;
    }
    if (!pump(deadline)) return std::nullopt;
  }
}

void Process::run_for(std::chrono::nanoseconds time) {
  const auto deadline = clock_.ticks() + time;
  while (out_ >= 0 && pump(deadline)) {
  }
}

void Process::reap() {
  int status = 0;
  if (!status_ && ::waitpid(pid_, &status, 0) == pid_) status_ = status;
}

void Process::kill() {
  if (status_) return;
  ::kill(pid_, SIGKILL);
  reap();
}

void Process::terminate() {
  if (!status_) ::kill(pid_, SIGTERM);
}

Ended Process::wait(Millis patience) {
  close_input();
  const auto deadline = clock_.ticks() + patience;
  while (pump(deadline)) {
  }
  // Its outputs close as it ends, so all that is left is its last breath.
  if (out_ >= 0 || err_ >= 0) kill();
  reap();
  Ended ended;
  if (WIFEXITED(*status_)) ended.exit_code = WEXITSTATUS(*status_);
  if (WIFSIGNALED(*status_)) ended.signal = WTERMSIG(*status_);
  ended.out = std::exchange(unread_out_, {});
  ended.err = std::exchange(unread_err_, {});
  return ended;
}

Ended run_process(const Launch& launch, std::string_view input) {
  Process process(launch);
  process.write(input);
  return process.wait();
}

}  // namespace ruhu::test
