#pragma once
#include "app/state/common.hpp"
#include "storage/dictionary/validation.hpp"

namespace ruhu {

/// How far it is from the start of the program to the first record.
enum class GateStep : std::uint8_t {
  opening,  ///< Looking at what is there; there is nothing to ask yet.
  welcome,  ///< The tablet is not enrolled.
  locked,   ///< The tablet waits for its PIN.
  trouble,  ///< The records cannot be opened; `error` says why.
  closed,   ///< The worker wants to leave.
  open,
};

struct GateState {
  GateStep step = GateStep::open;
  bool busy = false;             ///< An attempt is under way: enrolling, or trying the PIN.
  std::optional<Errc> error;     ///< Of the last attempt.
  double retry_at = 0;           ///< The next PIN is taken from here on; monotonic seconds, the clock of the frames.
  std::uint32_t wrong_pins = 0;  ///< Since the last right one.
};

/// The shortest PIN that is taken; none at all is a choice.
inline constexpr std::size_t kPinDigitsMin = 4;
inline constexpr std::size_t kPinDigitsMax = 32;

struct WelcomeInput {
  std::string server;
  std::string code;
  std::string pin;
  std::string pin_again;
  bool tried = false;  ///< From the first tap on the button what is missing is marked.
};

struct UnlockInput {
  std::string pin;
};

/// What keeps the tablet from being enrolled with this. Fields: server, code, pin, pin_again.
std::vector<Finding> check_welcome(const WelcomeInput& input);

/// The address as it is asked: without blanks, https where no scheme is given.
std::string server_address(std::string_view typed);

}  // namespace ruhu
