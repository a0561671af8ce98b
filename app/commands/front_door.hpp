#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/tablet.hpp"
#include "app/state/commands.hpp"
#include "platform/worker/task_runner.hpp"

namespace ruhu {

/// From the start of the program to an open tablet: enrols, unlocks, says in words what is wrong. Opening and asking
/// the server take a while and run on the store's thread; everything public belongs to the thread that draws.
class FrontDoor {
 public:
  struct Parts {
    std::filesystem::path folder;
    Tablet::World world;
    TaskRunner& store_runner;
    std::function<std::unique_ptr<HttpClient>()> make_client;  ///< Called on the store's thread.
    std::function<void()> wake;                                ///< An answer waits: call poll soon. From any thread.
    Lang lang = Lang::zh_cn;
  };

  explicit FrontDoor(Parts parts);
  ~FrontDoor();
  FrontDoor(const FrontDoor&) = delete;
  FrontDoor& operator=(const FrontDoor&) = delete;

  /// Looks at the folder and opens the tablet if it has no PIN or this one.
  void start(std::string pin);
  void handle(std::vector<Command> commands);
  /// Takes in the answer that has come. True: something changed, draw a frame.
  bool poll();

  AppState& state() { return state_; }
  /// Once the gate is open.
  const std::shared_ptr<Tablet>& tablet() const { return tablet_; }
  bool is_left() const { return state_.gate.step == GateStep::open || state_.gate.step == GateStep::closed; }
  /// What the session is to be told first: what was chosen here, and the first sync of a tablet that is new.
  const std::vector<Command>& carried() const { return carried_; }

 private:
  struct Answer;
  class Mail;

  void enrol(const Enrol& command);
  void unlock(const Unlock& command);
  void try_pin(std::string pin);
  void take(Answer answer);
  void enter(std::shared_ptr<Tablet> tablet);
  void refuse_pin(std::uint32_t wrong_pins);
  double now() const;

  Parts parts_;
  std::shared_ptr<Mail> mail_;
  AppState state_;
  std::shared_ptr<Tablet> tablet_;
  std::vector<Command> carried_;
  std::stop_source stop_;
  bool offline_ = false;  ///< On purpose, by a script.
  std::string start_pin_;
  std::string keys_pin_;  ///< Opens the keys that an unfinished enrolment has left.
};

}  // namespace ruhu
