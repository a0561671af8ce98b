#pragma once
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/clock.hpp"

namespace ruhu::test {

/// What to start. The child has the caller's environment with `env` put over it.
struct Launch {
  std::vector<std::string> argv;  ///< The program's path first.
  std::vector<std::pair<std::string, std::string>> env;
  std::optional<std::uint64_t> file_bytes_max;  ///< Writing past it fails in the child, as on a disk that is full.
};

/// How a child ended and what it wrote, as far as nobody has read it.
struct Ended {
  int exit_code = -1;  ///< -1: it did not end by itself.
  int signal = 0;      ///< That ended it; 0: none.
  std::string out;
  std::string err;
};

inline constexpr Millis kPatience{20'000};  ///< For what must happen; only a failing test waits so long.

/// A child process with pipes on its three streams. Killed at the end of the scope. One thread.
class Process {
 public:
  explicit Process(const Launch& launch);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Bytes for its standard input; they flow while its output is read.
  void write(std::string_view bytes) { to_write_ += bytes; }
  void close_input() { no_more_input_ = true; }

  /// The next line of its standard output, without line end. Nothing: it came to no whole line in time.
  std::optional<std::string> read_line(std::chrono::nanoseconds patience = kPatience);
  /// Lets it run until that time has passed or it has closed its output.
  void run_for(std::chrono::nanoseconds time);

  void kill();       ///< As `kill -9`, and gone on return.
  void terminate();  ///< Asks it to end.
  /// Closes its input and waits until it has ended by itself; killed when that takes too long.
  Ended wait(Millis patience = kPatience);

 private:
  bool pump(std::chrono::nanoseconds deadline);
  void feed();
  void reap();

  SystemClock clock_;
  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
  int err_ = -1;
  std::string to_write_;
  bool no_more_input_ = false;
  std::optional<int> status_;  ///< As waitpid gives it.
  std::string unread_out_;
  std::string unread_err_;
};

/// Starts, feeds, waits.
Ended run_process(const Launch& launch, std::string_view input = {});

}  // namespace ruhu::test
