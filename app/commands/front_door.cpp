#include "app/commands/front_door.hpp"

#include <mutex>
#include <optional>

#include "platform/base/log.hpp"
#include "platform/base/text.hpp"
#include "platform/keys/file_key_store.hpp"

namespace ruhu {
namespace {

/// A client whose requests end when the worker has had enough.
class StoppableClient final : public HttpClient {
 public:
  StoppableClient(HttpClient& client, std::stop_token stop) : client_(client), stop_(std::move(stop)) {}
  Result<HttpResponse> send(const HttpRequest& request, std::stop_token) override {
    return client_.send(request, stop_);
  }

 private:
  HttpClient& client_;
  std::stop_token stop_;
};

/// Keys that an earlier attempt has left take the PIN that was chosen last.
Status choose_pin(const std::filesystem::path& folder, const std::string& former, const std::string& chosen) {
  const auto keys = make_file_key_store(folder / "keys");
  RUHU_TRY(const KeyStoreState state, keys->state());
  if (!state.exists || former == chosen) return {};
  return keys->change_pin(former, chosen);
}

}  // namespace

/// How an attempt ended.
struct FrontDoor::Answer {
  enum class Of : std::uint8_t { opening, enrolling };
  Of of = Of::opening;
  std::shared_ptr<Tablet> tablet;  ///< Nothing: `error`.
  Error error;
  std::string pin;  ///< What it was tried with.
  std::uint32_t wrong_pins = 0;
};

/// Where answers wait for the thread that draws; outlives the door while a task runs.
class FrontDoor::Mail {
 public:
  void put(Answer answer) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(answer));
  }
  std::vector<Answer> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<Answer> waiting_;
};

FrontDoor::FrontDoor(Parts parts) : parts_(std::move(parts)), mail_(std::make_shared<Mail>()) {
  state_.gate.step = GateStep::opening;
  state_.settings.lang = parts_.lang;
}

FrontDoor::~FrontDoor() { stop_.request_stop(); }

double FrontDoor::now() const { return std::chrono::duration<double>(parts_.world.clock.ticks()).count(); }

void FrontDoor::start(std::string pin) {
  start_pin_ = std::move(pin);
  try_pin(start_pin_);
}

void FrontDoor::try_pin(std::string pin) {
  state_.gate.busy = true;
  parts_.store_runner.post([parts = parts_, mail = mail_, pin = std::move(pin)] {
    const auto open = [&]() -> Result<std::unique_ptr<Tablet>> {
      RUHU_TRY(const KeyStoreState keys, make_file_key_store(parts.folder / "keys")->state());
      if (keys.exists && keys.has_pin && pin.empty()) return make_error(Errc::pin_wrong, "none given");
      return Tablet::open(parts.folder, pin, parts.world);
    };
    Answer answer{.of = Answer::Of::opening, .tablet = {}, .error = {}, .pin = pin};
    auto opened = open();
    if (opened.ok())
      answer.tablet = std::move(*opened);
    else
      answer.error = opened.error();
    const auto keys = make_file_key_store(parts.folder / "keys")->state();
    if (keys.ok()) answer.wrong_pins = keys->wrong_pins;
    mail->put(std::move(answer));
    if (parts.wake) parts.wake();
  });
  poll();
}

void FrontDoor::enrol(const Enrol& command) {
  if (state_.gate.step != GateStep::welcome || state_.gate.busy) return;
  state_.gate.busy = true;
  state_.gate.error.reset();
  stop_ = {};
  const Tablet::EnrolRequest request{server_address(command.server), std::string(trim(command.code)), command.pin};
  parts_.store_runner.post(
      [parts = parts_, mail = mail_, request, former = keys_pin_, stop = stop_.get_token(), offline = offline_] {
        Answer answer{.of = Answer::Of::enrolling, .tablet = {}, .error = {}, .pin = former};
        const auto enrol = [&]() -> Result<std::unique_ptr<Tablet>> {
          if (offline) return make_error(Errc::offline, "cut on purpose");
          RUHU_TRY_DONE(choose_pin(parts.folder, former, request.pin));
          answer.pin = request.pin;
          const auto client = parts.make_client();
          StoppableClient stoppable(*client, stop);
          return Tablet::enrol(parts.folder, request, stoppable, parts.world);
        };
        auto enrolled = enrol();
        if (enrolled.ok())
          answer.tablet = std::move(*enrolled);
        else
          answer.error = enrolled.error();
        mail->put(std::move(answer));
        if (parts.wake) parts.wake();
      });
  poll();
}

void FrontDoor::unlock(const Unlock& command) {
  const GateState& gate = state_.gate;
  if (gate.step != GateStep::locked || gate.busy || command.pin.empty() || now() < gate.retry_at) return;
  try_pin(command.pin);
}

void FrontDoor::handle(std::vector<Command> commands) {
  for (const Command& command : commands) {
    if (const auto* enrolment = std::get_if<Enrol>(&command)) enrol(*enrolment);
    if (std::holds_alternative<StopEnrol>(command)) stop_.request_stop();
    if (const auto* pin = std::get_if<Unlock>(&command)) unlock(*pin);
    if (std::holds_alternative<TryOpenAgain>(command) && !state_.gate.busy) try_pin(start_pin_);
    if (std::holds_alternative<CloseApp>(command)) state_.gate.step = GateStep::closed;
    const auto* lang = std::get_if<SwitchLanguage>(&command);
    if (lang != nullptr) state_.settings.lang = lang->lang;
    const auto* scale = std::get_if<SetTextScale>(&command);
    if (scale != nullptr) state_.settings.text_scale = scale->scale;
    const auto* cut = std::get_if<GoOffline>(&command);
    if (cut != nullptr) offline_ = cut->offline;
    if (lang != nullptr || scale != nullptr || cut != nullptr) carried_.push_back(command);
  }
}

bool FrontDoor::poll() {
  auto answers = mail_->take();
  for (Answer& answer : answers) take(std::move(answer));
  return !answers.empty();
}

void FrontDoor::take(Answer answer) {
  GateState& gate = state_.gate;
  gate.busy = false;
  if (gate.step == GateStep::closed) return;
  const bool enrolling = answer.of == Answer::Of::enrolling;
  if (answer.tablet) {
    if (enrolling) carried_.push_back(SyncNow{});
    return enter(std::move(answer.tablet));
  }
  const Errc code = answer.error.code;
  const bool expected = code == Errc::not_enrolled || (code == Errc::pin_wrong && answer.pin.empty());
  if (!expected) log_error(enrolling ? "enrol" : "open", answer.error);
  if (enrolling) {
    keys_pin_ = answer.pin;
    gate.error = code;
    if (code == Errc::already_enrolled) try_pin(answer.pin);
  } else if (code == Errc::not_enrolled) {
    keys_pin_ = answer.pin;
    if (gate.step != GateStep::welcome) gate.error.reset();
    gate.step = GateStep::welcome;
  } else if (code == Errc::pin_wrong) {
    gate.error.reset();
    if (!answer.pin.empty()) gate.error = code;
    refuse_pin(answer.wrong_pins);
  } else {
    gate.step = GateStep::trouble;
    gate.error = code;
  }
}

void FrontDoor::enter(std::shared_ptr<Tablet> tablet) {
  tablet_ = std::move(tablet);
  keys_pin_.clear();
  start_pin_.clear();
  state_.gate = {};
}

/// The wait begins anew when the program does.
void FrontDoor::refuse_pin(std::uint32_t wrong_pins) {
  state_.gate.step = GateStep::locked;
  state_.gate.wrong_pins = wrong_pins;
  state_.gate.retry_at = now() + std::chrono::duration<double>(retry_after(wrong_pins)).count();
  start_pin_.clear();
}

}  // namespace ruhu
