#pragma once
#include "app/state/commands.hpp"

namespace ruhu {

/// Sees to it that nothing typed is lost: a pause in typing, a page left, and the draft goes to the store.
class DraftKeeper {
 public:
  /// Called once a frame, after the screens; `now` in monotonic seconds. Pushes KeepVisitDraft and KeepFormDraft when
  /// they are due.
  void watch(const AppState& state, const Inputs& inputs, const Dictionary& dictionary, double now, CommandQueue& out);
  /// Seconds until a draft is due; negative: nothing waits.
  double due_in(double now) const;

 private:
  struct Watched {
    std::uint64_t revision = 0;  ///< Of the state that the input was loaded from.
    std::string seen;            ///< Print of the input as last seen.
    double changed_at = -1;      ///< Negative: all kept.
  };
  bool is_due(Watched& watched, std::uint64_t revision, const std::string& print, double now, bool on_screen);

  bool leaving_ = false;  ///< This frame's commands may take the page away: no time for a pause.
  Watched visit_;
  Watched person_;
  Watched record_;
};

}  // namespace ruhu
